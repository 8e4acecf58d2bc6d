"""Reference data in the store: versions of rows, and the same answers as from rows in memory, on both databases."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import sample_files
from connectors.errors import Refused
from connectors.ports import Reached, ReferenceChange, Removed, Upsert, Whole
from connectors.reference_files import ReferenceFiles, load_tables
from connectors.store.engine import open_database
from connectors.store.known_customers import KnownCustomers
from connectors.store.reference import Loaded
from connectors.store.reference_tables import STORED
from connectors.store.store import Store
from orders.catalogue import AssortmentEntry, Customer, DeliveryCalendar, Item
from orders.known_rows import KnownRows
from orders.prices import AgreedPrice, PriceExplanation
from orders.reference import Agreement, Reference
from orders.reference_tables import TABLES, ReferenceRow, key_of

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 16)
FOLDER = sample_files.FOLDER / "reference"
ROWS: dict[str, list[ReferenceRow]] = {
    "items": [
        Item(item="CUP", gtin="9524017001177", description="Cup", unit="PCE"),
        Item(item="0042", description="Old number", unit="PCE"),
        Item(item="JUG", description="Jug", unit="PCE", replacement="CUP"),
    ],
    "customers": [Customer(customer="shop", name="Shop", currency="EUR", price_lists=("LIST",))],
    "assortments": [
        AssortmentEntry(customer="shop", item="JUG", buyer_item="0815"),
        AssortmentEntry(customer="shop", item="CUP", buyer_item="4711"),
    ],
    "prices": [
        AgreedPrice(price_list="LIST", item=one, unit="PCE", price=Decimal(price), currency="EUR")
        for one, price in (("CUP", "2.40"), ("JUG", "7.10"))
    ],
}


def whole(**tables: Iterable[ReferenceRow]) -> Iterator[ReferenceChange]:
    for table, rows in tables.items():
        yield Whole(table, f"{table} of the test")
        for number, row in enumerate(rows, start=2):
            yield Upsert(table, row, number)


def load(store: Store, changes: Iterable[ReferenceChange], source: str = "files") -> Loaded:
    return store.reference.load(changes, source, "test", NOW)


def agreement(store: Store, version: str | None = None, customer: str = "shop") -> Agreement:
    reference = store.reference.at(version or current(store), DeliveryCalendar(), KnownCustomers())
    assert reference is not None
    found = reference.agreement(customer)
    assert found is not None
    return found


def current(store: Store) -> str:
    version = store.reference.current_version()
    assert version is not None
    return version


def price(of: Agreement, item: str, quantity: int = 1) -> PriceExplanation | None:
    found = of.catalogue.item(item)
    return None if found is None else of.agreed_price(found, Decimal(quantity), DAY, Decimal(0))


def cup_at(price: str) -> AgreedPrice:
    return AgreedPrice(price_list="LIST", item="CUP", unit="PCE", price=Decimal(price), currency="EUR")


def test_a_price_is_worked_out_again_for_the_version_of_its_result(store: Store) -> None:
    assert store.reference.current_version() is None
    first = load(store, whole(**ROWS)).version
    second = load(store, whole(prices=[cup_at("2.50")])).version
    assert second == current(store) != first
    told = [[price(agreement(store, version), item) for item in ("CUP", "JUG")] for version in (first, second)]
    prices = [[str(one.price) if one else None for one in both] for both in told]
    assert prices == [["2.40", "7.10"], ["2.50", None]]
    assert store.reference.at("never", DeliveryCalendar(), KnownCustomers()) is None


def test_a_version_costs_what_changed_and_is_named_after_its_content(store: Store, database_url: str) -> None:
    first = load(store, whole(**ROWS))
    again = load(store, whole(**ROWS))
    assert again.version == first.version
    assert set(again.differences.values()) == {(0, 0)}
    other = load(store, whole(prices=[cup_at("2.50"), ROWS["prices"][1]]))
    assert other.differences == {"prices": (1, 1)}
    # The same content in another form of numbers, and in another order, is the same content.
    back = load(store, whole(prices=[ROWS["prices"][1], cup_at("2.4")]))
    assert (back.version, other.version != first.version) == (first.version, True)
    engine = open_database(database_url)
    with engine.connect() as connection:
        kept = (STORED["prices"], STORED["items"])
        counts = [connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in kept]
    engine.dispose()
    assert counts == [4, 3]


def test_a_source_replaces_its_own_rows_alone(store: Store) -> None:
    def known() -> list[bool]:
        return [agreement(store).by_buyer_number(number) != () for number in ("MINE", "4711", "0815")]

    load(store, whole(**ROWS))
    mapped = AssortmentEntry(customer="shop", item="CUP", buyer_item="MINE")
    load(store, whole(assortments=[mapped]), source="a person")
    # Of two sources the one that spoke last counts, and the other one again when it is gone.
    assert known() == [True, False, True]
    load(store, whole(assortments=[], prices=[cup_at("3")]))
    assert known() == [True, False, False]
    load(store, whole(assortments=ROWS["assortments"]))
    load(store, [Removed("assortments", ("shop", "CUP"), 1)], source="a person")
    assert known() == [False, True, True]


def test_changes_of_single_rows_leave_the_others(store: Store) -> None:
    load(store, whole(**ROWS), source="erp")
    jug = key_of("prices", ROWS["prices"][1])
    changes: list[ReferenceChange] = [
        Upsert("prices", cup_at("9.99"), 1),
        Upsert("prices", cup_at("2.45"), 2),
        Removed("prices", jug, 3),
        Removed("items", ("NEVER",), 1),
        Reached("monday"),
    ]
    loaded = load(store, changes, source="erp")
    assert loaded.differences == {"prices": (1, 2), "items": (0, 0)}
    assert (loaded.in_force["prices"], loaded.in_force["items"]) == (1, 3)
    found = price(agreement(store), "CUP")
    assert found is not None and found.price == Decimal("2.45")
    assert (store.reference.cursor("erp"), store.reference.cursor("files")) == ("monday", None)


def test_a_load_that_cannot_be_used_changes_nothing(store: Store) -> None:
    version = load(store, whole(**ROWS)).version
    twins = [cup_at("2.40"), ROWS["prices"][1], cup_at("2.50")]
    with pytest.raises(Refused, match=r"prices of the test, row 4: LIST, CUP, .* stands in row 2 already\. Keep one"):
        load(store, whole(items=[], prices=twins))
    assert current(store) == version
    assert price(agreement(store), "CUP") is not None
    load(store, whole(prices=[cup_at("2.50")]))  # the connection that had staged them is fit for use


def test_whatever_a_file_says_can_be_looked_up(store: Store) -> None:
    load(store, whole(**ROWS))
    of = agreement(store)
    for text in ("\x00", "CUP\x00", "\ud800", "x" * 100_000, "", "'", '"', "ﬁ"):
        of.fetch_lines([(text, text, text)])
        assert (of.catalogue.item(text), of.catalogue.by_gtin(text), of.by_buyer_number(text)) == (None, None, ())
    assert store.reference.at(current(store), DeliveryCalendar(), KnownCustomers()).agreement("\x00") is None  # type: ignore[union-attr]


def _numbers(memory: Agreement) -> list[str]:
    """Numbers of every kind, right ones and slips of them."""
    found = ["", "HM", "No such number", "9" * 40]
    for entry in islice(memory.assortment.values(), 25):
        item = memory.catalogue.item(entry.item)
        assert item is not None
        for number in filter(None, (item.item, item.gtin, entry.buyer_item)):
            middle = len(number) // 2
            found += [number, number.lstrip("0"), f"0{number}", number.lower(), number[:-1], f"{number}7"]
            found += [number[:middle] + number[middle + 1 :], number[:middle] + "ä" + number[middle:]]
            found += [number[:middle] + number[middle + 1 : middle + 2] + number[middle] + number[middle + 2 :]]
    return found


def _answers(of: Agreement, numbers: Iterable[str]) -> list[object]:
    answers: list[object] = [of.account, of.places]
    for number in numbers:
        item = of.catalogue.item(number)
        answers += [item, of.catalogue.by_gtin(number), of.catalogue.without_leading_zeros(number)]
        answers += [of.by_buyer_number(number), of.without_leading_zeros(number), of.near(number)]
        answers += [of.plainly_named(number, None, None), of.plainly_named(None, number, number), of.ship_to(number)]
        if item is not None:
            answers += [of.price_rows(item), of.agreed_price(item, Decimal(100), DAY, Decimal(1))]
            answers.append(of.assortment.get(item.item))
    return answers


@pytest.mark.parametrize("ahead", [True, False])
def test_the_store_answers_as_rows_in_memory_do(store: Store, ahead: bool) -> None:
    reference = Reference(load_tables([FOLDER]))
    load(store, ReferenceFiles([FOLDER]).changes(None))
    for customer in ("nordmarkt", "klinikum", "lindenladen"):
        memory, stored = reference.agreement(customer), agreement(store, customer=customer)
        assert memory is not None
        numbers = _numbers(memory)
        if ahead:
            stored.fetch_lines((number, None, None) for number in numbers)
        else:
            numbers = numbers[:80]
        assert _answers(stored, numbers) == _answers(memory, numbers)
        entries = [entry for part in stored.parts() for entry in part.assortment.values()]
        assert entries == list(memory.assortment.values())


def test_rows_that_change_keep_their_place(store: Store) -> None:
    load(store, whole(**ROWS))
    changed = [one.model_copy(update={"buyer_item": "NEW"}) for one in ROWS["assortments"][:1]]  # type: ignore[attr-defined]
    added = AssortmentEntry(customer="shop", item="0042")
    load(store, whole(assortments=[added, *changed, ROWS["assortments"][1]]))
    (part,) = agreement(store).parts()
    assert list(part.assortment) == ["JUG", "CUP", "0042"]


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    counted: list[str] = []

    def note(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_follow_the_number_of_lines(store: Store) -> None:
    items = [Item(item=f"I-{number}", description="One", unit="PCE") for number in range(400)]
    entries = [AssortmentEntry(customer="shop", item=one.item, buyer_item=f"B{one.item}") for one in items]
    prices = [cup_at("1").model_copy(update={"item": one.item}) for one in items]
    load(store, whole(items=items, customers=ROWS["customers"], assortments=entries, prices=prices))
    counts = []
    for lines in (1, 300):
        of = agreement(store)
        with queries_counted() as counted:
            of.fetch_lines((one.item, None, f"B{one.item}") for one in items[:lines])
            found = [of.plainly_named(one.item, None, f"B{one.item}") for one in items[:lines]]
            assert None not in found
            assert all(price(of, one.item) for one in items[:lines])
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 5


def test_what_a_process_keeps_has_a_bound(store: Store) -> None:
    load(store, whole(**ROWS))
    kept = KnownCustomers(limit=10)
    reference = store.reference.at(current(store), DeliveryCalendar(), kept)
    assert reference is not None
    for number in ("CUP", "JUG", "0042", "4711", "42", "CPU"):
        of = reference.agreement("shop")
        assert of is not None
        assert price(of, "CUP") is not None
        assert (of.catalogue.item(number) or of.by_buyer_number(number) or of.without_leading_zeros(number)
                or of.near(number))  # fmt: skip
        reference.agreement("nobody")
        assert len(kept) <= 10 + 8  # the last customer's rows, until somebody asks again
    customer = ROWS["customers"][0]
    assert isinstance(customer, Customer)
    two = KnownCustomers(limit=100)
    for name in ("first", "second"):
        known = two.put(("database", "version", name), KnownRows(customer, ()))
        known.asked |= {str(number) for number in range(60)}
    assert two.get(("database", "version", "first")) is not None
    assert two.get(("database", "version", "second")) is None


def test_what_is_known_is_used_again(store: Store) -> None:
    load(store, whole(**ROWS))
    kept = KnownCustomers()
    for expected in (True, False):
        reference = store.reference.at(current(store), DeliveryCalendar(), kept)
        assert reference is not None
        with queries_counted() as counted:
            of = reference.agreement("shop")
            assert of is not None
            of.fetch_lines([("CUP", None, "4711"), ("NONE", None, None)])
            assert of.near("NONE") == ()
        assert bool(counted) is expected


def _snapshots(url: str, versions: dict[str, Path]) -> None:
    """A store as it was when every version was one text."""
    engine = open_database(url)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[2] / "connectors" / "store" / "migrations"))
    config.attributes["engine"] = engine
    command.upgrade(config, "0003")
    with engine.begin() as connection:
        for hour, (version, folder) in enumerate(versions.items()):
            tables = load_tables([folder]).model_copy(update={"version": version})
            connection.execute(
                sa.text("INSERT INTO reference_snapshot VALUES (:version, :at, :tables)"),
                {"version": version, "at": f"2026-11-16 0{hour}:00:00", "tables": tables.model_dump_json()},
            )
    engine.dispose()


def test_versions_that_were_one_text_become_rows(database_url: str, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(FOLDER, before)
    prices = (before / "prices.csv").read_text("utf-8").splitlines()
    dearer = [",".join([*fields[:5], "99.00", *fields[6:]]) for fields in (prices[1].split(","), prices[2].split(","))]
    (before / "prices.csv").write_text("\n".join([prices[0], *dearer, *prices[3:-1]]), "utf-8")
    _snapshots(database_url, {"older": before, "newer": FOLDER})
    store = Store(database_url)
    store.upgrade()
    assert current(store) == "newer"
    for version, folder in (("older", before), ("newer", FOLDER)):
        reference = Reference(load_tables([folder]))
        for customer in ("atlantique", "nordmarkt"):
            memory, stored = reference.agreement(customer), agreement(store, version, customer)
            assert memory is not None
            numbers = _numbers(memory)
            stored.fetch_lines((number, None, None) for number in numbers)
            assert _answers(stored, numbers) == _answers(memory, numbers)
    # The same files again are what is in force already: nothing differs, and the name stays.
    loaded = load(store, ReferenceFiles([FOLDER]).changes(None))
    assert loaded.version == "newer"
    assert {name: tuple(one) for name, one in loaded.differences.items()} == dict.fromkeys(TABLES, (0, 0))
    store.close()


def test_the_version_stands_with_the_audit(store: Store, database_url: str) -> None:
    version = load(store, whole(**ROWS)).version
    engine = open_database(database_url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT actor, action, subject FROM audit")).all()
    engine.dispose()
    assert json.dumps([list(row) for row in rows]) == json.dumps([["test", "load reference data", version]])
