"""Read the cells of one row as typed values; what is to be said about them becomes findings."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from mappings.layout import Layout
from mappings.table_values import Remark, date_value, identifier_value, number_value, text_value
from orders.findings import Finding, finding
from orders.location import Field
from parsers.tables.table import Cell, Table


class RowReader:
    """Reads the cells of one row (or of the header fields) and gathers the remarks as findings."""

    def __init__(self, table: Table, layout: Layout, cells: dict[Field, Cell], line: int | None) -> None:
        self.table = table
        self.layout = layout
        self.cells = cells
        self.line = line
        self.findings: list[Finding] = []

    def text(self, named: Field) -> str | None:
        return self._read(named, text_value)

    def identifier(self, named: Field) -> str | None:
        return self._read(named, identifier_value)

    def number(self, named: Field) -> Decimal | None:
        cell = self.cells.get(named)
        if cell is None:
            return None
        value, remarks = number_value(cell, self.layout.notation)
        for remark in remarks:
            # "Quantity is not a number" is said of quantities only; any other number that cannot be read is uncertain.
            is_other = remark.code == "QTY001" and named is not Field.QUANTITY
            self.remark(named, remark._replace(code="NRM004") if is_other else remark)
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
        cell = self.cells[named]
        place = self.table.location(cell.row, cell.column)
        self.findings.append(
            finding(remark.code, remark.words, location=place, before=cell.text, after=remark.after, line=self.line)
        )
