#!/usr/bin/env bash
# Guessed: a date given as text to a German calendar is either read the German way (day, month, year)
# or refused.
#
# What happens (holidays 0.109, python-dateutil 2.9.0.post0): the text is read month first, unless the
# first number is greater than 12, for whatever country. "03.10.2026", the Day of German Unity, is no
# holiday, "10.03.2026" is one, and "26.12.2026" is read as meant. In French, 01/05/2026 is not Labour
# Day.
#
# Why it matters: a delivery date copied from an order as text is checked against another day, without
# an error, and only in the first twelve days of a month. Give it dates.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109 python-dateutil==2.9.0.post0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["holidays", "python-dateutil"]), sep=", ")
import datetime as dt

import holidays

germany, france = holidays.country_holidays("DE"), holidays.country_holidays("FR")
found = {text: germany.get(text) for text in ("03.10.2026", "10.03.2026", "26.12.2026")}
found["01/05/2026"] = france.get("01/05/2026")
for text, name in found.items():
    print(f"{text}: {name}")
assert germany.get(dt.date(2026, 10, 3)) == "German Unity Day"
assert france.get(dt.date(2026, 5, 1)) == "Labor Day"
assert found == {
    "03.10.2026": None,
    "10.03.2026": "German Unity Day",
    "26.12.2026": "Second Day of Christmas",
    "01/05/2026": None,
}, found
PYTHON
