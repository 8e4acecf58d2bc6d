"""Writes the stamp of a workbook: a sheet of texts that no menu shows."""

from openpyxl import Workbook

from parsers.tables.stamp import STAMP_SHEET, Stamp, stamp_rows


def write_stamp(workbook: Workbook, stamp: Stamp, key: bytes) -> None:
    """Add the sheet, signed with the key."""
    sheet = workbook.create_sheet(STAMP_SHEET)
    sheet.sheet_state = "veryHidden"
    for row, texts in enumerate(stamp_rows(stamp, key), start=1):
        for column, text in enumerate(texts, start=1):
            if text:
                cell = sheet.cell(row=row, column=column)
                cell.value = text
                cell.data_type = "s"
                cell.number_format = "@"
