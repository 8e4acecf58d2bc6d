"""One row of a table to one order line: its values, its quantity or its quantities by place or by day."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from mappings.layout import IDENTIFIERS, BlankQuantity, Layout, header_key
from mappings.merged_cells import MergedRows
from mappings.row_reader import RowReader
from mappings.table_header import Header
from mappings.table_values import Remark
from orders.findings import Finding, finding
from orders.findings.heads import HDR016_COLUMNS_OF_ROW, HDR016_COLUMNS_OF_ROW_UNREAD, Stated, StatedAndCounted
from orders.findings.layouts import (
    LAY008_HIDDEN_COLUMN,
    LAY008_HIDDEN_ROW,
    LAY009_MERGED_KEY,
    LAY013_OTHER_WIDTH,
    ColumnName,
    RowWidth,
)
from orders.findings.normalised import NRM008_UNIT_READ, UnitRead
from orders.findings.parameters import RowNumber
from orders.findings.quantities import QTY002_ZERO_ROW
from orders.location import Field
from orders.purchase_order import OrderLine, Schedule
from orders.units import is_known, unit_code
from parsers.tables.table import Cell, Row, column_letters


class Part(NamedTuple):
    """One quantity of a matrix: its cell, and the place or the day that its column is for."""

    cell: Cell
    column: Schedule


class ReadLine(NamedTuple):
    """A line, or None where the row asks for nothing, with the cells of its values and what was noticed.

    ``bare`` are its identifiers that stood as numbers, so that leading zeros may be gone.
    """

    line: OrderLine | None
    cells: Mapping[Field, Cell]
    findings: list[Finding]
    bare: Collection[Field] = ()


class LineReader:
    """Reads the rows under one header."""

    def __init__(self, header: Header, layout: Layout) -> None:
        self.header = header
        self.layout = layout
        self.table = header.table
        self.units = {header_key(word): code for word, code in layout.units.items()}
        merged = header.table.merged
        keys = {header.columns[one] for one in IDENTIFIERS if one in header.columns} | set(header.quantity_columns)
        self.merged_keys = MergedRows(merged, keys)
        self.merged_beside = MergedRows(merged, header.known_columns - keys)
        self.merged_fields = {
            one: MergedRows(merged, {header.columns[one]})
            for one in (*IDENTIFIERS, Field.QUANTITY)
            if self.merged_keys and one in header.columns
        }
        self.rows_merged_beside: list[int] = []
        """Rows that were read although other cells than item and quantity are merged in them."""

    def quantity_cells(self, row: Row) -> list[Cell]:
        """The cells of the row that say how many."""
        return [cell for cell in self.header.quantity_cells(row) if cell.text.strip() or cell.formula]

    def has_merged_key(self, row: Row) -> bool:
        """Whether the item or the quantity of the row is merged with other cells."""
        return row.number in self.merged_keys

    def parts(self, row: Row) -> tuple[Part, ...]:
        """The filled cells of the matrix, where the table has one; zeros ask for nothing beside another quantity."""
        filled = [cell for cell in self.quantity_cells(row) if cell.column in self.header.matrix]
        asking = [cell for cell in filled if cell.text.strip() not in ("0", "-") or cell.formula]
        return tuple(Part(cell, self.header.matrix[cell.column]) for cell in asking or filled)

    def stated_quantity(self, read: RowReader, row: Row) -> Decimal | None:
        """The quantity in a total row: of the quantity column, else of all columns of the matrix."""
        cells = self.quantity_cells(row)
        total = self.header.columns.get(Field.QUANTITY)
        wanted = [cell for cell in cells if cell.column == total] or cells
        numbers = [read.number_in(cell, is_quantity=True) for cell in wanted if not (cell.formula and not cell.text)]
        known = [number for number in numbers if number is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None

    def read(
        self, row: Row, cells: dict[Field, Cell], parts: tuple[Part, ...], number: int, elsewhere: str | None
    ) -> ReadLine:
        """The line of a row, the ``number``-th of its order; ``elsewhere`` is its place if not the order's."""
        read = RowReader(self.table, self.layout, cells, number)
        if parts:
            cells = {Field.QUANTITY: parts[0].cell, **cells}
        quantity, schedules = self._quantity(read, parts, elsewhere)
        if quantity == 0 and self.layout.blank_quantity is BlankQuantity.SKIP:
            cell = cells[Field.QUANTITY]
            said = QTY002_ZERO_ROW(RowNumber(row=row.number))
            place = self.table.location(row.number, cell.column)
            return ReadLine(None, cells, [finding(said, location=place, before=cell.text)])
        price = read.number(Field.UNIT_PRICE)
        basis = read.number(Field.PRICE_BASIS) or self.layout.defaults.price_basis
        numbered = read.text(Field.LINE)
        line = OrderLine(
            number=numbered or str(row.number),
            numbered=numbered is not None,
            item=read.identifier(Field.ITEM),
            gtin=read.identifier(Field.GTIN),
            buyer_item=read.identifier(Field.BUYER_ITEM),
            description=read.text(Field.DESCRIPTION),
            quantity=quantity,
            unit=self._unit(read),
            unit_price=price,
            price_basis=basis if price is not None else None,
            amount=read.number(Field.AMOUNT),
            requested_date=read.day(Field.REQUESTED_DATE),
            schedules=schedules,
            note=read.text(Field.NOTE),
        )
        self._doubts(row, read)
        self._hidden_columns(row, read, cells, parts)
        if self.has_merged_key(row):
            cells = {**self._hidden_by_merging(row, cells), **cells}
        return ReadLine(line, cells, read.findings, read.bare)

    def _quantity(
        self, read: RowReader, parts: tuple[Part, ...], elsewhere: str | None
    ) -> tuple[Decimal | None, tuple[Schedule, ...]]:
        if not self.header.matrix:
            quantity = read.number(Field.QUANTITY)
            return quantity, (Schedule(quantity=quantity, ship_to=elsewhere),) if elsewhere else ()
        numbers = [read.number_in(part.cell, is_quantity=True) for part in parts]
        schedules = tuple(
            Schedule(quantity=number, day=part.column.day, ship_to=part.column.ship_to or elsewhere)
            for part, number in zip(parts, numbers, strict=True)
            if part.column.day or part.column.ship_to or elsewhere
        )
        known = [number for number in numbers if number is not None]
        quantity = sum(known, Decimal(0)) if known and len(known) == len(numbers) else None
        if Field.QUANTITY in read.cells and (quantity is not None or not parts):
            self._compare(read, quantity)
        return quantity, schedules

    def _compare(self, read: RowReader, quantity: Decimal | None) -> None:
        """The total of a row beside its matrix."""
        stated = read.number(Field.QUANTITY)
        if stated is None or stated == quantity or (quantity is None and stated == 0):
            return
        if quantity is None:
            said = HDR016_COLUMNS_OF_ROW_UNREAD(Stated(stated=stated))
        else:
            said = HDR016_COLUMNS_OF_ROW(StatedAndCounted(stated=stated, counted=quantity))
        read.remark(Field.QUANTITY, Remark(said))

    def _unit(self, read: RowReader) -> str | None:
        text = read.text(Field.UNIT)
        if text is None and Field.UNIT not in read.cells:
            return self.layout.defaults.unit
        if text is None or is_known(text):
            return text
        code = self.units.get(header_key(text)) or unit_code(text)
        if code is None:
            return text
        if code != text:
            read.remark(Field.UNIT, Remark(NRM008_UNIT_READ(UnitRead(sent=text, unit=code)), code))
        return code

    def _doubts(self, row: Row, read: RowReader) -> None:
        """What in the row, beside its values, is a reason to ask."""
        place, width = self.table.location(row.number), self.header.last.fields
        number = RowNumber(row=row.number)
        if row.fields is not None and width is not None and row.fields != width:
            said = LAY013_OTHER_WIDTH(RowWidth(row=row.number, fields=row.fields, header=width))
            read.findings.append(finding(said, location=place, line=read.line))
        if row.hidden:
            read.findings.append(finding(LAY008_HIDDEN_ROW(number), location=place, line=read.line))
        if self.has_merged_key(row):
            first = next((one for one, rows in self.merged_fields.items() if row.number in rows), None)
            merged = self.table.location(row.number, None if first is None else self.header.columns[first])
            read.findings.append(finding(LAY009_MERGED_KEY(number), location=merged, line=read.line))
        elif row.number in self.merged_beside:
            self.rows_merged_beside.append(row.number)

    def _hidden_columns(self, row: Row, read: RowReader, cells: Mapping[Field, Cell], parts: tuple[Part, ...]) -> None:
        """A quantity that the sender may not have seen."""
        total = cells.get(Field.QUANTITY)
        for column in sorted({one.column for one in (total, *(part.cell for part in parts)) if one is not None}):
            if self.table.hides(column):
                said = LAY008_HIDDEN_COLUMN(ColumnName(column=column_letters(column)))
                place = self.table.location(row.number, column)
                read.findings.append(finding(said, location=place, line=read.line))

    def _hidden_by_merging(self, row: Row, cells: Mapping[Field, Cell]) -> dict[Field, Cell]:
        """An empty cell for each key that the row lacks: what is missing there is not the sender's slip."""
        return {
            named: Cell(row.number, self.header.columns[named], "")
            for named, rows in self.merged_fields.items()
            if named not in cells and row.number in rows
        }
