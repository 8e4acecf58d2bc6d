#!/usr/bin/env bash
# Guessed: the number of decimals of a currency is that of ISO 4217, so it is the same in iso4217 and
# in babel.
#
# What happens (iso4217 1.16.20260101, babel 2.19.0): babel has CLDR's, which follow what is used in
# shops. For 15 currencies it has no decimals where ISO 4217 has two or three, the Hungarian forint
# among them: 5.50 HUF is shown as 6. py-moneyed 3.0 has ISO's in its table and shows by babel's.
#
# Why it matters: unit prices in forint have decimals in orders. An answer to a customer that is
# formatted by babel shows a price that was not agreed, and its lines do not add up to the total.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check iso4217==1.16.20260101 babel==2.19.0 py-moneyed==3.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["iso4217", "babel", "py-moneyed"]), sep=", ")
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from iso4217 import Currency
from moneyed import CURRENCIES, Money

differing = {
    currency.name: (currency.exponent, get_currency_precision(currency.name))
    for currency in Currency
    if currency.exponent is not None and currency.exponent != get_currency_precision(currency.name)
}
shown = format_currency(Decimal("5.50"), "HUF", locale="en")
money = str(Money("5.50", "HUF"))
print("ISO 4217 and CLDR differ:", differing)
print("5.50 HUF by babel:", shown, "by py-moneyed:", money, "its sub unit:", CURRENCIES["HUF"].sub_unit)
assert len(differing) == 15 and differing["HUF"] == (2, 0), differing
assert all(shown_digits == 0 for _, shown_digits in differing.values())
assert shown == "HUF\xa06" or shown == "HUF6", shown
assert CURRENCIES["HUF"].sub_unit == 100 and "6" in money and "5" not in money, money
PYTHON
