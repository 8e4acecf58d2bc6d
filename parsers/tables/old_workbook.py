"""Old workbooks (xls, BIFF 2 to 8) to tables, read by xlrd in a process of its own."""

import json
from typing import Any

from orders.findings import finding
from orders.findings.documents import (
    DOC001_OLD_WORKBOOK_DAMAGED,
    DOC002_WORKBOOK_WITH_PASSWORD,
    DOC008_CELLS_OR_SLOW,
)
from orders.findings.layouts import LAY001_NO_SHEET_OF_CELLS, LAY015_LINKS, LAY015_MACROS
from orders.findings.parameters import LargeNumber
from parsers.limits import Limits
from parsers.tables.apart.old_workbook import ENCRYPTED, OVER_LIMIT
from parsers.tables.biff12 import ERRORS, number_text
from parsers.tables.reading_apart import Apart
from parsers.tables.table import GENERAL, Cell, CellKind, Row, Table, TableFile

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_KINDS = {1: CellKind.TEXT, 2: CellKind.NUMBER, 3: CellKind.NUMBER, 4: CellKind.BOOLEAN, 5: CellKind.ERROR}
"""xlrd's types of cells; 3 is a number with the format of a date."""


def read_old_workbook(content: bytes, limits: Limits) -> TableFile:
    """Read every worksheet. A damaged, oversized, encrypted or unreadable workbook is a finding, never an exception."""
    found = TableFile()
    with Apart("old_workbook", "xlrd", content, limits, str(limits.cells)) as reader:
        status, output = reader.outcome()
    if status == ENCRYPTED:
        found.findings.append(finding(DOC002_WORKBOOK_WITH_PASSWORD()))
    elif status == OVER_LIMIT or status is None:
        found.findings.append(finding(DOC008_CELLS_OR_SLOW(LargeNumber(number=limits.cells))))
    elif status != 0:
        found.findings.append(finding(DOC001_OLD_WORKBOOK_DAMAGED()))
    else:
        book = json.loads(output)
        _take(book, found)
        if _MACROS in content or book["links"]:
            found.findings.append(finding(LAY015_MACROS() if _MACROS in content else LAY015_LINKS()))
    return found


def _take(book: dict[str, Any], found: TableFile) -> None:
    formats: list[str] = [GENERAL if one.lower() == "general" else one for one in book["formats"]]
    for sheet in book["sheets"]:
        merged = [(first + 1, left + 1, last, right) for first, last, left, right in sheet["merged"]]
        table = Table(sheet["name"], [], sheet["hidden"], book["epoch_1904"], merged)
        for number, hidden, cells in sheet["rows"]:
            placed = {one[0] + 1: _cell(number + 1, *one, formats=formats) for one in cells}
            table.rows.append(Row(number + 1, placed, hidden))
        found.tables.append(table)
    if not found.tables:
        found.findings.append(finding(LAY001_NO_SHEET_OF_CELLS()))


def _cell(row: int, left: int, kind: int, value: Any, style: int, formula: bool, *, formats: list[str]) -> Cell:
    """A cell as the process wrote it: columns before it, xlrd's type, value, number of its style, whether a formula."""
    column = left + 1
    number_format = formats[style] if style < len(formats) else GENERAL
    match kind:
        case 2 | 3:
            text = number_text(value)
        case 4:
            text = "TRUE" if value else "FALSE"
        case 5:
            text = ERRORS.get(value, f"#{value}")
        case _:
            text = str(value)
    if text == "":
        return Cell(row, column, "", CellKind.NO_VALUE if formula else CellKind.TEXT, number_format, formula)
    return Cell(row, column, text, _KINDS.get(kind, CellKind.TEXT), number_format, formula)
