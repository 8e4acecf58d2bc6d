"""Rows that more than one part of the store writes: findings, owed replies, control references, syntax reports."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from connectors.store.records import AGAIN, SyntaxReportKept, Work, WorkKind, WorkStatus
from connectors.store.tables import control_reference, finding, outbox, received_interchange
from orders.answers import AnswerKind
from orders.findings import Finding


def write_findings(connection: Connection, receipt_id: str, findings: Iterable[Finding]) -> None:
    """Keep findings, whole, with their code and severity beside for queries."""
    rows = [
        {
            "receipt_id": receipt_id,
            "order_position": one.order,
            "line": one.line,
            "code": one.code,
            "severity": one.severity.value,
            "document": one.model_dump_json(),
        }
        for one in findings
    ]
    if rows:
        connection.execute(insert(finding), rows)


def queue_reply(
    connection: Connection,
    receipt_id: str,
    customer: str,
    answer: AnswerKind,
    first: int | None,
    last: int | None,
    at: datetime,
    *,
    again: bool = False,
) -> Work:
    """Owe the customer a reply for these orders of the file, or for the whole file, under a new control reference.

    ``again`` is a second one, where something new has to be said of orders that were answered before.
    """
    reference = _next_reference(connection, customer)
    key = f"{answer.value}/{receipt_id}/{first or 'file'}{AGAIN if again else ''}"
    written = connection.execute(
        insert(outbox).values(
            key=key,
            answer=answer.value,
            kind=WorkKind.REPLY.value,
            receipt_id=receipt_id,
            customer=customer,
            first_position=first,
            last_position=last,
            control_reference=reference,
            status=WorkStatus.PENDING.value,
            due_at=at,
            created_at=at,
        )
    )
    assert written.inserted_primary_key is not None
    return Work(
        id=written.inserted_primary_key[0],
        key=key,
        kind=WorkKind.REPLY,
        receipt_id=receipt_id,
        customer=customer,
        answer=answer,
        first_position=first,
        last_position=last,
        control_reference=reference,
    )


def work_of(row: RowMapping) -> Work:
    """The work of a row of the outbox."""
    return Work.model_validate({name: row[name] for name in Work.model_fields})


def write_syntax_reports(connection: Connection, receipt_id: str, reports: Iterable[SyntaxReportKept]) -> None:
    """Note the hashes of syntax reports with their interchanges; one that is noted already stays."""
    columns = received_interchange.c
    for report in reports:
        of_interchange = columns.receipt_id == receipt_id, columns.number == report.interchange
        connection.execute(
            update(received_interchange)
            .where(*of_interchange, columns.syntax_report.is_(None))
            .values(syntax_report=report.sha256)
        )


def _next_reference(connection: Connection, partner: str) -> int:
    """The next control reference of a partner: unique and never used again, for it lives in the same transaction."""
    into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    first = into(control_reference).values(partner=partner, last=1)
    following = first.on_conflict_do_update(
        index_elements=[control_reference.c.partner], set_={"last": control_reference.c.last + 1}
    )
    return int(connection.execute(following.returning(control_reference.c.last)).scalar_one())
