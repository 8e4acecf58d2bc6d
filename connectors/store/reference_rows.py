"""Rows of the reference data as they are looked up: as of one version, for one customer, many numbers at once."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    func,
    or_,
    select,
    union,
)
from sqlalchemy import Table as StoredTable

from connectors.store.database import Database
from connectors.store.reference_tables import (
    STORED,
    reference_assortment,
    reference_customer,
    reference_item,
    reference_price,
    reference_ship_to,
    row_of,
)
from orders.catalogue import AssortmentEntry, Customer, Item, ShipTo, without_fourteenth_digit
from orders.known_rows import Rows
from orders.prices import AgreedPrice
from orders.reference_tables import ReferenceRow

LONGEST_NUMBER = 200
"""Characters that an identifier of the reference data can have; a longer text is none."""

_PART = 500
"""Items of an assortment that are read together."""

_Row = TypeVar("_Row", bound=ReferenceRow)


class Version(NamedTuple):
    """A version: its number among all of this store, its name, and the letters and digits of its numbers."""

    number: int
    name: str
    alphabet: str


class ReferenceRows:
    """The rows that hold at one version."""

    def __init__(self, database: Database, version: Version) -> None:
        self.version = version
        self._database = database

    def account(self, customer: str) -> tuple[Customer, list[ShipTo]] | None:
        """The account of this customer, and the places that it may have goods delivered to."""
        if not _can_be_known(customer):
            return None
        with self._database.reading() as connection:
            accounts = self._read(connection, "customers", reference_customer.c.customer == customer, Customer)
            places = self._read(connection, "ship_tos", reference_ship_to.c.customer == customer, ShipTo)
        return (accounts[0][1], [place for _, place in places]) if accounts else None

    def named(self, account: Customer, numbers: Collection[str]) -> Rows:
        """See ``RowSource``."""
        searched = {*numbers, *filter(None, map(without_fourteenth_digit, numbers))}
        items, entries = reference_item.c, reference_assortment.c
        with self._database.reading() as connection:
            wanted = _texts(connection, searched)
            found = connection.scalars(
                union(
                    *(
                        select(items.item).where(column.in_(wanted), self._holds(reference_item))
                        for column in (items.item, items.gtin, items.bare_item, items.bare_gtin)
                    ),
                    *(
                        select(entries.item)
                        .where(entries.customer == account.customer, column.in_(wanted))
                        .where(self._holds(reference_assortment))
                        for column in (entries.buyer_item, entries.bare_buyer_item)
                    ),
                )
            )
            return self._rows(connection, account, set(found))

    def near(self, account: Customer, bare: Collection[str]) -> Rows:
        """See ``RowSource``."""
        items, entries = reference_item.c, reference_assortment.c
        with self._database.reading() as connection:
            wanted = _texts(connection, bare)
            found = connection.scalars(
                union(
                    *(
                        select(items.item).where(column.in_(wanted), self._holds(reference_item))
                        for column in (items.near_item, items.near_gtin)
                    ),
                    select(entries.item)
                    .where(entries.customer == account.customer, entries.near_buyer_item.in_(wanted))
                    .where(self._holds(reference_assortment)),
                )
            )
            return self._rows(connection, account, set(found))

    def parts(self, account: Customer) -> Iterator[Rows]:
        """See ``RowSource``."""
        entries = reference_assortment.c
        query = (
            select(entries.item)
            .where(entries.customer == account.customer, self._holds(reference_assortment))
            .group_by(entries.item)
            .order_by(func.min(entries.place))
            .execution_options(yield_per=_PART)
        )
        with self._database.reading() as connection, self._database.reading() as beside:
            for part in connection.scalars(query).partitions():
                yield self._rows(beside, account, set(part))

    def _rows(self, connection: Connection, account: Customer, numbers: set[str]) -> Rows:
        """These items, and what takes their place, with the entries and prices that this account has for them."""
        if not numbers:
            return Rows([], [], [])
        items = self._items(connection, numbers)
        replacements = {item.replacement for _, item in items if item.replacement} - numbers
        if replacements:
            items = sorted((*items, *self._items(connection, replacements)), key=_place)
        wanted = _texts(connection, numbers | replacements)
        of_customer = and_(reference_assortment.c.customer == account.customer, reference_assortment.c.item.in_(wanted))
        in_lists = and_(
            reference_price.c.item.in_(wanted),
            reference_price.c.price_list.in_(_texts(connection, account.price_lists)),
        )
        entries = self._read(connection, "assortments", of_customer, AssortmentEntry)
        prices = self._read(connection, "prices", in_lists, AgreedPrice)
        return Rows(items, entries, [price for _, price in prices])

    def _items(self, connection: Connection, numbers: Collection[str]) -> list[tuple[int, Item]]:
        return self._read(connection, "items", reference_item.c.item.in_(_texts(connection, numbers)), Item)

    def _read(
        self, connection: Connection, table: str, condition: ColumnElement[bool], row: type[_Row]
    ) -> list[tuple[int, _Row]]:
        """The rows that hold, with their places and in that order. Of two sources the one that spoke last counts."""
        stored = STORED[table]
        query = select(stored).where(condition, self._holds(stored)).order_by(stored.c.since, stored.c.id)
        found = {one["key"]: one for one in connection.execute(query).mappings()}
        rows = [(one.get("place", one["id"]), cast(_Row, row_of(table, one))) for one in found.values()]
        return sorted(rows, key=_place)

    def _holds(self, table: StoredTable) -> ColumnElement[bool]:
        number = self.version.number
        return and_(table.c.since <= number, or_(table.c.until.is_(None), table.c.until > number))


class CustomerRows:
    """The rows of one customer: a ``RowSource``."""

    def __init__(self, rows: ReferenceRows, account: Customer) -> None:
        self.alphabet = rows.version.alphabet
        self._rows = rows
        self._account = account

    def named(self, numbers: Collection[str]) -> Rows:
        """Every item that one of these numbers can name."""
        return self._rows.named(self._account, numbers)

    def near(self, bare: Collection[str]) -> Rows:
        """Every item of the assortment that has one of these numbers in its bare form."""
        found = self._rows.near(self._account, bare)
        ours = {entry.item for _, entry in found.entries}
        return found._replace(items=[(place, item) for place, item in found.items if item.item in ours])

    def parts(self) -> Iterator[Rows]:
        """The whole assortment, a part at a time."""
        return self._rows.parts(self._account)


def _place(row: tuple[int, Any]) -> int:
    return row[0]


def _texts(connection: Connection, texts: Iterable[str]) -> Select[Any]:
    """The texts as a query of one parameter, however many they are."""
    known: Sequence[str] = [text for text in texts if _can_be_known(text)]
    if connection.dialect.name == "sqlite":
        each = func.json_each(bindparam(None, json.dumps(known))).table_valued("value")
        return select(each.c.value)
    return select(func.unnest(bindparam(None, known, ARRAY(Text))))


def _can_be_known(text: str) -> bool:
    """Whether the text can be an identifier of the reference data; a database takes none that cannot be written."""
    if len(text) > LONGEST_NUMBER or "\x00" in text:
        return False
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
