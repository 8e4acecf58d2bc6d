"""The servers of the connector tests, one of each for all tests of a process; each test has a folder of its own."""

import os
import pwd
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from connectors.folder import FolderInbox, FolderOutbox
from connectors.ports import Inbox, Outbox
from connectors.sftp import SftpInbox, SftpOutbox
from tests.servers import openssh
from tests.servers.embedded_sftp import EmbeddedSftp
from tests.servers.openssh import OpenSsh
from tests.servers.sftp_server import SftpTestServer

# A suite in a module that is no test itself tells what was unequal, too.
pytest.register_assert_rewrite("tests.connectors.erp_contract")

# Long enough for a file to be seen growing, short enough for hundreds of tests.
SETTLE_SECONDS = 0.02

SFTP_KINDS = (pytest.param("openssh", marks=pytest.mark.slow), "embedded")
KINDS = ("folder", *SFTP_KINDS)
_NOBODY = 65534


class Place:
    """A folder that the tests look into directly, and the connectors reach in their own way."""

    def __init__(self, folder: Path, server: SftpTestServer | None) -> None:
        self.folder = folder
        self.server = server

    def inbox(self, **changed: Any) -> Inbox:
        """Give an inbox over the folder, with other settings where the test asks for them."""
        settings: dict[str, Any] = {"name": "in", "settle_seconds": SETTLE_SECONDS} | self._reached_by() | changed
        return FolderInbox(**settings) if self.server is None else SftpInbox(**settings)

    def outbox(self, **changed: Any) -> Outbox:
        """Give an outbox over the folder."""
        settings: dict[str, Any] = self._reached_by() | changed
        return FolderOutbox(**settings) if self.server is None else SftpOutbox(**settings)

    def drop(self, name: str | bytes, content: bytes = b"UNA:+.? '") -> None:
        """Put a file there as a sender would."""
        target = bytes(self.folder) + b"/" + (name.encode() if isinstance(name, str) else name)
        with open(target, "wb") as file:  # noqa: PTH123 - the name may be no text at all
            file.write(content)

    def names(self, below: str = ".") -> list[str]:
        """List what is there to see, without what is hidden."""
        return sorted(path.name for path in (self.folder / below).iterdir() if not path.name.startswith("."))

    def _reached_by(self) -> dict[str, Any]:
        if self.server is None:
            return {"folder": self.folder}
        return {
            "host": self.server.host,
            "port": self.server.port,
            "username": self.server.username,
            "key_file": self.server.key_file,
            "known_hosts": self.server.known_hosts,
            "folder": self.folder.name,
        }


@pytest.fixture(scope="session")
def openssh_server() -> Iterator[SftpTestServer]:
    if (reason := openssh.missing()) is not None:
        pytest.skip(reason)
    with OpenSsh() as server:
        yield server


@pytest.fixture(scope="session")
def openssh_of_nobody(openssh_server: SftpTestServer) -> Iterator[SftpTestServer]:
    """The same folders for an account that is not root; only root can start it."""
    with OpenSsh(pwd.getpwuid(_NOBODY).pw_name, openssh_server.data) as server:
        yield server


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[SftpTestServer]:
    with EmbeddedSftp() as server:
        yield server


@pytest.fixture(scope="session")
def plain_rename_server() -> Iterator[SftpTestServer]:
    with EmbeddedSftp(posix_rename=False) as server:
        yield server


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A fresh folder of every kind."""
    return _place(request, tmp_path)


@pytest.fixture(params=[*KINDS, "plain-rename"])
def place_of_any_rename(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A fresh folder of every kind, and on a server that has no rename but SFTP's own."""
    return _place(request, tmp_path)


@pytest.fixture(params=SFTP_KINDS)
def sftp_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A fresh folder on each kind of SFTP server."""
    return _place(request, tmp_path)


@pytest.fixture
def as_another_account(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[None]]:
    """Act with the rights of an account that is not root, to which the folder belongs; root may read everything.

    Names ``not_theirs`` belong to root; a folder of them is sticky: each may move its own files alone.
    """

    @contextmanager
    def acting(place: Place, not_theirs: tuple[str, ...] = ()) -> Iterator[None]:
        if os.geteuid() != 0:
            if not_theirs:
                pytest.skip("only root can make a file that belongs to another account")
            yield
            return
        of_root = place.server
        if "openssh" in request.node.callspec.id:
            place.server = request.getfixturevalue("openssh_of_nobody")
        folder, server = place.folder, place.server
        keys = (server.key_file, server.known_hosts) if server is not None else ()
        _hand_over((folder, *folder.rglob("*"), tmp_path / "copies", *keys), _NOBODY)
        _hand_over(tuple(folder / name for name in not_theirs), 0)
        _open_the_way((*folder.parents, *tmp_path.parents, tmp_path))
        # OpenSSH acts as the account that logs in; the embedded server is a thread of this process.
        os.seteuid(0 if place.server is not of_root else _NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            place.server = of_root

    return acting


def _hand_over(paths: tuple[Path, ...], account: int) -> None:
    for path in filter(Path.exists, paths):
        os.chown(path, account, account)
        if account == 0 and path.is_dir():
            path.chmod(0o1777)


def _open_the_way(folders: tuple[Path, ...]) -> None:
    for folder in folders:
        if folder.stat().st_uid == 0 and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)


def _place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        folder, server = tmp_path / "in", None
    else:
        server = request.getfixturevalue(request.param.replace("-", "_") + "_server")
        folder = server.data / uuid4().hex
    folder.mkdir()
    return Place(folder, server)
