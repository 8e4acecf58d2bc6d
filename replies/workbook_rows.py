"""A sheet of an annotated workbook: the sender's rows in their order, each with what is said about it."""

import math
from typing import NamedTuple, Self

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from orders.location import CellLocation
from parsers.tables.stamp import CELL_MARK, ROW_MARK
from parsers.tables.table import Row, Table
from replies import workbook_style as style
from replies.answer import Answer
from replies.cell_display import displayed
from replies.language import Language
from replies.row_answers import RowAnswer, Status, candidates_of, header_row, is_note, problem_and_advice, row_answers
from replies.safe_text import cell_text

HEADINGS = ("row", "status", "code", "problem", "sent", "used", "advice", "candidates")
"""Our columns, before the sender's, by the words for them."""
_WIDTHS = (7, 19, 10, 40, 16, 26, 30, 18)
_STATUS = 2
_HEADING = 2
"""The row of the headings; above it, hidden, stand the marks by which a corrected answer is read back."""
_NARROWEST, _WIDEST = 6, 28


class _Ours(NamedTuple):
    """The texts of our columns in one row, those after the row's number."""

    status: str
    codes: str
    problem: str
    sent: str
    used: str
    advice: str
    candidates: str

    @classmethod
    def of(cls, said: RowAnswer, language: Language) -> Self:
        parts = [problem_and_advice(one, language) for one in said.told]
        return cls(
            said.status.word(language),
            "\n".join(said.told_codes),
            "\n".join(dict.fromkeys(problem for problem, _ in parts)) or said.instead,
            "\n".join(said.sent),
            said.used or "",
            "\n".join(dict.fromkeys(advice for _, advice in parts if advice)),
            "\n".join(said.candidates(language)),
        )


def write_rows(sheet: Worksheet, answer: Answer, table: Table) -> None:
    """Fill the sheet. The sender's header row is the header of the sheet; every other row of theirs follows it."""
    header, answers = header_row(answer, table), row_answers(answer, table)
    shown = [row for row in table.rows if row.cells and row is not header]
    _write_header(sheet, header, table, answers.get(header.number) if header else None, answer.language)
    lines = answer.lines_of(table)
    at: dict[int, int] = {header.number: _HEADING} if header else {}
    widths = _their_widths(table)
    for place, row in enumerate(shown, start=_HEADING + 1):
        at[row.number] = place
        said = answers.get(row.number, RowAnswer(Status.NONE))
        quiet = row.number not in lines and not said.told and said.status is not Status.SKIPPED
        ours = _Ours.of(said, answer.language)
        _write_row(sheet, place, row, table, said, ours, quiet=quiet)
        if not quiet:
            sheet.row_dimensions[place].height = _height(ours, row, table, widths)
    for column, width in enumerate((*_WIDTHS, *widths), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _mark(sheet, answer, table)
    _comment(sheet, answer, table, at)
    last = get_column_letter(len(HEADINGS) + max(len(widths), 0))
    sheet.auto_filter.ref = f"A{_HEADING}:{last}{_HEADING + max(len(shown), 1)}"
    sheet.freeze_panes = f"C{_HEADING + 1}"
    style.print_on_landscape(sheet, answer.language.say("answer.page"), header=_HEADING)


def _mark(sheet: Worksheet, answer: Answer, table: Table) -> None:
    place = next(number for number, one in enumerate(answer.tables, start=1) if one is table)
    style.put(sheet, 1, 1, f"{ROW_MARK}{place}", style.MUTED)
    # A column in which nothing is shown, such as the keys of our own form, stays as it is in the file.
    for column in sorted({column for row in table.rows for column in row.cells}):
        style.put(sheet, 1, len(HEADINGS) + column, f"{CELL_MARK}{column}", style.MUTED)
    sheet.row_dimensions[1].hidden = True


def _write_header(
    sheet: Worksheet, header: Row | None, table: Table, said: RowAnswer | None, language: Language
) -> None:
    for column, name in enumerate(HEADINGS, start=1):
        cell = style.put(sheet, _HEADING, column, language.say(f"head.{name}"), style.HEADING)
        cell.fill, cell.alignment = style.OUR_HEADING, style.CENTRED
    for column in range(1, _columns(table) + 1):
        known = header.cells.get(column) if header else None
        letters = get_column_letter(column)
        name = displayed(known, table) if known else language.say("answer.column", letters=letters)
        cell = style.put(sheet, _HEADING, len(HEADINGS) + column, name, style.HEADING)
        cell.fill, cell.alignment = style.THEIR_HEADING, style.CENTRED
    if said is not None:
        words = cell_text("\n".join(f"{one.code}: {language.message(one)}" for one in said.findings))
        sheet.cell(row=_HEADING, column=_STATUS).comment = _note(words)
    sheet.row_dimensions[_HEADING].height = 30


def _write_row(
    sheet: Worksheet, place: int, row: Row, table: Table, said: RowAnswer, ours: _Ours, *, quiet: bool
) -> None:
    # Rows around the lines (titles, addresses, totals) stay grey and on one line, so that the lines stand out.
    font = style.MUTED if quiet or said.status is Status.SKIPPED else style.NORMAL
    style.put(sheet, place, 1, row.number, font)
    for column, value in enumerate(ours._replace(status="") if quiet else ours, start=_STATUS):
        style.put(sheet, place, column, value, font)
    for column, read in row.cells.items():
        theirs = style.put(sheet, place, len(HEADINGS) + column, displayed(read, table), font)
        if quiet:
            theirs.alignment = style.ONE_LINE
    sheet.cell(row=place, column=1).alignment = style.NUMBER
    sheet.cell(row=place, column=1).font = style.MUTED
    if quiet:
        return
    for column in range(1, len(HEADINGS) + _columns(table) + 1):
        sheet.cell(row=place, column=column).border = style.LINED
    fill = style.fill_of(said.status)
    if fill is not None:
        for column in range(_STATUS, len(HEADINGS) + 1 if said.status in style.LOUD else _STATUS + 1):
            sheet.cell(row=place, column=column).fill = fill
    if said.status in style.LOUD:
        sheet.cell(row=place, column=_STATUS).font = style.BOLD


def _comment(sheet: Worksheet, answer: Answer, table: Table, at: dict[int, int]) -> None:
    """A comment and a frame on every cell that a finding names."""
    words: dict[tuple[int, int], list[str]] = {}
    for one in answer.findings:
        place = one.location
        if not isinstance(place, CellLocation) or place.sheet != table.sheet or is_note(one):
            continue
        if place.column and place.row in at:
            said = f"{one.code}: {answer.language.message(one)}"
            offered = candidates_of(one, answer.language)
            if offered:
                said += f"\n{answer.language.say('head.candidates')}: {'; '.join(offered)}"
            words.setdefault((at[place.row], place.column), []).append(said)
    for (row, column), lines in words.items():
        cell = sheet.cell(row=row, column=len(HEADINGS) + column)
        cell.border = style.MARKED
        cell.comment = _note(cell_text("\n\n".join(dict.fromkeys(lines))))


def _note(words: str) -> Comment:
    rows = sum(max(1, math.ceil(len(line) / 44)) for line in words.splitlines())
    return Comment(words, "ordermill", width=300, height=24 + 18 * rows)


def _columns(table: Table) -> int:
    return max((max(row.cells, default=0) for row in table.rows), default=0)


def _their_widths(table: Table) -> list[float]:
    """As wide as the column's texts; a text alone in its row runs over its neighbours, and long ones wrap."""
    longest = [0] * _columns(table)
    for row in table.rows:
        for column, cell in row.cells.items():
            if len(row.cells) > 1:
                longest[column - 1] = max(longest[column - 1], len(displayed(cell, table)))
    return [min(max(length + 3, _NARROWEST), _WIDEST) for length in longest]


def _height(ours: _Ours, row: Row, table: Table, widths: list[float]) -> float:
    """Points for the tallest cell of the row."""
    theirs = ((displayed(cell, table), widths[column - 1]) for column, cell in row.cells.items())
    return style.height_of((*zip(ours, _WIDTHS[1:], strict=True), *theirs))
