"""Workbooks (xlsx, xlsm) to tables, from the stored XML: what a cell holds is kept as written there."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from orders.findings import finding
from parsers.limits import Limits
from parsers.tables.package import Package, SheetPart, local, text_of
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile, column_number

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class _OverLimit(Exception):
    pass


def read_workbook(content: bytes, limits: Limits) -> TableFile:
    """Read every worksheet. A damaged, oversized or unreadable workbook is a finding, never an exception."""
    found = TableFile()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _within(archive, limits)
            package = Package(archive)
            if package.macros or package.links:
                what = "macros" if package.macros else "links to other files"
                found.findings.append(finding("LAY015", f"The workbook has {what}; they were left alone."))
            _read_sheets(found, package, limits)
            if not package.sheets:
                words = "The file is no workbook with sheets of cells. Send a workbook with the lines of the order."
                found.findings.append(finding("LAY001", words))
    except _OverLimit as over:
        found.tables.clear()
        found.findings.append(finding("DOC008", f"{over} Send a smaller file."))
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        LookupError,
        EOFError,
        zipfile.LargeZipFile,
        ValueError,
    ) as error:
        found.tables.clear()
        words = f"The workbook is damaged ({type(error).__name__}). Open it in Excel and save it again."
        found.findings.append(finding("DOC001", words))
    except NotImplementedError:
        # zipfile's word for a way of compressing that it does not know, which no spreadsheet program writes.
        found.tables.clear()
        words = "The workbook is packed in a way that is not read here. Open it in Excel and save it again."
        found.findings.append(finding("DOC001", words))
    except RuntimeError:
        # zipfile's word for an encrypted part.
        found.tables.clear()
        found.findings.append(finding("DOC002", "The workbook asks for a password. Send it without one."))
    except DefusedXmlException:
        found.tables.clear()
        words = "The workbook has entity or DTD declarations, which a real one never has; it was not read."
        found.findings.append(finding("DOC001", words))
    return found


def _within(archive: zipfile.ZipFile, limits: Limits) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = sum(part.compress_size for part in archive.infolist()) or 1
    if unpacked > limits.unpacked_bytes:
        raise _OverLimit(f"The workbook unpacks to {unpacked:,} bytes.")
    if unpacked > 1 << 20 and unpacked > packed * limits.unpack_ratio:
        raise _OverLimit(f"The workbook unpacks to {unpacked // packed} times its size.")


def _read_sheets(found: TableFile, package: Package, limits: Limits) -> None:
    strings, formats = package.shared_strings(), package.number_formats()
    cells = 0
    for sheet in package.sheets:
        table = Table(sheet.name, [], sheet.hidden, package.epoch_1904)
        for row in _rows(package, sheet, table, strings, formats):
            cells += len(row.cells)
            if cells > limits.cells:
                raise _OverLimit(f"The workbook has more than {limits.cells:,} cells.")
            if row.cells:
                table.rows.append(row)
        found.tables.append(table)


def _rows(
    package: Package, sheet: SheetPart, table: Table, strings: list[str], formats: list[str | None]
) -> Iterator[Row]:
    """Stream the rows; ``<dimension>`` is not believed, positions come from the cells or, without one, by counting."""
    previous = 0
    with package.archive.open(sheet.part) as stream:
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            tag = local(element.tag)
            if tag == "row":
                number = int(element.get("r") or previous + 1)
                if not 0 < number <= MAX_ROW:
                    raise ValueError(f"row {number}")
                previous = number
                hidden = element.get("hidden", "0").lower() in ("1", "true")
                yield Row(number, dict(_cells(element, number, strings, formats)), hidden)
                element.clear()
            elif tag == "mergeCell":
                table.merged.append(_range(element.get("ref", "")))


def _cells(row: Element, number: int, strings: list[str], formats: list[str | None]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for element in row:
        if local(element.tag) != "c":
            continue
        match = _REFERENCE.fullmatch(element.get("r", ""))
        column = column_number(match[1]) if match else column + 1
        if not 0 < column <= MAX_COLUMN:
            raise ValueError(f"column {column}")
        cell = _cell(element, number, column, strings, formats)
        if cell is not None:
            yield column, cell


def _cell(element: Element, row: int, column: int, strings: list[str], formats: list[str | None]) -> Cell | None:
    parts = {local(child.tag): child for child in element}
    formula = "f" in parts
    stored = parts["v"].text if "v" in parts else None
    style = element.get("s")
    number_format = formats[int(style)] if style is not None and int(style) < len(formats) else None
    match element.get("t", "n"):
        case "s" if stored is not None:
            text, kind = _unescaped(_numbered(strings, int(stored))), CellKind.TEXT
        case "inlineStr" if "is" in parts:
            text, kind = _unescaped(text_of(parts["is"])), CellKind.TEXT
        case "str":
            text, kind = _unescaped(stored or ""), CellKind.TEXT
        case "b":
            text, kind = {"1": "TRUE", "0": "FALSE"}.get(stored or "", stored or ""), CellKind.BOOLEAN
        case "e":
            text, kind = stored or "", CellKind.ERROR
        case "d":
            text, kind = stored or "", CellKind.TEXT
        case _:
            text, kind = (stored or "").strip(), CellKind.NUMBER
    if text == "":
        return Cell(row, column, "", CellKind.NO_VALUE, number_format, True) if formula else None
    return Cell(row, column, text, kind, number_format, formula)


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written as ``_x000D_`` (ISO/IEC 29500, ST_Xstring)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    # A NUL or half a surrogate pair is no character that could be passed on; it stays as written.
    return escaped[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _numbered(strings: list[str], index: int) -> str:
    if index < 0:
        raise IndexError(f"shared string {index}")
    return strings[index]


def _range(reference: str) -> tuple[int, int, int, int]:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None:
        raise ValueError(f"range {reference!r}")
    return int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])
