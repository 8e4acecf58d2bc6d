"""What was read of a table, beside what is stored: a difference without a finding at its cell is a silent change."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import sample_files
from mappings.mapped import MappedOrder
from orders.findings import Finding
from orders.location import CellLocation, Field, Location
from orders.purchase_order import PartyRole
from parsers.limits import DEFAULT
from parsers.tables.table import Cell, CellKind, Table
from pipelines.earlier_files import NoEarlierFiles
from pipelines.incoming import Incoming
from pipelines.reading import Reading
from pipelines.recognising import recognise_file
from pipelines.sent_tables import Sources, sent_tables
from tests.spreadsheets.checking import books

SHOWN_OTHERWISE = ("0%", "0.00%", "#,##0,", "d-mmm")
"""Formats that show another number than the stored one, or a date."""

_OF_LINE = (
    Field.ITEM, Field.GTIN, Field.BUYER_ITEM, Field.DESCRIPTION, Field.QUANTITY, Field.UNIT, Field.UNIT_PRICE,
    Field.PRICE_BASIS, Field.AMOUNT, Field.REQUESTED_DATE, Field.NOTE,
)  # fmt: skip
_OF_ORDER = (Field.PO_NUMBER, Field.ORDER_DATE, Field.REQUESTED_DATE, Field.CURRENCY, Field.NOTE)


def silent_changes(file: Incoming) -> list[str]:
    """Each value that is not what its cell holds, where nothing is said about the cell."""
    sources = Sources(books(), NoEarlierFiles(), sample_files.AS_OF)
    reading = Reading(recognise_file(file, books()), sources)
    orders = list(reading.orders())
    if not orders:
        return []
    sheets = sent_tables(recognise_file(file, books()), sources, DEFAULT).file
    return unlike(sheets.tables, orders, reading.findings)


def unlike(read: Iterable[Table], orders: Iterable[MappedOrder], of_file: Iterable[Finding]) -> list[str]:
    """Each value of these orders that is not what its cell holds, where nothing is said about the cell."""
    tables = {table.sheet: table for table in read}
    mapped = list(orders)
    findings = [*of_file, *(one for order in mapped for one in order.findings)]
    told = {str(one.location) for one in findings if _about_a_cell(one)}
    return [
        f"{place}: {cell.text!r} was read as {value!r}"
        for order in mapped
        for place, value in _values(order)
        if isinstance(place, CellLocation)
        and (cell := _cell(tables, place)) is not None
        and not _same(value, cell)
        and str(place) not in told
    ]


def _about_a_cell(one: Finding) -> bool:
    return isinstance(one.location, CellLocation) and one.location.cell is not None


def _cell(tables: dict[str | None, Table], place: CellLocation) -> Cell | None:
    assert place.column is not None or place.cell is None
    row = next((row for row in tables[place.sheet].rows if row.number == place.row), None)
    return row.cells.get(place.column or 0) if row else None


def _same(value: object, cell: Cell) -> bool:
    """Whether the value is the stored one; 5 and 5.00 are the same quantity, but not the same item number.

    A number that is shown as another one, or as a date, is not what the sender saw, whatever is stored.
    """
    stored = cell.text
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return False
    otherwise = cell.kind is CellKind.NUMBER and cell.number_format in SHOWN_OTHERWISE
    match value:
        case None:
            return False
        case Decimal():
            return (
                not (otherwise and value)
                and bool(re.fullmatch(r"-?\d+(\.\d+)?", stored, re.ASCII))
                and Decimal(stored) == value
            )
        case date():
            return value.isoformat() == stored
        case _:
            return str(value) == stored


def _values(mapped: MappedOrder) -> Iterator[tuple[Location | None, object]]:
    order = mapped.order
    for field in _OF_ORDER:
        yield mapped.places.of(field), getattr(order, field.value)
    place = next((one for one in order.parties if one.role is PartyRole.DELIVERY_PARTY), None)
    if place is not None:
        yield mapped.places.of(Field.SHIP_TO), place.identifier
    for index, line in enumerate(order.lines):
        for field in _OF_LINE:
            yield mapped.places.of(field, index), getattr(line, field.value)
