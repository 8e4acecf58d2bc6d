#!/usr/bin/env bash
# Guessed: the thirteen digits of a valid EAN-13 are a GTIN and nothing else, so the GS1 message of
# the result is empty.
#
# What happens (biip 5.2.0): without a symbology identifier before it, parse() tries every reading and
# keeps all that fit. Every item number of GS1 Germany that begins with 400 is also a GS1 message with
# the application identifier 400, which is the customer's purchase order number: 4006381333931 is
# "order 6381333931". With the identifier ]E0 in front only the GTIN is left.
#
# Why it matters: code that looks at gs1_message first, as for labels of pallets, takes scanned items
# for references to orders. Few prefixes are concerned (401 likewise gives a consignment), so a test
# with one's own items need not show it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check biip==5.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["biip"]), sep=", ")
import biip


def identifiers(text):
    message = biip.parse(text).gs1_message
    return [] if message is None else [(part.ai.ai, part.ai.description, part.value) for part in message.element_strings]


for text in ("4006381333931", "]E04006381333931"):
    print(text, "GTIN", biip.parse(text).gtin.value, "message", identifiers(text))
assert biip.parse("4006381333931").gtin.value == "4006381333931"
assert [(ai, value) for ai, _, value in identifiers("4006381333931")] == [("400", "6381333931")]
assert identifiers("]E04006381333931") == []
PYTHON
