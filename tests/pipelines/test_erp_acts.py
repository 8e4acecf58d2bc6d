"""Amendments and cancellations reach the ERP after their order, once, whatever crashes, waits or is refused."""

from pathlib import Path
from typing import Any, Literal

import pytest

from cli.sample_home import make_home
from connectors.erp.file import FileErp, file_name
from connectors.ports import Erp, ErpAct
from connectors.store.outgoing import Answerable
from connectors.store.records import Batch, ErpChange, WorkStatus
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.documents.sales_order import sales_order
from pipelines.answering import Answers
from pipelines.delivering import Delivered, Deliveries
from pipelines.receiving import receive_path
from pipelines.settings import Home
from pipelines.wiring import Dock
from tests.connectors.memory_erp import MemoryErp, MemoryErpServer
from tests.pipelines.dock import at_work, drop, erp_orders, poll, sample, visible
from tests.pipelines.test_exactly_once import LaterClock

KEY = "nordmarkt/4500018231/1"


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Home:
    """The sample seller's home on each kind of database, an order of it decided."""
    home = make_home(tmp_path / "home", database_url)
    drop(home, "nordmarkt", "order.edi", sample("nordmarkt", "clean.edi"))
    poll(home, "nordmarkt")
    return home


def change(home: Home, revision: int, act: Literal[ErpAct.AMEND, ErpAct.CANCEL] = ErpAct.AMEND) -> None:
    """Commit a revision of the order, of as many lines less, as an act on it."""
    file = home.folder / f"change-{revision}.edi"
    file.write_bytes(b"a change")
    with at_work(home) as dock:
        receipt_id = receive_path(file, "nordmarkt", dock.archive, dock.store.receipts, dock.clock)
        (order,) = (one for one in dock.store.orders.newest(10) if one.revision == 1)
        checked = dock.store.orders.order(order.id)
        assert checked is not None
        kept = len(checked.lines) + 1 - revision
        dropped = (line.model_copy(update={"decision": Decision.REJECTED}) for line in checked.lines[kept:])
        lines = (*checked.lines[:kept], *dropped)
        values = {"revision": revision, "content": f"{revision:064}", "lines": lines}
        batch = Batch(
            first=1,
            orders=(checked.model_copy(update=values),),
            customer="nordmarkt",
            erp_changes=(ErpChange(position=1, act=act, erp_order=KEY),),
        )
        dock.store.orders.commit(receipt_id, batch, dock.clock.now())


def drained(dock: Dock, erp: Erp | None = None) -> list[Delivered]:
    """Drain until nothing is due; gives what became of the work for the ERP."""
    deliveries = dock.deliveries()
    if erp is not None:
        answers = Answers(dock.store, dock.archive, dock.clock, dock.books)
        deliveries = Deliveries(dock.store, erp, dock.outbox_of, answers, Answerable, dock.clock)
    done: list[Delivered] = []
    while batch := deliveries.batch(dock.clock.now()):
        done += batch
    return [one for one in done if one.work.act is not None]


def told(delivered: list[Delivered]) -> list[tuple[ErpAct | None, WorkStatus]]:
    return [(one.work.act, one.status) for one in delivered]


def in_sequence(home: Home) -> list[Any]:
    return sorted(erp_orders(home), key=lambda document: document.get("sequence", 1))


def test_an_order_its_amendments_and_its_cancellation_go_in_their_sequence(home: Home) -> None:
    change(home, 2)
    change(home, 3)
    change(home, 4, ErpAct.CANCEL)
    with at_work(home) as dock:
        delivered = drained(dock)
    done = WorkStatus.DONE
    assert told(delivered) == [
        (ErpAct.CREATE, done), (ErpAct.AMEND, done), (ErpAct.AMEND, done), (ErpAct.CANCEL, done)
    ]  # fmt: skip
    first, second, third, last = in_sequence(home)
    assert "kind" not in first
    assert [(one["kind"], one["order_key"], one["sequence"]) for one in (second, third, last)] == [
        ("amend", KEY, 2), ("amend", KEY, 3), ("cancel", KEY, 4)
    ]  # fmt: skip
    assert [len(one["lines"]) for one in (first, second, third)] == [5, 4, 3]
    assert [one.reference for one in delivered] == [file_name(one["key"]) for one in (first, second, third, last)]


def test_an_amendment_never_overtakes_an_order_that_is_parked(home: Home) -> None:
    erp = FileErp(folder=home.folder / "erp")
    erp.folder.mkdir()
    change(home, 2)
    (erp.folder / ".entered").write_text("a file stands where a folder belongs")
    with at_work(home) as dock:
        assert told(drained(dock)) == [(ErpAct.CREATE, WorkStatus.PARKED)]
        assert not dock.store.outgoing.is_due(dock.clock.now())
        (erp.folder / ".entered").unlink()
        dock.store.outgoing.take_up_parked("operator", dock.clock.now())
        assert told(drained(dock)) == [(ErpAct.CREATE, WorkStatus.DONE), (ErpAct.AMEND, WorkStatus.DONE)]
    assert [len(one["lines"]) for one in in_sequence(home)] == [5, 4]


@pytest.mark.parametrize("act", [ErpAct.AMEND, ErpAct.CANCEL])
def test_what_the_erp_has_done_before_we_died_is_looked_up_and_not_done_again(
    home: Home, act: Literal[ErpAct.AMEND, ErpAct.CANCEL]
) -> None:
    change(home, 2, act)
    erp = FileErp(folder=home.folder / "erp")
    with at_work(home) as dock:
        deliveries = dock.deliveries()
        deliveries.batch(dock.clock.now())
        (work,) = deliveries.take(10)
        assert work.act is act and work.order_id is not None and work.sequence is not None
        order = sales_order(order_of(dock, work.order_id))
        assert order is not None
        reference = (
            erp.amend(order, work.key, KEY, work.sequence)
            if act is ErpAct.AMEND
            else erp.cancel(work.key, KEY, work.sequence)
        )
        (erp.folder / reference).unlink()  # the ERP has taken it in, and this process dies here
        dock.clock = LaterClock(dock.clock.zone, dock.clock.as_of)
        (again,) = drained(dock)
    assert (again.work.id, again.status, again.reference) == (work.id, WorkStatus.DONE, reference)
    assert len(visible(erp.folder)) == 1


def test_what_an_erp_cannot_do_is_parked_with_its_reason_and_the_order_is_entered(home: Home) -> None:
    change(home, 2)
    change(home, 3, ErpAct.CANCEL)
    server = MemoryErpServer()
    with at_work(home) as dock:
        created, amended = drained(dock, MemoryErp(server))
        assert not dock.store.outgoing.is_due(dock.clock.now())
    assert (created.status, created.reference) == (WorkStatus.DONE, "SO-00001")
    assert (amended.status, amended.problem) == (WorkStatus.PARKED, "this ERP does not amend orders")
    assert list(server.orders) == [KEY] and server.cancelled == set()


def test_a_sales_order_has_the_lines_to_deliver_at_their_agreed_prices(home: Home) -> None:
    server = MemoryErpServer()
    with at_work(home) as dock:
        drained(dock, MemoryErp(server))
        (summary,) = dock.store.orders.newest(10)
        checked = order_of(dock, summary.id)
    (order,) = server.orders.values()
    assert (order.customer, order.po_number, order.revision) == ("nordmarkt", "4500018231", 1)
    assert [line.number for line in order.lines] == [line.sent.number for line in checked.deliverable]
    assert sum(line.amount or 0 for line in order.lines) == checked.value
    assert all(line.price is not None and line.price.price_list for line in order.lines)


def order_of(dock: Dock, order_id: int) -> CheckedOrder:
    order = dock.store.orders.order(order_id)
    assert order is not None
    return order
