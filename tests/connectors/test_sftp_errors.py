"""What goes wrong on the way to an SFTP server, and what the operator is told."""

import secrets
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from connectors.errors import Refused, Unreachable
from tests.connectors.conftest import Place
from tests.servers.embedded_sftp import EmbeddedSftp
from tests.servers.sftp_server import LOOPBACK, free_port, write_key, write_known_hosts


def _use(place: Place, **changed: Any) -> None:
    with place.inbox(**changed).open():
        raise AssertionError("the inbox must not open")


def _put(place: Place, **changed: Any) -> None:
    place.outbox(**changed).put("reply.edi", b"UNB")


both_ways = pytest.mark.parametrize("use", [_use, _put], ids=["inbox", "outbox"])
Use = Callable[..., None]


@both_ways
def test_a_server_that_is_down_is_unreachable(sftp_place: Place, use: Use) -> None:
    port = free_port()
    with pytest.raises(Unreachable, match=rf"{LOOPBACK}:{port} cannot be reached"):
        use(sftp_place, port=port)


@both_ways
def test_a_server_that_says_nothing_is_unreachable(sftp_place: Place, use: Use) -> None:
    says_so = pytest.raises(Unreachable, match=r"does not answer within 0\.1 seconds")
    with closing(socket.create_server((LOOPBACK, 0))) as silent, says_so:
        use(sftp_place, port=silent.getsockname()[1], connect_seconds=0.1)


def test_a_line_that_is_cut_is_unreachable_and_nothing_is_lost(tmp_path: Path) -> None:
    with EmbeddedSftp() as server:
        place = Place(server.data / "in", server)
        place.folder.mkdir()
        place.drop("order.edi", b"content")
        with place.inbox().open() as session:
            (claim,) = session.claims()
            server.stop()
            with pytest.raises(Unreachable, match=f":{server.port}"):
                session.fetch(claim, tmp_path / "copy")
            with pytest.raises(Unreachable):
                session.finish(claim)
        assert list(tmp_path.iterdir()) == []
        assert place.names(".claimed") == [f"{claim.claim}__order.edi"]


@both_ways
def test_a_wrong_key_is_refused_without_showing_it(sftp_place: Place, use: Use, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong_key"
    write_key(wrong)
    with pytest.raises(Refused, match=r"does not accept the key .*wrong_key; check the user name") as refused:
        use(sftp_place, key_file=wrong)
    assert "PRIVATE" not in str(refused.value)


@both_ways
def test_a_wrong_host_key_is_refused(sftp_place: Place, use: Use, tmp_path: Path) -> None:
    assert sftp_place.server is not None
    pinned = tmp_path / "pinned"
    write_known_hosts(pinned, sftp_place.server.port, asyncssh.generate_private_key("ssh-ed25519"))
    with pytest.raises(Refused, match=r"host key of 127\.0\.0\.1:\d+ is not the one in .*pinned"):
        use(sftp_place, known_hosts=pinned)


@pytest.mark.parametrize("content", [None, b"", b"# nothing\n", b"one-word\n", b"\xff\xfe"])
def test_without_a_pinned_host_key_nothing_is_trusted(sftp_place: Place, content: bytes | None, tmp_path: Path) -> None:
    pinned = tmp_path / "pinned"
    if content is not None:
        pinned.write_bytes(content)
    with pytest.raises(Refused, match="pinned"):
        _use(sftp_place, known_hosts=pinned)


@pytest.mark.parametrize("content", [None, b"", b"secret but no key"])
def test_a_key_file_that_holds_no_key_is_refused(sftp_place: Place, content: bytes | None, tmp_path: Path) -> None:
    key = tmp_path / "my_key"
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(Refused, match="my_key") as refused:
        _use(sftp_place, key_file=key)
    assert "secret" not in str(refused.value)


def test_a_key_with_a_passphrase_is_refused(sftp_place: Place, tmp_path: Path) -> None:
    key = tmp_path / "locked"
    passphrase = secrets.token_hex()
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(key, "pkcs8-pem", passphrase=passphrase)
    with pytest.raises(Refused, match="passphrase"):
        _use(sftp_place, key_file=key)


def test_nothing_of_the_users_own_ssh_settings_is_used(
    sftp_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / ".ssh"
    own.mkdir()
    (own / "config").write_text("Host *\n  Port 1\n  User somebody-else\n")
    (own / "ca-bundle.crt").write_text("no certificate")
    monkeypatch.setenv("HOME", str(tmp_path))
    sftp_place.drop("order.edi")
    with sftp_place.inbox().open() as session:
        assert session.waiting()
