"""Inbox and outbox on an SFTP server, ours or the partner's."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from uuid import uuid4

import asyncssh
from asyncssh.constants import FILEXFER_TYPE_REGULAR

from connectors.claimed_files import ClaimedFiles, Mark
from connectors.errors import Gone, Refused, Unreachable, Unreadable
from connectors.file_names import CLAIMED, PROCESSED, plain_name
from connectors.ports import Channel
from connectors.sftp_line import SftpLine, SftpServer

# asyncssh fetches a piece by parallel requests, and holds about six times as much in memory.
_PIECE_BYTES = 1 << 20


@dataclass(kw_only=True)
class SftpInbox(SftpServer):
    """Files that arrive in ``folder`` of a server. A file is taken once it has not grown for ``settle_seconds``.

    Servers tell the time of change in whole seconds: within one second only the size shows that a file grows.
    """

    name: str
    customer: str | None = None
    settle_seconds: float = 1.0
    channel: Channel = field(default=Channel.SFTP, init=False)

    @contextmanager
    def open(self) -> Iterator[ClaimedFiles]:
        """Connect. Errors: ``Unreachable``, ``Refused`` (key, host key, account, no such folder, no right to it)."""
        with self.connected() as line:
            area = _RemoteArea(line)
            area.prepare()
            session = ClaimedFiles(area, self.settle_seconds)
            try:
                yield session
            finally:
                session.close()


@dataclass(kw_only=True)
class SftpOutbox(SftpServer):
    """Documents for a partner, put into ``folder`` of a server."""

    def put(self, name: str, content: bytes) -> None:
        """Write the document whole, in place of an older one of this name. Errors: ``Unreachable``, ``Refused``."""
        target = plain_name(name)
        with self.connected() as line:
            line.run(_put(line, line.path(target), content), repr(target))


class _RemoteArea:
    def __init__(self, line: SftpLine) -> None:
        self._line = line
        self.place = str(line)

    def prepare(self) -> None:
        for folder in (CLAIMED, PROCESSED):
            self.make(folder)

    def make(self, subfolder: str) -> None:
        self._line.run(self._make(self._line.path(subfolder)), f"folder {subfolder!r}")

    def files(self, subfolder: str) -> dict[str, Mark]:
        return self._line.run(self._list(self._line.path(subfolder)), f"folder {subfolder!r}")

    def mark(self, path: str) -> Mark | None:
        try:
            return _mark(self._line.run(self._line.sftp.lstat(self._line.path(path)), repr(path)))
        except Gone:
            return None

    def move(self, source: str, target: str) -> None:
        self._line.run(_rename(self._line.sftp, self._line.path(source), self._line.path(target)), repr(source))

    def remove(self, subfolder: str) -> None:
        self._line.run(self._line.sftp.rmdir(self._line.path(subfolder)), f"folder {subfolder!r}")

    def read(self, path: str, size: int) -> Iterator[bytes]:
        # A refusal is of this file alone: the line is open and the folder was listed. A lost line is no refusal.
        try:
            file = self._line.run(self._open(self._line.path(path)), repr(path))
        except Refused as error:
            raise Unreadable(str(error)) from error
        offset = 0
        while offset < size:
            try:
                piece = self._line.run(_read(file, min(size - offset, _PIECE_BYTES), offset), repr(path))
            except Refused as error:
                raise Unreadable(str(error)) from error
            if not piece:
                break
            offset += len(piece)
            yield piece
        self._line.run(file.close(), repr(path))

    def wait(self, seconds: float) -> None:
        self._line.wait(seconds)

    async def _make(self, folder: str) -> None:
        if await self._line.sftp.isdir(folder):
            return
        try:
            await self._line.sftp.mkdir(folder)
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            # Another poller may have made it at this moment.
            if not await self._line.sftp.isdir(folder):
                raise

    async def _list(self, folder: str) -> dict[str, Mark]:
        found = {}
        async for entry in self._line.sftp.scandir(folder):
            mark = _mark(entry.attrs)
            if mark is not None:
                found[str(entry.filename)] = mark
        return found

    async def _open(self, path: str) -> asyncssh.SFTPClientFile:
        return await self._line.sftp.open(path, "rb")


def _mark(attributes: asyncssh.SFTPAttrs) -> Mark | None:
    if attributes.type != FILEXFER_TYPE_REGULAR or attributes.size is None:
        return None
    return Mark(attributes.size, attributes.mtime or 0)


async def _read(file: asyncssh.SFTPClientFile, size: int, offset: int) -> bytes:
    piece = await file.read(size, offset)
    assert isinstance(piece, bytes)  # the file is open in binary mode
    return piece


async def _rename(sftp: asyncssh.SFTPClient, source: str, target: str) -> None:
    # OpenSSH does the plain rename of SFTP as a link and an unlink: between the two a file has both names, and another
    # poller sees it twice. The rename of POSIX is one step. It overwrites, but a name with a claim id is never taken.
    try:
        await sftp.posix_rename(source, target)
    except asyncssh.SFTPOpUnsupported:
        await sftp.rename(source, target)


async def _put(line: SftpLine, target: str, content: bytes) -> None:
    part = line.path(f".{uuid4().hex}.part")
    file = await line.sftp.open(part, "wb")
    try:
        async with file:
            await file.write(content)
        if await line.sftp.getsize(part) != len(content):
            raise Unreachable(f"{target!r} was not written whole; it has to be written again")
        await _replace(line.sftp, part, target, content)
    except (asyncssh.SFTPError, Unreachable, Refused):
        # Tidying up may fail for the same reason as the writing, and that first reason is the one to tell.
        with suppress(asyncssh.SFTPError):
            await line.sftp.remove(part)
        raise


async def _replace(sftp: asyncssh.SFTPClient, part: str, target: str, content: bytes) -> None:
    try:
        await _rename(sftp, part, target)
    except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists) as error:
        # A server that knows the plain rename alone cannot replace in one step. The same again needs no replacing.
        if not await sftp.isfile(target):
            raise
        async with sftp.open(target, "rb") as file:
            if await _read(file, len(content) + 1, 0) != content:
                advice = "this server cannot replace a file in one step; remove the older one"
                raise Refused(f"{target!r} is there with other content, and {advice}") from error
        await sftp.remove(part)
