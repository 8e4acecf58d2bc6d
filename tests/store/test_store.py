"""The order store keeps what it is given, on SQLite and on PostgreSQL alike."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import sample_files
from connectors.errors import Refused, Unreachable
from connectors.ports import Channel
from connectors.reference_files import load_tables
from connectors.store.engine import open_database, upgrade
from connectors.store.outgoing import LEASE
from connectors.store.records import Batch, Receipt, WorkKind, WorkStatus
from connectors.store.store import Store
from connectors.store.tables import metadata
from mappings.partner_folder import load_partners
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.numbers import order_number_key
from orders.reference import Reference
from orders.rules.case import EarlierOrder
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.incoming import incoming
from pipelines.stamp_key import FixedKey

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def receipt(name: str) -> Receipt:
    return Receipt(
        id=name.rjust(32, "0"),
        name=f"{name}.edi",
        sha256="a" * 64,
        size=1,
        channel=Channel.FOLDER,
        inbox="in",
        received_at=NOW,
        as_of=date(2026, 11, 16),
    )


def checked(*path: str, customer: str | None = None) -> tuple[CheckedOrder, ...]:
    books = Books(
        load_partners(ROOT / "mappings" / "partners").usable,
        Reference(load_tables([sample_files.FOLDER / "reference"])),
        FixedKey(b"key"),
    )
    return check_file(
        incoming(sample_files.FOLDER.joinpath(*path), customer=customer), books, sample_files.AS_OF
    ).orders


@pytest.fixture(scope="module")
def two_orders() -> tuple[CheckedOrder, ...]:
    return checked("nordmarkt", "clean-two-orders.edi")


def commit(store: Store, name: str, orders: tuple[CheckedOrder, ...]) -> str:
    one = receipt(name)
    store.receipts.add(one)
    batch = Batch(first=1, orders=orders, customer="nordmarkt", answers=(AnswerKind.ORDRSP,))
    for work in store.orders.commit(one.id, batch, NOW):
        store.replies.keep(work, (), NOW)
    return one.id


def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    engine = open_database(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_receipt_is_written_once(store: Store) -> None:
    store.receipts.add(receipt("1"))
    store.receipts.add(receipt("1"))
    assert [one.receipt for one in store.receipts.newest(10)] == [receipt("1")]


def test_orders_come_back_as_they_were_checked(store: Store, two_orders: tuple[CheckedOrder, ...]) -> None:
    receipt_id = commit(store, "1", two_orders)
    assert [order for order, _ in store.orders.of_file(receipt_id)] == list(two_orders)
    outcome = store.receipts.outcome(receipt_id)
    assert outcome is not None
    assert outcome.counts.read == 7
    assert outcome.value == sum(order.value or Decimal(0) for order in two_orders)
    assert outcome.decision is Decision.ACCEPTED


def test_the_history_knows_the_newest_revision(store: Store, two_orders: tuple[CheckedOrder, ...]) -> None:
    commit(store, "1", two_orders)
    key = order_number_key(two_orders[0].sent.po_number or "")
    known = store.orders.earlier("nordmarkt", [key, "never sent"])
    assert list(known) == [key]
    assert known[key] == EarlierOrder(revision=1, entered=1, content=two_orders[0].content)
    assert store.orders.earlier("ferrum", [key]) == {}


def test_an_order_stored_with_an_earlier_fingerprint_is_known_again(store: Store, tmp_path: Path) -> None:
    """Then nothing said either whether the number of a line was its row; the place of the line tells it."""
    table = tmp_path / "order.csv"
    table.write_bytes(
        b"Bestellnummer;Artikelnummer;Menge;Einheit\r\nLL26-1;004409;18;Rolle\r\nLL26-1;004425;25;Stk\r\n"
    )
    for number, (today,) in enumerate((checked("nordmarkt", "clean.edi"), checked(str(table), customer="lindenladen"))):
        sent = [line.sent.model_copy(update={"numbered": True}) for line in today.lines]
        lines = [line.model_copy(update={"sent": one}) for line, one in zip(today.lines, sent, strict=True)]
        order = today.sent.model_copy(update={"lines": tuple(sent)})
        stored = today.model_copy(update={"content": "0" * 64, "sent": order, "lines": tuple(lines)})
        commit(store, str(number), (stored,))
        assert_known(store, today)


def assert_known(store: Store, today: CheckedOrder) -> None:
    """The store knows the order that is its only revision, as it reads today."""
    assert today.customer is not None
    key = order_number_key(today.sent.po_number or "")
    known = store.orders.earlier(today.customer, [key])
    assert known[key] == EarlierOrder(revision=1, entered=1, content=today.content)
    assert store.orders.sent(today.customer, key, 1) == today.sent


def test_one_order_cannot_be_committed_twice(store: Store, two_orders: tuple[CheckedOrder, ...]) -> None:
    from connectors.store.database import Raced

    commit(store, "1", two_orders)
    with pytest.raises(Raced):
        commit(store, "2", two_orders)
    assert len(store.orders.newest(10)) == 2
    outcome = store.receipts.outcome(receipt("2").id)
    assert outcome is not None
    assert (outcome.counts.read, outcome.receipt.orders_done) == (0, 0)


def test_work_is_taken_once_and_again_after_the_lease(store: Store, two_orders: tuple[CheckedOrder, ...]) -> None:
    commit(store, "1", two_orders)
    taken = store.outgoing.take(NOW, 10)
    assert sorted(work.kind for work in taken) == [WorkKind.ERP, WorkKind.ERP, WorkKind.REPLY]
    assert store.outgoing.take(NOW, 10) == []
    again = store.outgoing.take(NOW + LEASE, 10)
    assert [work.id for work in again] == [work.id for work in taken]
    assert {work.attempts for work in again} == {2}


def test_work_is_postponed_parked_and_taken_up_again(store: Store, two_orders: tuple[CheckedOrder, ...]) -> None:
    commit(store, "1", two_orders)
    first, second, third = store.outgoing.take(NOW, 10)
    store.outgoing.done(first, "ERP-1", NOW)
    store.outgoing.postpone(second, "not reachable", NOW + timedelta(hours=1))
    store.outgoing.park(third, "refused", NOW)
    assert store.outgoing.take(NOW + timedelta(minutes=59), 10) == []
    assert [work.id for work in store.outgoing.take(NOW + timedelta(hours=1), 10)] == [second.id]
    assert store.outgoing.take_up_parked("operator", NOW) == 1
    assert [work.id for work in store.outgoing.take(NOW, 10)] == [third.id]
    assert store.outgoing.counts()[third.kind, WorkStatus.PENDING] >= 1


def test_control_references_are_never_used_again(store: Store) -> None:
    first, second = checked("nordmarkt", "clean.edi"), checked("nordmarkt", "warnings.edi")
    commit(store, "1", first)
    commit(store, "2", second)
    replies = [work for work in store.outgoing.take(NOW, 10) if work.kind is WorkKind.REPLY]
    assert [work.control_reference for work in replies] == [1, 2]


def test_a_database_that_does_not_answer_is_unreachable(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'no such folder' / 'store.sqlite'}")
    with pytest.raises(Unreachable):
        store.upgrade()
    with pytest.raises(Unreachable):
        Store("postgresql://nobody@127.0.0.1:9/none").upgrade()


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(Refused, match="SQLite or PostgreSQL"):
        Store("mysql://localhost/orders")
