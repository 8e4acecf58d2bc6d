#!/usr/bin/env bash
# Guessed: an amount that is given to an e-invoice library as a Decimal is written with plain digits,
# since the element is an xs:decimal.
#
# What happens (drafthorse 2025.2.0): the amount is written as str() gives it. A price of 1000 that
# was normalised on its way (its trailing zeros taken off) is written 1E+3, and a price of 0.0000001
# is written 1E-7; xs:decimal allows neither.
#
# Why it matters: normalize() is what one calls to get rid of zeros behind the point. Round prices
# then make the document invalid, others do not, and the partner's validator names only the element.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check drafthorse==2025.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["drafthorse"]), sep=", ")
import re
from decimal import Decimal

from drafthorse.models.tradelines import LineItem


def written(price):
    line = LineItem()
    line.agreement.net.amount = price
    return next(part.text for part in line.to_etree().iter() if part.tag.endswith("}ChargeAmount") and part.text)


plain = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")  # what XML Schema allows for a decimal
found = {}
for price in (Decimal("1000.00"), Decimal("1000.00").normalize(), Decimal("12.50").normalize(), Decimal("0.0000001")):
    text = written(price)
    found[text] = plain.fullmatch(text) is not None
    print(f"{price!r} is written {text}, {'valid' if found[text] else 'invalid'}")
assert found == {"1000.00": True, "1E+3": False, "12.5": True, "1E-7": False}, found
PYTHON
