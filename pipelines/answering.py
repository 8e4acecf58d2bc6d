"""Answer: make the reply that is owed, from the store and the archive, in the form in which the sender wrote."""

from collections.abc import Callable
from pathlib import PurePath
from zoneinfo import ZoneInfo

from connectors.archive import Archive
from connectors.errors import Refused
from connectors.store.records import ReceiptOutcome, Work
from connectors.store.store import Store
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.model import Model
from parsers.edifact.envelope import Interchange, survey
from parsers.edifact.reader import Message, messages
from parsers.formats import Format
from pipelines.books import Books
from pipelines.incoming import Incoming
from pipelines.reading import Reading
from pipelines.recognising import Recognised
from replies.annotated_csv import annotated_csv
from replies.annotated_workbook import annotated_workbook
from replies.answer import Answer
from replies.edifact_envelope import Envelope
from replies.notice import notice
from replies.ordrsp import OrderResponse, order_responses

_SHORT = 8


class Reply(Model):
    """A document for a partner and the name under which it is put."""

    name: str
    content: bytes


class Answers:
    """Makes replies. ``zone`` is the seller's, ``books`` gives the books in force."""

    def __init__(self, store: Store, archive: Archive, zone: ZoneInfo, books: Callable[[], Books]) -> None:
        self._store = store
        self._archive = archive
        self._zone = zone
        self._books = books

    def reply(self, work: Work) -> Reply:
        """The reply that this work owes. Errors: Refused where the store no longer has what it is about."""
        outcome = self._store.receipts.outcome(work.receipt_id)
        if outcome is None:
            raise Refused(f"The receipt {work.receipt_id} is not in the store.")
        kept = self._store.orders.of_file(work.receipt_id, work.first_position or 1, work.last_position)
        orders = [order for order, _ in kept]
        stem = f"{PurePath(outcome.receipt.name).stem}.{work.receipt_id[:_SHORT]}"
        if not orders:
            return self._notice(outcome, stem)
        if outcome.format == Format.EDIFACT.value:
            part = "" if work.first_position in (None, 1) else f".{work.first_position}"
            return Reply(name=f"{stem}{part}.ordrsp.edi", content=self._order_responses(outcome, orders, work))
        answer = self._answer(outcome, orders)
        if outcome.format == Format.XLSX.value:
            return Reply(name=f"{stem}.answer.xlsx", content=annotated_workbook(answer))
        return Reply(name=f"{stem}.answer.csv", content=annotated_csv(answer))

    def _notice(self, outcome: ReceiptOutcome, stem: str) -> Reply:
        receipt = outcome.receipt
        findings = self._store.receipts.findings(receipt.id)
        received = receipt.received_at.astimezone(self._zone)
        decision = outcome.decision or Decision.HELD
        return Reply(name=f"{stem}.answer.txt", content=notice(receipt.name, receipt.id, received, decision, findings))

    def _answer(self, outcome: ReceiptOutcome, orders: list[CheckedOrder]) -> Answer:
        books = self._books()
        receipt = outcome.receipt
        file = Incoming(self._archive.path(receipt.sha256), receipt.name, receipt.sha256, receipt.size)
        partner = books.partner(outcome.customer or "")
        reading = Reading(Recognised(file, Format(outcome.format or "unknown"), partner))
        tables = reading.read_tables()
        account = books.reference.agreement(outcome.customer or "")
        return Answer(
            file_name=receipt.name,
            receipt=receipt.id,
            received=receipt.received_at.astimezone(self._zone),
            customer=account.account.name if account else outcome.customer or "",
            decision=outcome.decision or Decision.HELD,
            orders=tuple(orders),
            findings=self._store.receipts.findings(receipt.id),
            tables=tuple(tables.tables),
            encoding=tables.encoding,
            delimiter=tables.delimiter,
        )

    def _order_responses(self, outcome: ReceiptOutcome, orders: list[CheckedOrder], work: Work) -> bytes:
        """ORDRSP in the directory version of the message that the first of these orders came in."""
        with self._archive.open(outcome.receipt.sha256) as stream:
            found = survey(stream)
            first = next(messages(stream, found), None)
            if first is None:
                raise Refused("The interchange that is to be answered has no message.")
            envelope = self._envelope(first.interchange, first, outcome, work)
        around = tuple(one for one in self._store.receipts.findings(work.receipt_id) if one.order is None)
        start = work.first_position or 1
        responses = [
            OrderResponse(number=_response_number(work, position), order=order, around=around)
            for position, order in enumerate(orders, start=start)
        ]
        return order_responses(responses, envelope)

    def _envelope(self, interchange: Interchange, message: Message, outcome: ReceiptOutcome, work: Work) -> Envelope:
        return Envelope.answering(
            interchange,
            directory=message.directory,
            association=message.association,
            control_reference=str(work.control_reference or work.id),
            prepared=outcome.receipt.received_at.astimezone(self._zone),
        )


def _response_number(work: Work, position: int) -> str:
    """Our number of a response (1004), unique for a partner: the control reference and the place in the file."""
    return f"{work.control_reference or work.id}-{position}"
