"""Values of EDIFACT elements: numbers (ISO 9735, 8 and 10) and dates (2379). None where the text is not one."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
MAX_DIGITS = 35
_REMEMBERED = 4096
"""Texts whose meaning is kept: the same quantities, prices and days come again and again within a file."""


def number(text: str, decimal_mark: str) -> tuple[Decimal | None, bool]:
    """The number, and whether it is written as the interchange declares. Either mark can be read: ISO 9735 has no
    thousands separator, so that a point or a comma has one meaning only.
    """
    return (None, False) if len(text) > MAX_DIGITS else _number(text, decimal_mark)


@lru_cache(maxsize=_REMEMBERED)
def _number(text: str, decimal_mark: str) -> tuple[Decimal | None, bool]:
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return None, False
    other = "," if decimal_mark == "." else "."
    return Decimal(text.replace(",", ".")), other not in text


def day(text: str, code: str | None) -> date | None:
    """The day of a date in format 102, 203, 204 (with century), 101, 201 (without); None for any other."""
    length = {"102": 8, "203": 12, "204": 14, "101": 6, "201": 10, None: 8}.get(code)
    if length != len(text) or not (text.isascii() and text.isdigit()):
        return None
    return _day(text, century=code not in ("101", "201"))


@lru_cache(maxsize=_REMEMBERED)
def _day(digits: str, century: bool) -> date | None:
    text = digits if century else ("20" if int(digits[:2]) < 80 else "19") + digits
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
