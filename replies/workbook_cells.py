"""What stands on the very cells that findings name: a frame, a comment, and a list of what may stand there instead."""

import math
from collections.abc import Mapping

from openpyxl.comments import Comment
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from orders.findings import Finding, Severity
from orders.location import CellLocation
from parsers.tables.table import Table
from replies import workbook_style as style
from replies.answer import Answer
from replies.row_answers import candidates_of, is_note
from replies.safe_text import cell_text

_LONGEST_LIST = 250
"""Characters of a list that a cell can offer (ECMA-376 has 255 with the quotes)."""


def mark_cells(
    sheet: Worksheet, answer: Answer, table: Table, rows: Mapping[int, int], columns: Mapping[int, int]
) -> str | None:
    """Mark every cell that a finding names; the first one that has to be corrected.

    ``rows`` and ``columns`` say where those of the sender stand in the sheet.
    """
    named: dict[tuple[int, int], list[Finding]] = {}
    for one in answer.findings:
        place = one.location
        if not isinstance(place, CellLocation) or place.sheet != table.sheet or is_note(one):
            continue
        if place.column is not None and place.row in rows and place.column in columns:
            named.setdefault((rows[place.row], columns[place.column]), []).append(one)
    lists: dict[str, list[str]] = {}
    for (row, column), told in sorted(named.items()):
        cell = sheet.cell(row=row, column=column)
        cell.border = style.MARKED
        cell.comment = note("\n\n".join(dict.fromkeys(_words(one, answer) for one in told)))
        offered = dict.fromkeys(text for one in told for text in candidates_of(one, answer.language))
        listed = f'"{",".join(offered)}"'
        if offered and not any(mark in text for text in offered for mark in ',"') and len(listed) <= _LONGEST_LIST:
            lists.setdefault(listed, []).append(cell.coordinate)
    for listed, cells in lists.items():
        # An offer and no rule: whatever else is written there is read as well.
        choice = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
        choice.sqref = MultiCellRange(" ".join(cells))
        sheet.add_data_validation(choice)
    wrong = (place for place in sorted(named) if any(one.severity.rank >= Severity.HOLD.rank for one in named[place]))
    first = next(wrong, None)
    return None if first is None else sheet.cell(*first).coordinate


def note(words: str) -> Comment:
    """A comment large enough for its words."""
    words = cell_text(words)
    rows = sum(max(1, math.ceil(len(line) / 44)) for line in words.splitlines())
    return Comment(words, "ordermill", width=300, height=24 + 18 * rows)


def _words(one: Finding, answer: Answer) -> str:
    said = f"{one.code}: {answer.language.told(one)}"
    offered = candidates_of(one, answer.language)
    return f"{said}\n{answer.language.say('head.candidates')}: {'; '.join(offered)}" if offered else said
