"""`ordermill up` with its real Prefect server: what runs show, whom the API answers, and for which home it works."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

import sample_files
from cli.sample_home import make_home
from connectors.store.records import ReceiptOutcome
from connectors.store.store import Store
from orders.decision import Decision
from tests.running import ordermill_up, wait_for
from tests.servers.postgres import Postgres
from tests.servers.sftp_server import free_port

BRACES = "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}.csv"
FILES = (BRACES, "{}.csv", "{0}.csv", "{home}.csv", "{inbox!r:>9}.csv", "100 %s & <b>.csv", "Straße {.csv")
"""Names as programs and people give them, and as somebody gives them who wants to see what we do with them."""

INBOXES = ("{lindenladen}", "Müller & Söhne", "a/b", "a-b", "{home}")

SETTINGS = """
seller: {{name: Test, gln: "9524017000019"}}
fixed_day: {day}
database: "{database}"
inboxes:
{inboxes}
deliver_every_seconds: 0.5
prefect: {{port: {port}}}
"""


@dataclass(frozen=True)
class Running:
    """A running `ordermill up`, its home and its address."""

    folder: Path
    database: str
    url: str

    def drop(self, inbox: int, name: str, content: bytes) -> None:
        """Put a file into an inbox, whole at once."""
        folder = self.folder / "in" / str(inbox)
        (folder / ".part").write_bytes(content)
        (folder / ".part").rename(folder / name)

    def outcomes(self) -> list[ReceiptOutcome]:
        store = Store(self.database)
        try:
            return store.receipts.newest(1000)
        finally:
            store.close()

    def found(self, what: str, limit: int = 200) -> list[Any]:
        """What the API lists, asked as the pages ask."""
        with api(self.url) as client:
            answer = client.post(f"/{what}/filter", json={"limit": limit})
            answer.raise_for_status()
            return list(answer.json())


def api(url: str) -> httpx.Client:
    """A client of the API, as the server's own pages are."""
    return httpx.Client(base_url=f"{url}/api")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("up") / "home"
    database = f"sqlite:///{folder / 'store.sqlite'}"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database()
    make_home(folder, database)
    port = free_port()
    times = "every_seconds: 0.5, settle_seconds: 0.1, customer: lindenladen"
    inboxes = "\n".join(
        f'  - {{kind: folder, name: "{name}", path: in/{number}, {times}}}' for number, name in enumerate(INBOXES)
    )
    for number in range(len(INBOXES)):
        (folder / "in" / str(number)).mkdir()
    text = SETTINGS.format(day=sample_files.AS_OF, database=database, inboxes=inboxes, port=port)
    (folder / "ordermill.yaml").write_text(text, "utf-8")
    with ordermill_up(folder):
        wait_for(lambda: "stop with Ctrl-C" in (folder / "up.log").read_text(), 150, folder / "up.log")
        yield Running(folder, database, f"http://127.0.0.1:{port}")


def test_every_file_is_decided_and_shown_under_its_own_name(running: Running) -> None:
    content = (sample_files.FOLDER / "lindenladen" / "clean.csv").read_bytes()
    places = [(0, name) for name in FILES] + [(inbox, FILES[0]) for inbox in range(1, len(INBOXES))]
    for number, (inbox, name) in enumerate(places):
        running.drop(inbox, name, content.replace(b"LL26-0412", b"LL26-9%03d" % number))  # orders of their own
    names = Counter(name for _, name in places)

    def decided() -> list[ReceiptOutcome]:
        return [one for one in running.outcomes() if one.receipt.name in FILES and one.decision is not None]

    log = running.folder / "up.log"
    wait_for(lambda: len(decided()) == len(places), 90, log)
    assert {one.decision for one in decided()} == {Decision.ACCEPTED}

    def runs() -> Counter[str]:
        return Counter(one["name"] for one in running.found("task_runs") if one["state_name"] == "Accepted")

    wait_for(lambda: runs() == names, 60, log)
    wait_for(
        lambda: {f"look into {name}" for name in INBOXES} <= {one["name"] for one in running.found("task_runs")},
        60,
        log,
    )
    polls = [one for one in running.found("flow_runs") if one["name"] in INBOXES]
    assert {one["name"] for one in polls} == set(INBOXES)
    wait_for(
        lambda: {one["state_type"] for one in running.found("flow_runs") if one["name"] in INBOXES} == {"COMPLETED"},
        30,
        log,
    )
    # Each inbox has its own table and its own deployment, whatever its name is made of.
    assert len({one["key"] for one in running.found("artifacts")}) == len(INBOXES)
    assert len(running.found("deployments")) == len(INBOXES) + 1
