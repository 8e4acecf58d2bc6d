"""A sheet of an annotated workbook: the sender's rows in their order, each with what is said about it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from parsers.tables.stamp import CELL_MARK, ROW_MARK
from parsers.tables.table import Row, Table
from replies import workbook_style as style
from replies.answer import Answer
from replies.cell_display import displayed
from replies.row_answers import RowAnswer, Status, header_row, row_answers
from replies.wording.language import Language
from replies.workbook_cells import mark_cells, note
from replies.workbook_pages import print_in_two_parts

HEADINGS = ("row", "status", "code", "problem", "sent", "used", "advice", "candidates")
"""Our columns, before the sender's, by the words for them."""
_WIDEST_OF_OURS = (8, 19, 11, 40, 18, 28, 30, 20)
_STATUS = 2
_HEADING = 2
"""The row of the headings; above it, hidden, stand the marks by which a corrected answer is read back."""
_NARROWEST, _WIDEST = 6, 28
_ROOM = 3
"""Characters that a column is wider than its longest text, for the indent and the arrow of the filter."""


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
        parts = [language.to_sender(one) for one in said.told]
        return cls(
            said.status.word(language),
            "\n".join(said.told_codes),
            "\n".join(dict.fromkeys(one.problem for one in parts)) or said.instead,
            "\n".join(said.sent(language)),
            said.used or "",
            "\n".join(dict.fromkeys(one.advice for one in parts if one.advice)),
            "\n".join(said.candidates(language)),
        )


class _Written(NamedTuple):
    """One row to write: the sender's, what is said of it, and whether it asks for nothing and stays grey."""

    row: Row
    said: RowAnswer
    ours: _Ours
    quiet: bool


def write_rows(sheet: Worksheet, answer: Answer, table: Table) -> None:
    """Fill the sheet. The sender's header row is the header of the sheet; every other row of theirs follows it."""
    header, answers = header_row(answer, table), row_answers(answer, table)
    lines, language = answer.lines_of(table), answer.language
    written = []
    for row in table.rows:
        if row.cells and row is not header:
            said = answers.get(row.number, RowAnswer(Status.NONE))
            quiet = row.number not in lines and not said.told and said.status is not Status.SKIPPED
            ours = _Ours.of(said, language)
            written.append(_Written(row, said, ours._replace(status="") if quiet else ours, quiet))
    # A column in which nothing is shown, such as the keys of our own form, stays as it is in the file.
    theirs = sorted({column for row in table.rows for column in row.cells})
    columns = {column: at for at, column in enumerate(theirs, start=len(HEADINGS) + 1)}
    our_widths = _our_widths([one.ours for one in written if not one.quiet], language)
    their_widths = _their_widths(table, columns)
    _write_header(sheet, header, table, columns, language)
    if header is not None and header.number in answers:
        told = (f"{one.code}: {language.told(one)}" for one in answers[header.number].findings)
        sheet.cell(row=_HEADING, column=_STATUS).comment = note("\n".join(told))
    rows = {header.number: _HEADING} if header else {}
    for place, one in enumerate(written, start=_HEADING + 1):
        rows[one.row.number] = place
        _write_row(sheet, place, one, table, columns)
        if not one.quiet:
            texts = ((displayed(cell, table), their_widths[column]) for column, cell in one.row.cells.items())
            height = style.height_of((*zip(one.ours, our_widths[1:], strict=True), *texts))
            sheet.row_dimensions[place].height = height
    for at, width in enumerate((*our_widths, *their_widths.values()), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    _mark(sheet, answer, table, columns)
    first = mark_cells(sheet, answer, table, rows, columns)
    last = get_column_letter(len(HEADINGS) + len(columns))
    sheet.auto_filter.ref = f"A{_HEADING}:{last}{_HEADING + max(len(written), 1)}"
    sheet.freeze_panes = f"C{_HEADING + 1}"
    if first is not None:
        style.start_at(sheet, first)
    footer = language.say("answer.page")
    print_in_two_parts(sheet, footer, _HEADING, our_widths, tuple(their_widths.values()), kept=_STATUS)


def _mark(sheet: Worksheet, answer: Answer, table: Table, columns: dict[int, int]) -> None:
    place = next(number for number, one in enumerate(answer.tables, start=1) if one is table)
    style.put(sheet, 1, 1, f"{ROW_MARK}{place}", style.MUTED)
    for column, at in columns.items():
        style.put(sheet, 1, at, f"{CELL_MARK}{column}", style.MUTED)
    sheet.row_dimensions[1].hidden = True


def _write_header(
    sheet: Worksheet, header: Row | None, table: Table, columns: dict[int, int], language: Language
) -> None:
    for at, name in enumerate(HEADINGS, start=1):
        cell = style.put(sheet, _HEADING, at, language.say(f"head.{name}"), style.HEADING)
        cell.fill, cell.alignment = style.OUR_HEADING, style.CENTRED
    for column, at in columns.items():
        known = header.cells.get(column) if header else None
        letters = get_column_letter(column)
        name = displayed(known, table) if known else language.say("answer.column", letters=letters)
        cell = style.put(sheet, _HEADING, at, name, style.HEADING)
        cell.fill, cell.alignment = style.THEIR_HEADING, style.CENTRED
    sheet.row_dimensions[_HEADING].height = 30


def _write_row(sheet: Worksheet, place: int, one: _Written, table: Table, columns: dict[int, int]) -> None:
    # Rows around the lines (titles, addresses, totals) stay grey and on one line, so that the lines stand out.
    font = style.MUTED if one.quiet or one.said.status is Status.SKIPPED else style.NORMAL
    style.put(sheet, place, 1, one.row.number, style.MUTED).alignment = style.NUMBER
    for at, value in enumerate(one.ours, start=_STATUS):
        style.put(sheet, place, at, value, font)
    for column, read in one.row.cells.items():
        theirs = style.put(sheet, place, columns[column], displayed(read, table), font)
        if one.quiet:
            theirs.alignment = style.ONE_LINE
    if one.quiet:
        return
    for at in range(1, len(HEADINGS) + len(columns) + 1):
        sheet.cell(row=place, column=at).border = style.LINED
    status = one.said.status
    fill = style.fill_of(status)
    if fill is not None:
        for at in range(_STATUS, len(HEADINGS) + 1 if status in style.LOUD else _STATUS + 1):
            sheet.cell(row=place, column=at).fill = fill
    if status in style.LOUD:
        sheet.cell(row=place, column=_STATUS).font = style.BOLD


def _our_widths(written: Sequence[_Ours], language: Language) -> tuple[float, ...]:
    """As wide as the texts of the column or its heading, and no wider than is good to read."""
    widths: list[float] = [_WIDEST_OF_OURS[0]]
    for at, name in enumerate(HEADINGS[1:]):
        texts = [language.say(f"head.{name}"), *(line for one in written for line in one[at].split("\n"))]
        widths.append(min(_longest(texts) + _ROOM, _WIDEST_OF_OURS[at + 1]))
    return tuple(widths)


def _their_widths(table: Table, columns: Iterable[int]) -> dict[int, float]:
    """As wide as the column's texts; a text alone in its row runs over its neighbours, and long ones wrap."""
    texts: dict[int, list[str]] = {column: [] for column in columns}
    for row in table.rows:
        for column, cell in row.cells.items():
            if len(row.cells) > 1:
                texts[column].append(displayed(cell, table))
    return {column: min(max(_longest(found) + _ROOM, _NARROWEST), _WIDEST) for column, found in texts.items()}


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)
