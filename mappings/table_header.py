"""Find the header rows of a table by their words: the best of a sheet, and every later one that begins a table anew."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from mappings.layout import IDENTIFIERS, Layout, header_key
from mappings.table_values import Remark, date_value, looks_like_date
from orders.findings import Finding, Severity, finding
from orders.findings.layouts import LAY005_COLUMN_TWICE, LAY006_COLUMN_TWICE, FieldName
from orders.location import Field, Location
from orders.purchase_order import Schedule
from parsers.tables.table import Cell, CellKind, Row, Table

SEARCHED_ROWS = 200
"""How deep below the top of a sheet its first header may stand."""

_NOT_NEEDED = (Field.LINE, Field.DESCRIPTION, Field.NOTE)
"""Fields on which nothing is decided."""


@dataclass
class Header:
    """A header of one or two rows, with the column of each field.

    ``words`` are the texts by column; ``matrix`` the columns of quantities with the place or the day of each.
    """

    table: Table
    first: Row
    last: Row
    words: dict[int, str]
    columns: dict[Field, int] = field(default_factory=dict)
    twice: list[tuple[Field, int]] = field(default_factory=list)
    matrix: dict[int, Schedule] = field(default_factory=dict)
    remarks: list[tuple[Cell, Remark]] = field(default_factory=list)
    joined: int = 0
    """How many columns are named by the two rows together and by neither alone."""

    @property
    def complete(self) -> bool:
        """An order can be read: something names the item, and something says how many."""
        return bool(self.quantity_columns) and any(one in self.columns for one in IDENTIFIERS)

    @property
    def score(self) -> tuple[bool, int]:
        """What makes one header better than another: that it is complete, then how much of it is known."""
        return self.complete, len(self.columns) + len(self.matrix)

    @cached_property
    def quantity_columns(self) -> tuple[int, ...]:
        """The columns that say how many. Asked for once the header is read."""
        one = (self.columns[Field.QUANTITY],) if Field.QUANTITY in self.columns else ()
        return (*one, *self.matrix)

    @cached_property
    def known_columns(self) -> frozenset[int]:
        """Every column that has a meaning. Asked for once the header is read."""
        return frozenset((*self.columns.values(), *(column for _, column in self.twice), *self.matrix))

    @cached_property
    def edge(self) -> int:
        """The last column that has a meaning."""
        return max(self.known_columns)

    def quantity_cells(self, row: Row) -> list[Cell]:
        """The cells of the row that say how many, in the order of the columns of the header."""
        if len(self.quantity_columns) <= len(row.cells):
            return [row.cells[column] for column in self.quantity_columns if column in row.cells]
        found = [cell for column, cell in row.cells.items() if column in self.matrix]
        total = row.cells.get(self.columns.get(Field.QUANTITY, 0))
        return ([] if total is None else [total]) + sorted(found)

    def same_columns(self, other: "Header") -> bool:
        """Whether this is the other header once more, as on the next page."""
        return self.columns == other.columns and self.matrix == other.matrix

    def place(self, column: int | None = None) -> Location:
        return self.table.location(self.last.number, column)


def find_header(table: Table, layout: Layout) -> Header | None:
    """The best header among the first rows, two fields at the least; the first of equals."""
    best: Header | None = None
    for row in table.rows[:SEARCHED_ROWS]:
        if layout.matrix is None and sum(layout.field_of(cell.text) is not None for cell in row.cells.values()) < 2:
            continue
        one = read_header(table, row, row, layout)
        if one.score[1] >= 2 and (best is None or one.score > best.score):
            best = one
    for one in _of_two_rows(table, layout):
        if best is None or one.score > best.score:
            best = one
    return best


def other_headers(header: Header, layout: Layout) -> Iterator[Header]:
    """Every other row of the table that is a complete header as well."""
    for row in header.table.rows:
        if header.first.number <= row.number <= header.last.number or not _may_be_header(row, header):
            continue
        one = read_header(header.table, row, row, layout)
        if one.complete:
            yield one


def _may_be_header(row: Row, header: Header) -> bool:
    """Whether nothing in the row is a quantity; nearly every row of a table is told apart by this one look."""
    if any(cell.kind is not CellKind.TEXT or cell.text[:1].isdigit() for cell in header.quantity_cells(row)):
        return False
    return len(row.cells) > 1


def read_header(table: Table, first: Row, last: Row, layout: Layout) -> Header:
    """The row, or the two rows, read as a header."""
    header = Header(table, first, last, {})
    parents = _Parents(table, first)
    for column in sorted({*first.cells, *last.cells}):
        named, text = _named(first, last, column, layout, parents)
        header.words[column] = text
        if named is None:
            _matrix_column(header, last.cells.get(column) or first.cells[column], text, layout)
        elif named[0] in header.columns:
            header.twice.append((named[0], column))
        else:
            header.columns[named[0]] = column
            header.joined += named[1]
    return header


def _named(
    first: Row, last: Row, column: int, layout: Layout, parents: "_Parents"
) -> tuple[tuple[Field, bool] | None, str]:
    """The field of a column, whether it takes both rows to name it, and the text that it is known by."""
    own = last.cells[column].text if column in last.cells else ""
    if first is last:
        one = layout.field_of(own)
        return (None if one is None else (one, False)), own
    over = first.cells[column].text if column in first.cells else ""
    above = parents.text(column) if own else over
    both = f"{above} {own}".strip()
    alone = layout.field_of(own) if own else layout.field_of(above)
    together = layout.field_of(both) if own and above else None
    if together is not None:
        return (together, alone is None), both
    return (None if alone is None else (alone, False)), own or above


class _Parents:
    """The texts that stand over the columns of a lower row; looked up only where there is a lower row."""

    def __init__(self, table: Table, row: Row) -> None:
        self._table = table
        self._row = row

    @cached_property
    def _over(self) -> dict[int, int]:
        """The first column of the merged cell over a column."""
        spans = [(left, right) for top, left, bottom, right in self._table.merged if top <= self._row.number <= bottom]
        over: dict[int, int] = {}
        done = 0
        for left, right in sorted(spans):
            over.update(dict.fromkeys(range(max(left, done + 1), right + 1), left))
            done = max(done, right)
        return over

    @cached_property
    def _filled(self) -> list[int]:
        return sorted(self._row.cells)

    def text(self, column: int) -> str:
        """The text above: in its own cell, in the merged cell over it, or in the last filled cell to the left."""
        first = self._over.get(column)
        if first is None:
            at = bisect_right(self._filled, column)
            first = self._filled[at - 1] if at else None
        return self._row.cells[first].text if first in self._row.cells else ""


def _of_two_rows(table: Table, layout: Layout) -> Iterator[Header]:
    """Pairs of rows of which at least one column is named only by both texts together."""
    rows = table.rows[:SEARCHED_ROWS]
    for first, last in pairwise(rows):
        ends = (header_key(cell.text) in layout.ends_of_headers for cell in last.cells.values())
        if last.number == first.number + 1 and first.cells and any(ends):
            one = read_header(table, first, last, layout)
            if one.joined and one.complete:
                yield one


def _matrix_column(header: Header, cell: Cell, text: str, layout: Layout) -> None:
    matrix = layout.matrix
    if matrix is None:
        return
    if matrix.by == "ship_to":
        place = layout.places_by_header.get(header_key(text))
        if place is not None:
            header.matrix[cell.column] = Schedule(ship_to=place)
        return
    if looks_like_date(cell):
        day, remarks = date_value(cell, layout.notation, header.table.epoch_1904)
        header.matrix[cell.column] = Schedule(day=day)
        header.remarks.extend((cell, remark) for remark in remarks)


def header_findings(header: Header) -> list[Finding]:
    """What is to be said about a header itself: fields that stand there twice, days that cannot be read."""
    found = [
        finding(remark.said, location=header.table.location(cell.row, cell.column), before=cell.text)
        for cell, remark in header.remarks
    ]
    for named, column in header.twice:
        about = FieldName(field=named)
        if named in _NOT_NEEDED:
            said = LAY006_COLUMN_TWICE(about)
            found.append(finding(said, location=header.place(column), severity=Severity.WARNING))
            continue
        found.append(finding(LAY005_COLUMN_TWICE(about), location=header.place(column)))
    return found
