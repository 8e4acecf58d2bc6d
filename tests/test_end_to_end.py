"""The whole house: a file on an OpenSSH server becomes an order in PostgreSQL, a document for the ERP, an answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import sample_files
from cli.sample_home import make_home
from connectors.store.store import Store
from orders.decision import Decision
from tests.running import ordermill_up, wait_for
from tests.servers import openssh
from tests.servers.embedded_sftp import EmbeddedSftp
from tests.servers.openssh import OpenSsh
from tests.servers.postgres import Postgres
from tests.servers.sftp_server import SftpTestServer, free_port

pytestmark = pytest.mark.slow

SETTINGS = """
seller: {{name: Test, gln: "9524017000019"}}
fixed_day: {day}
database: "{database}"
inboxes:
  - kind: sftp
    name: nordmarkt
    customer: nordmarkt
    folder: in
    every_seconds: 0.5
    settle_seconds: 0.1
{account}
replies:
  nordmarkt:
    kind: sftp
    folder: out
{account}
deliver_every_seconds: 0.5
prefect: {{port: {prefect_port}}}
"""


@contextmanager
def sftp_server() -> Iterator[SftpTestServer]:
    """A real OpenSSH where there is one, else asyncssh's own server."""
    with EmbeddedSftp() if openssh.missing() else OpenSsh() as server:
        (server.data / "in").mkdir()
        (server.data / "out").mkdir()
        yield server


def test_from_sftp_to_store_erp_and_answer(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.database()
    home = tmp_path / "home"
    make_home(home, database)
    with sftp_server() as server:
        account = "\n".join(
            f"    {name}: {json.dumps(str(getattr(server, name)))}"
            for name in ("host", "username", "key_file", "known_hosts")
        )
        account += f"\n    port: {server.port}"
        text = SETTINGS.format(day=sample_files.AS_OF, database=database, account=account, prefect_port=free_port())
        (home / "ordermill.yaml").write_text(text, "utf-8")
        part = server.data / "in" / ".clean.edi.part"
        part.write_bytes((sample_files.FOLDER / "nordmarkt" / "clean.edi").read_bytes())
        part.rename(server.data / "in" / "clean.edi")

        with ordermill_up(home):
            log = home / "up.log"
            wait_for(lambda: list((server.data / "out").glob("*.ordrsp.edi")), 150, log)
            wait_for(lambda: list((home / "erp").glob("*.json")), 30, log)

        (reply,) = (server.data / "out").glob("*.ordrsp.edi")
        assert reply.read_bytes().startswith(b"UNA:+.? 'UNB+UNOC:3+9524017000019:14+9522104000010:14")
        assert not (server.data / "in" / "clean.edi").exists()
    (document,) = (json.loads(path.read_bytes()) for path in (home / "erp").glob("*.json"))
    assert (document["po_number"], len(document["lines"])) == ("4500018231", 5)
    store = Store(database)
    (order,) = store.orders.newest(10)
    store.close()
    assert (order.customer, order.po_number, order.decision) == ("nordmarkt", "4500018231", Decision.ACCEPTED)
