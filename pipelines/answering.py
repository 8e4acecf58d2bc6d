"""Answer: make an owed reply once, from what was decided, in the form in which the sender wrote, and keep its bytes.

Whoever decides a file makes its replies right after the decision was committed, from what he has in his hands. Where he
did not come to it, whoever delivers makes them from the store. Both go through here, and what is kept first is told.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath
from typing import NamedTuple

from connectors.archive import Archive
from connectors.errors import Refused, Unreachable
from connectors.store.records import KeptReply, Receipt, ReceiptOutcome, Work
from connectors.store.replies import Documents
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision
from parsers.edifact.headers import InterchangeHeader, MessageHeader
from parsers.formats import Format
from parsers.limits import DEFAULT
from parsers.tables.stamp import Stamp, StampKind
from parsers.tables.table import TableFile
from pipelines.books import Books, PartnerStopped
from pipelines.clock import Clock
from pipelines.earlier_files import StoredFiles
from pipelines.edifact_answers import (
    SentOrder,
    SentOrders,
    answer_to_interchange,
    answer_to_orders,
    received_again,
)
from pipelines.incoming import Incoming
from pipelines.left_untold import left_untold
from pipelines.older_receipts import complete
from pipelines.recognising import recognise_file
from pipelines.sent_tables import Sources, sent_tables
from replies.annotated_csv import annotated_csv
from replies.annotated_workbook import annotated_workbook
from replies.answer import Answer
from replies.contrl_report import SyntaxReport
from replies.letter import letter
from replies.wording.language import language
from replies.wording.word_files import FALLBACK

_SHORT = 8
ANSWER_TIME = timedelta(days=14)
"""How long a corrected answer is waited for."""


class Document(NamedTuple):
    """A document for a partner, and the name under which it is sent."""

    name: str
    content: bytes


class Answers:
    """Makes replies and keeps them. ``books`` gives the books in force."""

    def __init__(self, store: Store, archive: Archive, clock: Clock, books: Callable[[], Books]) -> None:
        self._store = store
        self._archive = archive
        self._clock = clock
        self._zone = clock.zone
        self._books = books

    def documents(self, work: Work) -> Documents:
        """The documents that this work sends, in their sequence; none where there is nothing to tell.

        They are those that were kept, whatever has changed since; where none were made, they are made now, of a decided
        file. Errors: Refused where the store no longer has what it is about; PartnerStopped where a partner file has to
        be mended first; SettingsError where the home has to be.
        """
        kept = self._store.replies.of_work(work)
        return self.answer(work) if kept is None else kept

    def content(self, document: KeptReply) -> bytes:
        """The bytes of a kept document. Errors: Refused where the archive has other ones."""
        return self._archive.content(document.sha256)

    def answer(
        self, work: Work, orders: Sequence[CheckedOrder] | None = None, tables: TableFile | None = None
    ) -> Documents:
        """Make the reply that this work on a decided file owes, from the store, and keep it.

        ``orders`` and ``tables`` are those of a file of tables, where they are at hand. Errors: as of ``documents``.
        """
        stopped = self._books().why_stopped(work.customer) if work.customer is not None else None
        if stopped is not None:
            raise PartnerStopped(stopped)
        outcome = self._store.receipts.outcome(work.receipt_id)
        if outcome is None:
            raise Refused(f"The receipt {work.receipt_id} is not in the store.")
        if outcome.format != Format.EDIFACT.value:
            return self._keep(work, self._annotated(outcome, orders, tables))
        receipt, partner = outcome.receipt, self._partner(outcome)
        if self._store.interchanges.lacks(receipt.id):
            complete(receipt, partner, self._store, self._archive, self._clock.now())
        if work.answer is AnswerKind.CONTRL:
            return self.answer_interchange(work, receipt, self._report(receipt.id, work.first_position or 1))
        if work.answer is AnswerKind.ANNOTATED:
            return self._keep(work, self._letter_alone(outcome, partner))
        return self.answer_orders(work, receipt, self._sent_orders(work), partner)

    def answer_interchange(self, work: Work, receipt: Receipt, report: SyntaxReport) -> Documents:
        """Make the CONTRL that this work owes, and keep it."""
        content = answer_to_interchange(work, report, receipt.received_at.astimezone(self._zone))
        return self._keep(work, _edifact(work, receipt, content))

    def answer_orders(self, work: Work, receipt: Receipt, sent: SentOrders, partner: Partner) -> Documents:
        """Make the APERAK or ORDRSP that this work owes to these orders, and keep it."""
        content = answer_to_orders(work, sent, partner, receipt.received_at.astimezone(self._zone))
        return self._keep(work, _edifact(work, receipt, content))

    def _keep(self, work: Work, documents: Sequence[Document]) -> Documents:
        """Keep documents: first their bytes, then by what they are known. So nothing is noted that is not there."""
        kept = []
        for name, content in documents:
            stored = self._archive.put_bytes(content)
            kept.append(KeptReply(name=name, sha256=stored.sha256, size=stored.bytes))
        return self._store.replies.keep(work, kept, self._clock.now())

    def _report(self, receipt_id: str, number: int) -> SyntaxReport:
        known = self._store.interchanges.interchange(receipt_id, number)
        if known is None or known.syntax_report is None:
            raise Refused(f"The file has no interchange {number} any more; the archive or the reader has changed.")
        return SyntaxReport.model_validate_json(self._archive.content(known.syntax_report))

    def _sent_orders(self, work: Work) -> SentOrders:
        first = work.first_position or 1
        orders = self._store.orders.of_file(work.receipt_id, first, work.last_position)
        last = first + len(orders) - 1
        messages = self._store.interchanges.messages(work.receipt_id, first, last)
        numbers = {one.interchange for one in messages.values()}
        if not orders or len(messages) != len(orders) or len(numbers) != 1:
            words = f"Orders {first} to {last} are not those of one interchange any more"
            raise Refused(f"{words}; the archive or the reader has changed.")
        (number,) = numbers
        received = self._store.interchanges.interchange(work.receipt_id, number)
        assert received is not None
        of_orders = self._store.receipts.findings_of_orders(work.receipt_id, first, last)
        sent = [
            SentOrder(
                order=order,
                message=MessageHeader.model_validate_json(messages[position].header),
                again=received_again(one for one in of_orders if one.order == position),
            )
            for position, (order, _) in enumerate(orders, start=first)
        ]
        of_file = self._store.receipts.findings_of_file(work.receipt_id)
        around = tuple(one for one in of_file if one.interchange in (None, number))
        return SentOrders(InterchangeHeader.model_validate_json(received.header), sent, around)

    def _annotated(
        self, outcome: ReceiptOutcome, orders: Sequence[CheckedOrder] | None, tables: TableFile | None
    ) -> list[Document]:
        """The sender's tables with our answers, and the letter that goes before them; a letter alone without orders."""
        if orders is None:
            orders = [order for order, _ in self._store.orders.of_file(outcome.receipt.id)]
        stem = _stem(outcome.receipt)
        letter_name = f"{stem}.answer.txt"
        if not orders:
            return [Document(letter_name, letter(self._answer(outcome, orders, TableFile())))]
        answer = self._stamped(self._answer(outcome, orders, tables or self._tables(outcome)), outcome)
        if answer.delimited:
            name, content = f"{stem}.answer.csv", annotated_csv(answer)
        else:
            name, content = f"{stem}.answer.xlsx", annotated_workbook(answer)
        return [Document(letter_name, letter(answer, name)), Document(name, content)]

    def _letter_alone(self, outcome: ReceiptOutcome, partner: Partner) -> list[Document]:
        """What no answer in EDIFACT tells, in words; nothing where nothing is left."""
        answer, receipt_id = self._answer(outcome, (), TableFile()), outcome.receipt.id
        if outcome.receipt.orders_done:
            known = self._store.interchanges.of_receipt(receipt_id)
            headers = [InterchangeHeader.model_validate_json(one.header) for one in known]
            left = left_untold(outcome, headers, lambda number: self._report(receipt_id, number), self._store, partner)
            if left is None:
                return []
            answer = replace(answer, orders=left.orders, findings=left.findings, decision=left.decision, in_part=True)
        return [Document(f"{_stem(outcome.receipt)}.answer.txt", letter(answer))]

    def _partner(self, outcome: ReceiptOutcome) -> Partner:
        """The partner as the books have it; one that has left them since is answered as agreed by default."""
        customer = outcome.customer or ""
        return self._books().partner(customer) or Partner(partner=customer, name=customer)

    def _answer(self, outcome: ReceiptOutcome, orders: Sequence[CheckedOrder], tables: TableFile) -> Answer:
        books = self._books()
        receipt = outcome.receipt
        account, partner = books.reference.agreement(outcome.customer or ""), books.partner(outcome.customer or "")
        return Answer(
            file_name=receipt.name,
            receipt=receipt.id,
            received=receipt.received_at.astimezone(self._zone),
            customer=account.account.name if account else outcome.customer or "",
            decision=outcome.decision or Decision.HELD,
            orders=tuple(orders),
            findings=self._store.receipts.findings(receipt.id),
            tables=tuple(tables.tables),
            language=language(partner.language if partner else FALLBACK),
            encoding=tables.encoding,
            delimiter=tables.delimiter,
            delimited=outcome.format == Format.CSV.value,
        )

    def _tables(self, outcome: ReceiptOutcome) -> TableFile:
        """The tables of the received file, read once more."""
        receipt, books = outcome.receipt, self._books()
        path = self._archive.path(receipt.sha256)
        file = Incoming(path, receipt.name, receipt.sha256, receipt.size, outcome.customer, counted_before=True)
        sources = Sources(books, StoredFiles(self._store, self._archive), receipt.as_of)
        return sent_tables(recognise_file(file, books), sources, DEFAULT).shown

    def _stamped(self, answer: Answer, outcome: ReceiptOutcome) -> Answer:
        """The answer with a stamp, so that it can be corrected and sent back."""
        receipt = outcome.receipt
        stamp = Stamp(
            kind=StampKind.ANSWER,
            customer=outcome.customer or "",
            language=answer.language.code,
            issued=receipt.as_of,
            expires=receipt.as_of + ANSWER_TIME,
            nonce=secrets.token_hex(16),
            receipt=receipt.id,
        )
        return replace(answer, stamp=stamp, key=self._books().stamp_key.made())


def make_now(make: Callable[[], object]) -> None:
    """Make a reply right after the decision that it tells of. Errors: Unreachable.

    The decision is committed and stands, whatever is wrong with the reply. What cannot be made now stays owed: whoever
    delivers tries to make it again, and parks it with what is wrong.
    """
    try:
        make()
    except Unreachable:
        raise
    except Exception:  # noqa: BLE001, S110 the same happens again, and is told, when it is to be delivered
        pass


def _stem(receipt: Receipt) -> str:
    return f"{PurePath(receipt.name).stem}.{receipt.id[:_SHORT]}"


def _edifact(work: Work, receipt: Receipt, content: bytes | None) -> list[Document]:
    assert work.answer is not None
    part = "" if work.first_position in (None, 1) else f".{work.first_position}"
    part += ".again" if work.is_second else ""
    name = f"{_stem(receipt)}{part}.{work.answer.value}.edi"
    return [] if content is None else [Document(name, content)]
