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
from replies.row_answers import is_note, says_nothing
from replies.stamp_sheet import write_stamp
from replies.wording.language import Language
from replies.workbook_pages import print_on_landscape
from replies.workbook_rows import write_rows
from replies.workbook_summary import write_summary

_NOTE_HEADINGS = ("head.place", "head.code", "head.note", "head.sent", "head.read_as")
_NOTE_WIDTHS = (26, 10, 90, 26, 26)
_FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def annotated_workbook(answer: Answer) -> bytes:
    """The workbook. Its content depends on the answer alone; the file also holds the time at which it was written."""
    say = answer.language.say
    workbook = Workbook()
    workbook.properties.language = answer.language.code
    workbook.properties.creator = "ordermill"
    workbook.properties.title = say("answer.about", file=answer.file_name)
    workbook.properties.created = workbook.properties.modified = answer.received.replace(tzinfo=None)
    summary = workbook.active
    assert isinstance(summary, Worksheet)
    summary.title = say("answer.summary")
    write_summary(summary, answer)
    for table in answer.answered_tables():
        write_rows(workbook.create_sheet(_title(workbook, table.sheet or "", say("answer.order"))), answer, table)
    notes = [one for one in answer.findings if is_note(one) and not says_nothing(one, answer.language)]
    if notes:
        _write_notes(workbook.create_sheet(_title(workbook, say("answer.notes"), "")), notes, answer.language)
    if answer.stamp is not None:
        write_stamp(workbook, answer.stamp, answer.key)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _title(workbook: Workbook, wanted: str, otherwise: str) -> str:
    """A sheet name of at most 31 characters that is not taken yet, whatever its case."""
    name = wanted.translate(_FORBIDDEN_IN_TITLES).strip(" '")[:31] or otherwise
    taken = {one.casefold() for one in workbook.sheetnames}
    number, unique = 2, name
    while unique.casefold() in taken:
        unique, number = f"{name[:27]} {number}", number + 1
    return unique


def _write_notes(sheet: Worksheet, notes: list[Finding], language: Language) -> None:
    for column, (name, width) in enumerate(zip(_NOTE_HEADINGS, _NOTE_WIDTHS, strict=True), 1):
        style.put(sheet, 1, column, language.say(name), style.HEADING).fill = style.OUR_HEADING
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    for row, one in enumerate(notes, start=2):
        place = one.location
        where = ""
        if isinstance(place, CellLocation):
            where = place.cell or language.say("where.row", row=place.row)
        said = language.told(one)
        for column, value in enumerate((where, one.code, said, one.before or "", one.after or ""), start=1):
            style.put(sheet, row, column, value).border = style.LINED
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{len(notes) + 1}"
    print_on_landscape(sheet, language.say("answer.page"), header=1)
