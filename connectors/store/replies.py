"""Replies that were made: which documents each consists of, and by what their bytes are known in the archive."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from connectors.store.database import Database, Raced
from connectors.store.records import KeptReply, Work, WorkKind, WorkStatus
from connectors.store.tables import outbox, reply
from connectors.store.writing import work_of

Documents = tuple[KeptReply, ...]


class Replies:
    """Those of the store. A reply is noted once, and never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_work(self, work: Work) -> Documents | None:
        """The documents that this work sends, in their sequence; none where there is nothing to tell.

        None where the reply was not made yet.
        """
        query = select(reply.c.name, reply.c.sha256, reply.c.size).where(reply.c.outbox_id == work.id)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(reply.c.position)).mappings().all()
        if not rows:
            return None
        return tuple(KeptReply.model_validate(dict(row)) for row in rows if row["name"] is not None)

    def keep(self, work: Work, documents: Sequence[KeptReply], at: datetime) -> Documents:
        """Note the documents of a reply, none where there is nothing to tell; gives those that are noted then.

        Of two who have made the same reply the first one is kept, and both are given his.
        """
        nothing = {"name": None, "sha256": None, "size": None}
        rows = [one.model_dump() for one in documents] or [nothing]
        of_work = {"outbox_id": work.id, "made_at": at}
        try:
            with self._database.writing() as connection:
                connection.execute(
                    insert(reply), [{**of_work, "position": place, **row} for place, row in enumerate(rows, start=1)]
                )
        except Raced:
            kept = self.of_work(work)
            if kept is None:
                raise
            return kept
        return tuple(documents)

    def unmade(self, receipt_id: str) -> list[Work]:
        """Work that owes a reply on this receipt which was not made yet, the oldest first."""
        made = select(reply.c.outbox_id).where(reply.c.outbox_id == outbox.c.id).exists()
        query = (
            select(outbox)
            .where(outbox.c.receipt_id == receipt_id, outbox.c.kind == WorkKind.REPLY.value, ~made)
            .where(outbox.c.status != WorkStatus.DONE.value)
            .order_by(outbox.c.id)
        )
        with self._database.reading() as connection:
            return [work_of(row) for row in connection.execute(query).mappings()]

    def of_receipt(self, receipt_id: str) -> list[KeptReply]:
        """Every document that was made for the sender of this receipt, in the sequence in which it was owed."""
        query = (
            select(reply.c.name, reply.c.sha256, reply.c.size)
            .join_from(reply, outbox, outbox.c.id == reply.c.outbox_id)
            .where(outbox.c.receipt_id == receipt_id, reply.c.name.is_not(None))
            .order_by(outbox.c.id, reply.c.position)
        )
        with self._database.reading() as connection:
            return [KeptReply.model_validate(dict(row)) for row in connection.execute(query).mappings()]
