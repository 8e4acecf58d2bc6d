"""Rows of a worksheet (xlsx) in the shape in which nearly every program writes them, read several times faster.

Excel, LibreOffice, openpyxl and XlsxWriter write rows without line ends, comments and prefixes. Such rows are cut by
regular expressions that have to account for every character; at the first one that does not fit, the whole sheet is
read again as XML of any shape (``sheet_rows``). What stands around the rows is always read as XML.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, NamedTuple

from parsers.limits import Budget
from parsers.tables.package import unescaped
from parsers.tables.sheet_rows import MAX_COLUMN, MAX_ROW, TRUTH, format_of, kind_of, read_sheet, shared
from parsers.tables.table import Cell, CellKind, Row, Table, column_number

_PIECE = 1 << 18
_LONGEST_HEAD = 1 << 20
_LONGEST_ROW = 4 << 20
_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_NOT_IN_XML = bytes({*range(32)} - {*b"\t\n\r"})
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-?8["'])""", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"""(?:\s+[A-Za-z][\w:.]*=(?:"[^"<&]*"|'[^'<&]*'))*\s*""")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.]*)=["']([^"'<&]*)["']""")
_ROW = re.compile(r"<row(\s[^<>]*?)?(/?)>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>]*?)(?:/>|>'
    r"(?:(<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>([^<]*)</v>|<v\s?/>)?"
    r'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)</c>)'
    r"|([^<]+|<)"
)
_ENTITY = re.compile(r"&([^;&]*)(;?)")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class _NotPlain(Exception):
    """Something that needs a reader of XML."""


class _Shape(NamedTuple):
    """What the attributes of a cell say: its type, what it holds, and its number format."""

    type: str
    kind: CellKind
    number_format: str


def read_plain(stream: IO[bytes], table: Table, strings: list[str], formats: list[str], budget: Budget) -> bool:
    """Fill the table, or give False where the sheet is not plain: the table is empty then, and nothing was spent.

    Errors: OverLimit, and those of damage.
    """
    reader = _PlainRows(table, strings, formats, budget)
    try:
        with stream:
            reader.read(stream)
    except _NotPlain:
        table.rows.clear()
        table.merged.clear()
        table.hidden_columns = []
        budget.spend(-reader.cells)
        return False
    return True


class _PlainRows:
    def __init__(self, table: Table, strings: list[str], formats: list[str], budget: Budget) -> None:
        self.cells = 0
        self._table = table
        self._strings = strings
        self._formats = formats
        self._budget = budget
        self._number = 0
        self._shapes: dict[str, _Shape] = {}
        self._columns: dict[str, int] = {}
        self._head = b""

    def read(self, stream: IO[bytes]) -> None:
        rest = self._skip_head(stream)
        while (end := rest.find(_END)) < 0:
            cut = rest.rfind(_ROW_END) + len(_ROW_END)
            if cut >= len(_ROW_END):
                self._rows(rest[:cut])
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                raise _NotPlain
            more = stream.read(_PIECE)
            if not more:
                raise _NotPlain
            rest += more
        self._rows(rest[:end])
        around = chain((self._head, _BEGIN, rest[end:]), _remaining(stream))
        read_sheet(around, self._table, [], [], self._budget)

    def _skip_head(self, stream: IO[bytes]) -> bytes:
        head = stream.read(_PIECE)
        while (begin := head.find(_BEGIN)) < 0:
            more = stream.read(_PIECE)
            if not more or len(head) > _LONGEST_HEAD:
                raise _NotPlain
            head += more
        self._head = head[:begin]
        if b"<!--" in self._head or _ENCODING.search(self._head):
            raise _NotPlain
        return head[begin + len(_BEGIN) :]

    def _rows(self, content: bytes) -> None:
        if len(content.translate(None, _NOT_IN_XML)) != len(content):
            raise _NotPlain
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise _NotPlain from None
        if "\r" in text or "]]>" in text or "\ufffe" in text or "\uffff" in text:
            raise _NotPlain
        *whole, rest = text.split("</row>")
        for part in whole:
            at, is_empty = self._open_row(part, 0)
            while is_empty:
                at, is_empty = self._open_row(part, at)
            hidden = self._hidden
            cells = self._cells(part, at)
            if cells:
                self._table.rows.append(Row(self._number, cells, hidden))
        at = 0
        while at < len(rest):
            at, is_empty = self._open_row(rest, at)
            if not is_empty:
                raise _NotPlain
        self._budget.check_time()

    def _open_row(self, part: str, at: int) -> tuple[int, bool]:
        """Take the start of a row; where it ends, and whether the row is closed with it."""
        match = _ROW.match(part, at)
        if match is None:
            raise _NotPlain
        attributes = self._attributes(match[1] or "")
        self._number = number = int(attributes.get("r") or self._number + 1)
        if not 0 < number <= MAX_ROW:
            raise ValueError(f"row {number}")
        self._hidden = attributes.get("hidden", "0").lower() in ("1", "true")
        return match.end(), bool(match[2])

    def _cells(self, part: str, at: int) -> dict[int, Cell]:
        found: dict[int, Cell] = {}
        number, shapes, columns, strings = self._number, self._shapes, self._columns, self._strings
        coded = "&" in part or "_x" in part
        all_cells = _CELL.findall(part, at)
        self.cells += len(all_cells)
        self._budget.spend(len(all_cells))
        for letters, attributes, formula, value, inline, other in all_cells:
            if other:
                raise _NotPlain
            shape = shapes.get(attributes) or self._shape(attributes)
            column = columns.get(letters) or self._column(letters)
            type_name, kind, number_format = shape
            if type_name == "n":
                text = value.strip()
            elif type_name == "s":
                text = shared(strings, value) if value else ""
            else:
                text = inline if type_name == "inlineStr" else value
                if coded:
                    text = _text(text, type_name)
                if kind is CellKind.BOOLEAN:
                    text = TRUTH.get(text, text)
            if text == "":
                if not formula:
                    continue
                kind = CellKind.NO_VALUE
            if column in found:
                raise ValueError(f"two cells in row {number}, column {column}")
            found[column] = Cell(number, column, text, kind, number_format, formula != "")
        return found

    def _shape(self, attributes: str) -> _Shape:
        named = self._attributes(attributes)
        type_name = named.get("t", "n")
        kind = kind_of(type_name)
        shape = _Shape(
            "n" if kind is CellKind.NUMBER else type_name, kind, format_of(self._formats, named.get("s", ""))
        )
        self._shapes[attributes] = shape
        return shape

    def _column(self, letters: str) -> int:
        column = column_number(letters)
        if not 0 < column <= MAX_COLUMN:
            raise ValueError(f"column {column}")
        self._columns[letters] = column
        return column

    def _attributes(self, text: str) -> dict[str, str]:
        if not _ATTRIBUTES.fullmatch(text):
            raise _NotPlain
        pairs = _ATTRIBUTE.findall(text)
        for name, _ in pairs:
            prefix, colon, _ = name.partition(":")
            if colon and prefix != "xml" and f"xmlns:{prefix}=".encode() not in self._head:
                raise _NotPlain
        named = dict(pairs)
        if len(named) != len(pairs):
            raise _NotPlain
        return named


def _remaining(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def _text(text: str, type_name: str) -> str:
    """The text without the escapes of XML and of OOXML."""
    plain = _ENTITY.sub(_character, text) if "&" in text else text
    return unescaped(plain) if type_name in ("inlineStr", "str") else plain


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if entity[2] and name in _ENTITIES:
        return _ENTITIES[name]
    if entity[2] and name in ("#10", "#9"):
        return chr(int(name[1:]))
    raise _NotPlain
