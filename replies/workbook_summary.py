"""The first sheet of an annotated workbook: what became of the order, on one page and in plain words."""

from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

from replies import workbook_style as style
from replies.answer import Answer
from replies.outcome_words import (
    decision_in_words,
    line_counts,
    next_step,
    order_numbers,
    order_value,
    title,
)
from replies.remarks import remarks
from replies.workbook_pages import print_on_landscape

_WIDTHS = (22, 14, 10, 62, 44)
_REMARK_HEADINGS = ("head.status", "head.where", "head.code", "head.problem", "head.advice")
_MOST_REMARKS = 200
"""So many stand in the summary; every one that belongs to a row stands there too."""


def write_summary(sheet: Worksheet, answer: Answer) -> None:
    """Fill the sheet."""
    sheet.sheet_view.showGridLines = False
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    style.put(sheet, 1, 1, title(answer), style.TITLE).alignment = style.ONE_LINE
    sheet.row_dimensions[1].height = 28
    row = _facts(sheet, 3, _facts_of(answer))
    row = _next_step(sheet, row + 1, answer.language.say("part.next"), next_step(answer))
    row = _counts(sheet, row + 1, answer)
    _remarks(sheet, row + 1, answer)
    print_on_landscape(sheet, answer.language.say("answer.page"))


def _facts_of(answer: Answer) -> Iterable[tuple[str, str]]:
    say = answer.language.say
    yield say("fact.file"), answer.file_name
    yield say("fact.received"), f"{answer.language.day(answer.received)} {answer.received:%H:%M %Z}".strip()
    yield say("fact.reference"), answer.receipt
    yield say("fact.customer"), answer.customer
    yield say("fact.order" if len(answer.orders) == 1 else "fact.orders"), order_numbers(answer)
    yield say("fact.decision"), decision_in_words(answer)
    yield say("fact.value"), order_value(answer)
    if answer.deadline is not None:
        yield say("fact.deadline"), answer.language.day(answer.deadline)


def _facts(sheet: Worksheet, row: int, facts: Iterable[tuple[str, str]]) -> int:
    for name, value in facts:
        style.put(sheet, row, 1, name, style.MUTED).alignment = style.ONE_LINE
        style.put(sheet, row, 2, value, style.BOLD).alignment = style.ONE_LINE
        row += 1
    return row


def _next_step(sheet: Worksheet, row: int, heading: str, words: str) -> int:
    style.put(sheet, row, 1, heading, style.SECTION).alignment = style.ONE_LINE
    # Sentence by sentence, each in a row of its own: nothing is merged, and nothing is cut off.
    for sentence in words.split(". "):
        row += 1
        style.put(sheet, row, 1, sentence if sentence.endswith(".") else f"{sentence}.").alignment = style.ONE_LINE
    return row + 1


def _counts(sheet: Worksheet, row: int, answer: Answer) -> int:
    style.put(sheet, row, 1, answer.language.say("part.lines"), style.SECTION).alignment = style.ONE_LINE
    for status, number in line_counts(answer).items():
        row += 1
        name = status.word(answer.language) or answer.language.say("lines.read")
        for column, value in ((1, name), (2, number)):
            cell = style.put(sheet, row, column, value, style.BOLD if number and status in style.LOUD else style.NORMAL)
            cell.border = style.LINED
            fill = style.fill_of(status) if number else None
            if fill is not None:
                cell.fill = fill
        sheet.cell(row=row, column=2).alignment = style.NUMBER
    return row + 1


def _remarks(sheet: Worksheet, row: int, answer: Answer) -> None:
    """What is said about the whole order, all of it, and the first of what is said about lines."""
    told = remarks(answer)
    if not told:
        return
    language = answer.language
    style.put(sheet, row, 1, language.say("part.noticed"), style.SECTION).alignment = style.ONE_LINE
    row += 1
    sheet.print_title_rows = f"{row}:{row}"
    for column, name in enumerate(_REMARK_HEADINGS, start=1):
        style.put(sheet, row, column, language.say(name), style.HEADING).fill = style.OUR_HEADING
    shown = [remark for index, remark in enumerate(told) if index < _MOST_REMARKS or not remark.of_row]
    for remark in shown:
        row += 1
        status, one = remark.status, remark.finding
        said = language.to_sender(one)
        texts = (status.word(language), remark.where(language), one.code, said.problem, said.advice)
        for column, value in enumerate(texts, start=1):
            cell = style.put(sheet, row, column, value, style.BOLD if column == 1 else style.NORMAL)
            cell.border = style.LINED
        fill = style.fill_of(status)
        if fill is not None:
            sheet.cell(row=row, column=1).fill = fill
        sheet.row_dimensions[row].height = style.height_of(((said.problem, _WIDTHS[3]), (said.advice, _WIDTHS[4])))
    if len(told) > len(shown):
        words = language.say("more", number=len(told) - len(shown))
        style.put(sheet, row + 1, 1, words, style.MUTED).alignment = style.ONE_LINE
