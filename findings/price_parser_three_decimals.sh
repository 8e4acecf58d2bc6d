#!/usr/bin/env bash
# Guessed: a comma or point with a leading zero before it can only be a decimal mark, so "0,125 EUR"
# is 0.125.
#
# What happens (price-parser 0.5.1): a separator followed by exactly three digits is always taken for
# the thousands separator, also after a single zero. "0,125 EUR" and "0.125 EUR" become 125, and
# "1234,567 EUR" becomes 1234567, while the same prices with two or four decimals are read rightly.
#
# Why it matters: unit prices of screws, labels or cable have three decimals. They grow a
# thousandfold, and only those that happen to have three.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check price-parser==0.5.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["price-parser"]), sep=", ")
from decimal import Decimal

from price_parser import Price

expected = {
    "0,12 EUR": "0.12",
    "0,125 EUR": "125",
    "0.125 EUR": "125",
    "0,1234 EUR": "0.1234",
    "1234,567 EUR": "1234567",
}
for text, amount in expected.items():
    found = Price.fromstring(text).amount
    print(f"{text!r} is read as {found}")
    assert found == Decimal(amount), (text, found)
PYTHON
