"""Tables to purchase orders by a layout: read each row below the header, group rows by order."""

from dataclasses import dataclass, field
from decimal import Decimal

from mappings.block_remarks import header_chosen, merged_beside, unread_columns
from mappings.layout import IDENTIFIERS, BlankQuantity, Layout, OrdersBy, header_key
from mappings.mapped import MappedOrder
from mappings.row_reader import RowReader
from mappings.table_choice import Block, choose_blocks
from mappings.table_header import header_findings
from mappings.table_lines import LineReader, Part
from mappings.table_places import PlacedLine, TablePlaces
from mappings.table_totals import StatedTotal, subtotals_agree, total_of_order, total_of_several
from mappings.table_values import Remark, identifier_value
from orders.findings import Finding, Severity, finding
from orders.findings.dates import DAT001_ROWS_DIFFER
from orders.findings.documents import DOC009_NO_ROW_BELOW_HEADER
from orders.findings.heads import HDR004_ROWS_DIFFER
from orders.findings.layouts import LAY012_LINE_OR_TOTAL, LAY012_TOTAL_ROW, LAY013_TEXT_ROW
from orders.findings.normalised import NRM010_NUMBER_WITH_PLACE
from orders.findings.parameters import FieldTwice, Number, OrderNumber, RowNumber
from orders.findings.quantities import QTY002_BLANK_ROWS
from orders.location import Field
from orders.purchase_order import ControlTotals, OrderFunction, OrderLine, OrderType, Party, PartyRole, PurchaseOrder
from parsers.tables.table import Cell, Row, Table, TableFile

_OF_ORDER = (Field.PO_NUMBER, Field.ORDER_DATE, Field.CURRENCY, Field.SHIP_TO)
"""Columns that speak of the order; those of date and note speak of the line."""

_CARRIED = (Field.PO_NUMBER, Field.SHIP_TO)
"""Columns in which an empty cell means the same as above."""


@dataclass(slots=True)
class MappedTables:
    """The orders of a file of tables, and what was noticed about the file as a whole."""

    orders: list[MappedOrder]
    findings: list[Finding]


class LostLine(Exception):
    """A fault of ours: a row was read, and no order has it."""


def map_tables(file: TableFile, layout: Layout) -> MappedTables:
    """Every order that the layout finds in the file; never raises for what the file holds.

    Errors: LostLine, where the orders do not have every line that was read.
    """
    findings: list[Finding] = []
    blocks = choose_blocks(file, layout, findings)
    if not blocks:
        return MappedTables([], findings)
    reading = _Reading(blocks[0].header.table, layout)
    if layout.confirmed:  # of a proposal it is said with the evidence for it
        findings += header_chosen(blocks[0].header)
    for block in blocks:
        findings += header_findings(block.header)
        findings += unread_columns(block, layout)
        reading.read(block)
        findings += merged_beside(block, reading.reader.rows_merged_beside)
    orders = reading.mapped()
    if not orders:
        findings.append(finding(DOC009_NO_ROW_BELOW_HEADER(), location=blocks[0].header.place()))
    kept = sum(one.order.read for one in orders)
    if kept != reading.read_lines:
        raise LostLine(f"{reading.read_lines} lines were read, the orders have {kept}")
    return MappedTables(orders, findings)


@dataclass(slots=True)
class _Lines:
    """What was gathered for one order. ``place`` is its delivery place, with which that of each line is compared."""

    header: dict[Field, Cell]
    place: str | None
    lines: list[OrderLine] = field(default_factory=list)
    placed: list[PlacedLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    totals: list[StatedTotal] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    skipped: int = 0


_Key = tuple[str | None, str | None]
"""Order number and, where each place has an order of its own, the place."""


class _Reading:
    """Reads the tables of one sheet, one block after the other, into orders."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table = table
        self.layout = layout
        self.orders: dict[_Key, _Lines] = {}
        self.by_place = layout.orders_by is OrdersBy.SHIP_TO
        self.total_words = {header_key(word) for word in layout.total_words}
        self.read_lines = 0
        """Rows that are lines, totals or empty rows of a form, counted as they come; the orders must have them all."""

    def read(self, block: Block) -> None:
        """Take every row of a block."""
        self.block = block
        self.reader = LineReader(block.header, self.layout)
        self.carried = {named: cell for named, cell in block.beside.items() if named in _CARRIED}
        self.since_total: dict[_Key, int] = {}
        self.ended = False
        """A total was seen: text below it is a note under the table, as text above the header is a letterhead."""
        for row in block.rows:
            self._row(row)
        if not self.orders and block.beside:
            self._lines_of({})

    def mapped(self) -> list[MappedOrder]:
        """The orders that were read."""
        return [self._mapped(key, lines) for key, lines in self.orders.items()]

    def _row(self, row: Row) -> None:
        columns = self.block.header.columns
        cells = {named: row.cells[column] for named, column in columns.items() if column in row.cells}
        cells = {named: cell for named, cell in cells.items() if cell.text.strip() or cell.formula}
        if not cells and not any(cell.text.strip() for cell in row.cells.values()):
            return
        identified = any(one in cells for one in IDENTIFIERS)
        quantities = self.reader.quantity_cells(row)
        says_total = self._is_total(row)
        if says_total and (not identified or self._only_total(cells)):
            self._total(row, bool(quantities))
            return
        if not identified and not quantities and self.orders:
            # Words in the column of the order number, as in a footnote, begin no order.
            if not self.ended:
                self._not_understood(row, self._lines_of({}))
            return
        self.carried.update({named: cells[named] for named in _CARRIED if named in cells})
        if not identified and not quantities:
            self._not_understood(row, self._lines_of(cells))
        elif self._asks_for_nothing(row, quantities):
            self.read_lines += 1
            lines = self._lines_of(cells)
            lines.skipped += 1
            lines.blank_rows.append(row.number)
        else:
            self._take(row, cells, says_total)

    def _asks_for_nothing(self, row: Row, quantities: list[Cell]) -> bool:
        """Whether it is a row of a form that was left empty. Where the quantity is merged, nobody can tell."""
        blank = not quantities and self.layout.blank_quantity is BlankQuantity.SKIP
        return blank and not self.reader.has_merged_key(row)

    def _take(self, row: Row, cells: dict[Field, Cell], says_total: bool) -> None:
        """Take a row with an item: one line, or one for each place of a matrix where each place has an order."""
        self.doubt = self._may_be_total(row) if says_total else None
        parts = self.reader.parts(row)
        if not (self.by_place and any(part.column.ship_to for part in parts)):
            self.read_lines += 1
            self._line(row, cells, parts, self._key(), self._lines_of(cells))
            return
        self.read_lines += len(parts)
        for part in parts:
            key = self._key(part.column.ship_to)
            alone = part._replace(column=part.column.model_copy(update={"ship_to": None}))
            self._line(row, cells, (alone,), key, self._lines_of(cells, key))

    def _line(self, row: Row, cells: dict[Field, Cell], parts: tuple[Part, ...], key: _Key, lines: _Lines) -> None:
        elsewhere = None if self.by_place else self._carried_place()
        number = len(lines.lines) + 1
        result = self.reader.read(row, cells, parts, number, elsewhere if elsewhere != lines.place else None)
        lines.findings += result.findings
        if result.line is None:
            lines.skipped += 1
            return
        lines.findings += self._against_head(cells, lines, number)
        lines.findings += [self.doubt.model_copy(update={"line": number})] if self.doubt else []
        lines.lines.append(result.line)
        lines.placed.append(PlacedLine(row.number, result.cells, self.block.header.columns, result.bare))
        self.since_total.setdefault(key, number - 1)

    def _against_head(self, cells: dict[Field, Cell], lines: _Lines, number: int) -> list[Finding]:
        """What to say of a row that gives its order another currency, date or place than the first row did."""
        read = RowReader(self.table, self.layout, cells, number)
        for named in _OF_ORDER:
            cell, first = cells.get(named), lines.header.get(named)
            if cell is None or first is None or cell.text.strip() == first.text.strip():
                continue
            if named is Field.SHIP_TO:
                read.identifier(named)
            elif named is not Field.PO_NUMBER:
                differ = HDR004_ROWS_DIFFER if named is Field.CURRENCY else DAT001_ROWS_DIFFER
                twice = FieldTwice(field=named, here=cell.text.strip(), first=first.text.strip())
                read.remark(named, Remark(differ(twice)))
        return read.findings

    def _carried_place(self) -> str | None:
        cell = self.carried.get(Field.SHIP_TO)
        return self.layout.defaults.ship_to if cell is None else identifier_value(cell).value

    def _key(self, place: str | None = None) -> _Key:
        number = self.carried.get(Field.PO_NUMBER)
        text = None if number is None else number.text.strip()
        return text, (place or self._carried_place()) if self.by_place else None

    def _lines_of(self, cells: dict[Field, Cell], key: _Key | None = None) -> _Lines:
        key = key or self._key()
        if key not in self.orders:
            own = {named: cells[named] for named in _OF_ORDER if named in cells}
            header = {**self.block.beside, **own, **self.carried}
            self.orders[key] = _Lines(header, key[1] if self.by_place else self._carried_place())
        return self.orders[key]

    def _is_total(self, row: Row) -> bool:
        return not self.total_words.isdisjoint([header_key(cell.text) for cell in row.cells.values()])

    def _only_total(self, cells: dict[Field, Cell]) -> bool:
        """Whether the word for a total stands in the column of the items, with nothing that an item would have."""
        numbers = [cells[one].text for one in IDENTIFIERS if one in cells]
        named = Field.UNIT in cells or Field.DESCRIPTION in cells
        return not named and all(header_key(text) in self.total_words for text in numbers)

    def _may_be_total(self, row: Row) -> Finding:
        """What holds a row that has an item and a word for a total: it may be either."""
        said = LAY012_LINE_OR_TOTAL(RowNumber(row=row.number))
        return finding(said, location=self.table.location(row.number), severity=Severity.HOLD)

    def _total(self, row: Row, stated: bool) -> None:
        self.ended = True
        self.read_lines += 1
        of = [self.orders[key] for key in self.since_total] or [self._lines_of({})]
        last = of[-1]
        last.skipped += 1
        said = LAY012_TOTAL_ROW(RowNumber(row=row.number))
        last.findings.append(finding(said, location=self.table.location(row.number)))
        read = RowReader(self.table, self.layout, {}, None)
        quantity = self.reader.stated_quantity(read, row) if stated else None
        last.findings += read.findings
        if quantity is not None:
            self._compare_total(self.reader.quantity_cells(row)[0], quantity, of)
        self.since_total = {}

    def _compare_total(self, cell: Cell, quantity: Decimal, of: list[_Lines]) -> None:
        if len(of) == 1:
            (lines,) = of
            first = min(self.since_total.values(), default=len(lines.lines))
            lines.totals.append(StatedTotal(quantity, cell, first, len(lines.lines)))
            return
        summed = [self.orders[key].lines[first:] for key, first in self.since_total.items()]
        wrong = total_of_several(self.table, cell, quantity, summed)
        for lines in of if wrong else ():
            lines.findings += [wrong] if wrong else []

    def _not_understood(self, row: Row, lines: _Lines) -> None:
        text = " ".join(row.cells[column].text.strip() for column in sorted(row.cells))[:70]
        said = LAY013_TEXT_ROW(RowNumber(row=row.number))
        lines.findings.append(finding(said, location=self.table.location(row.number), before=text))

    def _mapped(self, key: _Key, lines: _Lines) -> MappedOrder:
        read = RowReader(self.table, self.layout, lines.header, None)
        sent = read.identifier(Field.SHIP_TO)
        place = lines.place if self.by_place else sent or self.layout.defaults.ship_to
        total = total_of_order(lines.totals, lines.lines)
        order = PurchaseOrder(
            po_number=self._number(read, key[1]),
            type=OrderType.ORDER,
            function=OrderFunction.ORIGINAL,
            order_date=read.day(Field.ORDER_DATE),
            requested_date=read.day(Field.REQUESTED_DATE),
            currency=read.text(Field.CURRENCY) or self.layout.defaults.currency,
            parties=(Party(role=PartyRole.DELIVERY_PARTY, identifier=place),) if place else (),
            note=read.text(Field.NOTE),
            totals=ControlTotals(quantity=total.quantity if total else None),
            lines=tuple(lines.lines),
            skipped=lines.skipped,
        )
        header = dict(lines.header)
        if total is not None:
            header[Field.QUANTITY_TOTAL] = total.cell
        else:
            lines.findings += subtotals_agree(self.table, lines.totals, lines.lines)
        if lines.blank_rows:
            said = QTY002_BLANK_ROWS(Number(number=len(lines.blank_rows)))
            lines.findings.append(finding(said, location=self.table.location(lines.blank_rows[0])))
        places = TablePlaces(self.table, header, lines.placed)
        return MappedOrder(order, places, read.findings + lines.findings)

    def _number(self, read: RowReader, place: str | None) -> str | None:
        """The order number; with its place behind it where each place has an order of its own under one number."""
        number = read.identifier(Field.PO_NUMBER)
        if number is None or place is None:
            return number
        own = f"{number}/{place}"
        read.remark(Field.PO_NUMBER, Remark(NRM010_NUMBER_WITH_PLACE(OrderNumber(number=own)), own))
        return own
