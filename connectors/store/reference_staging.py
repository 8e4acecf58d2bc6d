"""Changes of the reference data on their way into the store: staged in temporary tables, then compared there.

Whoever stages a million rows holds a few thousand of them at a time. Nothing of the store is locked meanwhile: that
begins with the comparison, which the database does by itself.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import text as sql

from connectors.errors import Refused
from connectors.ports import ReferenceChange, Removed, Upsert, Whole
from connectors.store.reference_tables import STORED, as_sqlite_has_it, row_columns, row_values
from orders.reference_tables import KEYS, key_digest, row_digests

_CHUNK = 5_000
_OWN = ("number", "removed", "key", "content")


class Differences(NamedTuple):
    """How many rows of a table came, in a new or changed form, and how many are no longer in force."""

    added: int
    ended: int


class StagedTable:
    """The changes of one table. ``whole`` where all its rows were given; ``where`` says from what, for complaints."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.name = name
        self.whole = False
        self.where = name
        self.alphabet: set[str] = set()
        self._connection = connection
        self._names = (*_OWN, *row_columns(name))
        self._near = [at for at, column in enumerate(self._names) if column.startswith("near_")]
        self._stored = STORED[name]
        self._staged = Table(
            f"staged_{self._stored.name}",
            MetaData(),
            Column("number", Integer, nullable=False),
            Column("removed", Boolean, nullable=False),
            Column("key", LargeBinary(16), nullable=False),
            Column("content", LargeBinary(16)),
            *(Column(column, self._stored.c[column].type) for column in row_columns(name)),
            prefixes=["TEMPORARY"],
        )
        self._staged.create(connection)
        self._rows: list[tuple[Any, ...]] = []

    def add(self, change: Upsert | Removed) -> None:
        """Take note of a change; of two for the same row the later one counts, unless the table is given whole."""
        if isinstance(change, Upsert):
            row = change.row
            self._rows.append((change.number, False, *row_digests(self.name, row), *row_values(row)))
        else:
            key = key_digest(self.name, change.key)
            nothing = (None,) * (len(self._names) - len(_OWN))
            self._rows.append((change.number, True, key, None, *nothing))
        if len(self._rows) >= _CHUNK:
            self._write()

    def _write(self) -> None:
        for at in self._near:
            self.alphabet.update(*(row[at] for row in self._rows if row[at]))
        columns = ", ".join(self._names)
        if self._connection.dialect.name == "sqlite":
            into = f"INSERT INTO {self._staged.name} ({columns}) VALUES ({', '.join('?' * len(self._names))})"  # noqa: S608
            if self._rows:
                self._connection.exec_driver_sql(into, [as_sqlite_has_it(row) for row in self._rows])
        else:
            driver: Any = self._connection.connection.driver_connection
            with driver.cursor() as cursor, cursor.copy(f"COPY {self._staged.name} ({columns}) FROM STDIN") as copy:
                for row in self._rows:
                    copy.write_row(row)
        self._rows = []

    def complete(self) -> None:
        """Everything is staged. Errors: Refused where a table that is given whole has a row twice."""
        self._write()
        staged = self._staged
        Index(f"ix_{staged.name}", staged.c.key, staged.c.number).create(self._connection)
        self._connection.execute(sql(f"ANALYZE {staged.name}"))
        later = staged.alias()
        if self.whole:
            self._refuse_twins()
        else:
            newer = exists().where(later.c.key == staged.c.key, later.c.number > staged.c.number)
            self._connection.execute(delete(staged).where(newer))

    def _refuse_twins(self) -> None:
        staged = self._staged
        twice = select(staged.c.key).group_by(staged.c.key).having(func.count() > 1).limit(1)
        fields = [staged.c[name] for name in KEYS[self.name]]
        query = select(staged.c.number, *fields).where(staged.c.key == twice.scalar_subquery()).order_by("number")
        found = self._connection.execute(query.limit(2)).all()
        if found:
            (first, *_), (second, *key) = found
            what = ", ".join(str(part) for part in key)
            words = f"{what} stands in row {first} already. Keep one of them."
            raise Refused(f"{self.where}, row {second}: {words}")

    def _in_force(self, source: str) -> ColumnElement[bool]:
        return and_(self._stored.c.source == source, self._stored.c.until.is_(None))

    def _coming(self, source: str, *columns: ColumnElement[Any]) -> Select[Any]:
        """What is staged, beside the row in force that has the same key, where it is new or says something else."""
        staged, stored = self._staged, self._stored
        known = and_(stored.c.key == staged.c.key, self._in_force(source))
        different = or_(stored.c.id.is_(None), stored.c.content != staged.c.content)
        return select(*columns).select_from(staged.outerjoin(stored, known)).where(~staged.c.removed, different)

    def _ending(self, source: str) -> ColumnElement[bool]:
        """Whether a row in force ends: another one takes its place, or none does."""
        staged, stored = self._staged, self._stored
        same_key = staged.c.key == stored.c.key
        if self.whole:
            return and_(self._in_force(source), ~exists().where(same_key, staged.c.content == stored.c.content))
        said = exists().where(same_key, or_(staged.c.removed, staged.c.content != stored.c.content))
        return and_(self._in_force(source), said)

    def digests(self, source: str) -> tuple[Iterator[bytes], Iterator[bytes]]:
        """Digests of the rows that will come, and of those that will end."""
        ending = select(self._stored.c.content).where(self._ending(source))
        return self._stream(self._coming(source, self._staged.c.content)), self._stream(ending)

    def _stream(self, query: Select[Any]) -> Iterator[bytes]:
        with self._connection.execute(query.execution_options(yield_per=_CHUNK)) as result:
            for part in result.partitions():
                for (digest,) in part:
                    yield digest

    def apply(self, source: str, version: int) -> None:
        """Let rows begin and end with this version."""
        staged, stored = self._staged, self._stored
        names = ["source", "since", "key", "content", *row_columns(self.name)]
        columns: list[ColumnElement[Any]] = [literal(source), literal(version)]
        columns += [staged.c[name] for name in names[2:]]
        if "place" in stored.c:
            # A row keeps its place when it changes; a new one stands behind all others.
            last = self._connection.scalar(select(func.max(stored.c.place))) or 0
            names.append("place")
            columns.append(func.coalesce(stored.c.place, literal(last) + staged.c.number))
        coming = self._coming(source, *columns).order_by(staged.c.number)
        self._connection.execute(insert(stored).from_select(names, coming))
        ended = update(stored).where(stored.c.since < version, self._ending(source)).values(until=version)
        self._connection.execute(ended)

    def drop(self) -> None:
        """Drop what was staged."""
        self._staged.drop(self._connection)


def stage(connection: Connection, changes: Iterable[ReferenceChange], tables: dict[str, StagedTable]) -> str | None:
    """Stage the changes into ``tables``, which is filled; gives the cursor that the source has reached."""
    cursor = None
    for change in changes:
        if isinstance(change, Upsert | Removed | Whole):
            table = tables.get(change.table)
            if table is None:
                table = tables[change.table] = StagedTable(connection, change.table)
            if isinstance(change, Whole):
                table.whole, table.where = True, change.where
            else:
                table.add(change)
        else:
            cursor = change.cursor
    for table in tables.values():
        table.complete()
    return cursor
