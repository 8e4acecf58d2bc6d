"""Where the values of an order that came as a table stand in it."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from orders.location import CellLocation, Field, Location
from parsers.tables.table import Cell, Table


class PlacedLine(NamedTuple):
    """A line's row, the cells of its values, the columns of its table by field, and its identifiers that stood as
    numbers without a width.
    """

    row: int
    cells: Mapping[Field, Cell]
    columns: Mapping[Field, int]
    bare: Collection[Field] = ()


class TablePlaces:
    """Places of the values of one order of a table."""

    def __init__(self, table: Table, header: Mapping[Field, Cell], lines: Sequence[PlacedLine]) -> None:
        self._table = table
        self._header = header
        self._lines = lines

    def of(self, field: Field, line: int | None = None) -> Location | None:
        """Place of a header value, of a value of a line, or of the line's row."""
        if line is None:
            cell = self._header.get(field)
        else:
            cell = self._lines[line].cells.get(field)
            if cell is None and field is Field.LINE:
                return self._table.location(self._lines[line].row)
        return None if cell is None else self._table.location(cell.row, cell.column)

    def room(self, field: Field, line: int) -> Location | None:
        """Place of the empty cell of the line in the column of this field."""
        placed = self._lines[line]
        column = placed.columns.get(field)
        return None if column is None else self._table.location(placed.row, column)

    def bare(self, line: int) -> Collection[Field]:
        """Identifiers of the line that stood as numbers, so that leading zeros may be gone."""
        return self._lines[line].bare

    def row(self, line: int) -> CellLocation:
        """Place of the line's row."""
        return self._table.location(self._lines[line].row)
