#!/usr/bin/env bash
# Guessed: two equal order lines that stand below each other, which OpenDocument stores once with
# table:number-rows-repeated="2", are read as two lines by every reader, as python-calamine does.
#
# What happens (pyexcel-ods 0.6.0): the attribute is ignored for rows (repeated cells within a row are
# expanded), and the customer's two lines are read as one.
#
# Why it matters: spreadsheets fold equal neighbouring rows when they save, so nobody sees it happen.
# An order line, and with it half of the quantity, is gone without an error.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyexcel-ods==0.6.0 pyexcel-io==0.6.8 odfpy==1.4.1 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["pyexcel-ods", "pyexcel-io", "odfpy", "python-calamine"]), sep=", ")
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from pyexcel_ods import get_data
from python_calamine import CalamineWorkbook

document = OpenDocumentSpreadsheet()
table = Table(name="Order")
document.spreadsheet.addElement(table)


def text(value, **attributes):
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=value))
    return cell


for item, times in (("A-1", 2), ("B-2", 1)):
    row = TableRow(numberrowsrepeated=times)
    row.addElement(text(item))
    row.addElement(text("same", numbercolumnsrepeated=2))
    table.addElement(row)
document.save("order.ods")

calamine = CalamineWorkbook.from_path("order.ods").get_sheet_by_index(0).to_python()
pyexcel = get_data("order.ods")["Order"]
print("python-calamine:", calamine)
print("pyexcel-ods:    ", pyexcel)
a, b = ["A-1", "same", "same"], ["B-2", "same", "same"]
assert calamine == [a, a, b]
assert pyexcel == [a, b]
PYTHON
