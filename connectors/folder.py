"""Inbox and outbox as folders of this machine, or of a share that is mounted here."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from connectors.claimed_files import ClaimedFiles, Mark
from connectors.errors import Gone, Refused, Unreadable
from connectors.file_names import CLAIMED, PROCESSED, plain_name
from connectors.local_files import errors_of, sync_folder, written_aside
from connectors.ports import Channel

_PIECE_BYTES = 1 << 20
# What open(2) says of one file, and not of the folder or the machine: no right to it, a link (not followed), a socket.
_OF_THE_FILE = {errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENXIO, errno.EISDIR}
# What rename(2) may say of one file: no right to it, a sticky folder, immutable, in use, a name that is too long there.
_OF_THE_NAME = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}


@dataclass(kw_only=True)
class FolderInbox:
    """Files that somebody puts into ``folder``. A file is taken once it has not grown for ``settle_seconds``."""

    name: str
    folder: Path
    customer: str | None = None
    settle_seconds: float = 1.0
    channel: Channel = field(default=Channel.FOLDER, init=False)

    @contextmanager
    def open(self) -> Iterator[ClaimedFiles]:
        """Open the folder. Errors: ``Refused`` where it is missing or not ours to use, ``Unreachable``."""
        with errors_of(self.folder):
            for below in (CLAIMED, PROCESSED):
                (self.folder / below).mkdir(exist_ok=True)
        session = ClaimedFiles(_LocalArea(self.folder), self.settle_seconds)
        try:
            yield session
        finally:
            session.close()


@dataclass(kw_only=True)
class FolderOutbox:
    """Documents for a partner who fetches them from ``folder``."""

    folder: Path

    def put(self, name: str, content: bytes) -> None:
        """Write the document whole, in place of an older one of this name. Errors: ``Refused``, ``Unreachable``."""
        target = self.folder / plain_name(name)
        with errors_of(self.folder), written_aside(self.folder, content) as part:
            part.replace(target)
            sync_folder(self.folder)


class _LocalArea:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.place = str(folder)

    def files(self, subfolder: str) -> dict[str, Mark]:
        found = {}
        with errors_of(self._folder), os.scandir(self._folder / subfolder) as entries:
            for entry in entries:
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # taken since the folder was read
                if stat.S_ISREG(status.st_mode):
                    found[entry.name] = Mark(status.st_size, status.st_mtime_ns)
        return found

    def mark(self, path: str) -> Mark | None:
        with errors_of(self._folder):
            try:
                status = (self._folder / path).lstat()
            except FileNotFoundError:
                return None
        return Mark(status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None

    def make(self, subfolder: str) -> None:
        with errors_of(self._folder):
            (self._folder / subfolder).mkdir(exist_ok=True)

    def move(self, source: str, target: str) -> None:
        with errors_of(self._folder):
            try:
                (self._folder / source).rename(self._folder / target)
            except FileNotFoundError as error:
                if os.path.lexists(self._folder / source):
                    raise  # not the file, but the folder that it was to be moved to
                raise Gone(f"{source!r} is not in {self._folder} any more") from error
            except OSError as error:
                if error.errno not in _OF_THE_NAME:
                    raise
                raise Refused(
                    f"{source!r} in {self._folder} cannot be moved to {target!r}: {error.strerror}"
                ) from error

    def remove(self, subfolder: str) -> None:
        with errors_of(self._folder):
            (self._folder / subfolder).rmdir()

    def read(self, path: str, size: int) -> Iterator[bytes]:
        # The sender may still write to the folder: should a link or a pipe stand here by now, it is not followed.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with errors_of(self._folder):
            try:
                descriptor = os.open(self._folder / path, flags)
            except FileNotFoundError as error:
                raise Gone(f"{path!r} is not in {self._folder} any more") from error
            except OSError as error:
                if error.errno not in _OF_THE_FILE:
                    raise
                raise Unreadable(f"{path!r} in {self._folder} cannot be read: {error.strerror}") from error
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable(f"{path!r} in {self._folder} is not a plain file any more")
            while size > 0:
                with errors_of(self._folder):
                    piece = file.read(min(size, _PIECE_BYTES))
                if not piece:
                    return
                size -= len(piece)
                yield piece

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)
