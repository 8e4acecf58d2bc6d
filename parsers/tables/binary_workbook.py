"""Binary workbooks (xlsb, MS-XLSB) to tables: values, number formats, formulas, hidden rows and merged ranges."""

import struct
import zipfile
from typing import NamedTuple

from orders.findings import finding
from orders.findings.layouts import LAY015_LINKS, LAY015_MACROS
from parsers.limits import MERGED_CELLS, Budget, Limits
from parsers.tables.archive import faults_reported, opened
from parsers.tables.biff12 import ERRORS, number_text, records, rk_number, wide_string
from parsers.tables.number_formats import BUILTIN_FORMATS
from parsers.tables.package import relations
from parsers.tables.sheet_rows import MAX_COLUMN, MAX_ROW, add_cell
from parsers.tables.table import GENERAL, Cell, CellKind, Row, Table, TableFile

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 1, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR, _RICH_TEXT = 8, 9, 10, 11, 62
_SHARED_ITEM, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 19, 44, 47, 617, 618
_WORKBOOK_PROPERTIES, _SHEET, _MERGED = 153, 156, 176
_FORMULAS = {_FORMULA_TEXT: _TEXT, _FORMULA_NUMBER: _REAL, _FORMULA_BOOL: _BOOL, _FORMULA_ERROR: _ERROR}


class _Book(NamedTuple):
    archive: zipfile.ZipFile
    budget: Budget
    strings: list[str]
    formats: list[str]
    epoch_1904: bool


def read_binary_workbook(content: bytes, limits: Limits) -> TableFile:
    """Read every worksheet. A damaged, oversized or unreadable workbook is a finding, never an exception."""
    found = TableFile()
    with faults_reported(found), opened(content, limits) as archive:
        budget = Budget(limits)
        names = {name.lower(): name for name in archive.namelist()}
        if any(name.endswith("vbaproject.bin") for name in names):
            found.findings.append(finding(LAY015_MACROS()))
        if any("/externallinks/" in name for name in names):
            found.findings.append(finding(LAY015_LINKS()))
        sheets, epoch_1904 = _sheets(archive, limits)
        strings = _strings(archive, names.get("xl/sharedstrings.bin"), budget)
        book = _Book(archive, budget, strings, _formats(archive, names.get("xl/styles.bin")), epoch_1904)
        for name, hidden, part in sheets:
            found.tables.append(_sheet(book, Table(name, [], hidden, epoch_1904), names[part.lower()]))
    return found


def _sheets(archive: zipfile.ZipFile, limits: Limits) -> tuple[list[tuple[str, bool, str]], bool]:
    targets = relations(archive, "xl/workbook.bin", limits)
    sheets, epoch_1904 = [], False
    for number, content in records(archive.open("xl/workbook.bin")):
        if number == _WORKBOOK_PROPERTIES:
            epoch_1904 = bool(content[0] & 1)
        elif number == _SHEET:
            (state,) = struct.unpack_from("<I", content)
            relation, at = wide_string(content, 8)
            kind, part = targets[relation]
            if kind == "worksheet":
                sheets.append((wide_string(content, at)[0], state != 0, part))
    return sheets, epoch_1904


def _strings(archive: zipfile.ZipFile, part: str | None, budget: Budget) -> list[str]:
    found = []
    for number, content in records(archive.open(part)) if part else ():
        if number == _SHARED_ITEM:
            found.append(wide_string(content, 1)[0])
            budget.spend(1)
    return found


def _formats(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    """The number format of every cell style, by its index."""
    own: dict[int, str] = {}
    found: list[str] = []
    in_styles = False
    for number, content in records(archive.open(part)) if part else ():
        if number == _FORMAT:
            own[struct.unpack_from("<H", content)[0]] = wide_string(content, 2)[0]
        elif number in (_BEGIN_STYLES, _END_STYLES):
            in_styles = number == _BEGIN_STYLES
        elif number == _STYLE and in_styles:
            (identifier,) = struct.unpack_from("<H", content, 2)
            found.append(own.get(identifier) or BUILTIN_FORMATS.get(identifier, GENERAL))
    return found


def _sheet(book: _Book, table: Table, part: str) -> Table:
    row: Row | None = None
    for number, content in records(book.archive.open(part)):
        if number == _ROW:
            row = _row(content)
            table.rows.append(row)
            book.budget.check_time()
        elif number == _MERGED:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIII", content)
            book.budget.spend(MERGED_CELLS)
            table.merged.append((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
        elif row is not None and (number <= _FORMULA_ERROR or number == _RICH_TEXT):
            book.budget.spend(1)
            cell = _cell(book, row.number, number, content)
            if cell is not None:
                add_cell(row, cell)
    table.rows = [one for one in table.rows if one.cells]
    return table


def _row(content: bytes) -> Row:
    (number,) = struct.unpack_from("<I", content)
    if not 0 <= number < MAX_ROW:
        raise ValueError(f"row {number}")
    # Behind row, style and height: ccolBreak..fExtraAsc, then the outline level (3 bits) and fCollapsed, fDyZero.
    return Row(number + 1, {}, bool(content[11] & 0x10))


def _cell(book: _Book, row: int, number: int, content: bytes) -> Cell | None:
    column, style = struct.unpack_from("<II", content)
    if column >= MAX_COLUMN:
        raise ValueError(f"column {column}")
    style &= 0xFFFFFF
    number_format = book.formats[style] if style < len(book.formats) else GENERAL
    text, kind = _value(book, _FORMULAS.get(number, number), content)
    formula = number in _FORMULAS
    if text == "":
        return Cell(row, column + 1, "", CellKind.NO_VALUE, number_format, True) if formula else None
    return Cell(row, column + 1, text, kind, number_format, formula)


def _value(book: _Book, number: int, content: bytes) -> tuple[str, CellKind]:
    match number:
        case 2:
            return number_text(rk_number(struct.unpack_from("<I", content, 8)[0])), CellKind.NUMBER
        case 3:
            return ERRORS.get(content[8], f"#{content[8]}"), CellKind.ERROR
        case 4:
            return "TRUE" if content[8] else "FALSE", CellKind.BOOLEAN
        case 5:
            return number_text(struct.unpack_from("<d", content, 8)[0]), CellKind.NUMBER
        case 6:
            return wide_string(content, 8)[0], CellKind.TEXT
        case 62:
            return wide_string(content, 9)[0], CellKind.TEXT
        case 7:
            return book.strings[struct.unpack_from("<I", content, 8)[0]], CellKind.TEXT
        case _:
            return "", CellKind.TEXT
