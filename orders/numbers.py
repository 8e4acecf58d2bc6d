"""Identifiers and numbers as written: order numbers compared, GTINs checked, decimals written without an exponent."""

import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

from stdnum import ean

MAX_PO_NUMBER = 35
"""Longest order number (UN/EDIFACT 1004 is an..35)."""

_WITHOUT_MINOR_UNIT = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND")
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_CENT = Decimal("0.01")
_ROOMY = Context(prec=200)
"""Room for every amount that the widest quantity and price of an order can make."""
_SMALLEST = dict.fromkeys(_WITHOUT_MINOR_UNIT, Decimal(1)) | dict.fromkeys(_THREE_DECIMALS, Decimal("0.001"))


def order_number_key(po_number: str) -> str:
    """The form in which two spellings of one order number are equal: no blanks, compatible characters, one case."""
    bare = "".join(unicodedata.normalize("NFKC", po_number).casefold().split())
    return unicodedata.normalize("NFKC", bare)  # without its blanks a letter may join the accent behind it


def is_gtin(text: str) -> bool:
    """Whether the text is a GTIN of 8, 12, 13 or 14 digits with a fitting check digit (GS1 General Specifications)."""
    return text.isascii() and text.isdigit() and ean.is_valid(text)


def plain(number: Decimal) -> str:
    """The number as text without an exponent, every digit kept."""
    return format(number, "f")


def money(amount: Decimal, currency: str | None) -> Decimal:
    """The amount rounded half up to the smallest unit of the currency (ISO 4217)."""
    return amount.quantize(_SMALLEST.get(currency or "", _CENT), ROUND_HALF_UP, _ROOMY)
