"""The store and home of build 883a6ac, opened with this one, on SQLite and on PostgreSQL.

What that build has shown, and would have delivered, was written down when its home was made (see ``make_home``). ERP
documents must be the same bytes; replies must say the same (see ``said``); findings must be shown as they were.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from connectors.store.engine import open_database
from connectors.store.records import WorkStatus
from connectors.store.tables import outbox
from orders.findings import finding_kinds
from pipelines.report import report
from pipelines.settings import Home
from pipelines.stored_result import stored_result
from tests.command import ordermill_json
from tests.conftest import EACH_DATABASE
from tests.pipelines.dock import at_work, visible
from tests.servers.postgres import Postgres
from tests.upgrades.old_home import OldHome
from tests.upgrades.said import said

OLD = OldHome(Path(__file__).parent / "home_of_883a6ac")
EVERYTHING = ("--limit", "1000", "--json")


def made(database: str, target: Path, request: pytest.FixtureRequest) -> Home:
    if database == "sqlite":
        return OLD.on_sqlite(target)
    server: Postgres = request.getfixturevalue("postgres")
    return OLD.on_postgresql(target, server.database())


@pytest.fixture(scope="module", params=EACH_DATABASE)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The old home, opened and looked at, and nothing else done to it."""
    return made(request.param, tmp_path_factory.mktemp("opened") / "home", request)


@pytest.fixture(scope="module", params=EACH_DATABASE)
def delivered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The old home after everything that was owed has been delivered; what was parked still is."""
    home = made(request.param, tmp_path_factory.mktemp("delivered") / "home", request)
    with at_work(home) as dock:
        dock.deliveries().drain()
    yield home


@pytest.fixture(scope="module", params=EACH_DATABASE)
def taken_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The old home after what was parked was taken up, and all was delivered."""
    home = made(request.param, tmp_path_factory.mktemp("taken_up") / "home", request)
    with at_work(home) as dock:
        dock.store.outgoing.take_up_parked("operator", dock.clock.now())
        dock.deliveries().drain()
    return home


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where the two differ, each in a line; a field that was added since is none."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in found:
                yield from differences(value, found[name], f"{place}.{name}")
            else:
                yield f"{place}.{name} is gone; it was {value!r}"
    elif isinstance(expected, list | tuple) and isinstance(found, list | tuple) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif expected != found:
        yield f"{place}: was {expected!r}, is {found!r}"


def same(expected: Any, found: Any, what: str) -> None:
    told = list(differences(expected, found, what))
    assert not told, "\n".join(["This build says something else than the one that wrote the store:", *told[:40]])


def statuses(home: Home) -> dict[str, tuple[str, str | None]]:
    """Status and reference of every piece of work, by its key, as the store has it."""
    engine = open_database(home.database_url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(outbox.c.key, outbox.c.status, outbox.c.reference))
            return {key: (status, reference) for key, status, reference in rows}
    finally:
        engine.dispose()


def work_of(name: str) -> dict[str, tuple[str, str | None]]:
    return {one["key"]: (one["status"], one["reference"]) for one in OLD.expected(name)}


def test_the_fixture_has_everything_that_a_store_can_have() -> None:
    owed = [one for one in OLD.rows("outbox") if one["status"] == WorkStatus.PENDING.value]
    assert {(one["kind"], one["answer"]) for one in owed} == {
        ("erp", None), ("reply", "contrl"), ("reply", "aperak"), ("reply", "ordrsp"), ("reply", "annotated"),
    }  # fmt: skip
    assert {one["status"] for one in OLD.rows("outbox")} == {one.value for one in WorkStatus}
    assert any(one["attempts"] for one in owed)
    decisions = {one["decision"] for one in OLD.rows("receipt")}
    assert decisions == {"accepted", "changed", "held", "rejected", "quarantined", "duplicate"}
    assert len(OLD.rows("parked_change")) == 1
    assert OLD.rows("repeated_order") and OLD.rows("interchange") and OLD.rows("audit")
    assert len({one["code"] for one in OLD.rows("finding")}) > 50
    replies = {name.rpartition(".")[2] for name in OLD.files("out")}
    assert replies == {"edi", "csv", "xlsx", "txt"}
    letters = {content.decode()[:20] for name, content in OLD.files("out").items() if name.endswith(".txt")}
    assert any("Ihre" in one for one in letters) and any("Your" in one for one in letters)


def test_receipts_and_orders_are_listed_as_before(opened: Home) -> None:
    expected = OLD.expected("lists")
    for name in ("receipts", "orders"):
        same(expected[name], ordermill_json(name, "--home", str(opened.folder), *EVERYTHING), name)


def test_results_and_findings_are_shown_as_before(opened: Home) -> None:
    """Decision, lines, orders and findings: code, severity, message, place, before and after, candidates."""
    expected = OLD.expected("receipts")
    with at_work(opened) as dock:
        outcomes = {one.receipt.id: one for one in dock.store.receipts.newest(1000)}
        assert outcomes.keys() == expected.keys()
        for receipt, outcome in outcomes.items():
            found = json.loads(json.dumps(report(stored_result(outcome, dock.store))))
            same(expected[receipt], found, f"{outcome.receipt.name} ({receipt[:8]})")


def test_findings_are_found_by_their_place_as_before(opened: Home) -> None:
    by_receipt: dict[str, list[dict[str, Any]]] = {}
    for row in OLD.rows("finding"):
        by_receipt.setdefault(row["receipt_id"], []).append(row)
    with at_work(opened) as dock:
        for receipt, rows in by_receipt.items():
            of_file = [row["code"] for row in rows if row["order_position"] is None]
            assert [one.code for one in dock.store.receipts.findings_of_file(receipt)] == of_file
            of_orders = sorted(
                (row["order_position"], row["line"] or 0, row["code"]) for row in rows if row["order_position"]
            )
            found = dock.store.receipts.findings_of_orders(receipt, 1, 1000)
            assert sorted((one.order, one.line or 0, one.code) for one in found) == of_orders
            assert all(one.code in finding_kinds() for one in found)


def test_everything_owed_is_delivered_and_nothing_else(delivered: Home) -> None:
    same(work_of("outbox_delivered"), statuses(delivered), "outbox")
    assert statuses(delivered).keys() == work_of("outbox_delivered").keys()


def test_parked_work_is_delivered_when_it_is_taken_up(taken_up: Home) -> None:
    same(work_of("outbox_taken_up"), statuses(taken_up), "outbox")


def test_the_erp_gets_the_same_bytes(taken_up: Home) -> None:
    found = {path.name: path.read_bytes() for path in visible(taken_up.folder / "erp")}
    expected = OLD.files("erp")
    assert found.keys() == expected.keys()
    different = [name for name, content in expected.items() if found[name] != content]
    assert not different, f"ERP documents that are other bytes than the old build would have delivered: {different}"


def test_replies_say_the_same(taken_up: Home) -> None:
    folder = taken_up.folder / "out"
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    # What was delivered before the upgrade is not sent again.
    before = {row["reference"] for row in OLD.rows("outbox") if row["status"] == WorkStatus.DONE.value}
    stems = {str(name).rpartition(".answer.")[0] for name in before if ".answer." in str(name)}
    expected = {
        name: content
        for name, content in OLD.files("out").items()
        if Path(name).name not in before and Path(name).name.rpartition(".answer.")[0] not in stems
    }
    assert found.keys() == expected.keys()
    assert len(expected) > 100
    for name, content in expected.items():
        same(said(name, content), said(name, found[name]), name)


@pytest.mark.parametrize("database", EACH_DATABASE)
def test_files_that_come_later_meet_what_was_there(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Orders that come again are known and not entered again; a parked change is taken up by its order; our own form
    and the answers of the old build come back.
    """
    home = made(database, tmp_path / "home", request)
    with at_work(home) as dock:
        dock.store.outgoing.take_up_parked("operator", dock.clock.now())
        dock.deliveries().drain()
    for one in OLD.expected("later"):
        customer = ("--customer", one["customer"]) if one["customer"] else ()
        path = OLD.folder / "later" / one["name"]
        (found,) = ordermill_json("ingest", str(path), "--home", str(home.folder), "--json", *customer)
        # Earlier receipts and the version of the code are others; what they lead to is the same.
        for result in (found, one["result"]):
            result["versions"]["code"] = "any"
        same(one["result"], found, one["name"])
    entered = {path.name: path.read_bytes() for path in visible(home.folder / "erp")}
    assert entered == {**OLD.files("erp"), **OLD.files("later_erp")}
    with at_work(home) as dock:
        expected = OLD.expected("taken_up")
        (change,) = [one for one in dock.store.receipts.newest(1000) if one.receipt.name == expected["file"]["name"]]
        assert dock.store.parked_changes.ready(change.receipt.id) == []
        same(expected, json.loads(json.dumps(report(stored_result(change, dock.store)))), "the parked change")
