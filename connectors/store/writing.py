"""Rows that more than one part of the store writes: findings, outgoing work, control references."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import postgresql, sqlite

from connectors.store.records import AGAIN, WorkKind, WorkStatus
from connectors.store.tables import control_reference, finding, outbox
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
) -> None:
    """Owe the customer a reply for these orders of the file, or for the whole file, under a new control reference.

    ``again`` is a second one, where something new has to be said of orders that were answered before.
    """
    connection.execute(
        insert(outbox).values(
            key=f"{answer.value}/{receipt_id}/{first or 'file'}{AGAIN if again else ''}",
            answer=answer.value,
            kind=WorkKind.REPLY.value,
            receipt_id=receipt_id,
            customer=customer,
            first_position=first,
            last_position=last,
            control_reference=_next_reference(connection, customer),
            status=WorkStatus.PENDING.value,
            due_at=at,
            created_at=at,
        )
    )


def _next_reference(connection: Connection, partner: str) -> int:
    """The next control reference of a partner: unique and never used again, for it lives in the same transaction."""
    into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    first = into(control_reference).values(partner=partner, last=1)
    following = first.on_conflict_do_update(
        index_elements=[control_reference.c.partner], set_={"last": control_reference.c.last + 1}
    )
    return int(connection.execute(following.returning(control_reference.c.last)).scalar_one())
