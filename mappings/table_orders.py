"""Tables to purchase orders by a layout: read each row below the header, group rows by order."""

from dataclasses import dataclass, field
from decimal import Decimal

from mappings.layout import IDENTIFIERS, BlankQuantity, Layout, header_key
from mappings.mapped import MappedOrder
from mappings.row_reader import RowReader
from mappings.table_header import Header, choose_table
from mappings.table_values import Remark, number_value
from orders.findings import Finding, finding
from orders.location import CellLocation, Field, Location
from orders.purchase_order import ControlTotals, OrderLine, Party, PartyRole, PurchaseOrder
from orders.units import is_known, unit_code
from parsers.tables.table import Cell, Row, Table, TableFile, column_letters

_HEADER_FIELDS = (Field.PO_NUMBER, Field.ORDER_DATE, Field.REQUESTED_DATE, Field.CURRENCY, Field.SHIP_TO, Field.NOTE)


@dataclass(slots=True)
class MappedTables:
    """The orders of a file of tables, and what was noticed about the file as a whole."""

    orders: list[MappedOrder]
    findings: list[Finding]


def map_tables(file: TableFile, layout: Layout) -> MappedTables:
    """Every order that the layout finds in the file; never raises for what the file holds."""
    findings: list[Finding] = []
    header = choose_table(file, layout, findings)
    if header is None:
        return MappedTables([], findings)
    reading = _Reading(header, layout)
    return MappedTables(reading.read(), findings + reading.file_findings)


class TablePlaces:
    """Places of the values of one order of a table."""

    def __init__(self, table: Table, header: dict[Field, Cell], rows: list[Row], columns: dict[Field, int]) -> None:
        self._table = table
        self._header = header
        self._rows = rows
        self._columns = columns

    def of(self, field: Field, line: int | None = None) -> Location | None:
        """Place of a header value, of a value of a line, or of the line's row."""
        if line is None:
            cell = self._header.get(field)
            return None if cell is None else self._table.location(cell.row, cell.column)
        row = self._rows[line]
        column = self._columns.get(field)
        if column is not None and column in row.cells:
            return self._table.location(row.number, column)
        return self._table.location(row.number) if field is Field.LINE else None

    def row(self, line: int) -> CellLocation:
        """Place of the line's row."""
        return self._table.location(self._rows[line].number)


@dataclass(slots=True)
class _Lines:
    """What was gathered for one order."""

    header: dict[Field, Cell]
    rows: list[Row] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: int = 0
    total: Decimal | None = None
    total_cell: Cell | None = None


class _Reading:
    """Reads one table by one header."""

    def __init__(self, header: Header, layout: Layout) -> None:
        self.header = header
        self.layout = layout
        self.table = header.table
        self.file_findings: list[Finding] = []
        self.orders: dict[str | None, _Lines] = {}
        self.beside = self._cells_beside()
        self.units = {header_key(word): code for word, code in layout.units.items()}
        self.blank_rows: dict[str | None, list[int]] = {}
        self.ended = False
        """A total was seen: text below it is a note under the table, as text above the header is a letterhead."""

    def read(self) -> list[MappedOrder]:
        self._check_header()
        last: str | None = None
        for row in self.table.rows:
            if row.number <= self.header.row.number:
                continue
            last = self._row(row, last)
        for key, numbers in self.blank_rows.items():
            self._summarise_blank(self.orders[key], numbers)
        if not self.orders and self.beside:
            self.orders[None] = _Lines(dict(self.beside))
        return [self._mapped(lines) for lines in self.orders.values()]

    def _summarise_blank(self, lines: _Lines, numbers: list[int]) -> None:
        words = f"{len(numbers)} rows of the form have no quantity and were passed over."
        lines.findings.append(finding("QTY002", words, location=self.table.location(numbers[0])))

    def _check_header(self) -> None:
        for named, column in self.header.twice:
            place = self.table.location(self.header.row.number, column)
            words = f"Two columns are headed as {named.value.replace('_', ' ')}. Leave one of them."
            self.file_findings.append(finding("LAY005", words, location=place))
        known = set(self.header.columns.values()) | {column for _, column in self.header.twice}
        ignored = {header_key(word) for word in self.layout.ignore}
        for column in self._used_columns():
            cell = self.header.row.cells.get(column)
            if column in known or (cell is not None and header_key(cell.text) in ignored):
                continue
            name = (
                f"Column {column_letters(column)} ({cell.text.strip()})" if cell else f"Column {column_letters(column)}"
            )
            place = self.table.location(self.header.row.number, column)
            self.file_findings.append(finding("LAY006", f"{name} was not read.", location=place))

    def _used_columns(self) -> list[int]:
        first = self.header.row.number
        return sorted({column for row in self.table.rows if row.number >= first for column in row.cells})

    def _cells_beside(self) -> dict[Field, Cell]:
        """Header fields in cells beside the table: the next filled cell after a label in the same row."""
        found: dict[Field, Cell] = {}
        for row in self.table.rows:
            if row.number >= self.header.row.number:
                break
            cells = [row.cells[column] for column in sorted(row.cells)]
            for position, cell in enumerate(cells[:-1]):
                named = self.layout.cell_field_of(cell.text)
                if named is not None and self.layout.cell_field_of(cells[position + 1].text) is None:
                    found.setdefault(named, cells[position + 1])
        return found

    def _row(self, row: Row, last: str | None) -> str | None:
        """Take one row; gives the key of the order it belongs to."""
        cells = {named: row.cells[column] for named, column in self.header.columns.items() if column in row.cells}
        cells = {named: cell for named, cell in cells.items() if cell.text.strip() or cell.formula}
        if not any(cell.text.strip() for cell in row.cells.values()) and not cells:
            return last
        identified = any(one in cells for one in IDENTIFIERS)
        if not identified and self._is_total(row):
            self._total(row, cells, self._lines_of(last, cells))
            return last
        key = cells[Field.PO_NUMBER].text.strip() if Field.PO_NUMBER in cells else last
        lines = self._lines_of(key, cells)
        quantity = cells.get(Field.QUANTITY)
        if not identified and quantity is None:
            if not self.ended:
                self._not_understood(row, lines)
            return key
        if quantity is None and self.layout.blank_quantity is BlankQuantity.SKIP:
            lines.skipped += 1
            self.blank_rows.setdefault(key, []).append(row.number)
            return key
        self._line(row, cells, lines)
        return key

    def _lines_of(self, key: str | None, cells: dict[Field, Cell]) -> _Lines:
        if key not in self.orders:
            header = dict(self.beside)
            header.update({named: cells[named] for named in _HEADER_FIELDS if named in cells})
            self.orders[key] = _Lines(header)
        return self.orders[key]

    def _is_total(self, row: Row) -> bool:
        words = {header_key(word) for word in self.layout.total_words}
        return any(header_key(cell.text) in words for cell in row.cells.values())

    def _total(self, row: Row, cells: dict[Field, Cell], lines: _Lines) -> None:
        self.ended = True
        lines.skipped += 1
        cell = cells.get(Field.QUANTITY)
        if cell is not None:
            lines.total, lines.total_cell = number_value(cell, self.layout.notation).value, cell
        words = f"Row {row.number} was taken as the total of the lines above."
        lines.findings.append(finding("LAY012", words, location=self.table.location(row.number)))

    def _not_understood(self, row: Row, lines: _Lines) -> None:
        text = " ".join(row.cells[column].text.strip() for column in sorted(row.cells))[:70]
        words = f"Row {row.number} has text but neither an item nor a quantity. Move notes above the table."
        lines.findings.append(finding("LAY013", words, location=self.table.location(row.number), before=text))

    def _line(self, row: Row, cells: dict[Field, Cell], lines: _Lines) -> None:
        read = RowReader(self.table, self.layout, cells, len(lines.lines) + 1)
        quantity = read.number(Field.QUANTITY)
        if quantity == 0 and self.layout.blank_quantity is BlankQuantity.SKIP:
            lines.skipped += 1
            words = f"Row {row.number} has the quantity 0 and was passed over."
            place = self.table.location(row.number, self.header.columns[Field.QUANTITY])
            lines.findings.append(finding("QTY002", words, location=place, before=cells[Field.QUANTITY].text))
            return
        price = read.number(Field.UNIT_PRICE)
        own_date = Field.REQUESTED_DATE in cells
        line = OrderLine(
            number=read.text(Field.LINE) or str(row.number),
            item=read.identifier(Field.ITEM),
            gtin=read.identifier(Field.GTIN),
            buyer_item=read.identifier(Field.BUYER_ITEM),
            description=read.text(Field.DESCRIPTION),
            quantity=quantity,
            unit=self._unit(read),
            unit_price=price,
            price_basis=(read.number(Field.PRICE_BASIS) or self.layout.price_basis) if price is not None else None,
            amount=read.number(Field.AMOUNT),
            requested_date=read.day(Field.REQUESTED_DATE) if own_date else None,
            note=read.text(Field.NOTE),
        )
        if row.fields is not None and self.header.row.fields is not None and row.fields != self.header.row.fields:
            words = (
                f"Row {row.number} has {row.fields} fields, the header {self.header.row.fields}. Check the delimiters."
            )
            read.findings.append(finding("LAY013", words, location=self.table.location(row.number), line=read.line))
        if row.hidden:
            words = f"Row {row.number} is hidden but has a quantity. Show it, or remove the quantity."
            read.findings.append(finding("LAY008", words, location=self.table.location(row.number), line=read.line))
        self._merged(row, read)
        lines.rows.append(row)
        lines.lines.append(line)
        lines.findings.extend(read.findings)

    def _merged(self, row: Row, read: "RowReader") -> None:
        key_columns = {self.header.columns[one] for one in (*IDENTIFIERS, Field.QUANTITY) if one in self.header.columns}
        for first_row, first_column, last_row, last_column in self.table.merged:
            if first_row <= row.number <= last_row and any(
                first_column <= column <= last_column for column in key_columns
            ):
                words = f"Row {row.number} has merged cells in the item or the quantity. Split them."
                place = self.table.location(row.number, first_column)
                read.findings.append(finding("LAY009", words, location=place, line=read.line))

    def _unit(self, read: "RowReader") -> str | None:
        text = read.text(Field.UNIT)
        if text is None or is_known(text):
            return text
        code = self.units.get(header_key(text)) or unit_code(text)
        if code is None:
            return text
        if code != text:
            read.remark(Field.UNIT, Remark("NRM008", f"{text} was read as {code}.", code))
        return code

    def _mapped(self, lines: _Lines) -> MappedOrder:
        read = RowReader(self.table, self.layout, lines.header, None)
        ship_to = read.identifier(Field.SHIP_TO)
        order = PurchaseOrder(
            po_number=read.identifier(Field.PO_NUMBER),
            order_date=read.day(Field.ORDER_DATE),
            requested_date=read.day(Field.REQUESTED_DATE) if Field.REQUESTED_DATE in self.beside else None,
            currency=read.text(Field.CURRENCY) or self.layout.currency,
            parties=(Party(role=PartyRole.DELIVERY_PARTY, identifier=ship_to),) if ship_to else (),
            note=read.text(Field.NOTE) if Field.NOTE in self.beside else None,
            totals=ControlTotals(quantity=lines.total),
            lines=tuple(lines.lines),
            skipped=lines.skipped,
        )
        header = dict(lines.header)
        if lines.total_cell is not None:
            header[Field.QUANTITY_TOTAL] = lines.total_cell
        places = TablePlaces(self.table, header, lines.rows, self.header.columns)
        return MappedOrder(order, places, read.findings + lines.findings)
