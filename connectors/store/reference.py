"""Reference data in the store: rows with the versions in which they hold; a version costs what has changed."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from connectors.ports import ReferenceChange
from connectors.store.database import Database
from connectors.store.known_customers import KnownCustomers
from connectors.store.outgoing import write_audit
from connectors.store.reference_rows import CustomerRows, ReferenceRows, Version
from connectors.store.reference_staging import Differences, StagedTable, stage
from connectors.store.reference_tables import STORED, reference_source, reference_version
from orders.catalogue import DeliveryCalendar
from orders.known_rows import KnownRows
from orders.reference import Agreement

_MODULUS = 1 << 128


class Loaded(NamedTuple):
    """The version in force after a load, and by table: what the load changed, and how many rows are in force."""

    version: str
    differences: Mapping[str, Differences]
    in_force: Mapping[str, int]


class StoredReference:
    """The reference data at one version: a ``ReferenceSnapshot``. What orders name is fetched, and kept for a while."""

    def __init__(self, rows: ReferenceRows, calendar: DeliveryCalendar, kept: KnownCustomers, database: str) -> None:
        self._rows = rows
        self._calendar = calendar
        self._kept = kept
        self._database = database

    @property
    def version(self) -> str:
        return self._rows.version.name

    def agreement(self, customer: str) -> Agreement | None:
        """What is agreed with this customer; None where the account is not known. Errors: Unreachable."""
        key = (self._database, self.version, customer)
        known = self._kept.get(key)
        if known is None:
            found = self._rows.account(customer)
            if found is None:
                return None
            known = self._kept.put(key, KnownRows(*found))
        return Agreement(self.version, self._calendar, known, CustomerRows(self._rows, known.account))


class ReferenceData:
    """The reference data of the store, in all its versions. ``name`` is that of the database."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name

    def current_version(self) -> str | None:
        """The name of the version in force; None where nothing was loaded. Errors: Unreachable."""
        query = select(reference_version.c.version).order_by(reference_version.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(query)

    def at(self, version: str, calendar: DeliveryCalendar, kept: KnownCustomers) -> StoredReference | None:
        """The reference data as it was at a version, however long ago; None where there was none of this name.

        What is looked up is kept in ``kept``. Errors: Unreachable.
        """
        columns = reference_version.c
        query = (
            select(columns.number, columns.version, columns.alphabet)
            .where(columns.version == version)
            .order_by(columns.number.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            found = connection.execute(query).first()
        if found is None:
            return None
        return StoredReference(ReferenceRows(self._database, Version(*found)), calendar, kept, self._name)

    def cursor(self, source: str) -> str | None:
        """How far the source has been read; None where it never was. Errors: Unreachable."""
        query = select(reference_source.c.cursor).where(reference_source.c.source == source)
        with self._database.reading() as connection:
            return connection.scalar(query)

    def load(self, changes: Iterable[ReferenceChange], source: str, actor: str, at: datetime) -> Loaded:
        """Put the changes of a source in force, all together; rows of other sources stay as they are.

        Where nothing differs, the version in force stays. Errors: Unreachable, and those of the changes.
        """
        tables: dict[str, StagedTable] = {}
        with self._database.staging() as connection:
            with connection.begin():
                cursor = stage(connection, changes, tables)
            try:
                with self._database.writing_on(connection):
                    loaded = self._merge(connection, tables, source, at)
                    if cursor is not None:
                        _note_cursor(connection, source, cursor)
                    write_audit(connection, at, actor, "load reference data", loaded.version, None)
            finally:
                with connection.begin():
                    for table in tables.values():
                        table.drop()
        return loaded

    def _merge(self, connection: Connection, tables: Mapping[str, StagedTable], source: str, at: datetime) -> Loaded:
        if connection.dialect.name == "postgresql":
            # One load at a time; SQLite has one writer anyway. Whoever reads is not kept waiting.
            connection.execute(text(f"LOCK TABLE {reference_version.name} IN EXCLUSIVE MODE"))
        newest = select(reference_version).order_by(reference_version.c.number.desc()).limit(1)
        last = connection.execute(newest).first()
        content = int.from_bytes(last.content, "big") if last else 0
        alphabet = set(last.alphabet) if last else set()
        differences = {}
        for name, table in tables.items():
            added = ended = 0
            coming, ending = table.digests(source)
            for digest in coming:
                content, added = content + int.from_bytes(digest, "big"), added + 1
            for digest in ending:
                content, ended = content - int.from_bytes(digest, "big"), ended + 1
            differences[name] = Differences(added, ended)
            alphabet |= table.alphabet
        version = last.version if last else None
        if version is None or any(any(one) for one in differences.values()):
            total = (content % _MODULUS).to_bytes(16, "big")
            number, version = (last.number + 1 if last else 1), hashlib.sha256(total).hexdigest()[:12]
            for name, table in tables.items():
                if any(differences[name]):
                    table.apply(source, number)
            row = {
                "number": number,
                "version": version,
                "loaded_at": at,
                "source": source,
                "content": total,
                "alphabet": "".join(sorted(alphabet)),
            }
            connection.execute(insert(reference_version).values(row))
        return Loaded(version, differences, {name: _in_force(connection, name) for name in STORED})


def _in_force(connection: Connection, table: str) -> int:
    stored = STORED[table]
    return connection.scalar(select(func.count()).select_from(stored).where(stored.c.until.is_(None))) or 0


def _note_cursor(connection: Connection, source: str, cursor: str) -> None:
    into = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    first = into(reference_source).values(source=source, cursor=cursor)
    connection.execute(first.on_conflict_do_update(index_elements=[reference_source.c.source], set_={"cursor": cursor}))
