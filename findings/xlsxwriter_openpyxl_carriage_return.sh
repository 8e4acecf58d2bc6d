#!/usr/bin/env bash
# Guessed: text with the line ends of Windows, written by XlsxWriter, comes back from openpyxl as it
# was, or with plain newlines.
#
# What happens (XlsxWriter 3.3.1, openpyxl 3.1.5): XlsxWriter escapes the carriage return as the
# format wants, _x000D_, and openpyxl leaves the escape in the text, so a delivery address gets
# "_x000D_" at the end of each line. Yet it does undo the escape of an escape: text that really has
# _x0041_ in it comes back right. python-calamine 0.9.1 undoes both.
#
# Why it matters: remarks and addresses that came from a form on the web have such line ends. They are
# printed on labels with the escape in them, and the postal code is not found at the end of its line.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["XlsxWriter", "openpyxl", "python-calamine"]), sep=", ")
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

texts = ["12 Quay Road\r\n40210 Hafen", "part _x0041_"]
with xlsxwriter.Workbook("order.xlsx") as book:
    sheet = book.add_worksheet("Order")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
found = [cell.value for cell in openpyxl.load_workbook("order.xlsx")["Order"]["A"]]
calamine = [row[0] for row in CalamineWorkbook.from_path("order.xlsx").get_sheet_by_index(0).to_python()]
print("openpyxl:       ", found)
print("python-calamine:", calamine)
assert found == ["12 Quay Road_x000D_\n40210 Hafen", "part _x0041_"], found
assert calamine == texts, calamine
PYTHON
