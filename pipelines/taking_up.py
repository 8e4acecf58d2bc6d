"""Take up changes that came before their order, now that it is there: check them again, and answer them again."""

from dataclasses import replace
from functools import partial

from connectors.archive import Archive
from connectors.store.records import ParkedChange, Receipt, ReceiptStatus
from connectors.store.store import Store
from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.findings.log import FindingLog
from parsers.edifact.headers import MessageHeader
from parsers.edifact.interchange import Survey
from parsers.edifact.reader import messages
from parsers.formats import Format
from pipelines.answering import Answers, make_now
from pipelines.books import Books
from pipelines.checking import check_batch
from pipelines.clock import Clock
from pipelines.incoming import Incoming
from pipelines.older_receipts import complete
from pipelines.reading import order_of, tables_of
from pipelines.recognising import Recognised, recognise_file


def take_up_parked(receipt_id: str, store: Store, archive: Archive, books: Books, clock: Clock) -> int:
    """Take up the parked changes of this receipt, or of orders of it, whose order is known; gives how many.

    The order and its change may be decided by two processes at the same moment: each commits first and looks here
    then, so that one of them sees both; and of two who see both, the store lets one take it up. The answers are made
    anew right after it, but those to a file that is not decided: its decision makes them. Errors: Unreachable.
    """
    taken, parked_messages = 0, _ParkedMessages(store, archive, books, clock)
    answers = Answers(store, archive, clock, lambda: books)
    for parked in store.parked_changes.ready(receipt_id):
        receipt, partner = store.receipts.get(parked.receipt_id), books.partner(parked.customer)
        mapped = None if receipt is None or partner is None else parked_messages.order(receipt, partner, parked)
        if receipt is None or partner is None or mapped is None:
            continue  # the partner has left the books since: the change stays parked, and is seen as held
        (order,) = check_batch([mapped], partner, books, receipt.as_of, store.orders)
        agreed = sorted(set(partner.edifact.answers) - {AnswerKind.CONTRL})
        owed = store.parked_changes.take_up(parked, order, agreed, clock.now())
        if owed is None:
            continue
        taken += 1
        decided = store.receipts.get(parked.receipt_id)
        if decided is not None and decided.status is ReceiptStatus.DECIDED:
            for work in owed:
                make_now(partial(answers.documents, work))
    return taken


class _ParkedMessages:
    """Reads parked changes from their files again, each from the byte where it stands."""

    def __init__(self, store: Store, archive: Archive, books: Books, clock: Clock) -> None:
        self._store = store
        self._archive = archive
        self._books = books
        self._clock = clock
        self._last: tuple[str, Recognised] | None = None

    def order(self, receipt: Receipt, partner: Partner, parked: ParkedChange) -> MappedOrder | None:
        """The change, with the places of its values; None where its file cannot be read any more."""
        recognised = self._recognised(receipt, parked.customer)
        if recognised.format is not Format.EDIFACT or recognised.survey is None:
            return None  # a change in a file of tables is not taken up by itself
        header = self._header(receipt, partner, parked.position)
        if header is None:
            return None
        interchange = recognised.survey.interchanges[header.interchange - 1]
        since = Survey([replace(interchange, body=header.offset)])
        with self._archive.open(receipt.sha256) as stream:
            message = next(messages(stream, since, header.number - 1), None)
            return None if message is None else order_of(message, recognised, tables_of(partner), FindingLog())

    def _header(self, receipt: Receipt, partner: Partner, position: int) -> MessageHeader | None:
        known = self._store.interchanges.messages(receipt.id, position, position)
        if not known:
            complete(receipt, partner, self._store, self._archive, self._clock.now())
            known = self._store.interchanges.messages(receipt.id, position, position)
        return MessageHeader.model_validate_json(known[position].header) if known else None

    def _recognised(self, receipt: Receipt, customer: str) -> Recognised:
        if self._last is None or self._last[0] != receipt.id:
            path = self._archive.path(receipt.sha256)
            file = Incoming(path, receipt.name, receipt.sha256, receipt.size, customer)
            self._last = receipt.id, recognise_file(file, self._books)
        return self._last[1]
