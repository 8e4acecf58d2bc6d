"""The sender's order as a workbook of ours with an answer at every line (Office Open XML, ECMA-376).

Written anew and never by saving the sender's file, of which a library would lose parts. Sheets: a summary, each
answered table with the sender's rows in their order under their own row numbers, and notes on how values were read.
No cell is a formula: text that looks like one carries an apostrophe.
"""

import io

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from orders.findings import Finding
from orders.location import CellLocation
from replies import workbook_style as style
from replies.answer import Answer
from replies.row_answers import is_note
from replies.stamp_sheet import write_stamp
from replies.workbook_rows import write_rows
from replies.workbook_summary import write_summary

_NOTE_WIDTHS = (26, 10, 90, 26, 26)
_FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def annotated_workbook(answer: Answer) -> bytes:
    """The workbook. Its content depends on the answer alone; the file also holds the time at which it was written."""
    workbook = Workbook()
    workbook.properties.creator = "ordermill"
    workbook.properties.title = f"Answer to {answer.file_name}"
    workbook.properties.created = workbook.properties.modified = answer.received.replace(tzinfo=None)
    summary = workbook.active
    assert isinstance(summary, Worksheet)
    summary.title = "Summary"
    write_summary(summary, answer)
    for table in answer.answered_tables():
        write_rows(workbook.create_sheet(_title(workbook, table.sheet or "Your order")), answer, table)
    notes = [one for one in answer.findings if is_note(one)]
    if notes:
        _write_notes(workbook.create_sheet(_title(workbook, "How we read it")), notes)
    if answer.stamp is not None:
        write_stamp(workbook, answer.stamp, answer.key)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _title(workbook: Workbook, wanted: str) -> str:
    """A sheet name of at most 31 characters that is not taken yet, whatever its case."""
    name = wanted.translate(_FORBIDDEN_IN_TITLES).strip(" '")[:31] or "Your order"
    taken = {one.casefold() for one in workbook.sheetnames}
    number, unique = 2, name
    while unique.casefold() in taken:
        unique, number = f"{name[:27]} {number}", number + 1
    return unique


def _write_notes(sheet: Worksheet, notes: list[Finding]) -> None:
    for column, (name, width) in enumerate(
        zip(("Place", "Code", "Note", "Sent", "Read as"), _NOTE_WIDTHS, strict=True), 1
    ):
        style.put(sheet, 1, column, name, style.HEADING).fill = style.OUR_HEADING
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    for row, one in enumerate(notes, start=2):
        place = one.location
        where = f"row {place.row}" if isinstance(place, CellLocation) and place.cell is None else ""
        where = place.cell if isinstance(place, CellLocation) and place.cell else where
        for column, value in enumerate((where, one.code, one.message, one.before or "", one.after or ""), start=1):
            style.put(sheet, row, column, value).border = style.LINED
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{len(notes) + 1}"
    style.print_on_landscape(sheet, "&A, page &P of &N", header=1)
