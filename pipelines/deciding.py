"""Decide a received file: recognise, parse, map, check, and commit batch by batch, so that a crash loses nothing."""

from collections.abc import Sequence
from itertools import islice

from connectors.archive import Archive
from connectors.store.database import Raced
from connectors.store.receipts import FileOutcome
from connectors.store.records import Batch, Receipt, ReceiptOutcome, ReceiptStatus
from connectors.store.store import Store
from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.decision import Decision, decide
from orders.findings import Finding
from orders.policy import Policy
from parsers.edifact.interchange import Interchange
from parsers.formats import Format
from parsers.pausing import collection_paused
from pipelines.books import Books
from pipelines.checking import BATCH, batches, check_batch
from pipelines.clock import Clock
from pipelines.earlier_files import StoredFiles
from pipelines.incoming import Incoming
from pipelines.interchange_references import key_of, received_again, used_before
from pipelines.left_untold import may_leave_untold
from pipelines.reading import Reading
from pipelines.recognising import Recognised, recognise_file
from pipelines.sent_tables import Sources
from pipelines.taking_up import take_up_parked

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
    answers = _answers(recognised)
    if AnswerKind.CONTRL in answers and partner is not None and recognised.survey is not None:
        interchanges = len(recognised.survey.interchanges)
        store.outgoing.owe_syntax_reports(receipt.id, partner.partner, interchanges, clock.now())
    reading = Reading(recognised, Sources(books, StoredFiles(store, archive), receipt.as_of))
    by_batch = recognised.format is Format.EDIFACT
    position = receipt.orders_done
    remaining = islice(reading.orders(), position, None)
    with collection_paused():
        for batch in batches(remaining, BATCH if by_batch else None):
            _commit(batch, position + 1, receipt, recognised, store, books, clock)
            position += len(batch)
    take_up_parked(receipt.id, store, archive, books, clock)
    policy = partner.policy if partner else Policy()
    findings = tuple(policy.judged(one) for one in reading.findings)
    of_file = decide(findings)
    answered_as_a_whole = not by_batch or position == 0 or _may_leave_untold(recognised, reading, findings)
    outcome = FileOutcome(
        format=recognised.format.value,
        customer=partner.partner if partner else None,
        decision=of_file if of_file is not Decision.ACCEPTED or position == 0 else None,
        findings=findings,
        versions=books.versions(partner),
        answers=(AnswerKind.ANNOTATED,) if answered_as_a_whole else (),
        interchanges=tuple(filter(None, map(key_of, _interchanges(recognised)))),
    )
    store.receipts.decide(receipt.id, outcome, clock.now())


def _interchanges(recognised: Recognised) -> Sequence[Interchange]:
    return recognised.survey.interchanges if recognised.survey is not None else ()


def _may_leave_untold(recognised: Recognised, reading: Reading, findings: Sequence[Finding]) -> bool:
    return recognised.survey is not None and may_leave_untold(recognised.survey, findings, reading.with_orders)


def _note_used_before(recognised: Recognised, partner: Partner, receipt: Receipt, store: Store) -> None:
    """Say of each interchange whose reference its sender has used before, in another file with other content."""
    for interchange in _interchanges(recognised):
        said = used_before(interchange, receipt, partner.partner, store.receipts)
        if said is not None:
            interchange.findings.append(said)


def _answers(recognised: Recognised) -> frozenset[AnswerKind]:
    """What a sender of EDIFACT wants back, order by order; a file of tables is answered once, as a whole."""
    if recognised.partner is None or recognised.format is not Format.EDIFACT:
        return frozenset()
    return frozenset(recognised.partner.edifact.answers)


def _commit(
    batch: list[MappedOrder],
    first: int,
    receipt: Receipt,
    recognised: Recognised,
    store: Store,
    books: Books,
    clock: Clock,
) -> None:
    partner = recognised.partner
    for attempt in range(1, _RACES + 1):
        orders = check_batch(batch, partner, books, receipt.as_of, store.orders)
        ready = Batch(
            first=first,
            orders=tuple(orders),
            customer=partner.partner if partner else None,
            answers=tuple(sorted(_answers(recognised) - {AnswerKind.CONTRL})),
        )
        try:
            store.orders.commit(receipt.id, ready, clock.now())
        except Raced:
            if attempt == _RACES:
                raise
            continue  # another receipt has the same order: it is in the history now, and the check will see it
        return
