"""Outgoing work: what is owed to the ERP and to partners, until it is done or parked."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from connectors.store.database import Database
from connectors.store.records import ReceiptStatus, Work, WorkKind, WorkStatus
from connectors.store.tables import audit, outbox, receipt, reply
from connectors.store.writing import work_of
from orders.model import Model

LEASE = timedelta(minutes=5)
"""How long a piece of work that was taken is left to the one who took it; after a crash it is due again."""


class Answerable(Model):
    """To whom replies can go now.

    Where ``only`` is given, they can be made to these only, and what was made before goes to anybody; nothing can be
    sent to those of ``never``.
    """

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()


EVERYBODY = Answerable()


class OutgoingWork:
    """The outbox of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(
        self, now: datetime, limit: int, due_by: datetime | None = None, answerable: Answerable = EVERYBODY
    ) -> list[Work]:
        """Take work that is due (by ``due_by``, else now), the oldest first; nobody else gets it within the lease.

        Of one order it gives only the first act that the ERP has not done, so that none overtakes another. Replies that
        cannot go to their partner now stay due, and no try of theirs is used up; so do those that were not made yet to
        a file that is still being decided.
        """
        columns = outbox.c
        due = (
            select(columns.id)
            .where(_is_due(due_by or now, answerable))
            .order_by(columns.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            ids = list(connection.scalars(due))
            if not ids:
                return []
            taken = update(outbox).where(columns.id.in_(ids)).values(attempts=columns.attempts + 1, due_at=now + LEASE)
            connection.execute(taken)
            rows = connection.execute(select(outbox).where(columns.id.in_(ids)).order_by(columns.id)).mappings()
            return [work_of(row) for row in rows]

    def is_due(self, now: datetime, answerable: Answerable = EVERYBODY) -> bool:
        """Whether any work is due that can be done."""
        query = select(outbox.c.id).where(_is_due(now, answerable)).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def done(self, work: Work, reference: str, at: datetime) -> None:
        """It was delivered; ``reference`` is the ERP's number, or the name of the reply."""
        values = {"status": WorkStatus.DONE.value, "reference": reference, "done_at": at, "problem": None}
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(outbox.c.id == work.id).values(values))

    def postpone(self, work: Work, problem: str, until: datetime) -> None:
        """It could not be delivered now; try again from then on."""
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(outbox.c.id == work.id).values(problem=problem, due_at=until))

    def give_back(self, work: Work, problem: str, until: datetime) -> None:
        """It was taken, but not tried: something of ours is to be mended first. The try is not counted."""
        values = {"problem": problem, "due_at": until, "attempts": outbox.c.attempts - 1}
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(outbox.c.id == work.id).values(values))

    def park(self, work: Work, problem: str, at: datetime) -> None:
        """It cannot be delivered before somebody has acted; the audit trail says so."""
        # Whoever took it again after our lease may have done it meanwhile; then it stays done.
        undone = outbox.c.id == work.id, outbox.c.status != WorkStatus.DONE.value
        with self._database.writing() as connection:
            values = {"status": WorkStatus.PARKED.value, "problem": problem}
            if connection.execute(update(outbox).where(*undone).values(values)).rowcount:
                write_audit(connection, at, "ordermill", "park", work.key, problem)

    def take_up_parked(self, actor: str, at: datetime) -> int:
        """Make all parked work due again, its tries forgotten; gives how much it was."""
        again = {"status": WorkStatus.PENDING.value, "attempts": 0, "due_at": at}
        with self._database.writing() as connection:
            parked = outbox.c.status == WorkStatus.PARKED.value
            keys = list(connection.scalars(select(outbox.c.key).where(parked)))
            connection.execute(update(outbox).where(parked).values(again))
            for key in keys:
                write_audit(connection, at, actor, "take up parked", key, None)
        return len(keys)

    def counts(self) -> dict[tuple[WorkKind, WorkStatus], int]:
        """How much work there is of each kind and status."""
        query = select(outbox.c.kind, outbox.c.status, func.count()).group_by(outbox.c.kind, outbox.c.status)
        with self._database.reading() as connection:
            return {(WorkKind(kind), WorkStatus(status)): number for kind, status, number in connection.execute(query)}

    def owed(self) -> dict[WorkStatus, int]:
        """How much work is not done yet, by its status."""
        others = [status.value for status in WorkStatus if status is not WorkStatus.DONE]
        query = select(outbox.c.status, func.count()).where(outbox.c.status.in_(others)).group_by(outbox.c.status)
        with self._database.reading() as connection:
            return {WorkStatus(status): number for status, number in connection.execute(query)}

    def references(self, receipt_ids: Iterable[str]) -> dict[str, list[str]]:
        """What was delivered for each receipt, by the name that the other side knows it by."""
        query = (
            select(outbox.c.receipt_id, outbox.c.reference)
            .where(outbox.c.receipt_id.in_(list(receipt_ids)), outbox.c.status == WorkStatus.DONE.value)
            .order_by(outbox.c.id)
        )
        found: dict[str, list[str]] = {}
        with self._database.reading() as connection:
            for receipt_id, reference in connection.execute(query):
                found.setdefault(receipt_id, []).append(reference)
        return found


def _is_due(now: datetime, answerable: Answerable) -> ColumnElement[bool]:
    earlier = outbox.alias("earlier")
    waits = exists().where(
        earlier.c.erp_order == outbox.c.erp_order,
        earlier.c.sequence < outbox.c.sequence,
        earlier.c.status != WorkStatus.DONE.value,
    )
    due = and_(outbox.c.status == WorkStatus.PENDING.value, outbox.c.due_at <= now, ~waits)
    # Each looked up for the few that are due: PostgreSQL would gather the keys of the whole table for an EXISTS here.
    made = select(reply.c.position).where(reply.c.outbox_id == outbox.c.id, reply.c.position == 1).scalar_subquery()
    status = select(receipt.c.status).where(receipt.c.id == outbox.c.receipt_id).scalar_subquery()
    # Whoever decides a file makes its replies; what he has not made when he is done, or was killed, is made by us.
    replies: list[ColumnElement[bool]] = [or_(made == 1, status == ReceiptStatus.DECIDED.value)]
    if answerable.only is not None:
        replies.append(or_(made == 1, outbox.c.customer.in_(sorted(answerable.only))))
    if answerable.never:
        replies.append(outbox.c.customer.not_in(sorted(answerable.never)))
    return and_(due, or_(outbox.c.kind != WorkKind.REPLY.value, and_(*replies)))


def write_audit(
    connection: Connection, at: datetime, actor: str, action: str, subject: str, detail: str | None
) -> None:
    """Append to the audit trail."""
    connection.execute(insert(audit).values(at=at, actor=actor, action=action, subject=subject, detail=detail))
