"""The archive: every byte ever received, and every reply ever made, under its SHA-256, written once, never changed."""

import hashlib
import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from connectors.errors import Refused
from connectors.local_files import sync_folder
from orders.model import Model

_PIECE_BYTES = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Stored(Model):
    """What the archive holds now: the SHA-256 in small hexadecimal letters, and the size in bytes."""

    sha256: str
    bytes: int


@dataclass(kw_only=True)
class Archive:
    """Files under ``folder`` as ``ab/<sha256>``, where ``ab`` is the start of the hash.

    The folder is created where it is missing. A full or broken disk is an ``OSError``: a fault of ours, not of the
    outside world.
    """

    folder: Path

    def put(self, path: Path) -> Stored:
        """Copy the file into the archive, safe on disk when this returns; the same bytes again are no error.

        Errors: ``OSError``.
        """
        with path.open("rb") as original:
            return self._put(original)

    def put_bytes(self, content: bytes) -> Stored:
        """Put these bytes into the archive, safe on disk when this returns. Errors: ``OSError``."""
        return self._put(BytesIO(content))

    def _put(self, original: BinaryIO) -> Stored:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{uuid4().hex}.part"
        try:
            stored = _copy(original, part)
            target = self.path(stored.sha256)
            if not target.parent.is_dir():
                target.parent.mkdir(exist_ok=True)
                sync_folder(self.folder)
            # A copy of another size is what a broken disk left of this file; the good bytes take its place.
            if not target.is_file() or target.stat().st_size != stored.bytes:
                part.replace(target)
            # Also where the file was there: whoever put it may not have come to this yet.
            sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
        return stored

    def path(self, sha256: str) -> Path:
        """Give the place of the file with this hash, there or not. Errors: ``ValueError`` where it is no SHA-256."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 of 64 small hexadecimal digits")
        return self.folder / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """Open the file with this hash for reading. Errors: ``FileNotFoundError``, ``ValueError``."""
        return self.path(sha256).open("rb")

    def content(self, sha256: str) -> bytes:
        """The bytes with this hash, made sure of. Errors: ``FileNotFoundError``, and ``Refused`` for other bytes."""
        with self.open(sha256) as stream:
            content = stream.read()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused(f"The archive has other bytes under {sha256} than this hash is of.")
        return content


def _copy(original: BinaryIO, part: Path) -> Stored:
    digest = hashlib.sha256()
    size = 0
    with part.open("xb") as copy:
        while piece := original.read(_PIECE_BYTES):
            digest.update(piece)
            size += copy.write(piece)
        copy.flush()
        part.chmod(0o444)
        os.fsync(copy.fileno())
    return Stored(sha256=digest.hexdigest(), bytes=size)
