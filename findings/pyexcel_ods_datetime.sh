#!/usr/bin/env bash
# Guessed: a date with a time, written by pyexcel-ods, is a date for every reader of OpenDocument
# sheets, as a plain date is.
#
# What happens (pyexcel-ods 0.6.0): the cell gets office:value-type="datetime", a type that
# OpenDocument does not have (date is for both). pyexcel-ods itself reads it back as text; python-
# calamine 0.9.1 then refuses the whole sheet and ezodf 0.3.2 stops at the cell. Without that cell
# both read the file.
#
# Why it matters: an export of orders with the moment of ordering in it cannot be read by the partner
# at all, while it looks well in the tests of the one who writes it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pyexcel-ods==0.6.0 pyexcel-io==0.6.8 odfpy==1.4.1 python-calamine==0.9.1 ezodf==0.3.2 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["pyexcel-ods", "pyexcel-io", "odfpy", "python-calamine", "ezodf", "lxml"]), sep=", ")
import datetime as dt

import ezodf
from pyexcel_ods import get_data, save_data
from python_calamine import CalamineError, CalamineWorkbook


def read(moment):
    save_data("order.ods", {"Order": [["PO 1", moment]]})
    own = get_data("order.ods")["Order"]
    try:
        calamine = CalamineWorkbook.from_path("order.ods").get_sheet_by_index(0).to_python()
    except CalamineError as refused:
        calamine = f"refused: {refused}"
    try:
        other = [[cell.value for cell in row] for row in ezodf.opendoc("order.ods").sheets[0].rows()]
    except KeyError as refused:
        other = f"refused: {refused}"
    print("pyexcel-ods:", own, "python-calamine:", calamine, "ezodf:", other, sep="\n  ")
    return own, calamine, other


day = dt.date(2026, 11, 16)
assert read(day) == ([["PO 1", day]], [["PO 1", day]], [["PO 1", "2026-11-16"]])
own, calamine, other = read(dt.datetime(2026, 11, 16, 8, 30))
assert own == [["PO 1", "2026-11-16 08:30:00"]]
assert calamine.startswith("refused") and other == "refused: 'datetime'"
PYTHON
