"""Fields of the order in cells above a table never seen, and places or days at the head of its columns."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from mappings.column_sample import Column, Sample
from mappings.header_words import header_scores
from mappings.layout import HeadField, Matrix, header_key
from mappings.number_evidence import number_of
from mappings.table_values import identifier_value, looks_like_date
from orders.catalogue import ShipTo
from orders.location import Field
from orders.reference import Agreement
from parsers.tables.table import Cell, CellKind, Row

_HEAD: dict[Field, HeadField] = {
    Field.PO_NUMBER: "po_number",
    Field.ORDER_DATE: "order_date",
    Field.REQUESTED_DATE: "requested_date",
    Field.CURRENCY: "currency",
    Field.SHIP_TO: "ship_to",
    Field.NOTE: "note",
}


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """A label above the table, the value that belongs to it, and why it is thought to be the field."""

    field: HeadField
    label: str
    cell: Cell
    reason: str


def labelled_cells(sample: Sample, agreement: Agreement | None) -> list[LabelledCell]:
    """Labels above the header with a value beside them, or below where they stand in a row of labels."""
    above = [row for row in sample.table.rows if row.number < sample.header.number]
    found: dict[HeadField, LabelledCell] = {}
    for position, row in enumerate(above):
        following = above[position + 1] if position + 1 < len(above) else None
        for one in (*_beside(row, agreement), *_below(row, following)):
            found.setdefault(one.field, one)
    return list(found.values())


def _beside(row: Row, agreement: Agreement | None) -> list[LabelledCell]:
    cells = [row.cells[column] for column in sorted(row.cells) if row.cells[column].text.strip()]
    found = []
    for cell in cells:
        label, value = _parted(cell)
        field = _field_of(label) if value is not None else None
        if field is not None and value is not None and _can_be(field, value):
            found.append(_labelled(field, label, value))
    for label, value in pairwise(cells):
        field = _field_of(label)
        if field is not None and _field_of(value) is None and _can_be(field, value):
            found.append(_labelled(field, label, value))
        elif field is None and agreement is not None and _place(value, agreement) is not None:
            reason = "the value is a delivery place of the account"
            found.append(LabelledCell("ship_to", label.text.strip(), value, reason))
    return found


def _parted(cell: Cell) -> tuple[Cell, Cell | None]:
    """The label and the value of a cell that holds both, as in ``Order no.: 4711``."""
    label, colon, value = cell.text.partition(":")
    if not colon or not value.strip() or cell.kind is not CellKind.TEXT:
        return cell, None
    return cell._replace(text=label.strip()), cell._replace(text=value.strip())


def _below(row: Row, following: Row | None) -> list[LabelledCell]:
    labels = {column: field for column, cell in row.cells.items() if (field := _field_of(cell)) is not None}
    if following is None or following.number != row.number + 1 or len(labels) < 2:
        return []
    return [
        _labelled(field, row.cells[column], following.cells[column])
        for column, field in labels.items()
        if column in following.cells
        and _field_of(following.cells[column]) is None
        and _can_be(field, following.cells[column])
    ]


def _labelled(field: Field, label: Cell, value: Cell) -> LabelledCell:
    reason = f"“{' '.join(label.text.split())[:40]}” is a word for {field.value.replace('_', ' ')}"
    return LabelledCell(_HEAD[field], label.text.strip(), value, reason)


def _field_of(cell: Cell) -> Field | None:
    """The field of the head that a label speaks of; a text too long for a label is none."""
    if len(cell.text) > 60:
        return None
    scores = {field: score for field, score in header_scores(cell.text).items() if field in _HEAD}
    return max(scores, key=lambda field: scores[field], default=None)


def _can_be(field: Field, value: Cell) -> bool:
    return looks_like_date(value) if field in (Field.ORDER_DATE, Field.REQUESTED_DATE) else True


def _place(cell: Cell, agreement: Agreement) -> ShipTo | None:
    number = identifier_value(cell).value
    return agreement.ship_to(number) if number else None


def find_matrix(sample: Sample, agreement: Agreement | None) -> tuple[Matrix, tuple[Column, ...], str] | None:
    """Columns of numbers headed by places of the account, or by days; at least two of them."""
    counted = [column for column in sample.columns if column.header.strip() and _numbers(column)]
    if agreement is not None:
        places = {column.number: place for column in counted if (place := _named_place(column.header, agreement))}
        if len(places) >= 2 and len(set(places.values())) == len(places):
            columns = tuple(column for column in counted if column.number in places)
            words = {column.header.strip(): places[column.number] for column in columns}
            return Matrix(by="ship_to", places=words), columns, "its header is a delivery place of the account"
    days = tuple(column for column in counted if looks_like_date(sample.header.cells[column.number]))
    if len(days) >= 2:
        return Matrix(by="requested_date"), days, "its header is a day"
    return None


def sum_column(sample: Sample, matrix: tuple[Column, ...]) -> Column | None:
    """The column beside a matrix that has the sum of each row, in all but a few rows."""
    beside = {column.number for column in matrix}
    sums: dict[int, Decimal] = {}
    for one in matrix:
        for row, cell in one.cells.items():
            sums[row] = sums.get(row, Decimal(0)) + (number_of(cell) or 0)
    for column in sample.columns:
        if column.number in beside or not column.header.strip() or not column.cells:
            continue
        right = sum(number_of(cell) == sums.get(row, 0) for row, cell in column.cells.items())
        if right * 100 >= len(column.cells) * 80:
            return column
    return None


def _numbers(column: Column) -> bool:
    return all(number_of(cell) is not None or cell.text.strip() == "-" for cell in column.cells.values())


def _named_place(header: str, agreement: Agreement) -> str | None:
    """The one place of the account that a header names: by its number, its name, its town or its street."""
    key = header_key(header)
    exact = agreement.ship_to(header.strip())
    if exact is not None:
        return exact.ship_to
    if len(key) < 3:
        return None
    by_town = {place.ship_to for place in agreement.places if key == header_key(place.city)}
    by_name = {place.ship_to for place in agreement.places if key in header_key(f"{place.name} {place.street}")}
    for found in (by_town, by_name, by_town & by_name):
        if len(found) == 1:
            return next(iter(found))
    return None
