"""Tables of a web page (HTML), as many programs write them under the name of a workbook: every cell is text."""

import re
from html.parser import HTMLParser

from orders.findings import finding
from orders.findings.documents import DOC008_WEB_PAGE, Size
from orders.findings.layouts import LAY001_NO_TABLE_IN_PAGE
from parsers.limits import MERGED_CELLS, Budget, Limits
from parsers.tables.archive import faults_reported
from parsers.tables.decoding import decoded
from parsers.tables.sheet_rows import MAX_COLUMN
from parsers.tables.table import Cell, Row, Table, TableFile

_PIECE = 1 << 16
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NO_TEXT = ("script", "style", "title")


def read_web_page(content: bytes, limits: Limits, codec: str | None = None) -> TableFile:
    """Read every table of the page; ``codec`` is the customer's. A fault of the file is a finding, no exception."""
    found = TableFile()
    if len(content) > limits.part_bytes:
        found.findings.append(finding(DOC008_WEB_PAGE(Size(size=limits.part_bytes))))
        return found
    with faults_reported(found):
        named = _CHARSET.search(content[:4096])
        charset = _known_codec(named[1].decode()) if named else None
        text, certain = decoded(content, charset or codec, found)
        page = _Page(found, Budget(limits), certain)
        for at in range(0, len(text), _PIECE):
            page.feed(text[at : at + _PIECE])
            page.budget.check_time()
        page.close()
        while page.open_tables:
            page.handle_endtag("table")
        if not found.tables:
            found.findings.append(finding(LAY001_NO_TABLE_IN_PAGE()))
    return found


def _known_codec(name: str) -> str | None:
    """The name, where Python knows a character set of it."""
    try:
        "".encode(name)
    except LookupError:
        return None
    return name


class _Open:
    """A table that is being read. ``below`` says for how many rows more a column is taken by a cell above."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.number = 0
        self.column = 0
        self.row: Row | None = None
        self.below: dict[int, int] = {}
        self.words: list[str] | None = None
        self.span = (1, 1)


class _Page(HTMLParser):
    def __init__(self, found: TableFile, budget: Budget, certain: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.budget = budget
        self.open_tables: list[_Open] = []
        self._found = found
        self._silent = ""
        self._certain = certain

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_TEXT:
            self._silent = tag
        elif tag == "table":
            table = Table(f"Table {len(self._found.tables) + 1}", [], encoding_certain=self._certain)
            self._found.tables.append(table)
            self.open_tables.append(_Open(table))
        elif self.open_tables:
            self._in_table(self.open_tables[-1], tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if not self.open_tables:
            return
        opened = self.open_tables[-1]
        if tag in ("td", "th"):
            self._end_cell(opened)
        elif tag in ("tr", "table"):
            self._end_row(opened)
            if tag == "table":
                self.open_tables.pop()

    def handle_data(self, data: str) -> None:
        if self.open_tables and not self._silent and self.open_tables[-1].words is not None:
            self.open_tables[-1].words.append(data)

    def _in_table(self, opened: _Open, tag: str, named: dict[str, str | None]) -> None:
        if tag == "tr":
            self._end_row(opened)
            opened.number += 1
            opened.row, opened.column = Row(opened.number, {}), 1
        elif tag in ("td", "th") and opened.row is not None:
            self._end_cell(opened)
            while opened.below.get(opened.column, 0):
                opened.column += 1
            opened.words = []
            opened.span = _span(named.get("rowspan"), 65_534), _span(named.get("colspan"), 1_000)
        elif tag in ("br", "p", "div") and opened.words:
            opened.words.append("\n")

    def _end_cell(self, opened: _Open) -> None:
        if opened.words is None or opened.row is None:
            return
        down, across = opened.span
        self.budget.spend(across)
        first, opened.column = opened.column, opened.column + across
        if opened.column > MAX_COLUMN:
            raise ValueError(f"column {opened.column}")
        text = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in "".join(opened.words).split("\n")).strip()
        if down > 1 or across > 1:
            last = (opened.number + down - 1, opened.column - 1)
            self.budget.spend(MERGED_CELLS)
            opened.table.merged.append((opened.number, first, *last))
        if down > 1:
            opened.below.update(dict.fromkeys(range(first, opened.column), down))
        if text:
            opened.row.cells[first] = Cell(opened.number, first, text, formula=None)
        opened.words = None

    def _end_row(self, opened: _Open) -> None:
        self._end_cell(opened)
        if opened.row is None:
            return
        opened.below = {column: left - 1 for column, left in opened.below.items() if left > 1}
        if opened.row.cells:
            opened.table.rows.append(opened.row)
        opened.row = None


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), most) if written and written.isdecimal() else 1
