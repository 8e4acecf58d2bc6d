"""The contract of a source of reference data: what every one of them has to do, tried with files in their forms."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from connectors.errors import Refused
from connectors.ports import Reached, ReferenceChange, ReferenceSource, Removed, Upsert, Whole
from connectors.reference_files import ReferenceFiles
from connectors.store.known_customers import KnownCustomers
from connectors.store.store import Store
from orders.catalogue import DeliveryCalendar
from orders.reference_tables import TABLES, key_of

Tables = dict[str, list[list[str]]]
NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
TABLES_OF_THE_SHOP: Tables = {
    "customers": [["customer", "name", "currency", "price_lists"], ["shop", "Shop", "EUR", "LIST"]],
    "items": [["item", "description", "unit"], ["CUP", "Cup", "PCE"], ["JUG", "Jug", "PCE"]],
    "assortments": [["customer", "item", "buyer_item"], ["shop", "CUP", "0815"], ["shop", "JUG", ""]],
    "prices": [["price_list", "item", "unit", "price", "currency"], ["LIST", "CUP", "PCE", "2.40", "EUR"]],
    "ship_tos": [["customer", "ship_to", "delivery_days"], ["shop", "MAIN", "mon tue"]],
}


def folder(path: Path, tables: Tables) -> ReferenceSource:
    path.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    return ReferenceFiles([path])


def single_files(path: Path, tables: Tables) -> ReferenceSource:
    folder(path, tables)
    return ReferenceFiles([path / f"{name}.csv" for name in tables])


def workbook(path: Path, tables: Tables) -> ReferenceSource:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
    return ReferenceFiles([path.with_suffix(".xlsx")])


Build = Callable[[Path, Tables], ReferenceSource]


@pytest.fixture(params=[folder, single_files, workbook])
def build(request: pytest.FixtureRequest) -> Build:
    made: Build = request.param
    return made


def changed(tables: Tables, name: str, *rows: list[str]) -> Tables:
    return {**tables, name: [tables[name][0], *rows]}


def _cursor(changes: list[ReferenceChange]) -> str:
    last = changes[-1]
    assert isinstance(last, Reached)
    assert not any(isinstance(one, Reached) for one in changes[:-1])
    return last.cursor


def test_everything_there_comes_where_nothing_was_read(build: Build, tmp_path: Path) -> None:
    source = build(tmp_path / "shop", TABLES_OF_THE_SHOP)
    changes = list(source.changes(None))
    assert _cursor(changes)
    rows = [one for one in changes if isinstance(one, Upsert)]
    assert {one.table for one in rows} == set(TABLES)
    assert all(isinstance(one.row, TABLES[one.table]) for one in rows)
    assert len({(one.table, key_of(one.table, one.row)) for one in rows}) == len(rows) == 7
    assert source.name


def test_numbers_rise_within_a_table_which_begins_before_its_rows(build: Build, tmp_path: Path) -> None:
    last: dict[str, int] = {}
    for one in build(tmp_path / "shop", TABLES_OF_THE_SHOP).changes(None):
        if isinstance(one, Whole):
            assert one.table not in last
            last[one.table] = 0
        elif isinstance(one, Upsert | Removed):
            assert one.number > last.get(one.table, 0)
            last[one.table] = one.number


def test_nothing_comes_where_nothing_has_changed(build: Build, tmp_path: Path) -> None:
    source = build(tmp_path / "shop", TABLES_OF_THE_SHOP)
    cursor = _cursor(list(source.changes(None)))
    assert list(source.changes(cursor)) == [Reached(cursor)]
    assert list(source.changes("another"))[:-1]


def test_what_has_changed_or_gone_is_so_in_the_store(build: Build, tmp_path: Path, store: Store) -> None:
    first = build(tmp_path / "shop", TABLES_OF_THE_SHOP)
    store.reference.load(first.changes(store.reference.cursor(first.name)), first.name, "test", NOW)
    tables = changed(TABLES_OF_THE_SHOP, "assortments", ["shop", "CUP", "4711"])
    second = build(tmp_path / "shop", changed(tables, "prices", ["LIST", "CUP", "PCE", "2.50", "EUR"]))
    loaded = store.reference.load(second.changes(store.reference.cursor(second.name)), second.name, "test", NOW)
    reference = store.reference.at(loaded.version, DeliveryCalendar(), KnownCustomers())
    shop = reference.agreement("shop") if reference else None
    assert shop is not None
    (cup,) = shop.by_buyer_number("4711")
    assert [str(row.price) for row in shop.price_rows(cup)] == ["2.50"]
    assert shop.by_buyer_number("0815") == ()
    assert [entry.item for part in shop.parts() for entry in part.assortment.values()] == ["CUP"]
    assert shop.places[0].delivery_days == {0, 1}


def test_a_row_that_cannot_be_used_stops_the_load_and_is_named(build: Build, tmp_path: Path, store: Store) -> None:
    good = build(tmp_path / "shop", TABLES_OF_THE_SHOP)
    version = store.reference.load(good.changes(None), good.name, "test", NOW).version
    for row, words in (
        (["LIST", "JUG", "PCE", "cheap", "EUR"], "row 3, price"),
        (["LIST", "CUP", "PCE", "2.50", "EUR"], "row 3: LIST, CUP"),
        (["LIST", "J" * 300, "PCE", "1", "EUR"], "row 3, item"),
    ):
        tables = changed(TABLES_OF_THE_SHOP, "prices", TABLES_OF_THE_SHOP["prices"][1], row)
        bad = build(tmp_path / "shop", tables)
        with pytest.raises(Refused, match=words):
            store.reference.load(bad.changes(None), bad.name, "test", NOW)
    assert store.reference.current_version() == version
