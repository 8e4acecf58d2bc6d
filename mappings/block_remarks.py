"""What is to be said about one table of order lines as a whole: columns not read, merged cells beside the keys."""

from mappings.layout import Layout, header_key
from mappings.table_choice import Block
from mappings.table_header import Header
from orders.findings import Finding, Severity, finding
from parsers.tables.table import column_letters


def header_chosen(header: Header) -> list[Finding]:
    """Which row was taken as the header, where it is not the first."""
    if header.table.rows[0].number == header.first.number:
        return []
    words = f"Row {header.last.number} was read as the header of the table."
    return [finding("LAY017", words, location=header.place())]


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
        place = header.place(column)
        if name:
            words = f"Column {column_letters(column)} ({name}) was not read."
            found.append(finding("LAY006", words, location=place))
            continue
        words = f"Column {column_letters(column)} has no header and was not read. Give it one if it matters."
        found.append(finding("LAY006", words, location=place, severity=Severity.WARNING))
    return found


def merged_beside(block: Block, rows: list[int]) -> list[Finding]:
    """A warning for rows with merged cells, where neither the item nor the quantity is merged."""
    if not rows:
        return []
    words = (
        f"Rows with merged cells: {len(rows)}, the first is row {rows[0]}. An order number or a place counts for all"
        " rows of such a cell, any other value for its first row only."
    )
    place = block.header.table.location(rows[0])
    return [finding("LAY009", words, location=place, severity=Severity.WARNING)]
