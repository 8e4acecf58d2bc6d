"""asyncssh's own SFTP server in a thread: another implementation than OpenSSH, and one that needs no installation."""

import asyncio
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import asyncssh

from tests.servers.sftp_server import LOOPBACK, write_key, write_known_hosts


class EmbeddedSftp:
    """``with EmbeddedSftp() as server``: started in a temporary folder on a free port, the client shut up in ``data``.

    With ``posix_rename=False`` it is one of those servers that only know the plain rename.
    """

    def __init__(self, posix_rename: bool = True) -> None:
        self.posix_rename = posix_rename

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="ordermill-sftp-")
        folder = Path(self._folder.name)
        self.host = LOOPBACK
        self.username = "partner"
        self.key_file = folder / "client_key"
        self.known_hosts = folder / "known_hosts"
        self.data = folder / "data"
        self.data.mkdir()
        write_key(self.key_file)
        host_key = write_key(folder / "host_key")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="embedded-sftp")
        self._thread.start()
        self._listener = asyncio.run_coroutine_threadsafe(self._listen(host_key), self._loop).result()
        self.port = self._listener.get_port()
        write_known_hosts(self.known_hosts, self.port, host_key)
        self._stopped = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def stop(self) -> None:
        """End the server and cut the lines that are open. To do it again is no error."""
        if not self._stopped:
            self._stopped = True
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()

    async def _listen(self, host_key: asyncssh.SSHKey) -> asyncssh.SSHAcceptor:
        served = asyncssh.SFTPServer if self.posix_rename else _SftpWithPlainRename
        self._lines: list[asyncssh.SSHServerConnection] = []
        return await asyncssh.listen(
            LOOPBACK,
            0,
            config=None,
            server_host_keys=[host_key],
            server_factory=lambda: _Door(self._lines),
            authorized_client_keys=str(self.key_file.with_name("client_key.pub")),
            sftp_factory=lambda channel: served(channel, chroot=bytes(self.data)),
        )

    async def _close(self) -> None:
        self._listener.close()
        await self._listener.wait_closed()
        for line in self._lines:
            line.abort()
            await line.wait_closed()


class _Door(asyncssh.SSHServer):
    def __init__(self, lines: list[asyncssh.SSHServerConnection]) -> None:
        self._lines = lines

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._lines.append(conn)


class _SftpWithPlainRename(asyncssh.SFTPServer):
    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        raise asyncssh.SFTPOpUnsupported("POSIX rename not supported")
