"""Receipts: which files came, when, by which way, and what became of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, insert, select, update

from connectors.store.database import Database, Raced
from connectors.store.receipt_totals import locked_receipt, write_totals
from connectors.store.records import Receipt, ReceiptOutcome, ReceiptStatus, SyntaxReportKept, WorkKind
from connectors.store.tables import finding, interchange, outbox, receipt
from connectors.store.writing import queue_reply, write_findings, write_syntax_reports
from orders.answers import AnswerKind
from orders.checked import Versions
from orders.decision import Decision, LineCounts
from orders.findings import Finding
from orders.model import Model

_COUNTS = tuple(LineCounts.model_fields)


class InterchangeKey(NamedTuple):
    """By what an interchange is known again; at most 70 characters each."""

    sender: str
    reference: str


class FileOutcome(Model):
    """What is known of a file when all its orders are committed; ``decision`` is that of the file alone, if any."""

    format: str
    customer: str | None
    decision: Decision | None
    findings: tuple[Finding, ...]
    versions: Versions
    answers: tuple[AnswerKind, ...] = ()
    interchanges: tuple[tuple[int, InterchangeKey], ...] = ()
    """Interchanges that can be known again, each with its number."""
    syntax_reports: tuple[SyntaxReportKept, ...] = ()


class Receipts:
    """The receipts of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: Receipt) -> None:
        """Write a receipt; the same receipt again (after a crash) is no error."""
        try:
            with self._database.writing() as connection:
                connection.execute(insert(receipt).values(**_row(new)))
        except Raced:
            if self.get(new.id) is None:
                raise

    def get(self, receipt_id: str) -> Receipt | None:
        """The receipt of this id."""
        with self._database.reading() as connection:
            row = connection.execute(select(receipt).where(receipt.c.id == receipt_id)).mappings().first()
        return None if row is None else _receipt(row)

    def undecided(self, inbox: str | None = None, with_partner_files: str | None = None) -> list[str]:
        """Ids of files that were received but not decided, oldest first: new ones, and those a crash left.

        With a version of the partner files, those are left out that wait with this very version for one to be mended.
        """
        query = select(receipt.c.id).where(receipt.c.status == ReceiptStatus.RECEIVED.value)
        if with_partner_files is not None:
            query = query.where(receipt.c.waits_with.is_distinct_from(with_partner_files))
        if inbox is not None:
            query = query.where(receipt.c.inbox == inbox)
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(receipt.c.received_at, receipt.c.id)))

    def decided_before(self, sha256: str, customer: str, receipt_id: str) -> str | None:
        """Id of another receipt of the same bytes for the same customer, of which something was entered.

        A file of which nothing was entered, all of it held or rejected, is taken in anew when it comes again.
        """
        entered = (outbox.c.receipt_id == receipt.c.id) & (outbox.c.kind == WorkKind.ERP.value)
        query = (
            select(receipt.c.id)
            .where(receipt.c.sha256 == sha256, receipt.c.customer == customer, receipt.c.id != receipt_id)
            .where(receipt.c.status == ReceiptStatus.DECIDED.value)
            .where(select(outbox.c.id).where(entered).exists())
            .order_by(receipt.c.received_at)
            .limit(1)
        )
        with self._database.reading() as connection:
            return connection.scalar(query)

    def interchange_before(self, key: InterchangeKey, customer: str, sha256: str) -> str | None:
        """Id of the first receipt for this customer, of other bytes, that had an interchange with this reference."""
        query = (
            select(interchange.c.receipt_id)
            .join(receipt, receipt.c.id == interchange.c.receipt_id)
            .where(interchange.c.customer == customer, receipt.c.sha256 != sha256)
            .where(interchange.c.sender == key.sender, interchange.c.reference == key.reference)
            .order_by(interchange.c.received_at)
            .limit(1)
        )
        with self._database.reading() as connection:
            return connection.scalar(query)

    def outcome(self, receipt_id: str) -> ReceiptOutcome | None:
        """What became of the file of this receipt."""
        with self._database.reading() as connection:
            row = connection.execute(select(receipt).where(receipt.c.id == receipt_id)).mappings().first()
        return None if row is None else _outcome(row)

    def newest(self, limit: int) -> list[ReceiptOutcome]:
        """The newest receipts first."""
        query = select(receipt).order_by(receipt.c.received_at.desc(), receipt.c.id).limit(limit)
        with self._database.reading() as connection:
            return [_outcome(row) for row in connection.execute(query).mappings()]

    def findings(self, receipt_id: str) -> tuple[Finding, ...]:
        """Every finding of the file, those of the file itself first."""
        query = (
            select(finding.c.document)
            .where(finding.c.receipt_id == receipt_id)
            .order_by(finding.c.order_position.is_not(None), finding.c.order_position, finding.c.id)
        )
        with self._database.reading() as connection:
            return tuple(Finding.model_validate_json(text) for text in connection.scalars(query))

    def findings_of_file(self, receipt_id: str) -> tuple[Finding, ...]:
        """The findings of the file itself, and of none of its orders."""
        query = (
            select(finding.c.document)
            .where(finding.c.receipt_id == receipt_id, finding.c.order_position.is_(None))
            .order_by(finding.c.id)
        )
        with self._database.reading() as connection:
            return tuple(Finding.model_validate_json(text) for text in connection.scalars(query))

    def findings_of_orders(self, receipt_id: str, first: int, last: int) -> tuple[Finding, ...]:
        """The findings of the orders of the file from the first position to the last, each with its position."""
        query = (
            select(finding.c.document)
            .where(finding.c.receipt_id == receipt_id, finding.c.order_position.between(first, last))
            .order_by(finding.c.order_position, finding.c.id)
        )
        with self._database.reading() as connection:
            return tuple(Finding.model_validate_json(text) for text in connection.scalars(query))

    def place_findings(self, receipt_id: str, placed: Callable[[Finding], Finding]) -> None:
        """Give the findings of the file itself another place, as ``placed`` tells it; nothing else of them changes."""
        columns = finding.c
        of_file = columns.receipt_id == receipt_id, columns.order_position.is_(None)
        with self._database.writing() as connection:
            for number, text in connection.execute(select(columns.id, columns.document).where(*of_file)).all():
                before = Finding.model_validate_json(text)
                after = before.model_copy(update={"location": placed(before).location})
                if after != before:
                    values = {"document": after.model_dump_json()}
                    connection.execute(update(finding).where(columns.id == number).values(values))

    def wait(self, receipt_id: str, reason: str, partner_files: str) -> None:
        """The file waits, undecided, for this reason and with this version of the partner files."""
        with self._database.writing() as connection:
            waiting = receipt.c.id == receipt_id, receipt.c.status == ReceiptStatus.RECEIVED.value
            connection.execute(update(receipt).where(*waiting).values(waits_for=reason, waits_with=partner_files))

    def decide(self, receipt_id: str, outcome: FileOutcome, at: datetime) -> None:
        """Close the receipt: the file is decided, an answer owed if asked for, and will not be taken up again."""
        with self._database.writing() as connection:
            current = locked_receipt(connection, receipt_id)
            if current["status"] == ReceiptStatus.DECIDED.value:
                return
            write_findings(connection, receipt_id, outcome.findings)
            write_syntax_reports(connection, receipt_id, outcome.syntax_reports)
            # A file of which nothing is said, and in which there is no order, is accepted.
            write_totals(connection, current, of_file=outcome.decision or _of_nothing(current))
            values = {
                "format": outcome.format,
                "customer": outcome.customer,
                "versions": outcome.versions.model_dump_json(),
                "status": ReceiptStatus.DECIDED.value,
                "decided_at": at,
                "waits_for": None,
                "waits_with": None,
            }
            connection.execute(update(receipt).where(receipt.c.id == receipt_id).values(values))
            if outcome.customer is not None:
                of_all = {"receipt_id": receipt_id, "customer": outcome.customer, "received_at": current["received_at"]}
                for number, key in outcome.interchanges:
                    row = {**of_all, "number": number, **key._asdict()}
                    connection.execute(insert(interchange).values(row))
                for answer in outcome.answers:
                    queue_reply(connection, receipt_id, outcome.customer, answer, None, None, at)


def _of_nothing(current: RowMapping) -> Decision | None:
    return None if current["decision"] else Decision.ACCEPTED


def _row(new: Receipt) -> dict[str, Any]:
    return {**new.model_dump(), "channel": new.channel.value, "status": new.status.value}


def _receipt(row: RowMapping) -> Receipt:
    return Receipt.model_validate({name: row[name] for name in Receipt.model_fields})


def _outcome(row: RowMapping) -> ReceiptOutcome:
    return ReceiptOutcome(
        receipt=_receipt(row),
        format=row["format"],
        customer=row["customer"],
        decision=Decision(row["decision"]) if row["decision"] else None,
        counts=LineCounts(**_counts(row)),
        value=row["value"],
        currency=row["currency"],
        versions=Versions.model_validate_json(row["versions"]) if row["versions"] else None,
    )


def _counts(row: RowMapping) -> dict[str, int]:
    return {name: row[f"lines_{name}"] for name in _COUNTS}
