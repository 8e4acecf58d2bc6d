"""The tables of the reference data in the store, and the way of a row into them and back.

A row holds from the version ``since`` on, up to the version ``until``, from which on it does not; while ``until`` is
empty it is in force. Versions are numbered as they came. ``key`` and ``content`` are digests: of what tells two rows
of a source apart, and of the whole row. ``place`` keeps the order in which rows came first. The columns named after
``bare`` hold a number without its leading zeros, those after ``near`` its letters and digits alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, RowMapping, String, Table, Text, text

from connectors.store.columns import Exact, Moment
from connectors.store.tables import metadata
from orders.catalogue import AssortmentEntry, Item, without_its_zeros
from orders.near_numbers import bare_characters
from orders.prices import AgreedPrice
from orders.reference_tables import TABLES, ReferenceRow

reference_version = Table(
    "reference_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String(32), nullable=False, index=True),
    Column("loaded_at", Moment, nullable=False),
    Column("source", String(32), nullable=False),
    Column("content", LargeBinary(16), nullable=False),
    Column("alphabet", Text, nullable=False),
)
"""Every version; ``version`` is its name, made from ``content``, the sum of the digests of all its rows.

A name comes again when the content does. ``alphabet`` has the letters and digits of every number up to this version.
"""

reference_source = Table(
    "reference_source",
    metadata,
    Column("source", String(32), primary_key=True),
    Column("cursor", Text, nullable=False),
)
"""How far each source of reference data has been read."""


def _table(name: str, *columns: Column[Any], placed: bool = True) -> Table:
    """A table of reference rows, which is found by the columns that are marked as indexed."""
    place = (Column("place", Integer, nullable=False),) if placed else ()
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("source", String(32), nullable=False),
        Column("since", Integer, nullable=False),
        Column("until", Integer),
        Column("key", LargeBinary(16), nullable=False),
        Column("content", LargeBinary(16), nullable=False),
        *place,
        *columns,
        Index(f"ix_{name}_in_force", "key", sqlite_where=text("until IS NULL"), postgresql_where=text("until IS NULL")),
    )


reference_item = _table(
    "reference_item",
    Column("item", Text, nullable=False, index=True),
    Column("gtin", Text, index=True),
    Column("description", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("pack_unit", Text),
    Column("pack_size", Exact),
    Column("order_multiple", Exact),
    Column("min_quantity", Exact),
    Column("max_quantity", Exact),
    Column("status", Text, nullable=False),
    Column("replacement", Text),
    Column("lead_days", Integer, nullable=False),
    Column("bare_item", Text, index=True),
    Column("bare_gtin", Text, index=True),
    Column("near_item", Text, index=True),
    Column("near_gtin", Text, index=True),
)

reference_customer = _table(
    "reference_customer",
    Column("customer", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("gln", Text),
    Column("country", Text),
    Column("currency", Text, nullable=False),
    Column("price_lists", Text, nullable=False),
    Column("payment_terms", Text),
    Column("min_order_value", Exact),
    Column("lead_days", Integer, nullable=False),
    Column("horizon_days", Integer, nullable=False),
    Column("status", Text, nullable=False),
    placed=False,
)

reference_assortment = _table(
    "reference_assortment",
    Column("customer", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("buyer_item", Text),
    Column("bare_buyer_item", Text),
    Column("near_buyer_item", Text),
)
Index("ix_reference_assortment_item", reference_assortment.c.customer, reference_assortment.c.item)
Index("ix_reference_assortment_buyer_item", reference_assortment.c.customer, reference_assortment.c.buyer_item)
Index("ix_reference_assortment_bare", reference_assortment.c.customer, reference_assortment.c.bare_buyer_item)
Index("ix_reference_assortment_near", reference_assortment.c.customer, reference_assortment.c.near_buyer_item)

reference_price = _table(
    "reference_price",
    Column("price_list", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("basis", Exact, nullable=False),
    Column("min_quantity", Exact, nullable=False),
    Column("price", Exact, nullable=False),
    Column("currency", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    placed=False,
)
Index("ix_reference_price_item", reference_price.c.item, reference_price.c.price_list)

reference_ship_to = _table(
    "reference_ship_to",
    Column("customer", Text, nullable=False, index=True),
    Column("ship_to", Text, nullable=False),
    Column("gln", Text),
    Column("name", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("delivery_days", Text, nullable=False),
)

STORED: Mapping[str, Table] = {
    "items": reference_item,
    "customers": reference_customer,
    "assortments": reference_assortment,
    "prices": reference_price,
    "ship_tos": reference_ship_to,
}
"""By the name of the table of reference data, where its rows are kept."""


def row_columns(table: str) -> tuple[str, ...]:
    """The columns that a row itself fills, in the order of ``row_values``."""
    derived = [column.name for column in STORED[table].c if column.name.startswith(("bare_", "near_"))]
    return (*TABLES[table].model_fields, *derived)


def row_values(row: ReferenceRow) -> tuple[Any, ...]:
    """What a row fills its columns with."""
    fields = row.__dict__  # a million rows are many, and to iterate over a model takes its time
    values = [fields[name] for name in type(row).model_fields]
    if isinstance(row, AgreedPrice):
        return tuple(values)
    written = (_written(value) if isinstance(value, tuple | frozenset) else value for value in values)
    return (*written, *_derived(row))


def _written(values: Sequence[str] | frozenset[int]) -> str:
    return " ".join(values if isinstance(values, tuple) else map(str, sorted(values)))


def _derived(row: ReferenceRow) -> Iterator[str | None]:
    numbers: tuple[str | None, ...] = ()
    if isinstance(row, Item):
        numbers = (row.item, row.gtin)
    elif isinstance(row, AssortmentEntry):
        numbers = (row.buyer_item,)
    yield from map(without_its_zeros, numbers)
    yield from (bare_characters(number) if number else None for number in numbers)


_READ: Mapping[str, Callable[[str], object]] = {
    "price_lists": lambda text: tuple(text.split()),
    "delivery_days": lambda text: frozenset(map(int, text.split())),
}


def row_of(table: str, stored: RowMapping) -> ReferenceRow:
    """The row that fills these columns."""
    model = TABLES[table]
    fields = {name: _READ[name](stored[name]) if name in _READ else stored[name] for name in model.model_fields}
    return model.model_validate(fields)


def as_sqlite_has_it(row: Iterable[Any]) -> tuple[Any, ...]:
    """Values as the column types write them into SQLite, for rows that go to the driver directly."""
    return tuple([_plain(value) if isinstance(value, Decimal | date) else value for value in row])


def _plain(value: Decimal | date) -> str:
    return format(value, "f") if isinstance(value, Decimal) else value.isoformat()
