"""A file's journey costs the same however much the store holds: no statement of it looks at a table that grows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from cli.sample_home import make_home
from connectors.store.engine import open_database
from connectors.store.tables import metadata
from pipelines.settings import Home
from tests.pipelines.dock import at_work, deliver, drop, poll, sample
from tests.store.filling import fill

ORDER = sample("nordmarkt", "clean.edi")
CHANGE = ORDER.replace(b"+4500018231+9'", b"+4500018231+4'")
FILES = [CHANGE, ORDER, ORDER, ORDER.replace(b"4500018", b"4500019"), ORDER.replace(b"QTY+21:60", b"QTY+21:66")]
"""A change before its order, the order, the same again, a reference used before, another content."""

FIXED = {"control_reference", "alembic_version"}
GROWING = sorted(name for name in metadata.tables if name not in FIXED and not name.startswith("reference_"))
"""Tables that grow with the orders; reference data grows with the catalogue, and has a benchmark of its own."""
UNSELECTIVE = ("ix_receipt_status", "ix_receipt_customer", "ix_receipt_received_at")
"""Indexes by which most of a table is found; what is not decided is found by the first, and that is little."""

Statement = tuple[str, Any]


@contextmanager
def collected() -> Iterator[dict[str, Any]]:
    """Every statement that is executed meanwhile, by any engine, with parameters of one execution."""
    found: dict[str, Any] = {}

    def note(_: Connection, __: object, statement: str, parameters: Any, ___: object, many: bool) -> None:
        found.setdefault(statement, parameters[0] if many and isinstance(parameters, list) else parameters)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan(connection: Connection, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))


def scanned(found: str) -> list[str]:
    """Growing tables that this plan looks through from end to end, or by an index that hardly narrows it."""
    names = "|".join(GROWING)
    whole = rf"Seq Scan on ({names})\b|^SCAN ({names})\b"
    by_key = rf"using pk_({names}) on .*\n +Filter"  # goes along the key from its start, and filters
    found_whole = re.findall(whole, found, re.MULTILINE) + re.findall(by_key, found)
    return found_whole + [name for name in UNSELECTIVE if re.search(rf"\b{name}\b", found)]


@pytest.fixture
def filled(database_url: str, tmp_path: Path) -> Iterator[tuple[Home, Engine]]:
    home = make_home(tmp_path / "home", database_url)
    engine = open_database(home.database_url)
    fill(engine, 3_000, "nordmarkt")
    yield home, engine
    engine.dispose()


@pytest.mark.parametrize("analyzed", [False, True], ids=["without-statistics", "with-statistics"])
def test_no_statement_of_a_journey_scans_a_table_that_grows(filled: tuple[Home, Engine], analyzed: bool) -> None:
    home, engine = filled
    if analyzed:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    with collected() as statements:
        for number, content in enumerate(FILES):
            drop(home, "nordmarkt", f"{number}.edi", content)
            poll(home, "nordmarkt")
            deliver(home)
        with at_work(home) as dock:
            dock.store.outgoing.is_due(dock.clock.now())
            dock.store.outgoing.owed()
    looked = {one: given for one, given in statements.items() if re.match(r"(SELECT|UPDATE|DELETE|WITH)\b", one)}
    assert {"receipt", "interchange", "outbox", "parked_change", "finding", "purchase_order", "repeated_order"} <= {
        name for name in GROWING for one in looked if re.search(rf"\b(FROM|JOIN) {name}\b", one)
    }
    bad = {}
    with engine.connect() as connection:
        for statement, parameters in looked.items():
            if re.search(r"\bpg_|alembic_version|sqlite_master", statement):
                continue
            found = plan(connection, statement, parameters)
            if scanned(found):
                bad[statement] = found
    assert not bad, "\n\n".join(f"{statement}\n{found}" for statement, found in bad.items())


@pytest.mark.parametrize("analyzed", [False, True], ids=["without-statistics", "with-statistics"])
def test_a_scan_would_be_seen(filled: tuple[Home, Engine], analyzed: bool) -> None:
    _, engine = filled
    with engine.connect() as connection:
        if analyzed:
            connection.exec_driver_sql("ANALYZE")
        for query in (
            "SELECT * FROM outbox WHERE customer = 'nordmarkt'",
            "SELECT id FROM receipt WHERE status = 'received'",
            "SELECT * FROM parked_change",
        ):
            assert scanned(plan(connection, query, ()))
