"""The tables of the reference data: their rows, what tells two rows apart, and names for content."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from orders.catalogue import AssortmentEntry, Customer, Item, ShipTo
from orders.model import Model
from orders.prices import AgreedPrice

ReferenceRow = Item | Customer | AssortmentEntry | AgreedPrice | ShipTo

TABLES: Mapping[str, type[ReferenceRow]] = {
    "items": Item,
    "customers": Customer,
    "assortments": AssortmentEntry,
    "prices": AgreedPrice,
    "ship_tos": ShipTo,
}
"""The tables by name: a CSV is named so, and so is a sheet of a workbook."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "items": ("item",),
    "customers": ("customer",),
    "assortments": ("customer", "item"),
    "prices": ("price_list", "item", "unit", "currency", "min_quantity", "valid_from"),
    "ship_tos": ("customer", "ship_to"),
}
"""The fields by which a row is known again: there is one row of a source for the same values in them."""


_KEY_PLACES = {name: [list(model.model_fields).index(field) for field in KEYS[name]] for name, model in TABLES.items()}


class ReferenceTables(Model):
    """The rows of every table, all in memory; ``version`` names their content."""

    version: str
    items: tuple[Item, ...] = ()
    customers: tuple[Customer, ...] = ()
    assortments: tuple[AssortmentEntry, ...] = ()
    prices: tuple[AgreedPrice, ...] = ()
    ship_tos: tuple[ShipTo, ...] = ()


def key_of(table: str, row: ReferenceRow) -> tuple[object, ...]:
    """The values by which the row is known again."""
    return tuple(getattr(row, field) for field in KEYS[table])


def key_digest(table: str, key: tuple[object, ...]) -> bytes:
    """A short name for a key: equal for equal values, however they are written."""
    return _digest(table, "\x1f".join(map(_canonical, key)))


def row_digests(table: str, row: ReferenceRow) -> tuple[bytes, bytes]:
    """Short names for the key of a row and for its whole content: equal for equal values, however they are written."""
    texts = _texts(row)
    return _digest(table, "\x1f".join([texts[at] for at in _KEY_PLACES[table]])), _digest(table, "\x1f".join(texts))


def row_text(row: ReferenceRow) -> str:
    """The row as text, equal for equal values."""
    return "\x1f".join(_texts(row))


def _texts(row: ReferenceRow) -> list[str]:
    values = row.__dict__  # a million rows are many, and to iterate over a model takes its time
    return [_canonical(values[field]) for field in type(row).model_fields]


def _digest(table: str, text: str) -> bytes:
    return hashlib.sha256(f"{table}\x1e{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _canonical(value: object) -> str:
    """Equal values as equal text: Excel keeps 2.40 as 2.4, and a set has no order."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(value.normalize())
    return ",".join(sorted(str(one) for one in value)) if isinstance(value, frozenset) else str(value)
