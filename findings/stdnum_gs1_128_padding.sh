#!/usr/bin/env bash
# Guessed: the human readable form of a GS1-128 element string, with parentheses round the
# identifiers, has each value as it was given, since the parentheses show where it ends.
#
# What happens (python-stdnum 2.2): every value of variable length that is not the last is filled with
# spaces to its greatest length. The batch "AB" before a count becomes "AB" and 18 spaces. With a
# separator given nothing is filled. Reading it back with info() strips the spaces again.
#
# Why it matters: the text goes on labels and into despatch advices, where the batch is compared with
# one that has no spaces and is not found.
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

values = {"01": "09521234543213", "10": "AB", "37": 12}
readable = gs1_128.encode(values, parentheses=True)
separated = gs1_128.encode(values, separator="\x1d", parentheses=True)
again = gs1_128.info(readable)
print(repr(readable), repr(separated), again, sep="\n")
assert readable == "(01)09521234543213(10)AB" + " " * 18 + "(37)12"
assert separated == "(01)09521234543213(10)AB\x1d(37)12", separated
assert again == values, again
PYTHON
