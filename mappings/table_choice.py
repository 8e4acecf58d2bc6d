"""Choose what to read of a file: the one sheet that fits the layout, and the tables of order lines on it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from mappings.layout import IDENTIFIERS, Layout, Tables
from mappings.table_header import Header, find_header, other_headers
from orders.findings import Finding, Severity, finding
from orders.findings.documents import DOC008_ROWS, RowsAndLimit
from orders.findings.layouts import (
    LAY001_NO_SUCH_SHEET,
    LAY001_NO_SUCH_SHEET_SHOWN,
    LAY001_NO_TABLE,
    LAY001_NO_TABLE_ON_SHEETS,
    LAY003_SEVERAL_SHEETS,
    LAY003_SEVERAL_TABLES,
    LAY003_TOO_MANY_TABLES,
    LAY004_NO_ITEM_COLUMN,
    LAY004_NO_QUANTITY_COLUMN,
    LAY005_CELL_TWICE,
    LAY007_HIDDEN_SHEET,
    FieldInCells,
    SheetAmong,
    SheetName,
    SheetNames,
    TwoRows,
)
from orders.findings.normalised import NRM006_BESIDE_LABEL
from orders.findings.parameters import LargeNumber, RowNumber, Sent
from orders.location import Field
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile, column_letters

MOST_LINES = 120_000
"""Rows that a file of tables may have below its headers: an order line takes about a hundred times as long as a row
that is only read.
"""
_MOST_WORK = 2_000_000
"""Tables on a sheet, times what each costs by itself: about a thousand, fewer where many cells are merged."""

Beside = dict[Field, Cell]
"""Fields of the order in cells beside the table."""


@dataclass(slots=True)
class Block:
    """One table of order lines: its header, the rows that belong to it, and the cells beside it."""

    header: Header
    rows: list[Row]
    beside: Beside


def choose_blocks(file: TableFile, layout: Layout, findings: list[Finding]) -> list[Block]:
    """The tables to read; a finding says why there is none, or that it is not certain which."""
    header = _choose_sheet(file, layout, findings)
    if header is None:
        return []
    headers = sorted([header, *other_headers(header, layout)], key=lambda one: one.first.number)
    blocks = _blocks(headers, layout, findings)
    if len(blocks) * (1000 + len(header.table.merged)) > _MOST_WORK:
        said = LAY003_TOO_MANY_TABLES(LargeNumber(number=len(blocks)))
        findings.append(finding(said, location=blocks[1].header.place()))
        return []
    lines = sum(len(block.rows) for block in blocks)
    if lines > MOST_LINES:
        said = DOC008_ROWS(RowsAndLimit(rows=lines, limit=MOST_LINES))
        findings.append(finding(said, location=header.place()))
        return []
    findings += _read_from_labels(header.table, blocks)
    if len(blocks) > 1 and layout.tables is Tables.ONE:
        said = LAY003_SEVERAL_TABLES(TwoRows(first=blocks[0].header.last.number, second=blocks[1].header.last.number))
        findings.append(finding(said, location=blocks[1].header.place()))
    return blocks


def shown_tables(file: TableFile, layout: Layout) -> list[Table]:
    """The tables that may be read: those shown, or the one that the layout names."""
    shown = [table for table in file.tables if not table.hidden]
    if isinstance(layout.sheet, int):
        return shown[layout.sheet - 1 : layout.sheet]
    return [table for table in shown if layout.sheet in (None, table.sheet)]


def _choose_sheet(file: TableFile, layout: Layout, findings: list[Finding]) -> Header | None:
    for table in file.tables:
        if table.hidden and table.rows:
            said = LAY007_HIDDEN_SHEET(SheetName(sheet=table.sheet))
            findings.append(finding(said, location=table.location(table.rows[0].number)))
    named = shown_tables(file, layout)
    headers = [header for table in named if (header := find_header(table, layout)) is not None]
    complete = [header for header in headers if header.complete]
    if len(complete) == 1:
        return complete[0]
    if complete:
        said = LAY003_SEVERAL_SHEETS(SheetNames(sheets=_names([header.table for header in complete])))
        findings.append(finding(said, location=complete[1].place()))
    elif headers:
        best = max(headers, key=lambda header: header.score)
        missing = LAY004_NO_ITEM_COLUMN if best.quantity_columns else LAY004_NO_QUANTITY_COLUMN
        findings.append(finding(missing(RowNumber(row=best.last.number)), location=best.place()))
    elif not named and file.tables:
        there = _names([table for table in file.tables if not table.hidden])
        wanted = str(layout.sheet)
        if there:
            said = LAY001_NO_SUCH_SHEET(SheetAmong(sheet=wanted, there=there))
        else:
            said = LAY001_NO_SUCH_SHEET_SHOWN(SheetName(sheet=wanted))
        findings.append(finding(said, severity=Severity.HOLD))
    elif len(named) > 1:
        said = LAY001_NO_TABLE_ON_SHEETS(SheetNames(sheets=_names(named)))
        findings.append(finding(said, severity=Severity.HOLD))
    else:
        findings.append(finding(LAY001_NO_TABLE()))
    return None


def _names(tables: list[Table]) -> tuple[str, ...]:
    return tuple(str(table.sheet) for table in tables)


def _blocks(headers: list[Header], layout: Layout, findings: list[Finding]) -> list[Block]:
    """Divide the rows of the sheet among its headers; a header that is only repeated begins nothing new."""
    first = headers[0]
    table = first.table
    top = [row for row in table.rows if row.number < first.first.number]
    heads = [top, *(_head_rows(table, one, following, layout) for one, following in pairwise(headers))]
    own = [_beside(table, rows, layout, findings) for rows in heads]
    own[0].update(_at_addresses(table, layout))
    own[0].update({named: cell for named, cell in _right_of(first, layout).items() if named not in own[0]})
    repeated = Counter(named for one in own for named in one)
    blocks: list[Block] = []
    for position, header in enumerate(headers):
        until = headers[position + 1].first.number if position + 1 < len(headers) else None
        taken = {row.number for row in heads[position + 1]} if until is not None else set()
        rows = []
        for row in _between(table, header.last.number, until):
            if row.number in taken:
                continue
            under = _label_row(row, header, layout)
            if under is None:
                rows.append(row)
            for named, cell in (under or {}).items():
                own[position].setdefault(named, cell)
        if blocks and not own[position] and header.same_columns(blocks[-1].header):
            blocks[-1].rows.extend(rows)
            continue
        # What only the first head says holds for every table; what each head says for itself holds for its own.
        common = {named: cell for named, cell in own[0].items() if repeated[named] == 1}
        blocks.append(Block(header, rows, own[position] if position == 0 else {**common, **own[position]}))
    return blocks


def _between(table: Table, after: int, before: int | None) -> list[Row]:
    first = bisect_right(table.rows, after, key=_number)
    return table.rows[first:] if before is None else table.rows[first : bisect_left(table.rows, before, key=_number)]


def _number(row: Row) -> int:
    return row.number


def _head_rows(table: Table, upper: Header, lower: Header, layout: Layout) -> list[Row]:
    """The rows over a later header that are its head: labelled cells, and titles set off by an empty row."""
    taken: list[Row] = []
    open_rows: list[Row] = []
    below = lower.first.number
    for row in reversed(_between(table, upper.last.number, lower.first.number)):
        filled = any(cell.text.strip() for cell in row.cells.values())
        if row.number < below - 1 or not filled:
            taken, open_rows = [*taken, *open_rows], []
        if _labels(row, layout):
            taken, open_rows = [*taken, *open_rows, row], []
        elif filled and _is_line(row, upper):
            break
        elif filled:
            open_rows.append(row)
        below = row.number
    return sorted(taken, key=lambda row: row.number)


def _is_line(row: Row, header: Header) -> bool:
    identified = any(header.columns.get(one) in row.cells for one in IDENTIFIERS)
    return identified and bool(header.quantity_cells(row))


def _label_row(row: Row, header: Header, layout: Layout) -> Beside | None:
    """The fields that a row under the header gives by labels; None for a row of the table."""
    if not layout.cells:
        return None
    for one in IDENTIFIERS:
        cell = row.cells.get(header.columns.get(one, 0))
        if cell is not None and cell.text.strip() and not _labels(Row(row.number, {cell.column: cell}), layout):
            return None
    inside = {column: cell for column, cell in row.cells.items() if column <= header.edge}
    return _labelled(Row(row.number, inside), layout) or None


def _labels(row: Row, layout: Layout) -> bool:
    return any(
        layout.cell_field_of(cell.text) is not None or _label_and_value(cell, layout) is not None
        for cell in row.cells.values()
    )


def _label_and_value(cell: Cell, layout: Layout) -> tuple[Field, Cell] | None:
    """The field and its value where one cell holds both, as in ``Order no.: 4711``."""
    label, colon, value = cell.text.partition(":")
    if not colon or not value.strip() or cell.kind is not CellKind.TEXT:
        return None
    named = layout.cell_field_of(label)
    return None if named is None else (named, cell._replace(text=value.strip()))


def _read_from_labels(table: Table, blocks: list[Block]) -> list[Finding]:
    """What was cut out of cells that hold a label as well."""
    taken = {cell for block in blocks for cell in block.beside.values()}
    said = []
    for cell in sorted(taken):
        # A damaged workbook may have two rows of one number.
        rows = _between(table, cell.row - 1, cell.row + 1)
        stored = next(row.cells[cell.column].text for row in rows if cell.column in row.cells)
        if stored != cell.text:
            cut_out = NRM006_BESIDE_LABEL(Sent(sent=cell.text))
            place = table.location(cell.row, cell.column)
            said.append(finding(cut_out, location=place, before=stored, after=cell.text))
    return said


def _labelled(row: Row, layout: Layout) -> Beside:
    """Header fields in one row: the next filled cell after a label, unless that is a label itself."""
    found: Beside = {}
    cells = [row.cells[column] for column in sorted(row.cells) if row.cells[column].text.strip()]
    for cell in cells:
        both = _label_and_value(cell, layout)
        if both is not None:
            found.setdefault(*both)
    for cell, following in pairwise(cells):
        named = layout.cell_field_of(cell.text)
        if named is not None and not _labels(Row(row.number, {following.column: following}), layout):
            found.setdefault(named, following)
    return found


def _beside(table: Table, rows: list[Row], layout: Layout, findings: list[Finding]) -> Beside:
    """Header fields of some rows: beside their label, or else below it."""
    found: Beside = {}
    for position, row in enumerate(rows):
        here = _labelled(row, layout)
        if position + 1 < len(rows) and rows[position + 1].number == row.number + 1:
            for named, cell in _below(row, rows[position + 1], layout).items():
                here.setdefault(named, cell)
        for named, cell in here.items():
            first = found.setdefault(named, cell)
            if first.text.strip() != cell.text.strip():
                said = LAY005_CELL_TWICE(FieldInCells(field=named, first=_a1(first), second=_a1(cell)))
                findings.append(finding(said, location=table.location(cell.row, cell.column)))
    return found


def _below(row: Row, following: Row, layout: Layout) -> Beside:
    found: Beside = {}
    for column, cell in row.cells.items():
        named, value = layout.cell_field_of(cell.text), following.cells.get(column)
        if named is not None and value is not None and value.text.strip() and layout.cell_field_of(value.text) is None:
            found.setdefault(named, value)
    return found


def _right_of(header: Header, layout: Layout) -> Beside:
    """Labelled cells to the right of the table, in the rows of the table itself."""
    if not layout.cells:
        return {}
    edge = header.edge
    found: Beside = {}
    for row in header.table.rows:
        if row.number < header.first.number or max(row.cells, default=0) <= edge:
            continue
        outside = {column: cell for column, cell in row.cells.items() if column > edge}
        if outside:
            for named, cell in _labelled(Row(row.number, outside), layout).items():
                found.setdefault(named, cell)
    return found


def _at_addresses(table: Table, layout: Layout) -> Beside:
    wanted = {address: Field(named) for named, address in layout.addresses.items()}
    if not wanted:
        return {}
    cells = (cell for row in table.rows for cell in row.cells.values() if cell.text.strip())
    return {wanted[address]: cell for cell in cells if (address := _a1(cell)) in wanted}


def _a1(cell: Cell) -> str:
    return f"{column_letters(cell.column)}{cell.row}"
