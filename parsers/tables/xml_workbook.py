"""Workbooks in the XML of Excel 2003 (SpreadsheetML, urn:schemas-microsoft-com:office:spreadsheet) to tables."""

from collections.abc import Iterator

from orders.findings import finding
from orders.findings.layouts import LAY001_NO_SHEET_OF_CELLS
from parsers.limits import MERGED_CELLS, Budget, Limits
from parsers.tables.archive import faults_reported
from parsers.tables.sheet_rows import MAX_COLUMN, MAX_ROW, TRUTH, add_cell
from parsers.tables.table import GENERAL, Cell, CellKind, Row, Table, TableFile
from parsers.tables.xml_stream import events, local

_PIECE = 1 << 16
_KINDS = {
    "Number": CellKind.NUMBER, "DateTime": CellKind.DATE, "Boolean": CellKind.BOOLEAN, "Error": CellKind.ERROR,
}  # fmt: skip
_NAMED_FORMATS = {"General Number": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%"}


def read_xml_workbook(content: bytes, limits: Limits) -> TableFile:
    """Read every worksheet. A damaged or oversized file is a finding, never an exception."""
    found = TableFile()
    with faults_reported(found):
        reading = _Workbook(found, Budget(limits))
        for _ in events(_pieces(content), reading.start, reading.end, reading.text):
            reading.budget.check_time()
        if not found.tables:
            found.findings.append(finding(LAY001_NO_SHEET_OF_CELLS()))
    return found


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))


class _Workbook:
    """Takes the events of the workbook: Style, Worksheet, Table, Row, Cell, Data."""

    def __init__(self, found: TableFile, budget: Budget) -> None:
        self.budget = budget
        self._found = found
        self._formats: dict[str, str] = {}
        self._style = ""
        self._epoch_1904 = False
        self._table: Table | None = None
        self._row: Row | None = None
        self._next_row = self._next_column = 1
        self._cell: dict[str, str] | None = None
        self._type = ""
        self._data: list[str] | None = None
        self._parts: list[str] = []
        self._comment = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        named = {local(key): value for key, value in attributes.items()}
        if self._table is not None:
            self._in_sheet(self._table, name, named)
            return
        match name:
            case "Style":
                self._style = named.get("ID", "")
            case "NumberFormat":
                written = named.get("Format", GENERAL)
                self._formats[self._style] = _NAMED_FORMATS.get(written, written)
            case "Date1904":
                self._epoch_1904 = True
            case "Worksheet":
                self._table = Table(named.get("Name", ""), [], False, self._epoch_1904)
                self._next_row = 1

    def _in_sheet(self, table: Table, name: str, named: dict[str, str]) -> None:
        match name:
            case "Row":
                number = int(named.get("Index") or self._next_row)
                if not 0 < number <= MAX_ROW:
                    raise ValueError(f"row {number}")
                self._row = Row(number, {}, named.get("Hidden") == "1")
                self._next_row, self._next_column = number + 1 + int(named.get("Span") or 0), 1
            case "Cell" if self._row is not None:
                self._cell, self._type, self._parts = named, "", []
            case "Comment":
                self._comment = True
            case "Data" if self._cell is not None and not self._comment:
                self._type, self._data = named.get("Type", "String"), self._parts
            case "Visible" if self._cell is None:
                self._data = self._parts = []

    def end(self, name: str) -> None:
        match name:
            case "Data":
                self._data = None
            case "Comment":
                self._comment = False
            case "Visible" if self._table is not None and self._cell is None:
                self._table.hidden = "".join(self._parts) != "SheetVisible"
                self._data = None
            case "Cell" if self._cell is not None and self._row is not None and self._table is not None:
                self._end_cell(self._cell, self._row, self._table)
                self._cell = None
            case "Row" if self._row is not None and self._table is not None:
                if self._row.cells:
                    self._table.rows.append(self._row)
                self._row = None
            case "Worksheet" if self._table is not None:
                self._found.tables.append(self._table)
                self._table = None

    def text(self, text: str) -> None:
        if self._data is not None:
            self._data.append(text)

    def _end_cell(self, named: dict[str, str], row: Row, table: Table) -> None:
        column = int(named.get("Index") or self._next_column)
        if not 0 < column <= MAX_COLUMN:
            raise ValueError(f"column {column}")
        across, down = int(named.get("MergeAcross") or 0), int(named.get("MergeDown") or 0)
        if across or down:
            self.budget.spend(MERGED_CELLS)
            table.merged.append((row.number, column, row.number + down, column + across))
        self._next_column = column + across + 1
        text, formula = "".join(self._parts), "Formula" in named
        kind = _KINDS.get(self._type, CellKind.TEXT)
        self.budget.spend(1)
        if kind is CellKind.NUMBER:
            text = text.strip()
        elif kind is CellKind.BOOLEAN:
            text = TRUTH.get(text, text)
        if text == "":
            if not formula:
                return
            kind = CellKind.NO_VALUE
        number_format = self._formats.get(named.get("StyleID", ""), GENERAL)
        add_cell(row, Cell(row.number, column, text, kind, number_format, formula))
