"""Decide a received file: recognise, parse, map, check, and commit batch by batch, so that a crash loses nothing.

Replies are made on the way, each right after what it tells of was committed.
"""

from collections.abc import Sequence
from itertools import islice

from connectors.archive import Archive
from connectors.store.database import Raced
from connectors.store.receipts import FileOutcome
from connectors.store.records import (
    Batch,
    Receipt,
    ReceiptOutcome,
    ReceiptStatus,
    SentInterchange,
    SentMessage,
    SyntaxReportKept,
)
from connectors.store.store import Store
from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision, decide
from orders.findings import Outcome
from orders.policy import Policy
from parsers.edifact.headers import InterchangeHeader
from parsers.edifact.interchange import Interchange, Survey
from parsers.formats import Format
from parsers.pausing import collection_paused
from pipelines.answering import Answers
from pipelines.books import Books
from pipelines.checking import BATCH, batches, check_batch
from pipelines.clock import Clock
from pipelines.earlier_files import StoredFiles
from pipelines.file_replies import FileReplies
from pipelines.incoming import Incoming
from pipelines.interchange_references import key_of, received_again, used_before
from pipelines.left_untold import may_leave_untold
from pipelines.reading import Reading
from pipelines.recognising import Recognised, recognise_file
from pipelines.sent_tables import Sources
from pipelines.syntax_reports import SyntaxReports
from pipelines.taking_up import take_up_parked
from replies.contrl_report import SyntaxReport

_RACES = 50
"""So often a batch is checked again because others took a revision of one of its orders; each time one of them has."""


class ReceiptUnknown(Exception):
    """There is no receipt of this id: a fault of the caller, or of another store."""


def decide_receipt(receipt_id: str, store: Store, archive: Archive, books: Books, clock: Clock) -> ReceiptOutcome:
    """Take a received file through to its committed decision; one that is decided already is left as it is.

    A file for which a partner file has to be mended first has no decision, and waits with the reason. Orders that an
    earlier try has committed are passed over. Errors: ReceiptUnknown, Unreachable, and Gone where another process
    decides the same receipt.
    """
    receipt = store.receipts.get(receipt_id)
    if receipt is None:
        raise ReceiptUnknown(f"There is no receipt {receipt_id} in this store.")
    if receipt.status is ReceiptStatus.RECEIVED:
        _decide(receipt, store, archive, books, clock)
    outcome = store.receipts.outcome(receipt_id)
    assert outcome is not None
    return outcome


def _decide(receipt: Receipt, store: Store, archive: Archive, books: Books, clock: Clock) -> None:
    path = archive.path(receipt.sha256)
    file = Incoming(path, receipt.name, receipt.sha256, receipt.size, receipt.named_customer)
    recognised = recognise_file(file, books)
    if recognised.waits_for is not None:
        store.receipts.wait(receipt.id, recognised.waits_for, books.partner_files)
        return
    partner = recognised.partner
    if partner is not None:
        again = received_again(receipt, partner.partner, store.receipts)
        if again is not None:
            recognised.findings.append(again)
        else:
            _note_used_before(recognised, partner, receipt, store)
    _FileDecision(receipt, recognised, store, archive, books, clock).take()


class _FileDecision:
    """Takes a recognised file to its decision; each reply is made right after what it tells of was committed."""

    def __init__(
        self, receipt: Receipt, recognised: Recognised, store: Store, archive: Archive, books: Books, clock: Clock
    ) -> None:
        self._receipt = receipt
        self._recognised = recognised
        self._partner = recognised.partner
        self._store = store
        self._archive = archive
        self._books = books
        self._clock = clock
        self._agreed = frozenset(self._partner.edifact.answers if self._partner else ())
        self._replies = FileReplies(receipt, self._partner, Answers(store, archive, clock, lambda: books), store)
        policy = self._partner.policy if self._partner else Policy()
        self._judged = policy.judged
        self._reading = Reading(recognised, Sources(books, StoredFiles(store, archive), receipt.as_of))
        self._interchanges: list[InterchangeHeader] = []
        self._made: list[SyntaxReportKept] = []
        """Syntax reports that were made, and are noted with what is committed next."""

    def take(self) -> None:
        by_batch = self._recognised.format is Format.EDIFACT
        if self._recognised.survey is not None:
            self._begin(self._recognised.survey)
        position = self._receipt.orders_done
        remaining = islice(self._reading.orders(), position, None)
        of_tables: list[CheckedOrder] = []
        with collection_paused():
            for batch in batches(remaining, BATCH if by_batch else None):
                orders = self._commit(batch, position + 1)
                of_tables += () if by_batch else orders
                position += len(batch)
        take_up_parked(self._receipt.id, self._store, self._archive, self._books, self._clock)
        self._close(position, by_batch)
        whole = not by_batch and len(of_tables) == position
        self._replies.make_rest(of_tables if whole else None, self._reading.shown)

    def _begin(self, found: Survey) -> None:
        """Keep what replies repeat of the interchanges, and owe a CONTRL for each where that is agreed."""
        again = [one for one in self._recognised.findings if one.kind.outcome is Outcome.ANSWER_AGAIN]
        reports = self._reading.reports = SyntaxReports(found, self._judged, again, self._keep_report)
        self._interchanges = reports.headers()
        owed = self._partner.partner if self._partner and AnswerKind.CONTRL in self._agreed else None
        headers = [
            SentInterchange(number=one.number, header=one.model_dump_json(exclude_defaults=True))
            for one in self._interchanges
        ]
        self._store.interchanges.begin(self._receipt.id, headers, owed, self._clock.now())
        if owed is not None:
            self._replies.owed_to_interchanges = self._store.interchanges.syntax_reports_owed(self._receipt.id)

    def _keep_report(self, report: SyntaxReport) -> None:
        """Keep a syntax report that is whole, and make its CONTRL."""
        stored = self._archive.put_bytes(report.model_dump_json().encode())
        self._made.append(SyntaxReportKept(report.received.number, stored.sha256))
        self._replies.make_for_interchange(report)

    def _commit(self, mapped: list[MappedOrder], first: int) -> list[CheckedOrder]:
        partner, messages = self._partner, [one.message for one in mapped if one.message is not None]
        sent = tuple(
            SentMessage(interchange=one.interchange, header=one.model_dump_json(exclude_defaults=True))
            for one in messages
        )
        answers = tuple(sorted(self._agreed - {AnswerKind.CONTRL})) if messages else ()
        for attempt in range(1, _RACES + 1):
            orders = check_batch(mapped, partner, self._books, self._receipt.as_of, self._store.orders)
            batch = Batch(
                first=first,
                orders=tuple(orders),
                customer=partner.partner if partner else None,
                answers=answers,
                messages=sent,
                syntax_reports=tuple(self._made),
            )
            try:
                owed = self._store.orders.commit(self._receipt.id, batch, self._clock.now())
            except Raced:
                if attempt == _RACES:
                    raise
                continue  # another receipt has the same order: it is in the history now, and the check will see it
            self._made.clear()
            if owed:
                number = messages[0].interchange
                around = tuple(map(self._judged, self._reading.around(number)))
                self._replies.make_for_orders(owed, orders, messages, self._interchanges[number - 1], around)
            break
        return orders

    def _close(self, orders: int, by_batch: bool) -> None:
        findings = tuple(map(self._judged, self._reading.findings))
        of_file = decide(findings)
        with_orders = self._reading.with_orders
        as_a_whole = not by_batch or orders == 0 or may_leave_untold(self._interchanges, findings, with_orders)
        known = ((one.number, key_of(one)) for one in _interchanges(self._recognised))
        outcome = FileOutcome(
            format=self._recognised.format.value,
            customer=self._partner.partner if self._partner else None,
            decision=of_file if of_file is not Decision.ACCEPTED or orders == 0 else None,
            findings=findings,
            versions=self._books.versions(self._partner),
            answers=(AnswerKind.ANNOTATED,) if as_a_whole else (),
            interchanges=tuple((number, key) for number, key in known if key is not None),
            syntax_reports=tuple(self._made),
        )
        self._store.receipts.decide(self._receipt.id, outcome, self._clock.now())


def _interchanges(recognised: Recognised) -> Sequence[Interchange]:
    return recognised.survey.interchanges if recognised.survey is not None else ()


def _note_used_before(recognised: Recognised, partner: Partner, receipt: Receipt, store: Store) -> None:
    """Say of each interchange whose reference its sender has used before, in another file with other content."""
    for interchange in _interchanges(recognised):
        said = used_before(interchange, receipt, partner.partner, store.receipts)
        if said is not None:
            interchange.findings.append(said)
