"""Writes the order of ``parity/`` as xlsx, and has LibreOffice make the xls and the ods of it.

``python -m tests.spreadsheets.make_parity``, where ``soffice`` is installed. What it makes is committed.
"""

import subprocess
from pathlib import Path

import openpyxl

from tests.spreadsheets.one_order import HEADER, LINES

FOLDER = Path(__file__).parent / "parity"


def main() -> None:
    """Write the three files."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bestellung"
    sheet.append(HEADER)
    for line in LINES:
        sheet.append(line)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.is_date:
                cell.number_format = "dd.mm.yyyy"
    path = FOLDER / "order.xlsx"
    book.save(path)
    for kind in ("xls", "ods"):
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", FOLDER, path], check=True)


if __name__ == "__main__":
    main()
