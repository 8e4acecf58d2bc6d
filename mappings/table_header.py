"""Find the header row of a table by its words, and the one table of a file that holds order lines."""

from dataclasses import dataclass, field

from mappings.layout import IDENTIFIERS, Layout
from orders.findings import Finding, finding
from orders.location import Field, Location
from parsers.tables.table import Row, Table, TableFile

_SEARCHED_ROWS = 200


@dataclass(slots=True)
class Header:
    """The header row found in a table, with the column of each field."""

    table: Table
    row: Row
    columns: dict[Field, int]
    twice: list[tuple[Field, int]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """An order can be read: something names the item, and something says how many."""
        return Field.QUANTITY in self.columns and any(one in self.columns for one in IDENTIFIERS)


def choose_table(file: TableFile, layout: Layout, findings: list[Finding]) -> Header | None:
    """The one table that fits the layout; a finding says why there is none, or not one alone."""
    for table in file.tables:
        if table.hidden and table.rows:
            words = f"The hidden sheet {table.sheet} was not read. Show it if it holds lines of the order."
            findings.append(finding("LAY007", words, location=table.location(table.rows[0].number)))
    named = [table for table in file.tables if not table.hidden and layout.sheet in (None, table.sheet)]
    headers = [header for table in named if (header := find_header(table, layout)) is not None]
    complete = [header for header in headers if header.complete]
    if len(complete) == 1:
        return complete[0]
    if complete:
        names = ", ".join(str(header.table.sheet) for header in complete)
        words = f"Order lines were found on several sheets: {names}. Leave them on one."
        findings.append(finding("LAY003", words, location=_header_place(complete[1])))
    elif headers:
        best = max(headers, key=lambda header: len(header.columns))
        missing = "the quantity" if Field.QUANTITY not in best.columns else "the item number"
        words = f"Row {best.row.number} looks like the header, but no column names {missing}. Add that column."
        findings.append(finding("LAY004", words, location=_header_place(best)))
    else:
        words = "No table of order lines was found. There must be a header row, with item numbers and quantities below."
        findings.append(finding("LAY001", words))
    return None


def _header_place(header: Header) -> Location:
    return header.table.location(header.row.number)


def find_header(table: Table, layout: Layout) -> Header | None:
    """The row whose words name the most fields, two at the least; the first of equals."""
    best: Header | None = None
    for row in table.rows[:_SEARCHED_ROWS]:
        columns: dict[Field, int] = {}
        twice: list[tuple[Field, int]] = []
        for column, cell in sorted(row.cells.items()):
            named = layout.field_of(cell.text)
            if named is None:
                continue
            if named in columns:
                twice.append((named, column))
            else:
                columns[named] = column
        if len(columns) >= 2 and (best is None or len(columns) > len(best.columns)):
            best = Header(table, row, columns, twice)
    return best
