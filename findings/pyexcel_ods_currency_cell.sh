#!/usr/bin/env bash
# Guessed: a cell with office:value-type="currency" and office:value="12.50" is read as the number
# 12.5, the currency being a matter of format, as python-calamine and ezodf do.
#
# What happens (pyexcel-ods 0.6.0): the cell comes as text, the stored value and the currency code
# joined: "12.50 EUR". The same number in a plain cell comes as a float.
#
# Why it matters: in one column the prices that somebody formatted as currency are text and the others
# numbers. A check "is it a number" drops the former, and a comparison with the price list says that
# every one of them differs.
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
row = TableRow()
for attributes in (
    {"valuetype": "currency", "value": "12.50", "currency": "EUR"},
    {"valuetype": "float", "value": "12.50"},
):
    cell = TableCell(**attributes)
    cell.addElement(P(text="12,50"))
    row.addElement(cell)
table.addElement(row)
document.save("order.ods")

calamine = CalamineWorkbook.from_path("order.ods").get_sheet_by_index(0).to_python()
pyexcel = get_data("order.ods")["Order"]
print("python-calamine:", calamine)
print("pyexcel-ods:    ", pyexcel)
assert calamine == [[12.5, 12.5]]
assert pyexcel == [["12.50 EUR", 12.5]]
PYTHON
