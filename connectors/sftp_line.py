"""A line to an SFTP server: connecting with a pinned host key, and errors that say what to mend.

asyncssh behind synchronous calls: each line has an event loop of its own, which runs while a call does. So a line must
be opened in a thread that runs no event loop, and be used by one thread at a time.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncssh

from connectors.errors import Gone, Refused, Unreachable

# A line that has gone dead without a word is given up after interval times count, 45 seconds.
_KEEPALIVE_SECONDS = 15
_KEEPALIVE_COUNT = 3
_CLOSE_SECONDS = 5

T = TypeVar("T")


@dataclass(kw_only=True)
class SftpServer:
    """A folder on a server, and how to get there: the login by ``key_file``, the server known by ``known_hosts``."""

    host: str
    port: int = 22
    username: str
    key_file: Path
    known_hosts: Path
    folder: str
    connect_seconds: float = 15.0

    @contextmanager
    def connected(self) -> Iterator["SftpLine"]:
        """Connect and log in. Errors: ``Unreachable``, ``Refused`` (key, host key, account, no such folder)."""
        with asyncio.Runner() as runner:
            line = SftpLine(self, runner)
            try:
                line.connect()
                yield line
            finally:
                line.close()

    def __str__(self) -> str:
        return f"{self.username}@{self.host}:{self.port}"


class SftpLine:
    """An open line; ``sftp`` is asyncssh's client and ``run`` the way to use it."""

    sftp: asyncssh.SFTPClient

    def __init__(self, server: SftpServer, runner: asyncio.Runner) -> None:
        self._server = server
        self._runner = runner
        self._connection: asyncssh.SSHClientConnection | None = None

    def run(self, call: Coroutine[Any, Any, T], about: str) -> T:
        """Wait for an SFTP call; ``about`` names the file or folder. Errors: ``Unreachable``, ``Refused``, ``Gone``."""
        with self._errors(about):
            return self._runner.run(call)

    def wait(self, seconds: float) -> None:
        """Sleep with the loop running, so that the server's questions whether we live are answered."""
        self._runner.run(asyncio.sleep(seconds))

    def path(self, name: str) -> str:
        """Give the path of a name below the server's folder."""
        return f"{self._server.folder.rstrip('/')}/{name}" if self._server.folder else name

    def __str__(self) -> str:
        return f"{self._server}/{self._server.folder}"

    def connect(self) -> None:
        """Log in, start SFTP and see that the folder is there. Errors: ``Unreachable``, ``Refused``."""
        server = self._server
        key = _private_key(server.key_file)
        hosts = _known_hosts(server.known_hosts)
        with self._errors("the login"):
            self._runner.run(self._login(key, hosts))
        folder = server.folder or "."
        there: bool = self.run(self.sftp.isdir(folder), f"folder {folder!r}")
        if not there:
            raise Refused(f"{server} has no folder {folder!r}; ask the other side to create it or correct the setting")

    async def _login(self, key: asyncssh.SSHKey, hosts: asyncssh.SSHKnownHosts) -> None:
        # Nothing of the user's own: no configuration, agent or default keys may change where we go and who we are.
        self._connection = await asyncssh.connect(
            self._server.host,
            self._server.port,
            username=self._server.username,
            client_keys=[key],
            known_hosts=hosts,
            config=None,
            agent_path=None,
            x509_trusted_certs=None,
            x509_trusted_cert_paths=[],
            preferred_auth="publickey",
            keepalive_interval=_KEEPALIVE_SECONDS,
            keepalive_count_max=_KEEPALIVE_COUNT,
            connect_timeout=self._server.connect_seconds,
            login_timeout=self._server.connect_seconds,
        )
        # Names that are not UTF-8 must not make the whole folder unreadable.
        self.sftp = await self._connection.start_sftp_client(path_errors="surrogateescape")

    def close(self) -> None:
        """Hang up. Every call has had its answer by now, so that nothing is lost where the other side is silent."""
        if self._connection is None:
            return
        self._connection.close()
        try:
            self._runner.run(asyncio.wait_for(self._connection.wait_closed(), _CLOSE_SECONDS))
        except TimeoutError:
            self._connection.abort()

    @contextmanager
    def _errors(self, about: str) -> Iterator[None]:
        server = self._server
        try:
            yield
        except asyncssh.SFTPNoSuchFile as error:
            raise Gone(f"{about} is not on {server} any more") from error
        except asyncssh.SFTPPermissionDenied as error:
            raise Refused(
                f"{server} denies access to {about}; ask the other side to give the account the right"
            ) from error
        except asyncssh.HostKeyNotVerifiable as error:
            raise Refused(
                f"the host key of {server.host}:{server.port} is not the one in {server.known_hosts}; ask the other "
                f"side whether it has changed, compare the fingerprint, and only then replace the line in that file"
            ) from error
        except asyncssh.KeyExchangeFailed as error:
            raise Refused(
                f"{server.host}:{server.port} offers no host key or cipher that we may use ({error.reason}); compare "
                f"the key type in {server.known_hosts} with what the other side offers"
            ) from error
        except asyncssh.PermissionDenied as error:
            raise Refused(
                f"{server} does not accept the key {server.key_file}; check the user name, and that the other side has "
                f"the public half of this key"
            ) from error
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError) as error:
            raise Unreachable(f"the line to {server} was lost at {about}: {error.reason}") from error
        except TimeoutError as error:
            raise Unreachable(f"{server} does not answer within {server.connect_seconds:g} seconds") from error
        except OSError as error:
            raise Unreachable(f"{server} cannot be reached: {error.strerror or error}") from error
        except (asyncssh.SFTPError, asyncssh.ChannelOpenError) as error:
            raise Refused(f"{server} refuses {about}: {error.reason}") from error


def _private_key(path: Path) -> asyncssh.SSHKey:
    try:
        return asyncssh.read_private_key(path)
    except OSError as error:
        raise Refused(f"the key file {path} cannot be read: {error.strerror}; put the private key there") from error
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise Refused(f"the key file {path} holds no private key that can be used without a passphrase") from error


def _known_hosts(path: Path) -> asyncssh.SSHKnownHosts:
    advice = "put the server's line in OpenSSH form there (ssh-keyscan prints it; compare the fingerprint)"
    try:
        return asyncssh.read_known_hosts(str(path))
    except OSError as error:
        raise Refused(f"the known_hosts file {path} cannot be read: {error.strerror}; {advice}") from error
    except ValueError as error:
        raise Refused(f"the known_hosts file {path} is not of the right form; {advice}") from error
