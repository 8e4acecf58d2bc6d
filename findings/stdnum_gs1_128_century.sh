#!/usr/bin/env bash
# Guessed: a two-digit year in a GS1-128 element string is resolved by GS1's rule, so (17)75... read
# in the 2020s is a best before date in 2075.
#
# What happens (python-stdnum 2.2): the century comes from strptime's fixed pivot (69 to 99 are 19xx),
# so the date is in 1975. The day 00 is read rightly as the last day of the month.
#
# Why it matters: GS1 sets the century relative to the current year; a production, contract or best
# before date far ahead turns into one fifty years ago, and the goods look expired.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check python-stdnum==2.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["python-stdnum"]), sep=", ")
from stdnum import gs1_128

found = {text: gs1_128.info(text)["17"].isoformat() for text in (
    "(01)09521234543213(17)681116",
    "(01)09521234543213(17)751116",
    "(01)09521234543213(17)261100",
)}
print(*(f"{text} is best before {day}" for text, day in found.items()), sep="\n")
assert list(found.values()) == ["2068-11-16", "1975-11-16", "2026-11-30"]
PYTHON
