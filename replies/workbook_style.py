"""How the workbooks that we write look: calm, and readable in grey print, where the words carry what colour shows."""

import math
from collections.abc import Iterable
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.views import Selection
from openpyxl.worksheet.worksheet import Worksheet

from replies.row_answers import Status
from replies.safe_text import cell_text

_FACE = "Calibri"
INK, SOFT, DARK = "1F2933", "6B7785", "24476B"
NORMAL = Font(name=_FACE, size=10, color=INK)
BOLD = Font(name=_FACE, size=10, color=INK, bold=True)
MUTED = Font(name=_FACE, size=10, color=SOFT)
TITLE = Font(name=_FACE, size=18, color=DARK, bold=True)
SECTION = Font(name=_FACE, size=12, color=DARK, bold=True)
HEADING = Font(name=_FACE, size=10, color="FFFFFF", bold=True)

OUR_HEADING = PatternFill("solid", fgColor=DARK)
THEIR_HEADING = PatternFill("solid", fgColor="5B6B7B")
_FILLS = {
    Status.ACCEPTED: "EAF5EC",
    Status.WAITING: "F3F5F7",
    Status.CHANGED: "FFF4CC",
    Status.HELD: "FFE3C2",
    Status.REJECTED: "F9D2CF",
    Status.DUPLICATE: "E4E8ED",
    Status.NOTE: "EDF2F8",
}
LOUD = frozenset({Status.CHANGED, Status.HELD, Status.REJECTED})
"""Statuses in bold, so that they stand out without colour."""

_HAIR = Side(style="thin", color="D5DBE1")
_MARK = Side(style="medium", color="9A3412")
LINED = Border(bottom=_HAIR)
MARKED = Border(left=_MARK, right=_MARK, top=_MARK, bottom=_MARK)
TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
ONE_LINE = Alignment(horizontal="left", vertical="top", indent=1)
CENTRED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
BOXED = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
NUMBER = Alignment(vertical="top", horizontal="right", indent=1)


def fill_of(status: Status) -> PatternFill | None:
    """The background of a status."""
    colour = _FILLS.get(status)
    return PatternFill("solid", fgColor=colour) if colour else None


def put(sheet: Worksheet, row: int, column: int, value: str | int, font: Font = NORMAL) -> Cell:
    """Write a value that can never be a formula: numbers of ours as numbers, all text as text."""
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)
    if isinstance(value, int):
        cell.value = value
    else:
        write_text(cell, value)
    cell.font = font
    cell.alignment = TOP_LEFT
    return cell


def write_text(cell: Cell, text: str) -> None:
    """Write a text that stays one, whatever it looks like."""
    cell.value = cell_text(text) or None
    if cell.value is not None:
        # openpyxl takes a text for a formula or an error by its looks.
        cell.data_type = "s"
        cell.number_format = "@"


_Pane = Literal["topLeft", "topRight", "bottomLeft", "bottomRight"]
_PANES: dict[tuple[bool, bool], _Pane] = {
    (False, False): "topLeft",
    (True, False): "topRight",
    (False, True): "bottomLeft",
    (True, True): "bottomRight",
}


def start_at(sheet: Worksheet, cell: str) -> None:
    """Let the sheet, whose panes are frozen, open with the pointer on this cell."""
    row, column = coordinate_to_tuple(cell)
    pane = sheet.sheet_view.pane
    assert pane is not None
    wanted = _PANES[column > int(pane.xSplit or 0), row > int(pane.ySplit or 0)]
    pane.activePane = wanted
    others = [one for one in sheet.sheet_view.selection if one.pane != wanted]
    sheet.sheet_view.selection = [*others, Selection(pane=wanted, activeCell=cell, sqref=cell)]


_LINE_HEIGHT = 13.5
_MOST_LINES = 25
_INDENT = 1.5
"""Characters of a column that the indent takes."""


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Points for a row with these texts in columns of these widths; programs leave it to whoever wrote the file."""
    lines = [
        sum(max(1, math.ceil(len(line) / max(width - _INDENT, 1))) for line in text.split("\n"))
        for text, width in texts
    ]
    return row_height(max(lines, default=1))


def row_height(lines: int) -> float:
    """Points for a row of so many lines of text."""
    return _LINE_HEIGHT * min(lines, _MOST_LINES) + 3
