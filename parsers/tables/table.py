"""The one located table model, the same for delimited text and workbooks of every kind."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from orders.findings import Finding
from orders.location import CellLocation

GENERAL = "General"
"""The number format that shows a number as it is."""


class CellKind(StrEnum):
    """What the file says a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    """A day or a moment, stored in the form of ISO 8601."""
    BOOLEAN = "boolean"
    ERROR = "error"
    NO_VALUE = "no_value"
    """A formula whose result is not stored."""


class Cell(NamedTuple):
    """A cell that is not empty: ``text`` is exactly what is stored, ``number_format`` as the workbook names it.

    A fact that the format of the file does not hold is None, never False: the number format of a delimited text.
    """

    row: int
    column: int
    text: str
    kind: CellKind = CellKind.TEXT
    number_format: str | None = None
    formula: bool | None = False


@dataclass(slots=True)
class Row:
    """A row with its cells by column, both 1-based. ``hidden`` is None where the format cannot say."""

    number: int
    cells: dict[int, Cell]
    hidden: bool | None = None
    fields: int | None = None
    """How many fields a delimited line has; None for a workbook."""


@dataclass(slots=True)
class Table:
    """One sheet, or one delimited file (``sheet`` is None). ``epoch_1904`` is the workbook's date system.

    ``merged`` are ranges of (first row, first column, last row, last column). ``encoding_certain`` is False where the
    bytes of a delimited file fit other encodings as well.
    """

    sheet: str | None
    rows: list[Row]
    hidden: bool = False
    epoch_1904: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    encoding_certain: bool = True
    hidden_columns: list[tuple[int, int]] | None = None
    """First and last of the columns that are hidden together; None where the reader cannot know."""

    def hides(self, column: int) -> bool:
        """Whether the column is known to be hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns or ())

    def location(self, row: int, column: int | None = None) -> CellLocation:
        """The place of a row or of a cell in it."""
        cell = None if column is None else f"{column_letters(column)}{row}"
        return CellLocation(sheet=self.sheet, row=row, column=column, cell=cell)


@dataclass(slots=True)
class TableFile:
    """Every table of a file, in its order, with what was noticed while reading.

    ``encoding`` and ``delimiter`` are those of delimited text, as they were found; ``names`` are the defined names of
    a workbook with the ranges they stand for, as in ``'My order'!$B$4``.
    """

    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ","
    names: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a 1-based column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based column of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
