"""The interchanges of EDIFACT files: what answers repeat of each, its syntax report, and which orders came in it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import func, insert, literal, select, union_all, update

from connectors.store.database import Database, Raced
from connectors.store.records import SentInterchange, SentMessage, SyntaxReportKept, Work, WorkStatus
from connectors.store.tables import outbox, purchase_order, received_interchange, repeated_order
from connectors.store.writing import queue_reply, work_of, write_syntax_reports
from orders.answers import AnswerKind


class Interchanges:
    """Those of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, receipt_id: str, headers: Sequence[SentInterchange], customer: str | None, at: datetime) -> None:
        """Keep the headers of a file that is read now, and owe this customer, if any, a CONTRL for each interchange.

        What is there already, after a crash, stays as it is.
        """
        columns = received_interchange.c
        owed = outbox.c.receipt_id == receipt_id, outbox.c.answer == AnswerKind.CONTRL.value
        rows = [{"receipt_id": receipt_id, "number": one.number, "header": one.header} for one in headers]
        # Raced: another process decides the same receipt, and has done it.
        with suppress(Raced), self._database.writing() as connection:
            known = select(columns.number).where(columns.receipt_id == receipt_id).limit(1)
            if rows and connection.scalar(known) is None:
                connection.execute(insert(received_interchange), rows)
            if customer is not None and connection.scalar(select(outbox.c.id).where(*owed).limit(1)) is None:
                for one in headers:
                    queue_reply(connection, receipt_id, customer, AnswerKind.CONTRL, one.number, None, at)

    def syntax_reports_owed(self, receipt_id: str) -> dict[int, Work]:
        """The work that still owes a CONTRL, by the number of the interchange."""
        query = select(outbox).where(
            outbox.c.receipt_id == receipt_id,
            outbox.c.answer == AnswerKind.CONTRL.value,
            outbox.c.status != WorkStatus.DONE.value,
        )
        with self._database.reading() as connection:
            owed = [work_of(row) for row in connection.execute(query).mappings()]
        return {work.first_position: work for work in owed if work.first_position is not None}

    def of_receipt(self, receipt_id: str) -> list[SentInterchange]:
        """All interchanges of a file, in their sequence."""
        columns = received_interchange.c
        query = (
            select(columns.number, columns.header, columns.syntax_report)
            .where(columns.receipt_id == receipt_id)
            .order_by(columns.number)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [SentInterchange.model_validate(dict(row)) for row in rows]

    def interchange(self, receipt_id: str, number: int) -> SentInterchange | None:
        """The interchange of this number."""
        columns = received_interchange.c
        query = select(columns.number, columns.header, columns.syntax_report).where(
            columns.receipt_id == receipt_id, columns.number == number
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else SentInterchange.model_validate(dict(row))

    def messages(self, receipt_id: str, first: int, last: int) -> dict[int, SentMessage]:
        """The messages in which the orders from the first position to the last came, by position."""
        parts = [
            select(table.c.position, table.c.interchange, table.c.message).where(
                table.c.receipt_id == receipt_id,
                table.c.position.between(first, last),
                table.c.message.is_not(None),
            )
            for table in (purchase_order, repeated_order)
        ]
        with self._database.reading() as connection:
            rows = connection.execute(union_all(*parts)).all()
        return {position: SentMessage(interchange=number, header=header) for position, number, header in rows}

    def positions(self, receipt_id: str) -> dict[int, range]:
        """The positions of the orders of each interchange that has any; they follow each other."""
        both = union_all(
            *(
                select(table.c.interchange, table.c.position).where(
                    table.c.receipt_id == receipt_id, table.c.interchange.is_not(None)
                )
                for table in (purchase_order, repeated_order)
            )
        ).subquery()
        query = select(both.c.interchange, func.min(both.c.position), func.max(both.c.position)).group_by(
            both.c.interchange
        )
        with self._database.reading() as connection:
            return {number: range(first, last + 1) for number, first, last in connection.execute(query)}

    def lacks(self, receipt_id: str) -> bool:
        """Whether anything of what is kept here of a decided file is missing: an earlier build has decided it."""
        columns = received_interchange.c
        known = select(literal(1)).where(columns.receipt_id == receipt_id)
        unread = known.where(columns.syntax_report.is_(None))
        without = [
            select(literal(1)).where(table.c.receipt_id == receipt_id, table.c.message.is_(None))
            for table in (purchase_order, repeated_order)
        ]
        with self._database.reading() as connection:
            if connection.scalar(known.limit(1)) is None:
                return True
            return any(connection.scalar(one.limit(1)) is not None for one in (unread, *without))

    def complete(
        self, receipt_id: str, messages: Iterable[tuple[int, SentMessage]], reports: Iterable[SyntaxReportKept] = ()
    ) -> None:
        """Add messages of orders, each with its position, and syntax reports, where they are missing."""
        with self._database.writing() as connection:
            for position, message in messages:
                for table in (purchase_order, repeated_order):
                    here = table.c.receipt_id == receipt_id, table.c.position == position, table.c.message.is_(None)
                    values = {"interchange": message.interchange, "message": message.header}
                    connection.execute(update(table).where(*here).values(values))
            write_syntax_reports(connection, receipt_id, reports)
