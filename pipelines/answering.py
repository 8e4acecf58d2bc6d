"""Answer: make the reply that is owed, from the store and the archive, in the form in which the sender wrote."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath
from zoneinfo import ZoneInfo

from connectors.archive import Archive
from connectors.errors import Refused
from connectors.store.records import ReceiptOutcome, Work
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.model import Model
from parsers.formats import Format
from parsers.limits import DEFAULT
from parsers.tables.stamp import Stamp, StampKind
from parsers.tables.table import TableFile
from pipelines.books import Books, PartnerStopped
from pipelines.earlier_files import StoredFiles
from pipelines.edifact_answers import EdifactAnswers
from pipelines.incoming import Incoming
from pipelines.order_places import KnownFiles
from pipelines.recognising import recognise_file
from pipelines.sent_tables import Sources, sent_tables
from replies.annotated_csv import annotated_csv
from replies.annotated_workbook import annotated_workbook
from replies.answer import Answer
from replies.letter import letter
from replies.wording.language import language
from replies.wording.word_files import FALLBACK

_SHORT = 8
ANSWER_TIME = timedelta(days=14)
"""How long a corrected answer is waited for."""


class Reply(Model):
    """A document for a partner and the name under which it is put, with the letter that goes with it, if any."""

    name: str
    content: bytes
    letter: "Reply | None" = None


class Answers:
    """Makes replies. ``zone`` is the seller's, ``books`` gives the books in force; ``files`` are those known so far."""

    def __init__(
        self, store: Store, archive: Archive, zone: ZoneInfo, books: Callable[[], Books], files: KnownFiles
    ) -> None:
        self._store = store
        self._archive = archive
        self._zone = zone
        self._books = books
        self._edifact = EdifactAnswers(store, archive, zone, files)

    def reply(self, work: Work) -> Reply | None:
        """The reply that this work owes, or None where there is nothing to tell.

        Errors: Refused where the store no longer has what it is about; PartnerStopped where a partner file has to be
        mended first; SettingsError where the home has to be.
        """
        stopped = self._books().why_stopped(work.customer) if work.customer is not None else None
        if stopped is not None:
            raise PartnerStopped(stopped)
        outcome = self._store.receipts.outcome(work.receipt_id)
        if outcome is None:
            raise Refused(f"The receipt {work.receipt_id} is not in the store.")
        stem = f"{PurePath(outcome.receipt.name).stem}.{work.receipt_id[:_SHORT]}"
        if work.answer is AnswerKind.CONTRL:
            return self._edifact_reply(work, outcome, (), stem)
        if outcome.format == Format.EDIFACT.value and work.answer is AnswerKind.ANNOTATED:
            return self._letter_alone(outcome, stem)
        kept = self._store.orders.of_file(work.receipt_id, work.first_position or 1, work.last_position)
        orders = [order for order, _ in kept]
        letter_name = f"{stem}.answer.txt"
        if not orders:
            return Reply(name=letter_name, content=letter(self._answer(outcome, orders)))
        if outcome.format == Format.EDIFACT.value:
            return self._edifact_reply(work, outcome, orders, stem)
        answer = self._stamped(self._answer(outcome, orders), outcome)
        if answer.delimited:
            name, content = f"{stem}.answer.csv", annotated_csv(answer)
        else:
            name, content = f"{stem}.answer.xlsx", annotated_workbook(answer)
        return Reply(name=name, content=content, letter=Reply(name=letter_name, content=letter(answer, name)))

    def _edifact_reply(
        self, work: Work, outcome: ReceiptOutcome, orders: Sequence[CheckedOrder], stem: str
    ) -> Reply | None:
        assert work.answer is not None
        content = self._edifact.content(work, outcome, orders, self._partner(outcome))
        part = "" if work.first_position in (None, 1) else f".{work.first_position}"
        part += ".again" if work.is_second else ""
        return None if content is None else Reply(name=f"{stem}{part}.{work.answer.value}.edi", content=content)

    def _partner(self, outcome: ReceiptOutcome) -> Partner:
        """The partner as the books have it; one that has left them since is answered as agreed by default."""
        customer = outcome.customer or ""
        return self._books().partner(customer) or Partner(partner=customer, name=customer)

    def _letter_alone(self, outcome: ReceiptOutcome, stem: str) -> Reply | None:
        """What no answer in EDIFACT tells, in words; None where nothing is left."""
        answer = self._answer(outcome, [])
        if outcome.receipt.orders_done:
            left = self._edifact.left(outcome, self._partner(outcome))
            if left is None:
                return None
            answer = replace(answer, orders=left.orders, findings=left.findings, decision=left.decision, in_part=True)
        return Reply(name=f"{stem}.answer.txt", content=letter(answer))

    def _answer(self, outcome: ReceiptOutcome, orders: list[CheckedOrder]) -> Answer:
        books = self._books()
        receipt = outcome.receipt
        account, partner = books.reference.agreement(outcome.customer or ""), books.partner(outcome.customer or "")
        tables = self._tables(outcome, books) if orders else TableFile()
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

    def _tables(self, outcome: ReceiptOutcome, books: Books) -> TableFile:
        receipt = outcome.receipt
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
