"""One purchase order makes one ERP order, whatever is sent again, races or crashes."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import sample_files
from connectors.errors import Gone
from connectors.ports import Upsert
from connectors.reference_files import load_tables
from connectors.store.outgoing import LEASE
from connectors.store.records import ReceiptOutcome, WorkStatus
from orders.decision import Decision
from orders.findings import Severity
from orders.findings.documents import ReferenceInReceipt
from orders.findings.heads import HDR003_CHANGE_OF_WAITING_ASKING
from pipelines.checking import BATCH
from pipelines.checkup import check_file
from pipelines.clock import Clock
from pipelines.incoming import incoming
from pipelines.receiving import receive, receive_path
from pipelines.settings import Home
from tests.pipelines.dock import at_work, decide, deliver, drop, erp_orders, poll, replies, sample

ORDER = sample("nordmarkt", "clean.edi")


def test_the_same_file_twice_under_one_name_and_under_another(home: Home) -> None:
    for name in ("order.edi", "order.edi", "another name.txt"):
        drop(home, "nordmarkt", name, ORDER)
        poll(home, "nordmarkt")
        deliver(home)
    with at_work(home) as dock:
        decisions = [one.decision for one in reversed(dock.store.receipts.newest(10))]
    assert decisions == [Decision.ACCEPTED, Decision.DUPLICATE, Decision.DUPLICATE]
    assert len(erp_orders(home)) == 1
    assert len(replies(home, "nordmarkt", "ordrsp")) == 3


def test_the_same_order_written_in_another_way(home: Home) -> None:
    drop(home, "nordmarkt", "one.edi", ORDER)
    drop(home, "nordmarkt", "two.edi", ORDER.replace(b"'\n", b"'\r\n"))
    outcomes = poll(home, "nordmarkt")
    deliver(home)
    assert [one.decision for one in outcomes] == [Decision.ACCEPTED, Decision.DUPLICATE]
    assert len(erp_orders(home)) == 1
    with at_work(home) as dock:
        again = dock.store.receipts.findings(outcomes[1].receipt.id)
    assert "HDR002" in {one.code for one in again}


def test_the_same_table_at_other_rows_is_the_same_order(home_on_each: Home) -> None:
    home, numbered = home_on_each, sample("lindenladen", "clean.csv").splitlines()
    order = b"".join(b";".join(row.split(b";")[:2] + row.split(b";")[3:]) + b"\r\n" for row in numbered)
    head, rest = order.split(b"\n", 1)
    drop(home, "lindenladen", "one.csv", order)
    drop(home, "lindenladen", "two.csv", head + b"\n" + b";" * head.count(b";") + b"\r\n" + rest)
    outcomes = poll(home, "lindenladen")
    deliver(home)
    assert [one.decision for one in outcomes] == [Decision.ACCEPTED, Decision.DUPLICATE]
    assert len(erp_orders(home)) == 1


def test_an_interchange_reference_that_was_used_before_is_told(home: Home) -> None:
    first = sample("nordmarkt", "clean.edi")
    drop(home, "nordmarkt", "one.edi", first)
    (known,) = poll(home, "nordmarkt")
    drop(home, "nordmarkt", "two.edi", first.replace(b"4500018", b"4500019"))
    drop(home, "nordmarkt", "three.edi", first.replace(b"4500018", b"4500020").replace(b"N0041", b"N0042"))
    outcomes = {one.receipt.name: one for one in poll(home, "nordmarkt")}
    with at_work(home) as dock:
        said = {
            name: [one for one in dock.store.receipts.findings(outcome.receipt.id) if one.code == "DOC004"]
            for name, outcome in outcomes.items()
        }
    (again,) = said["two.edi"]
    assert (again.severity, again.before) == (Severity.WARNING, "N004107")
    assert again.params == ReferenceInReceipt(reference="N004107", receipt=known.receipt.id)
    assert said["three.edi"] == []
    assert {outcome.decision for outcome in outcomes.values()} == {known.decision}


def test_other_content_under_a_known_number_waits(home: Home) -> None:
    drop(home, "nordmarkt", "one.edi", ORDER)
    poll(home, "nordmarkt")
    drop(home, "nordmarkt", "two.edi", ORDER.replace(b"QTY+21:60:PCE", b"QTY+21:66:PCE"))
    (outcome,) = poll(home, "nordmarkt")
    deliver(home)
    assert outcome.decision is Decision.HELD
    assert len(erp_orders(home)) == 1


def test_a_corrected_order_under_the_number_of_a_refused_one_is_entered(home: Home) -> None:
    drop(home, "nordmarkt", "one.edi", ORDER.replace(b"CUX+2:EUR", b"CUX+2:CHF"))
    (refused,) = poll(home, "nordmarkt")
    drop(home, "nordmarkt", "two.edi", ORDER)
    (corrected,) = poll(home, "nordmarkt")
    deliver(home)
    assert (refused.decision, corrected.decision) == (Decision.REJECTED, Decision.ACCEPTED)
    assert len(erp_orders(home)) == 1


def held_first(home: Home) -> tuple[ReceiptOutcome, bytes]:
    """An order that waits for a person, as its sender sent it: the account is blocked on the day on which it comes."""
    blocked(home, "blocked")
    drop(home, "nordmarkt", "held.edi", ORDER)
    (outcome,) = poll(home, "nordmarkt")
    assert outcome.decision is Decision.HELD
    blocked(home, "active")
    return outcome, ORDER


def blocked(home: Home, status: str) -> None:
    """Give the customer's account this status, from now on."""
    with at_work(home) as dock:
        tables = load_tables([sample_files.FOLDER / "reference"])
        (account,) = (one for one in tables.customers if one.customer == "nordmarkt")
        change = Upsert("customers", account.model_copy(update={"status": status}), 1)
        dock.store.reference.load([change], "accounts", "test", datetime.now(UTC))


def revisions(home: Home) -> list[tuple[int, Decision]]:
    with at_work(home) as dock:
        return sorted((one.revision, one.decision) for one in dock.store.orders.newest(10))


def test_an_order_that_waits_is_judged_anew_when_the_same_file_comes_again(home_on_each: Home) -> None:
    home = home_on_each
    held, content = held_first(home)
    deliver(home)
    assert erp_orders(home) == []
    for expected in (Decision.ACCEPTED, Decision.DUPLICATE):
        drop(home, "nordmarkt", "held.edi", content)
        (outcome,) = poll(home, "nordmarkt")
        deliver(home)
        assert outcome.decision is expected
    assert revisions(home) == [(1, Decision.HELD), (2, Decision.ACCEPTED)]
    (entered,) = erp_orders(home)
    assert entered["revision"] == 2
    with at_work(home) as dock:
        told = {one.code for one in dock.store.receipts.findings(held.receipt.id)}
        again = [(order.revision, repeated) for order, repeated in dock.store.orders.of_file(outcome.receipt.id)]
        codes = {one.code for one in dock.store.receipts.findings(outcome.receipt.id)}
    assert told == {"HDR009"}
    assert again == [(2, True)]
    assert codes == {"DOC004", "HDR002"}
    first, second, third = replies(home, "nordmarkt", "contrl")
    assert [b"+26'" in one.read_bytes() for one in (first, second, third)].count(True) == 1


def test_a_file_that_waits_and_comes_again_is_no_duplicate_while_it_still_has_to_wait(home_on_each: Home) -> None:
    home = home_on_each
    blocked(home, "blocked")
    for _ in range(2):
        drop(home, "nordmarkt", "held.edi", ORDER)
        (outcome,) = poll(home, "nordmarkt")
        with at_work(home) as dock:
            assert {one.code for one in dock.store.receipts.findings(outcome.receipt.id)} == {"HDR009"}
    assert revisions(home) == [(1, Decision.HELD), (2, Decision.HELD)]


def test_the_correction_of_an_order_that_waits_takes_its_place(home_on_each: Home) -> None:
    home = home_on_each
    wrong = ORDER.replace(b"NAD+DP+9522104001017", b"NAD+DP+9522104099992")
    decisions = []
    for content in (wrong, ORDER, wrong, ORDER):
        drop(home, "nordmarkt", "order.edi", content)
        (outcome,) = poll(home, "nordmarkt")
        decisions.append(outcome.decision)
    deliver(home)
    assert decisions == [Decision.HELD, Decision.ACCEPTED, Decision.HELD, Decision.DUPLICATE]
    assert len(erp_orders(home)) == 1
    with at_work(home) as dock:
        third, fourth = dock.store.receipts.newest(2)[1], dock.store.receipts.newest(1)[0]
        assert "HDR003" in {one.code for one in dock.store.receipts.findings(third.receipt.id)}
        assert [order.revision for order, _ in dock.store.orders.of_file(fourth.receipt.id)] == [2]


def test_a_change_of_an_order_that_waits_does_not_say_that_it_was_entered(home: Home) -> None:
    held_first(home)
    drop(home, "nordmarkt", "change.edi", ORDER.replace(b"+4500018231+9'", b"+4500018231+4'"))
    (change,) = poll(home, "nordmarkt")
    deliver(home)
    with at_work(home) as dock:
        (said,) = (one for one in dock.store.receipts.findings(change.receipt.id) if one.code == "HDR003")
    assert said.says(HDR003_CHANGE_OF_WAITING_ASKING)
    assert erp_orders(home) == []


def test_the_check_without_a_store_judges_two_in_one_file_alike(home: Home, tmp_path: Path) -> None:
    message = ORDER[ORDER.index(b"UNH+") : ORDER.index(b"UNZ+")]
    again = message.replace(b"UNH+1+", b"UNH+2+").replace(b"UNT+43+1'", b"UNT+43+2'")
    wrong = message.replace(b"NAD+DP+9522104001017", b"NAD+DP+9522104099992")
    head, tail = ORDER[: ORDER.index(b"UNH+")], b"UNZ+2+N004107'"
    for first, expected in ((message, Decision.DUPLICATE), (wrong, Decision.ACCEPTED)):
        file = tmp_path / "two.edi"
        file.write_bytes(head + first + again + tail)
        with at_work(home) as dock:
            result = check_file(incoming(file), dock.books(), dock.clock.day_of(dock.clock.now()))
        assert result.orders[1].decision is expected


def test_receipts_of_an_order_that_waits_at_the_same_moment(home_on_each: Home, tmp_path: Path) -> None:
    """Each becomes a revision, as if they had come one after the other; then one of them is entered."""
    home, file = home_on_each, tmp_path / "order.edi"
    blocked(home, "blocked")
    file.write_bytes(ORDER)
    at_once(home, file, 8)
    assert revisions(home) == [(number, Decision.HELD) for number in range(1, 9)]
    blocked(home, "active")
    decisions = at_once(home, file, 4)
    deliver(home)
    assert sorted(str(one) for one in decisions) == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert len(erp_orders(home)) == 1


def at_once(home: Home, file: Path, number: int) -> list[Decision | None]:
    """Decide so many receipts of a file at the same moment."""
    with at_work(home) as dock:
        ids = [receive_path(file, None, dock.archive, dock.store.receipts, dock.clock) for _ in range(number)]
        start, decisions = threading.Barrier(number), list[Decision | None]()

        def work(receipt: str) -> None:
            start.wait()
            decisions.append(decide(dock, receipt).decision)

        threads = [threading.Thread(target=work, args=(one,)) for one in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return decisions


def test_orders_without_a_number_are_taken_in_and_rejected(home_on_each: Home) -> None:
    home = home_on_each
    message = ORDER[ORDER.index(b"UNH+") : ORDER.index(b"UNZ+")]
    messages = b"".join(
        message.replace(b"UNH+1+", b"UNH+%d+" % one)
        .replace(b"UNT+43+1'", b"UNT+43+%d'" % one)
        .replace(b"+4500018231+", b"+%s+" % number)
        for one, number in enumerate((b"", b"", b"  \xa0", b"  \xa0"), start=1)
    )
    for name in ("one.edi", "two.edi"):
        drop(home, "nordmarkt", name, ORDER[: ORDER.index(b"UNH+")] + messages + b"UNZ+4+N004107'")
        (outcome,) = poll(home, "nordmarkt")
        assert (outcome.decision, outcome.receipt.orders_done) == (Decision.REJECTED, 4)
        with at_work(home) as dock:
            said = [one.order for one in dock.store.receipts.findings(outcome.receipt.id) if one.code == "HDR001"]
        assert said == [1, 2, 3, 4]
    deliver(home)
    assert erp_orders(home) == []


def test_two_receipts_of_one_order_at_the_same_moment(home_on_each: Home, tmp_path: Path) -> None:
    home, file = home_on_each, tmp_path / "order.edi"
    file.write_bytes(ORDER)
    decisions = at_once(home, file, 6)
    deliver(home)
    assert sorted(str(one) for one in decisions) == ["accepted"] + ["duplicate"] * 5
    assert len(erp_orders(home)) == 1


def test_a_change_that_overtakes_its_order_waits_and_does_not_stand_in_its_way(home: Home) -> None:
    drop(home, "nordmarkt", "change.edi", ORDER.replace(b"+4500018231+9'", b"+4500018231+4'"))
    (change,) = poll(home, "nordmarkt")
    drop(home, "nordmarkt", "order.edi", ORDER)
    (order,) = poll(home, "nordmarkt")
    deliver(home)
    assert (change.decision, order.decision) == (Decision.HELD, Decision.ACCEPTED)
    with at_work(home) as dock:
        assert "HDR003" in {one.code for one in dock.store.receipts.findings(change.receipt.id)}
    assert len(erp_orders(home)) == 1


KILLED_AFTER_COMMIT = """
import os, signal, sys
from pathlib import Path
from pipelines.settings import open_home
from pipelines.wiring import open_dock
from tests.pipelines.dock import decide
from pipelines.receiving import receive
dock = open_dock(open_home(Path(sys.argv[1])))
for one in receive(dock.inbox("nordmarkt"), dock.archive, dock.store.receipts, dock.clock):
    decide(dock, one)
os.kill(os.getpid(), signal.SIGKILL)
"""

KILLED_IN_DELIVERY = """
import os, signal, sys
from pathlib import Path
from connectors.erp.file import FileErp
from orders.documents.sales_order import sales_order
from pipelines.settings import open_home
from pipelines.wiring import open_dock
dock = open_dock(open_home(Path(sys.argv[1])))
erp = FileErp(folder=Path(sys.argv[1]) / "erp")
for work in dock.deliveries().take(100):
    if work.order_id is not None:
        erp.create(sales_order(dock.store.orders.order(work.order_id)), work.key)
        os.kill(os.getpid(), signal.SIGKILL)
"""

KILLED_BETWEEN_BATCHES = """
import os, signal, sys
from pathlib import Path
from connectors.store.order_book import OrderBook
from pipelines.settings import open_home
from pipelines.wiring import open_dock
from tests.pipelines.dock import decide

class DyingBook(OrderBook):
    def commit(self, *arguments):
        super().commit(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

dock = open_dock(open_home(Path(sys.argv[1])))
dock.store.orders = DyingBook(dock.store.orders._database)
decide(dock, sys.argv[2])
"""


def killed(program: str, *arguments: str) -> None:
    """Run a program in a process of its own, which must die by its own SIGKILL."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@dataclass(frozen=True, slots=True)
class LaterClock(Clock):
    """A clock that runs ahead, to come after the lease of work that a dead process has taken."""

    ahead: timedelta = LEASE + timedelta(seconds=1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class RushingClock(Clock):
    """A clock on which an hour goes by each time that somebody looks, as in a delivery that takes long."""

    looked: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        self.looked.append((self.looked or [datetime.now(UTC)])[-1] + timedelta(hours=1))
        return self.looked[-1]


def test_what_is_postponed_is_tried_once_however_long_a_delivery_takes(home_on_each: Home, tmp_path: Path) -> None:
    home, file = home_on_each, tmp_path / "order.edi"
    file.write_bytes(ORDER)
    (home.folder / "erp" / ".entering").mkdir(parents=True)
    (home.folder / "erp" / ".entering" / ".lock").symlink_to(".lock")  # does not answer: a loop
    with at_work(home) as dock:
        decide(dock, receive_path(file, None, dock.archive, dock.store.receipts, dock.clock))
        dock.clock = RushingClock(dock.clock.zone, dock.clock.as_of)
        for tries in (1, 2):
            dock.deliveries().drain()
            (owed,) = dock.deliveries().take(10)
            assert owed.attempts == 2 * tries  # one by the drain, and this look
            assert dock.store.outgoing.owed() == {WorkStatus.PENDING: 1}


def deliver_later(home: Home) -> None:
    with at_work(home) as dock:
        dock.clock = LaterClock(dock.clock.zone, dock.clock.as_of)
        dock.deliveries().drain()


@pytest.mark.slow
def test_killed_between_commit_and_delivery(home: Home) -> None:
    (home.folder / "erp").mkdir()
    drop(home, "nordmarkt", "order.edi", ORDER)
    killed(KILLED_AFTER_COMMIT, str(home.folder))
    assert erp_orders(home) == []
    for _ in range(2):
        poll(home, "nordmarkt")
        deliver(home)
    assert len(erp_orders(home)) == 1
    assert len(replies(home, "nordmarkt", "ordrsp")) == 1


@pytest.mark.slow
def test_killed_when_the_erp_had_it_but_we_did_not_know(home: Home) -> None:
    (home.folder / "erp").mkdir()
    drop(home, "nordmarkt", "order.edi", ORDER)
    poll(home, "nordmarkt")
    killed(KILLED_IN_DELIVERY, str(home.folder))
    assert len(erp_orders(home)) == 1
    (entered,) = (path for path in (home.folder / "erp").glob("*.json"))
    entered.unlink()  # the ERP has taken it in
    deliver_later(home)
    assert erp_orders(home) == []
    with at_work(home) as dock:
        assert not dock.store.outgoing.is_due(datetime.now(UTC) + timedelta(days=1))


@pytest.mark.slow
def test_killed_between_two_batches_of_an_interchange(home: Home, tmp_path: Path) -> None:
    head, rest = ORDER.split(b"UNH+", 1)
    body, tail = rest.split(b"UNZ+", 1)
    number = BATCH + 30
    messages = b"".join(
        b"UNH+"
        + body.replace(b"4500018231", b"46%08d" % one)
        .replace(b"+1'\n", b"+%d'\n" % one)
        .replace(b"1+ORDERS", b"%d+ORDERS" % one, 1)
        for one in range(1, number + 1)
    )
    file = tmp_path / "many.edi"
    file.write_bytes(head + messages + b"UNZ+" + tail.replace(b"1+", b"%d+" % number, 1))
    with at_work(home) as dock:
        receipt = receive_path(file, None, dock.archive, dock.store.receipts, dock.clock)
    killed(KILLED_BETWEEN_BATCHES, str(home.folder), receipt)
    with at_work(home) as dock:
        assert len(dock.store.orders.newest(1000)) == BATCH
        outcome = decide(dock, receipt)
        assert outcome.receipt.orders_done == number
        assert outcome.decision is Decision.ACCEPTED
        assert outcome.counts.read == number * 5
        assert len(dock.store.orders.newest(1000)) == number
        dock.deliveries().drain()
    assert len(erp_orders(home)) == number


def test_killed_before_the_original_was_moved_away(home: Home) -> None:
    drop(home, "nordmarkt", "order.edi", ORDER)
    with at_work(home) as dock:
        first = receive(dock.inbox("nordmarkt"), dock.archive, dock.store.receipts, dock.clock)
    folder = home.folder / "in" / "nordmarkt"
    (moved,) = (folder / "processed").iterdir()
    moved.rename(folder / ".claimed" / moved.name)  # as it stood before the last step
    with at_work(home) as dock:
        again = receive(dock.inbox("nordmarkt"), dock.archive, dock.store.receipts, dock.clock)
        assert again == first
        assert len(dock.store.receipts.newest(10)) == 1
    assert [path.name for path in (folder / "processed").iterdir()] == [moved.name]


def test_one_receipt_decided_by_many_at_the_same_moment(home_on_each: Home, tmp_path: Path) -> None:
    home, file = home_on_each, tmp_path / "order.edi"
    file.write_bytes(ORDER)
    with at_work(home) as dock:
        receipt = receive_path(file, None, dock.archive, dock.store.receipts, dock.clock)
        start, elsewhere = threading.Barrier(6), []

        def work() -> None:
            start.wait()
            try:
                decide(dock, receipt)
            except Gone as gone:
                elsewhere.append(gone)

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome = decide(dock, receipt)
    deliver(home)
    assert (outcome.decision, outcome.counts.read) == (Decision.ACCEPTED, 5)
    assert len(erp_orders(home)) == len(replies(home, "nordmarkt", "ordrsp")) == 1
