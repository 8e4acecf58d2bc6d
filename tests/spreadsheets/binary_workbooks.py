"""Writes a binary workbook (xlsb, MS-XLSB) record by record, because no program at hand does. calamine can read it."""

import struct
from collections.abc import Iterable, Sequence
from datetime import date

from tests.parsers.workbooks import OFFICE, RELATIONS, TYPES, zipped

_CONTENT = "application/vnd.ms-excel"
_FIRST_DAY = date(1899, 12, 30)
FORMULA_ERROR, FORMULA_NUMBER = 11, 9


def record(number: int, content: bytes = b"") -> bytes:
    """A record: its number and length in groups of seven bits, and its content."""
    return _packed(number) + _packed(len(content)) + content


def _packed(number: int) -> bytes:
    groups = bytearray()
    while True:
        number, group = number >> 7, number & 0x7F
        groups.append(group | (0x80 if number else 0))
        if not number:
            return bytes(groups)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def cell(column: int, value: object) -> bytes:
    """A cell of a value: text in place, an integer as RK number, a float, a date with style 1, or bytes as they are."""
    match value:
        case bytes():
            return value
        case str():
            return record(6, struct.pack("<II", column, 0) + wide(value))
        case date():
            return record(5, struct.pack("<IId", column, 1, (value - _FIRST_DAY).days))
        case bool():
            return record(4, struct.pack("<IIB", column, 0, value))
        case int():
            return record(2, struct.pack("<III", column, 0, (value & 0x3FFFFFFF) << 2 | 2))
        case float():
            return record(5, struct.pack("<IId", column, 0, value))
    raise TypeError(value)


def row(number: int, values: Sequence[object], hidden: bool = False) -> bytes:
    """The start of a row (1-based) and its cells; None leaves a cell out."""
    head = struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0)
    return record(0, head) + b"".join(cell(column, value) for column, value in enumerate(values) if value is not None)


def binary_workbook(
    rows: Iterable[bytes], *, merged: Sequence[tuple[int, int, int, int]] = (), hidden: bool = False, epoch: int = 1900
) -> bytes:
    """A workbook with one sheet. Style 1 is a date, style 2 shows six digits. ``merged`` are 0-based corners."""
    formats = record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + wide("000000")) + record(616)
    styles = b"".join(
        record(47, struct.pack("<HHHHHBBHH", 0, identifier, 0, 0, 0, 0, 0, 0, 0)) for identifier in (0, 14, 164)
    )
    sheet = record(129) + record(148, struct.pack("<IIII", 0, 0, 0, 0)) + record(145) + b"".join(rows) + record(146)
    if merged:
        ranges = (record(176, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in merged)
        sheet += record(177, struct.pack("<I", len(merged))) + b"".join(ranges) + record(178)
    listed = record(156, struct.pack("<II", 1 if hidden else 0, 1) + wide("rId1") + wide("Bestellung"))
    properties = record(153, struct.pack("<III", 1 if epoch == 1904 else 0, 0, 0))
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
            f'<Default Extension="bin" ContentType="{_CONTENT}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.bin"/></Relationships>',
            "xl/workbook.bin": record(131) + properties + record(143) + listed + record(144) + record(132),
            "xl/styles.bin": record(278)
            + formats
            + record(617, struct.pack("<I", 3))
            + styles
            + record(618)
            + record(279),
            "xl/worksheets/sheet1.bin": sheet + record(130),
        }
    )
