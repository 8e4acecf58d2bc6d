#!/usr/bin/env bash
# Guessed: a cell of an OpenDocument sheet with a line break in it comes out of python-calamine with a
# newline, since two paragraphs in a cell do.
#
# What happens (python-calamine 0.9.1): text:line-break and text:tab inside a paragraph are dropped
# and their neighbours are joined. "12 Quay Road" + break + "40210 Hafen" becomes "12 Quay Road40210
# Hafen". ezodf 0.3.2, which writes every newline as such a break, reads the same file back whole.
#
# Why it matters: two item numbers, or street and postal code, in one cell become one word that is
# found in no catalogue and no address list, and nothing shows where they were joined.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check ezodf==0.3.2 lxml==6.1.3 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["ezodf", "lxml", "python-calamine"]), sep=", ")
import ezodf
from python_calamine import CalamineWorkbook

document = ezodf.newdoc("ods", "order.ods")
sheet = ezodf.Sheet("Order", size=(1, 2))
document.sheets += sheet
sheet[0, 0].set_value("12 Quay Road\n40210 Hafen")
sheet[0, 1].set_value("A-1\tB-2")
document.save()

again = [cell.value for cell in next(ezodf.opendoc("order.ods").sheets[0].rows())]
calamine = CalamineWorkbook.from_path("order.ods").get_sheet_by_index(0).to_python()[0]
print("ezodf:          ", again)
print("python-calamine:", calamine)
assert again == ["12 Quay Road\n40210 Hafen", "A-1\tB-2"]
assert calamine == ["12 Quay Road40210 Hafen", "A-1B-2"]
PYTHON
