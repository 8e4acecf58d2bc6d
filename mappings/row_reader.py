"""Read the cells of one row as typed values; what is to be said about them becomes findings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mappings.layout import Layout
from mappings.table_numbers import number_value
from mappings.table_values import (
    Remark,
    Text,
    date_value,
    identifier_value,
    may_lack_zeros,
    of_width,
    text_value,
)
from orders.findings import Case, Finding, Statement, finding
from orders.findings.characters import CHR004_ENCODING_UNKNOWN
from orders.findings.normalised import (
    NRM004_NOT_A_NUMBER,
    NRM004_NOT_DIGITS,
    NRM004_TOO_LARGE,
    NRM004_TURNED_INTO_DATE,
)
from orders.findings.quantities import (
    QTY001_NOT_A_NUMBER,
    QTY001_NOT_DIGITS,
    QTY001_TOO_LARGE,
    QTY001_TURNED_INTO_DATE,
)
from orders.location import Field
from parsers.tables.table import Cell, Table

_OF_OTHER_NUMBERS: Mapping[Case[Any], Case[Any]] = {
    QTY001_NOT_A_NUMBER: NRM004_NOT_A_NUMBER,
    QTY001_NOT_DIGITS: NRM004_NOT_DIGITS,
    QTY001_TOO_LARGE: NRM004_TOO_LARGE,
    QTY001_TURNED_INTO_DATE: NRM004_TURNED_INTO_DATE,
}
"""What is said of a quantity that is no number, and what of any other number: that one is uncertain."""


class RowReader:
    """Reads the cells of one row (or of the header fields) and gathers the remarks as findings."""

    def __init__(self, table: Table, layout: Layout, cells: dict[Field, Cell], line: int | None) -> None:
        self.table = table
        self.layout = layout
        self.cells = cells
        self.line = line
        self.findings: list[Finding] = []
        self.bare: set[Field] = set()
        """Identifiers that stood as numbers, so that leading zeros may be gone."""

    def text(self, named: Field) -> str | None:
        return self._read(named, text_value)

    def identifier(self, named: Field) -> str | None:
        cell = self.cells.get(named)
        if cell is not None and not self.table.encoding_certain and not cell.text.isascii():
            self.remark(named, Remark(CHR004_ENCODING_UNKNOWN()))
        digits = next((width for name, width in self.layout.digits.items() if name == named.value), None)
        if digits is None and cell is not None and may_lack_zeros(cell):
            self.bare.add(named)
        return self._read(named, identifier_value if digits is None else lambda cell: _wide(cell, digits))

    def number(self, named: Field) -> Decimal | None:
        cell = self.cells.get(named)
        return None if cell is None else self.number_in(cell, is_quantity=named is Field.QUANTITY)

    def number_in(self, cell: Cell, is_quantity: bool) -> Decimal | None:
        """The number in any cell of the row, as in a column of a matrix."""
        value, remarks = number_value(cell, self.layout.notation)
        for remark in remarks:
            self.remark_at(cell, remark if is_quantity else remark._replace(said=_of_other_number(remark.said)))
        return value

    def day(self, named: Field) -> date | None:
        cell = self.cells.get(named)
        if cell is None:
            return None
        value, remarks = date_value(cell, self.layout.notation, self.table.epoch_1904)
        self._remarks(named, remarks)
        return value

    def _read(self, named: Field, reader: Callable[[Cell], tuple[str | None, tuple[Remark, ...]]]) -> str | None:
        cell = self.cells.get(named)
        if cell is None:
            return None
        value, remarks = reader(cell)
        self._remarks(named, remarks)
        return value

    def _remarks(self, named: Field, remarks: Iterable[Remark]) -> None:
        for remark in remarks:
            self.remark(named, remark)

    def remark(self, named: Field, remark: Remark) -> None:
        self.remark_at(self.cells[named], remark)

    def remark_at(self, cell: Cell, remark: Remark) -> None:
        """Say something about a cell of the row."""
        place = self.table.location(cell.row, cell.column)
        self.findings.append(
            finding(
                remark.said,
                location=place,
                before=cell.text,
                after=remark.after,
                candidates=remark.candidates,
                line=self.line,
            )
        )


def _of_other_number(said: Statement) -> Statement:
    other = next((case for quantity, case in _OF_OTHER_NUMBERS.items() if said.says(quantity)), None)
    return said if other is None else other(said.params)


def _wide(cell: Cell, digits: int) -> Text:
    return of_width(identifier_value(cell), digits)
