"""A buyer with a spreadsheet program: fills in a reorder workbook, and mends an annotated one as it says."""

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import sample_files
from parsers.tables.stamp import FIELD_MARK
from tests.command import ordermill

DAY = ("--as-of", sample_files.AS_OF.isoformat())
Edit = Callable[[Workbook], object]


class Form:
    """A reorder workbook in the buyer's hands; columns are known by their ids, rows by our item number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook = load_workbook(path)
        sheet = self.workbook.worksheets[0]
        assert isinstance(sheet, Worksheet)
        self.sheet = sheet

    @property
    def ids(self) -> int:
        return next(row[0].row for row in self.sheet.iter_rows() if f"{FIELD_MARK}quantity" in [c.value for c in row])

    def column(self, field: str) -> int:
        wanted = f"{FIELD_MARK}{field}"
        return next(int(cell.column) for cell in self.sheet[self.ids] if cell.value == wanted)

    def row(self, item: str) -> int:
        column = self.column("item")
        return next(row for row in range(1, self.sheet.max_row + 1) if self.sheet.cell(row, column).value == item)

    def cell(self, item: str, field: str) -> Cell:
        found = self.sheet.cell(self.row(item), self.column(field))
        assert isinstance(found, Cell)
        return found

    def head(self, field: str, value: object) -> None:
        mark = f"{FIELD_MARK}head:{field}"
        row = next(row for row in range(1, self.ids) if self.sheet.cell(row, 1).value == mark)
        self.sheet.cell(row, self.column("description")).value = value  # type: ignore[assignment]

    def order(self, number: str = "R-1", ship_to: str = "CAFE-01", **quantities: object) -> "Form":
        self.head("po_number", number)
        self.head("ship_to", ship_to)
        for item, quantity in quantities.items():
            self.cell(item.replace("_", "-"), "quantity").value = quantity  # type: ignore[assignment]
        return self

    def save(self, name: str = "filled.xlsx") -> Path:
        path = self.path.with_name(name)
        self.workbook.save(path)
        return path


def issued(folder: Path, customer: str = "bohne", *options: str) -> Form:
    """A new form for the customer, from the command."""
    path = folder / f"{customer}.xlsx"
    result = ordermill("template", customer, "--out", str(path), *(options or DAY))
    assert result.exit_code == 0, result.output
    return Form(path)


def reopened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))
