"""Changes of orders: what they would do is worked out; one that overtakes its order waits and is taken up once."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.store.records import ReceiptOutcome
from orders.changes import FieldChange, LineChange
from orders.decision import Decision
from orders.purchase_order import LineAction
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive, receive_path
from pipelines.settings import Home
from pipelines.taking_up import take_up_parked
from pipelines.wiring import Dock
from replies.wording.language import english
from tests.pipelines.dock import at_work, decide, deliver, drop, erp_orders, poll, replies, sample
from tests.pipelines.test_edifact_answers import CountingArchive
from tests.pipelines.test_exactly_once import KILLED_BETWEEN_BATCHES, killed

ORDER = sample("nordmarkt", "clean.edi")
CHANGE = (
    b"UNA:+.? 'UNB+UNOC:3+9522104000010:14+9524017000019:14+261116:0700+N004200'"
    b"UNH+1+ORDCHG:D:96A:UN'BGM+230+C-1+4'DTM+137:20261116:102'RFF+ON:4500018231'NAD+BY+9522104000010::9'"
    b"NAD+SU+9524017000019::9'LIN+1+3'QTY+21:66:PCE'LIN+2+2'UNS+S'CNT+2:2'UNT+11+1'UNZ+1+N004200'"
)
IN_ONE_FILE = (
    CHANGE.removesuffix(b"UNZ+1+N004200'")
    + ORDER[ORDER.index(b"UNH+") : ORDER.index(b"UNZ+")].replace(b"UNH+1+", b"UNH+2+").replace(b"+1'\n", b"+2'\n")
    + b"UNZ+2+N004200'"
)


def codes(dock: Dock, outcome: ReceiptOutcome) -> set[str]:
    return {one.code for one in dock.store.receipts.findings(outcome.receipt.id)}


def taken_up(dock: Dock, outcome: ReceiptOutcome) -> None:
    """The change of this receipt is the one that was sent, against the first revision, and nothing waits any more."""
    ((change, _),) = dock.store.orders.of_file(outcome.receipt.id, 1, 1)
    assert change.decision is Decision.HELD
    assert change.change is not None
    assert change.change.lines == (
        LineChange(
            line="1", action=LineAction.CHANGE, fields=(FieldChange(field="quantity", before="60", after="66"),)
        ),
        LineChange(line="2", action=LineAction.DELETE),
    )
    assert change.change.revision == 1
    assert codes(dock, outcome) & {"CHG001", "HDR003"} == {"HDR003"}
    assert dock.store.parked_changes.ready(outcome.receipt.id) == []


def test_a_change_of_a_known_order_says_what_it_would_do(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", ORDER)
    poll(home, "nordmarkt")
    drop(home, "nordmarkt", "change.edi", CHANGE)
    (change,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        taken_up(dock, change)
        (told,) = (one for one in dock.store.receipts.findings(change.receipt.id) if one.code == "HDR003")
    assert "line 1: quantity 60 to 66; delete line 2" in english().message(told)
    assert len(erp_orders(home)) == 1


def test_a_change_that_overtakes_its_order_is_taken_up_when_the_order_comes(home_on_each: Home) -> None:
    home = home_on_each
    drop(home, "nordmarkt", "change.edi", CHANGE)
    (change,) = poll(home, "nordmarkt")
    with at_work(home) as dock:
        assert "CHG001" in codes(dock, change)
        assert take_up_parked(change.receipt.id, dock.store, dock.archive, dock.books(), dock.clock) == 0
    deliver(home)
    drop(home, "nordmarkt", "order.edi", ORDER)
    (order,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        taken_up(dock, change)
        again = dock.store.receipts.outcome(change.receipt.id)
    assert again is not None
    assert (order.decision, again.decision, again.counts) == (Decision.ACCEPTED, Decision.HELD, change.counts)
    assert len(erp_orders(home)) == 1
    told = [path.read_bytes() for path in replies(home, "nordmarkt", "ordrsp") if "change" in path.name]
    assert sorted(b"CHG001" in one for one in told) == [False, True]


def test_a_change_that_waits_is_parked_whatever_else_is_said_of_it(home_on_each: Home) -> None:
    home = home_on_each
    further = CHANGE.replace(b"NAD+SU+", b"NAD+DP+9522104099992::9'NAD+SU+").replace(b"UNT+11+", b"UNT+12+")
    drop(home, "nordmarkt", "change.edi", further)
    (change,) = poll(home, "nordmarkt")
    with at_work(home) as dock:
        assert {"CHG001", "HDR005"} <= codes(dock, change)
    drop(home, "nordmarkt", "order.edi", ORDER)
    poll(home, "nordmarkt")
    with at_work(home) as dock:
        assert codes(dock, change) & {"CHG001", "HDR003", "HDR005"} == {"HDR003", "HDR005"}
        assert dock.store.parked_changes.ready(change.receipt.id) == []


def test_a_change_before_its_order_in_one_file(home_on_each: Home) -> None:
    home = home_on_each
    drop(home, "nordmarkt", "both.edi", IN_ONE_FILE)
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        taken_up(dock, outcome)
        decisions = [order.decision for order, _ in dock.store.orders.of_file(outcome.receipt.id)]
    assert decisions == [Decision.HELD, Decision.ACCEPTED]
    assert len(erp_orders(home)) == 1


def test_order_and_changes_at_the_same_moment(home_on_each: Home, tmp_path: Path) -> None:
    home = home_on_each
    (tmp_path / "order.edi").write_bytes(ORDER)
    (tmp_path / "change.edi").write_bytes(CHANGE)
    with at_work(home) as dock:
        names = ("change.edi", "order.edi", "change.edi", "change.edi")
        ids = [receive_path(tmp_path / name, None, dock.archive, dock.store.receipts, dock.clock) for name in names]
        start = threading.Barrier(len(ids))

        def work(receipt: str) -> None:
            start.wait()
            decide(dock, receipt)

        threads = [threading.Thread(target=work, args=(one,)) for one in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for one in (ids[0], *ids[2:]):
            outcome = dock.store.receipts.outcome(one)
            assert outcome is not None
            taken_up(dock, outcome)
    deliver(home)
    assert len(erp_orders(home)) == 1


@pytest.mark.slow
def test_killed_when_the_order_is_in_and_the_change_still_waits(home: Home, tmp_path: Path) -> None:
    drop(home, "nordmarkt", "change.edi", CHANGE)
    (change,) = poll(home, "nordmarkt")
    (tmp_path / "order.edi").write_bytes(ORDER)
    with at_work(home) as dock:
        order = receive_path(tmp_path / "order.edi", None, dock.archive, dock.store.receipts, dock.clock)
    killed(KILLED_BETWEEN_BATCHES, str(home.folder), order)
    with at_work(home) as dock:
        assert (
            len(dock.store.parked_changes.ready(order)) == len(dock.store.parked_changes.ready(change.receipt.id)) == 1
        )
        assert decide(dock, order).decision is Decision.ACCEPTED
        taken_up(dock, change)
        assert not dock.store.outgoing.is_due(datetime(2020, 1, 1, tzinfo=UTC))


def together(interchange: bytes, numbers: list[bytes]) -> bytes:
    """An interchange with a message like the one that it has for each of these order numbers."""
    head, message = interchange[: interchange.index(b"UNH+")], interchange[interchange.index(b"UNH+") :]
    message, end = message.split(b"UNZ+1")
    each = (message.replace(b"4500018231", one).replace(b"UNH+1+", b"UNH+%s+" % one) for one in numbers)
    return head + b"".join(each) + b"UNZ+%d" % len(numbers) + end


@pytest.mark.slow
def test_a_file_is_not_read_from_its_start_for_each_change_that_is_taken_up(home: Home) -> None:
    def bytes_read(changes: int) -> int:
        numbers = [b"%d-%d" % (changes, one) for one in range(changes)]
        drop(home, "nordmarkt", "changes.edi", together(CHANGE, numbers))
        poll(home, "nordmarkt")
        drop(home, "nordmarkt", "orders.edi", together(ORDER, numbers))
        with at_work(home) as dock:
            counting = CountingArchive(dock.archive.folder)
            (receipt,) = receive(dock.inbox("nordmarkt"), counting, dock.store.receipts, dock.clock)
            decide_receipt(receipt, dock.store, counting, dock.books(), dock.clock)
            assert take_up_parked(receipt, dock.store, counting, dock.books(), dock.clock) == 0
        return counting.read

    assert 0 < bytes_read(240) < 2.4 * bytes_read(120)
