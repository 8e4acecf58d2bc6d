"""`ordermill up` with its real Prefect server: what runs show, whom its API answers, and for which home it works."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

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

pytestmark = pytest.mark.slow

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


@contextmanager
def api(url: str) -> Iterator[httpx.Client]:
    """A client of the API that asks as the server's own pages do, with their origin and their token."""
    who = str(uuid4())
    headers = {"Origin": url, "Prefect-Csrf-Client": who}
    with httpx.Client(base_url=f"{url}/api", headers=headers, timeout=60) as client:
        answer = client.get("/csrf-token", params={"client": who})
        answer.raise_for_status()
        client.headers["Prefect-Csrf-Token"] = answer.json()["token"]
        yield client


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
        wait_for(lambda: "stop with Ctrl-C" in (folder / "up.log").read_text(), 400, folder / "up.log")
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
    wait_for(lambda: len(decided()) == len(places), 240, log)
    assert {one.decision for one in decided()} == {Decision.ACCEPTED}

    def runs() -> Counter[str]:
        return Counter(one["name"] for one in running.found("task_runs") if one["state_name"] == "Accepted")

    wait_for(lambda: runs() == names, 240, log)
    wait_for(
        lambda: {f"look into {name}" for name in INBOXES} <= {one["name"] for one in running.found("task_runs")},
        60,
        log,
    )
    polls = [one for one in running.found("flow_runs") if one["name"] in INBOXES]
    assert {one["name"] for one in polls} == set(INBOXES)
    wait_for(
        lambda: {one["state_type"] for one in running.found("flow_runs") if one["name"] in INBOXES} == {"COMPLETED"},
        240,
        log,
    )
    # Each inbox has its own table and its own deployment, whatever its name is made of.
    assert len({one["key"] for one in running.found("artifacts")}) == len(INBOXES)
    assert len(running.found("deployments")) == len(INBOXES) + 1


@pytest.mark.parametrize("origin", ["http://shop.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_pages_of_others_get_neither_an_answer_nor_a_run(running: Running, origin: str) -> None:
    with httpx.Client(base_url=f"{running.url}/api", headers={"Origin": origin}, timeout=60) as page:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        before = page.options("/deployments/filter", headers=asked)
        assert before.status_code == 400
        token = page.get("/csrf-token", params={"client": str(uuid4())})
        for answer in (before, page.get("/health"), token):
            assert "access-control-allow-origin" not in answer.headers
        # A request that a browser sends without asking first, because it is like one of a form.
        (outbox,) = [one for one in running.found("deployments") if one["name"] == "outbox"]
        for kind in ("text/plain", None):
            headers = {"Content-Type": kind} if kind else {}
            sent = page.post(f"/deployments/{outbox['id']}/create_flow_run", content=b"{}", headers=headers)
            assert sent.status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_pages_of_the_server_are_answered(running: Running, host: str) -> None:
    origin = running.url.replace("127.0.0.1", host)
    with api(running.url) as client:
        client.headers["Origin"] = origin
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "prefect-csrf-token"}
        before = client.options("/flow_runs/filter", headers=asked)
        assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, origin)
        assert client.get("/health").headers["access-control-allow-origin"] == origin
        assert client.post("/flow_runs/filter", json={}).status_code == 200
    # What the pages themselves ask for before they show anything: where the API is, and whether it wants a token.
    settings = httpx.get(f"{running.url}/ui-settings", timeout=60).json()
    assert (settings["api_url"], settings["csrf_enabled"]) == (f"{running.url}/api", True)
    assert "<html" in httpx.get(running.url, follow_redirects=True, timeout=60).text


def test_nobody_makes_the_process_work_in_another_home(running: Running, tmp_path: Path) -> None:
    elsewhere = make_home(tmp_path / "elsewhere").folder
    lying = elsewhere / "in" / "lindenladen" / "clean.csv"
    lying.write_bytes((sample_files.FOLDER / "lindenladen" / "clean.csv").read_bytes())
    before = {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")}
    deployments = {one["name"]: one for one in running.found("deployments")}
    environment = {"ORDERMILL_HOME": str(elsewhere), "PREFECT_HOME": str(elsewhere)}
    home, free = {"home": str(elsewhere)}, {"enforce_parameter_schema": False}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("outbox", {"parameters": home}),
        ("outbox", {"parameters": home, **free}),
        ("a-b", {"parameters": {"inbox": "lindenladen", **home}, **free}),
        ("a-b", {"job_variables": {"env": environment, "working_dir": str(elsewhere)}}),
    ]
    runs = []
    with api(running.url) as client:
        for deployment, body in asked:
            assert "home" not in deployments[deployment]["parameter_openapi_schema"]["properties"]
            answer = client.post(f"/deployments/{deployments[deployment]['id']}/create_flow_run", json=body)
            if answer.is_success:
                runs.append(answer.json()["id"])

        def ended() -> bool:
            states = [client.get(f"/flow_runs/{one}").json()["state_type"] for one in runs]
            return all(state in ("COMPLETED", "FAILED", "CRASHED") for state in states)

        wait_for(ended, 400, running.folder / "up.log")
        # The last one asks for nothing that we do not do: it ran, in our home.
        assert client.get(f"/flow_runs/{runs[-1]}").json()["state_type"] == "COMPLETED"
    assert {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")} == before


def test_a_file_of_a_broken_partner_is_shown_once_and_decided_when_it_is_mended(running: Running) -> None:
    log = running.folder / "up.log"
    partner_file = running.folder / "partners" / "lindenladen.yaml"
    good = partner_file.read_text("utf-8")
    partner_file.write_text(good + "polcy: {}\n", "utf-8")
    content = (sample_files.FOLDER / "lindenladen" / "clean.csv").read_bytes()
    running.drop(0, "waits.csv", content.replace(b"LL26-0412", b"LL26-8000"))

    def shown(kind: str, state: str) -> list[Any]:
        return [one for one in running.found(kind) if one["state_name"] == state]

    wait_for(lambda: shown("flow_runs", "Waiting") and shown("task_runs", "Waiting"), 240, log)
    (task,) = shown("task_runs", "Waiting")
    assert task["name"] == "waits.csv"
    assert "Did you mean 'policy'" in task["state"]["message"]
    tables = [one["data"] for one in running.found("artifacts") if "waits.csv" in str(one["data"])]
    assert len(tables) == 1
    assert "Did you mean 'policy'" in str(tables[0])
    # A second file has a run of its own, which does not tell of the first one again.
    running.drop(0, "empty.csv", b"")
    wait_for(lambda: len(shown("task_runs", "Waiting")) == 2, 240, log)
    assert {one["name"] for one in shown("task_runs", "Waiting")} == {"waits.csv", "empty.csv"}
    partner_file.write_text(good, "utf-8")
    wait_for(lambda: all(one.decision is not None for one in running.outcomes()), 240, log)
    (outcome,) = [one for one in running.outcomes() if one.receipt.name == "waits.csv"]
    assert outcome.decision is Decision.ACCEPTED
