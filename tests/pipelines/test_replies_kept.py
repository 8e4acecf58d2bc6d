"""A reply is made once and kept: neither a retry nor other words or another partner file change anything of it."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

import sample_files
from cli.sample_home import make_home
from connectors.errors import Unreachable
from connectors.ports import Outbox
from connectors.store.engine import open_database
from connectors.store.records import KeptReply, Work, WorkKind, WorkStatus
from connectors.store.tables import outbox
from pipelines.answering import Answers
from pipelines.delivering import Deliveries
from pipelines.receiving import receive_path
from pipelines.settings import Home
from pipelines.wiring import Dock
from replies.contrl_report import SyntaxReport
from replies.wording.language import Language
from tests.pipelines.dock import at_work, decide, deliver, not_made_yet, replies
from tests.pipelines.test_every_answer import agree
from tests.pipelines.test_exactly_once import KILLED_BETWEEN_BATCHES, deliver_later, killed

FILES = [
    ("nordmarkt", "warnings.edi"),
    ("nordmarkt", "clean-two-interchanges.edi"),
    ("lindenladen", "held-below-minimum.csv"),
    ("bohne", "held.xlsx"),
]
EDIFACT = [path for path in sample_files.order_files() if path.suffix == ".edi"]


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Home:
    return make_home(tmp_path / "home", database_url)


def decided(home: Home, customer: str, name: str) -> str:
    with at_work(home) as dock:
        path = sample_files.FOLDER / customer / name
        receipt = receive_path(path, customer, dock.archive, dock.store.receipts, dock.clock)
        decide(dock, receipt)
    return receipt


def kept(home: Home, receipt: str) -> list[KeptReply]:
    with at_work(home) as dock:
        return dock.store.replies.of_receipt(receipt)


def sent(home: Home, customer: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in replies(home, customer)}


def hashes(documents: list[KeptReply]) -> dict[str, str]:
    return {one.name: one.sha256 for one in documents}


def hashed(found: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def owe_again(home: Home) -> None:
    """Have everything that was delivered delivered again, as if nobody knew that it was."""
    engine = open_database(home.database_url)
    with engine.begin() as connection:
        connection.execute(update(outbox).values(status=WorkStatus.PENDING.value))
    engine.dispose()


@pytest.mark.parametrize(("customer", "name"), FILES)
def test_the_bytes_are_in_the_archive_when_the_file_is_decided(home: Home, customer: str, name: str) -> None:
    documents = kept(home, decided(home, customer, name))
    with at_work(home) as dock:
        archived = {one.name: dock.archive.path(one.sha256).read_bytes() for one in documents}
        assert [len(archived[one.name]) for one in documents] == [one.size for one in documents]
    assert documents and hashed(archived) == hashes(documents)
    deliver(home)
    assert sent(home, customer) == archived


@pytest.mark.parametrize(("customer", "name"), FILES)
def test_nothing_that_changes_later_changes_what_is_told(
    home: Home, customer: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = hashes(kept(home, decided(home, customer, name)))
    partner = home.folder / "partners" / f"{customer}.yaml"
    partner.write_text(partner.read_text("utf-8").replace("language: de", "language: en"), "utf-8")
    if customer == "nordmarkt":
        agree(home, "aperak")
    monkeypatch.setattr(Language, "message", lambda *_: "other words")
    monkeypatch.setattr(Language, "say", lambda *_, **__: "other words")
    deliver(home)
    first = sent(home, customer)
    assert hashed(first) == documents
    for path in replies(home, customer):
        path.unlink()
    owe_again(home)
    deliver_later(home)
    assert sent(home, customer) == first


class UnreachableOnce:
    """An outbox whose other side does not answer to begin with, and which takes everything then."""

    def __init__(self, then: Outbox) -> None:
        self._then = then
        self.refused: list[bytes] = []

    def put(self, name: str, content: bytes) -> None:
        if not self.refused:
            self.refused.append(content)
            raise Unreachable("The other side does not answer.")
        self._then.put(name, content)


def test_a_retry_sends_what_the_first_try_would_have_sent(home: Home) -> None:
    """Also of a workbook, whose stamp has a random number in it."""
    documents = kept(home, decided(home, "bohne", "held.xlsx"))
    with at_work(home) as dock:
        answers = Answers(dock.store, dock.archive, dock.clock, dock.books)
        door = UnreachableOnce(dock.outbox_of("bohne"))
        deliveries = Deliveries(
            dock.store, dock.deliveries()._erp, lambda _: door, answers, dock.answerable, dock.clock
        )
        (work,) = (one for one in deliveries.take(10) if one.kind is WorkKind.REPLY)
        assert deliveries.deliver(work).status is WorkStatus.PENDING
        assert deliveries.deliver(work).status is WorkStatus.DONE
    found = sent(home, "bohne")
    assert door.refused[0] in found.values()
    assert hashed(found) == hashes(documents)


def test_replies_in_edifact_never_read_the_received_file(home: Home) -> None:
    """Whether they were made by whoever decided it, or are made from the store after he was killed: the same bytes."""
    agree(home, "contrl, aperak, ordrsp")
    receipts = [decided(home, path.parent.name, path.name) for path in EDIFACT]
    made = {receipt: hashes(kept(home, receipt)) for receipt in receipts}
    assert all(made.values())
    not_made_yet(home)
    with at_work(home) as dock:
        for receipt in receipts:
            one = dock.store.receipts.get(receipt)
            assert one is not None
            dock.archive.path(one.sha256).unlink(missing_ok=True)
    deliver(home)
    with at_work(home) as dock:
        assert WorkStatus.PARKED not in {status for _, status in dock.store.outgoing.counts()}
    assert {receipt: hashes(kept(home, receipt)) for receipt in receipts} == made
    assert {**hashed(sent(home, "nordmarkt")), **hashed(sent(home, "ferrum"))} == {
        name: sha256 for documents in made.values() for name, sha256 in documents.items()
    }


def many_orders(tmp_path: Path) -> Path:
    from tests.pipelines.test_changes import together

    numbers = [b"47%08d" % number for number in range(1, 411)]
    order = (sample_files.FOLDER / "nordmarkt" / "clean.edi").read_bytes()
    path = tmp_path / "many.edi"
    path.write_bytes(together(order, numbers))
    return path


def test_killed_between_commit_and_making(home: Home, tmp_path: Path) -> None:
    """Who was killed after the first batch has made none of its replies; they are left to whoever decides the file."""
    with at_work(home) as dock:
        receipt = receive_path(many_orders(tmp_path), None, dock.archive, dock.store.receipts, dock.clock)
    killed(KILLED_BETWEEN_BATCHES, str(home.folder), receipt)
    deliver_later(home)
    assert (kept(home, receipt), replies(home, "nordmarkt")) == ([], [])
    with at_work(home) as dock:
        decide(dock, receipt)
    documents = hashes(kept(home, receipt))
    # The batch whose replies were left is answered as those that were not.
    assert [len([one for one in documents if kind in one]) for kind in ("contrl", "aperak", "ordrsp")] == [1, 3, 3]
    deliver_later(home)
    assert hashed(sent(home, "nordmarkt")) == documents


KILLED_BEFORE_SENDING = """
import os, signal, sys
from pathlib import Path
from pipelines.settings import open_home
from pipelines.wiring import open_dock
dock = open_dock(open_home(Path(sys.argv[1])))
deliveries = dock.deliveries()
deliveries._outbox_of = lambda customer: os.kill(os.getpid(), signal.SIGKILL)
for work in deliveries.take(100):
    deliveries.deliver(work)
"""


def test_killed_between_making_and_sending(home: Home) -> None:
    receipt = decided(home, "bohne", "held.xlsx")
    not_made_yet(home)
    killed(KILLED_BEFORE_SENDING, str(home.folder))
    documents = hashes(kept(home, receipt))
    assert len(documents) == 2 and not replies(home, "bohne")
    deliver_later(home)
    assert hashed(sent(home, "bohne")) == documents


def test_two_who_make_one_reply_at_the_same_moment_send_the_same(home: Home) -> None:
    decided(home, "bohne", "held.xlsx")
    not_made_yet(home)
    with at_work(home) as dock:
        (work,) = (one for one in dock.deliveries().take(10) if one.kind is WorkKind.REPLY)
        found = list(_made_by_many(dock, work, 4))
    assert len(found) == 4
    assert len(set(found)) == 1


def _made_by_many(dock: Dock, work: Work, number: int) -> Iterator[tuple[KeptReply, ...]]:
    start, found = threading.Barrier(number), list[tuple[KeptReply, ...]]()

    def make() -> None:
        answers = Answers(dock.store, dock.archive, dock.clock, dock.books)
        start.wait()
        found.append(answers.answer(work))

    threads = [threading.Thread(target=make) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield from found


def test_the_syntax_report_of_each_interchange_is_kept(home: Home) -> None:
    receipt = decided(home, "nordmarkt", "clean-two-interchanges.edi")
    with at_work(home) as dock:
        known = dock.store.interchanges.of_receipt(receipt)
        reports = [SyntaxReport.model_validate_json(dock.archive.content(one.syntax_report or "")) for one in known]
        positions = dock.store.interchanges.positions(receipt)
    assert [one.received.reference for one in reports] == ["N004205", "N004206"]
    assert positions == {1: range(1, 2), 2: range(2, 3)}


def test_a_reply_whose_bytes_are_no_longer_those_is_not_sent(home: Home) -> None:
    receipt = decided(home, "nordmarkt", "clean.edi")
    with at_work(home) as dock:
        for one in dock.store.replies.of_receipt(receipt):
            path = dock.archive.path(one.sha256)
            path.chmod(0o644)
            path.write_bytes(b"other bytes")
    deliver(home)
    assert replies(home, "nordmarkt") == []
    with at_work(home) as dock:
        assert dock.store.outgoing.counts()[WorkKind.REPLY, WorkStatus.PARKED] == 2
