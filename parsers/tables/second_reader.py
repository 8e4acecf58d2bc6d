"""A second reader counts the rows of a workbook while the first reads it; where they disagree, a person looks."""

import json

from orders.findings import Finding, finding
from orders.findings.documents import DOC007_ROWS_DISAGREE, SheetCounts
from parsers.limits import Limits
from parsers.tables.reading_apart import Apart
from parsers.tables.table import CellKind, Table, TableFile

_NOTHING = (CellKind.ERROR, CellKind.NO_VALUE)
"""What calamine, which counts, shows as empty."""


def counting(content: bytes, limits: Limits) -> Apart:
    """The second reader, beginning now; ask ``disagreements`` when the first has finished, and close it."""
    return Apart("row_counts", "python_calamine", content, limits)


def disagreements(second: Apart, found: TableFile) -> list[Finding]:
    """DOC007 for each sheet in which the readers count different rows. One that cannot read the file says nothing."""
    status, output = second.outcome()
    if status != 0:
        return []
    counted: dict[str, int] = dict(json.loads(output))
    return [
        _disagreement(table, counted[table.sheet])
        for table in found.tables
        if not table.hidden and table.sheet in counted and _filled(table) != counted[table.sheet]
    ]


def _filled(table: Table) -> int:
    """How many rows of the sheet hold a value."""
    return sum(any(cell.kind not in _NOTHING for cell in row.cells.values()) for row in table.rows)


def _disagreement(table: Table, counted: int) -> Finding:
    said = DOC007_ROWS_DISAGREE(SheetCounts(sheet=table.sheet, ours=_filled(table), theirs=counted))
    return finding(said, before=str(counted))
