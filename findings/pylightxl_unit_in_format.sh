#!/usr/bin/env bash
# Guessed: a quantity shown with a unit or a colour in its number format (0" days", [Red]0, 0 "Uhr")
# is a number for every reader of workbooks, as it is for openpyxl and python-calamine.
#
# What happens (pylightxl 1.61, workbook by XlsxWriter 3.3.1): any d, m, y, h or s in the format, also
# in quoted text or in the name of a colour, makes the cell a date or a time. 48 with [Red]0 is
# '1900/02/16', and 48 with 0 "Uhr" (German for o'clock) is '00:00:00', from which the number cannot
# be had again. 0 "kg" stays 48.
#
# Why it matters: quantities, days of payment and opening hours of a dock are formatted like this all
# the time; red and yellow mark what a buyer wants to be seen.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pylightxl==1.61 XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["pylightxl", "XlsxWriter", "openpyxl", "python-calamine"]), sep=", ")
import openpyxl
import pylightxl
import xlsxwriter
from python_calamine import CalamineWorkbook

expected = {
    '0 "kg"': 48,
    "[Red]0": "1900/02/16",
    '0" days"': "1900/02/16 00:00:00",
    '0 "Uhr"': "00:00:00",
}
with xlsxwriter.Workbook("order.xlsx") as book:
    sheet = book.add_worksheet("Order")
    for row, shown in enumerate(expected):
        sheet.write_number(row, 0, 48, book.add_format({"num_format": shown}))
exact = [cell.value for cell in openpyxl.load_workbook("order.xlsx")["Order"]["A"]]
calamine = [row[0] for row in CalamineWorkbook.from_path("order.xlsx").get_sheet_by_index(0).to_python()]
light = pylightxl.readxl("order.xlsx").ws("Order").col(1)
for shown, value in zip(expected, light, strict=True):
    print(f"48 with the format {shown}: {value!r}")
assert exact == calamine == [48, 48, 48, 48]
assert light == list(expected.values()), light
PYTHON
