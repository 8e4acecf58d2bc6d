#!/usr/bin/env bash
# Guessed: the calendar of a German state has all days off of that state, so 15 August is in the one
# of Bavaria as it is in that of the Saarland.
#
# What happens (holidays 0.109): in Bavaria the day depends on the municipality, and the library files
# it under a category of its own, "catholic". Without asking for it the day is a working day in all of
# Bavaria; the Saarland has it among the public ones. Augsburg is a subdivision of its own and has the
# day and 8 August as well.
#
# Why it matters: Munich and most of Bavaria's towns have the day off. The next working day for a
# delivery is promised onto a closed dock, and the subdivision code of the address alone does not
# prevent it.
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

day = dt.date(2025, 8, 15)  # a Friday
found = {
    "BY": holidays.country_holidays("DE", subdiv="BY"),
    "BY, catholic": holidays.country_holidays("DE", subdiv="BY", categories=("public", "catholic")),
    "SL": holidays.country_holidays("DE", subdiv="SL"),
    "Augsburg": holidays.country_holidays("DE", subdiv="Augsburg"),
}
working = {place: calendar.is_working_day(day) for place, calendar in found.items()}
for place, works in working.items():
    print(f"{place}: {day} is {'a working day' if works else found[place].get(day)}")
assert working == {"BY": True, "BY, catholic": False, "SL": False, "Augsburg": False}
assert not found["Augsburg"].is_working_day(dt.date(2025, 8, 8))
PYTHON
