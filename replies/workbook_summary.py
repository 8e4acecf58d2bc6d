"""The first sheet of an annotated workbook: what became of the order, on one page and in plain words."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from orders.findings import Finding
from replies import workbook_style as style
from replies.answer import Answer
from replies.outcome_words import decision_in_words, next_step, title
from replies.row_answers import (
    Status,
    is_note,
    line_statuses,
    problem_and_advice,
    row_answers,
    status_of,
    unplaced,
)

_WIDTHS = (22, 14, 10, 62, 44)
_REMARK_HEADINGS = ("Status", "Where", "Code", "What is wrong", "How to mend it")
_MOST_REMARKS = 200
"""So many stand in the summary; every one that belongs to a row stands there too."""


def write_summary(sheet: Worksheet, answer: Answer) -> None:
    """Fill the sheet."""
    sheet.sheet_view.showGridLines = False
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    numbers = [order.sent.po_number or "without a number" for order in answer.orders]
    style.put(sheet, 1, 1, title(answer), style.TITLE).alignment = style.ONE_LINE
    sheet.row_dimensions[1].height = 28
    facts = [
        ("Your file", answer.file_name),
        ("Received", answer.received.strftime("%Y-%m-%d %H:%M %Z").strip()),
        ("Our reference", answer.receipt),
        ("Customer", answer.customer),
        ("Order number" if len(numbers) == 1 else "Order numbers", ", ".join(numbers) or "none found"),
        ("Decision", decision_in_words(answer)),
        ("Order value", _value(answer)),
    ]
    row = _facts(sheet, 3, facts)
    row = _next_step(sheet, row + 1, next_step(answer))
    row = _counts(sheet, row + 1, answer)
    _remarks(sheet, row + 1, answer)
    style.print_on_landscape(sheet, "&A, page &P of &N")


def _value(answer: Answer) -> str:
    values: dict[str, Decimal] = {}
    for order in answer.orders:
        currency = next((line.price.currency for line in order.lines if line.price), order.sent.currency or "")
        if order.value is not None:
            values[currency] = values.get(currency, Decimal(0)) + order.value
    told = " and ".join(f"{value:,.2f} {currency}".strip() for currency, value in values.items())
    return f"{told}, lines not accepted left out" if told and answer.counts.rejected else told or "not known"


def _facts(sheet: Worksheet, row: int, facts: Iterable[tuple[str, str]]) -> int:
    for name, value in facts:
        style.put(sheet, row, 1, name, style.MUTED).alignment = style.ONE_LINE
        style.put(sheet, row, 2, value, style.BOLD).alignment = style.ONE_LINE
        row += 1
    return row


def _next_step(sheet: Worksheet, row: int, words: str) -> int:
    style.put(sheet, row, 1, "Next step", style.SECTION).alignment = style.ONE_LINE
    # Sentence by sentence, each in a row of its own: nothing is merged, and nothing is cut off.
    for sentence in words.split(". "):
        row += 1
        style.put(sheet, row, 1, sentence if sentence.endswith(".") else f"{sentence}.").alignment = style.ONE_LINE
    return row + 1


def _counts(sheet: Worksheet, row: int, answer: Answer) -> int:
    style.put(sheet, row, 1, "Lines", style.SECTION).alignment = style.ONE_LINE
    number_of = Counter(status for order in answer.orders for status in line_statuses(order))
    number_of[Status.SKIPPED] += sum(order.sent.skipped for order in answer.orders)
    names = {"Read": (Status.NONE, answer.counts.read)}
    names |= {status.value: (status, number_of[status]) for status in Status if number_of[status]}
    for name, (status, number) in names.items():
        row += 1
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
    told = _told(answer)
    if not told:
        return
    style.put(sheet, row, 1, "What we noticed", style.SECTION).alignment = style.ONE_LINE
    row += 1
    for column, name in enumerate(_REMARK_HEADINGS, start=1):
        style.put(sheet, row, column, name, style.HEADING).fill = style.OUR_HEADING
    shown = [remark for index, remark in enumerate(told) if index < _MOST_REMARKS or "row" not in remark[1]]
    for status, place, one in shown:
        row += 1
        problem, advice = problem_and_advice(one)
        for column, value in enumerate((status.value, place, one.code, problem, advice), start=1):
            cell = style.put(sheet, row, column, value, style.BOLD if column == 1 else style.NORMAL)
            cell.border = style.LINED
        fill = style.fill_of(status)
        if fill is not None:
            sheet.cell(row=row, column=1).fill = fill
        sheet.row_dimensions[row].height = style.height_of(((problem, _WIDTHS[3]), (advice, _WIDTHS[4])))
    if len(told) > len(shown):
        words = f"{len(told) - len(shown)} more stand in the next sheet."
        style.put(sheet, row + 1, 1, words, style.MUTED).alignment = style.ONE_LINE


def _told(answer: Answer) -> list[tuple[Status, str, Finding]]:
    whole = [(status_of(one), "whole order" if one.order else "file", one) for one in unplaced(answer)]
    placed = [
        (said.status, f"row {number}" if one.line or not one.order else f"order, row {number}", one)
        for table in answer.answered_tables()
        for number, said in row_answers(answer, table).items()
        for one in said.told
    ]
    placed.sort(key=lambda remark: -remark[2].severity.rank)
    return [remark for remark in (*whole, *placed) if not is_note(remark[2])]
