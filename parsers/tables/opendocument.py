"""OpenDocument sheets (ods, ISO/IEC 26300) to tables, from the stored XML."""

import re
import zipfile

from orders.findings import finding
from orders.findings.documents import DOC002_WORKBOOK_WITH_PASSWORD
from orders.findings.layouts import LAY001_NO_SHEET_OF_CELLS, LAY015_LINKS, LAY015_MACROS
from parsers.limits import MERGED_CELLS, Budget, Limits
from parsers.tables.archive import faults_reported, opened, small_part
from parsers.tables.opendocument_styles import Styles
from parsers.tables.sheet_rows import MAX_COLUMN, MAX_ROW, add_cell
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile
from parsers.tables.xml_stream import events, pieces

_MANIFEST = "META-INF/manifest.xml"
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_CELLS = ("table-cell", "covered-table-cell")


def read_opendocument(content: bytes, limits: Limits) -> TableFile:
    """Read every sheet. A damaged, oversized, encrypted or unreadable file is a finding, never an exception."""
    found = TableFile()
    with faults_reported(found), opened(content, limits) as archive:
        if is_encrypted(archive, limits):
            found.findings.append(finding(DOC002_WORKBOOK_WITH_PASSWORD()))
            return found
        names = archive.namelist()
        reading = _Document(found, Styles(), Budget(limits))
        for part in ("styles.xml", "content.xml"):
            if part in names or part == "content.xml":
                for _ in events(pieces(archive.open(part)), reading.start, reading.end, reading.text):
                    reading.budget.check_time()
        macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
        if macros or reading.links:
            found.findings.append(finding(LAY015_MACROS() if macros else LAY015_LINKS()))
        if not found.tables:
            found.findings.append(finding(LAY001_NO_SHEET_OF_CELLS()))
    return found


def is_encrypted(archive: zipfile.ZipFile, limits: Limits) -> bool:
    """Whether a password is asked for: some parts, or the whole package, are encrypted."""
    names = archive.namelist()
    if "encrypted-package" in names:
        return True
    return _MANIFEST in names and b"encryption-data" in small_part(archive, _MANIFEST, limits)


class _Document:
    """Takes the events of the document. Rows and cells that are repeated are written once in the file."""

    def __init__(self, found: TableFile, styles: Styles, budget: Budget) -> None:
        self.budget = budget
        self.links = False
        self._found = found
        self._styles = styles
        self._stack: list[str] = []
        self._table: Table | None = None
        self._row: Row | None = None
        self._row_times = self._times = 1
        self._next_row = self._column = 1
        self._column_styles: list[tuple[int, str]] = []
        self._row_style = ""
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        named = {_attribute(key): value for key, value in attributes.items()}
        if self._table is None:
            self._styles.start(name, named)
        self._stack.append(name)
        match name:
            case "table" if self._table is None:
                hidden = named.get("style-name", "") in self._styles.hidden_sheets
                self._table = Table(named.get("name", ""), [], hidden)
                self._next_row, self._column_styles = 1, []
            case "table-source" | "dde-source":
                self.links = True
            case "table-column" if self._table is not None:
                self._column_styles.append((_times(named, "columns"), named.get("default-cell-style-name", "")))
            case "table-row" if self._table is not None and self._cell is None:
                hidden = named.get("visibility", "visible") != "visible"
                self._row, self._row_times = Row(self._next_row, {}, hidden), _times(named, "rows")
                self._row_style, self._column = named.get("default-cell-style-name", ""), 1
            case "table-cell" | "covered-table-cell" if self._row is not None and self._cell is None:
                self._cell, self._paragraphs, self._times = named, [], _times(named, "columns")
            case "p" if self._in_paragraph():
                self._paragraphs.append("")
            case "s" if self._in_paragraph():
                self.text(" " * min(int(named.get("c") or 1), 1000))
            case "tab" | "line-break" if self._in_paragraph():
                self.text("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        self._stack.pop()
        if self._table is None:
            self._styles.end(name)
        elif name in _CELLS and self._cell is not None and self._stack[-1] == "table-row":
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row" and self._row is not None and self._cell is None:
            self._end_row(self._row)
            self._row = None
        elif name == "table" and self._row is None:
            self._found.tables.append(self._table)
            self._table = None

    def text(self, text: str) -> None:
        if self._table is None:
            self._styles.text(text)
        elif self._cell is not None and self._paragraphs and self._in_paragraph():
            self._paragraphs[-1] += text

    def _in_paragraph(self) -> bool:
        """Whether this is text of the cell, and not of a comment or a drawing in it."""
        if self._cell is None or "p" not in self._stack:
            return False
        return self._stack[self._stack.index("p") - 1] in _CELLS and "annotation" not in self._stack

    def _end_cell(self, named: dict[str, str]) -> None:
        assert self._row is not None and self._table is not None
        text, kind = _value(named, "\n".join(self._paragraphs))
        formula = "formula" in named
        first = self._column
        self._column += self._times
        across = int(named.get("number-columns-spanned") or 1)
        down = int(named.get("number-rows-spanned") or 1)
        if across > 1 or down > 1:
            self.budget.spend(MERGED_CELLS)
            self._table.merged.append((self._row.number, first, self._row.number + down - 1, first + across - 1))
        if text == "" and not formula:
            return
        if self._column - 1 > MAX_COLUMN:
            raise ValueError(f"column {self._column}")
        self.budget.spend(self._times * self._row_times)
        for column in range(first, self._column):
            style = named.get("style-name") or self._row_style or self._column_style(column)
            number_format = self._styles.number_format(style)
            if text == "":
                kind = CellKind.NO_VALUE
            add_cell(self._row, Cell(self._row.number, column, text, kind, number_format, formula))

    def _column_style(self, column: int) -> str:
        for times, style in self._column_styles:
            column -= times
            if column <= 0:
                return style
        return ""

    def _end_row(self, row: Row) -> None:
        assert self._table is not None
        self._next_row = row.number + self._row_times
        if not row.cells:
            return
        if self._next_row - 1 > MAX_ROW:
            raise ValueError(f"row {self._next_row}")
        for number in range(row.number, self._next_row):
            cells = {column: cell._replace(row=number) for column, cell in row.cells.items()}
            self._table.rows.append(Row(number, cells, row.hidden))


def _attribute(name: str) -> str:
    """The name of an attribute without its namespace; an extension of LibreOffice keeps a mark of it."""
    namespace, _, bare = name.rpartition("}")
    return f"calcext:{bare}" if ":calc:" in namespace else bare


def _times(named: dict[str, str], what: str) -> int:
    times = int(named.get(f"number-{what}-repeated") or 1)
    if times < 1:
        raise ValueError(f"{what} repeated {times} times")
    return times


def _value(named: dict[str, str], paragraphs: str) -> tuple[str, CellKind]:
    match named.get("value-type", "string" if paragraphs else ""):
        case "float" | "percentage" | "currency":
            return named.get("value", "").strip(), CellKind.NUMBER
        case "date":
            return named.get("date-value", ""), CellKind.DATE
        case "boolean":
            return named.get("boolean-value", "").upper(), CellKind.BOOLEAN
        case "time":
            return paragraphs or named.get("time-value", ""), CellKind.DATE
    text = named.get("string-value") or paragraphs
    if named.get("calcext:value-type") == "error" or ("formula" in named and _ERROR.fullmatch(text)):
        return text or "#N/A", CellKind.ERROR
    return text, CellKind.TEXT
