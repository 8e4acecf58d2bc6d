#!/usr/bin/env bash
# Guessed: xlsx2csv writes a number either as stored or as a spreadsheet shows it, with the unit that
# its format appends.
#
# What happens (xlsx2csv 0.8.6, workbook by XlsxWriter 3.3.1): a format whose quoted unit has a letter
# of dates (d, h, m, s, y) is taken for a date format, and the CSV gets the format itself with parts
# of a date put in; the number itself is nowhere in it. 12.5 with #,##0.00 "EUR/Stk" becomes the text
# #,##0.00 "eur/stk". With "kg" as the unit it is 12.5.
#
# Why it matters: whoever turns customers' workbooks into CSV before reading loses the price, gets
# text that passes as a cell with content, and finds out only where somebody calculates with it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check xlsx2csv==0.8.6 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["xlsx2csv", "XlsxWriter"]), sep=", ")
import csv

import xlsxwriter
from xlsx2csv import Xlsx2csv

expected = {
    '#,##0.00 "kg"': "12.5",
    '#,##0.00 "EUR/Stk"': '#,##0.00 "eur/stk"',
    '0.0 "days"': '0.0 "11ays"',
}
with xlsxwriter.Workbook("order.xlsx") as book:
    sheet = book.add_worksheet("Order")
    for row, shown in enumerate(expected):
        sheet.write_number(row, 0, 12.5, book.add_format({"num_format": shown}))
Xlsx2csv("order.xlsx").convert("order.csv")
with open("order.csv", newline="") as file:
    found = [row[0] for row in csv.reader(file)]
for shown, value in zip(expected, found, strict=True):
    print(f"12.5 with the format {shown}: {value!r}")
assert found == list(expected.values()), found
PYTHON
