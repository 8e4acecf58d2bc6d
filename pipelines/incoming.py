"""A file as it came in, before anything is known about it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """A received file on disk: its content at ``path``, its name as the sender gave it, its hash and size in bytes.

    ``customer`` is set where the way it came by belongs to one customer: an account, a folder, ``--customer``.
    ``counted_before`` where it was decided already, and is read once more for its answer or for a correction of it: the
    second reader, a process of its own, has then counted its rows.
    """

    path: Path
    name: str
    sha256: str
    size: int
    customer: str | None = None
    counted_before: bool = False

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def head(self, size: int) -> bytes:
        """The first bytes of the file."""
        with self.open() as stream:
            return stream.read(size)

    def content(self) -> bytes:
        """The whole file; only for formats with a limit on their size."""
        return self.path.read_bytes()


class UnreadableFile(Exception):
    """A file that was named cannot be opened; the message says why."""


def opened_file(path: Path) -> BinaryIO:
    """The file that somebody named, open for reading. Errors: UnreadableFile."""
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read: {error.strerror}. Give this user the right to it.") from error


def incoming(path: Path, name: str | None = None, customer: str | None = None) -> Incoming:
    """Take note of a local file, reading it once for its hash. Errors: UnreadableFile, OSError."""
    digest, size = hashlib.sha256(), 0
    with opened_file(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Incoming(path, name or path.name, digest.hexdigest(), size, customer)
