"""What is to be said about one table of order lines as a whole: columns not read, merged cells beside the keys."""

from mappings.layout import Layout, header_key
from mappings.table_choice import Block
from mappings.table_header import Header
from orders.findings import Finding, Severity, finding
from orders.findings.layouts import (
    LAY006_COLUMN_NOT_READ,
    LAY006_COLUMN_WITHOUT_HEADER,
    LAY009_MERGED_BESIDE,
    LAY017_HEADER_BELOW,
    ColumnName,
    HeadedColumn,
    MergedRows,
)
from orders.findings.parameters import RowNumber
from parsers.tables.table import column_letters


def header_chosen(header: Header) -> list[Finding]:
    """Which row was taken as the header, where it is not the first."""
    if header.table.rows[0].number == header.first.number:
        return []
    return [finding(LAY017_HEADER_BELOW(RowNumber(row=header.last.number)), location=header.place())]


def unread_columns(block: Block, layout: Layout) -> list[Finding]:
    """A remark for each column that has data and no meaning; a warning where not even a header says what it is."""
    header = block.header
    ignored = {header_key(word) for word in layout.ignore}
    labelled_cells = {cell.column for cell in block.beside.values() if cell.row > header.last.number}
    used = {column for row in (header.first, header.last, *block.rows) for column in row.cells}
    found = []
    for column in sorted(used - header.known_columns - labelled_cells - {one - 1 for one in labelled_cells}):
        name = header.words.get(column, "").strip()
        if header_key(name) in ignored and name:
            continue
        place, letters = header.place(column), column_letters(column)
        if name:
            said = LAY006_COLUMN_NOT_READ(HeadedColumn(column=letters, heading=name))
            found.append(finding(said, location=place))
            continue
        said = LAY006_COLUMN_WITHOUT_HEADER(ColumnName(column=letters))
        found.append(finding(said, location=place, severity=Severity.WARNING))
    return found


def merged_beside(block: Block, rows: list[int]) -> list[Finding]:
    """A warning for rows with merged cells, where neither the item nor the quantity is merged."""
    if not rows:
        return []
    said = LAY009_MERGED_BESIDE(MergedRows(rows=len(rows), row=rows[0]))
    place = block.header.table.location(rows[0])
    return [finding(said, location=place, severity=Severity.WARNING)]
