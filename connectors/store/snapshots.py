"""Reference data in the store: every version that was ever loaded, the newest in force."""

from datetime import datetime

from sqlalchemy import insert, select, update

from connectors.store.database import Database
from connectors.store.outgoing import write_audit
from connectors.store.tables import reference_snapshot
from orders.reference import ReferenceTables


class Snapshots:
    """The versions of the reference data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, tables: ReferenceTables, actor: str, at: datetime) -> None:
        """Put these tables in force; a version that was loaded before is put in force again."""
        columns = reference_snapshot.c
        with self._database.writing() as connection:
            again = update(reference_snapshot).where(columns.version == tables.version).values(loaded_at=at)
            if connection.execute(again).rowcount == 0:
                row = {"version": tables.version, "loaded_at": at, "tables": tables.model_dump_json()}
                connection.execute(insert(reference_snapshot).values(row))
            write_audit(connection, at, actor, "load reference data", tables.version, None)

    def current_version(self) -> str | None:
        """The version in force; None where none was loaded."""
        query = select(reference_snapshot.c.version).order_by(reference_snapshot.c.loaded_at.desc()).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(query)

    def tables(self, version: str) -> ReferenceTables | None:
        """The tables of a version."""
        query = select(reference_snapshot.c.tables).where(reference_snapshot.c.version == version)
        with self._database.reading() as connection:
            text = connection.scalar(query)
        return None if text is None else ReferenceTables.model_validate_json(text)
