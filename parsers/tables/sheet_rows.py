"""Rows of a worksheet (xlsx), read as XML of any shape."""

import re
from collections.abc import Iterable

from parsers.limits import MERGED_CELLS, Budget
from parsers.tables.package import unescaped
from parsers.tables.table import GENERAL, Cell, CellKind, Row, Table, column_number
from parsers.tables.xml_stream import events

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_KINDS = {
    "s": CellKind.TEXT,
    "inlineStr": CellKind.TEXT,
    "str": CellKind.TEXT,
    "b": CellKind.BOOLEAN,
    "e": CellKind.ERROR,
    "d": CellKind.DATE,
}
TRUTH = {"1": "TRUE", "0": "FALSE"}


def kind_of(type_name: str) -> CellKind:
    """What a cell of this type (ST_CellType) holds; without one it is a number."""
    return _KINDS.get(type_name, CellKind.NUMBER)


def shared(strings: list[str], index: str) -> str:
    """The shared string of this number. Errors: IndexError, ValueError."""
    number = int(index)
    if number < 0:
        raise IndexError(f"shared string {number}")
    return strings[number]


def format_of(formats: list[str], style: str) -> str:
    """The number format of a style. Errors: ValueError."""
    return formats[int(style)] if style and int(style) < len(formats) else GENERAL


def add_cell(row: Row, cell: Cell) -> None:
    """Errors: ValueError where the row has a cell in this place already, of which one would be lost."""
    if cell.column in row.cells:
        raise ValueError(f"two cells in row {row.number}, column {cell.column}")
    row.cells[cell.column] = cell


def range_of(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of ``A1:B2``. Errors: ValueError."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    first, last = corners[0], corners[-1]
    if first is None or last is None:
        raise ValueError(f"range {reference!r}")
    return int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])


def read_sheet(content: Iterable[bytes], table: Table, strings: list[str], formats: list[str], budget: Budget) -> None:
    """Fill the table with the rows that hold anything. Errors: OverLimit, and those of damage."""
    sheet = _Sheet(table, strings, formats, budget)
    for _ in events(content, sheet.start, sheet.end, sheet.text):
        budget.check_time()


class _Sheet:
    """Takes the events of a sheet. ``<dimension>`` is not believed; positions come from the cells, or by counting."""

    def __init__(self, table: Table, strings: list[str], formats: list[str], budget: Budget) -> None:
        self._table = table
        self._strings = strings
        self._formats = formats
        self._budget = budget
        self._number = self._column = 0
        self._row: Row | None = None
        self._in_cell = self._formula = self._phonetic = False
        self._type = self._style = ""
        self._value: list[str] = []
        self._inline: list[str] = []
        self._into: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                self._number = number = int(attributes.get("r") or self._number + 1)
                if not 0 < number <= MAX_ROW:
                    raise ValueError(f"row {number}")
                self._row = Row(number, {}, attributes.get("hidden", "0").lower() in ("1", "true"))
                self._column = 0
            case "c" if self._row is not None:
                place = _REFERENCE.fullmatch(attributes.get("r", ""))
                self._column = column_number(place[1]) if place else self._column + 1
                if not 0 < self._column <= MAX_COLUMN:
                    raise ValueError(f"column {self._column}")
                self._in_cell, self._formula, self._value, self._inline = True, False, [], []
                self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            case "v" if self._in_cell:
                self._value = self._into = []
            case "f" if self._in_cell:
                self._formula = True
            case "t" if self._in_cell and not self._phonetic:
                self._into = self._inline
            case "rPh":
                self._phonetic = True
            case "mergeCell" | "col":
                self._beside_the_rows(name, attributes)

    def _beside_the_rows(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell":
            self._budget.spend(MERGED_CELLS)
            self._table.merged.append(range_of(attributes.get("ref", "")))
        elif attributes.get("hidden", "0").lower() in ("1", "true"):
            self._budget.spend(1)
            hidden = (int(attributes["min"]), int(attributes["max"]))
            self._table.hidden_columns = [*(self._table.hidden_columns or ()), hidden]

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._into = None
            case "rPh":
                self._phonetic = False
            case "c" if self._in_cell and self._row is not None:
                self._in_cell = False
                cell = self._cell()
                if cell is not None:
                    add_cell(self._row, cell)
            case "row" if self._row is not None:
                if self._row.cells:
                    self._table.rows.append(self._row)
                self._row = None

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _cell(self) -> Cell | None:
        self._budget.spend(1)
        text, kind = "".join(self._value), kind_of(self._type)
        match self._type:
            case "s" if text:
                text = shared(self._strings, text)
            case "inlineStr":
                text = unescaped("".join(self._inline))
            case "str":
                text = unescaped(text)
            case "b":
                text = TRUTH.get(text, text)
            case "e" | "d":
                pass
            case _:
                text = text.strip()
        number_format = format_of(self._formats, self._style)
        if text == "":
            if not self._formula:
                return None
            kind = CellKind.NO_VALUE
        return Cell(self._number, self._column, text, kind, number_format, self._formula)
