"""Values of EDIFACT elements: numbers (ISO 9735, 8 and 10), dates and periods (2379). None for any other text."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
MAX_DIGITS = 35
_REMEMBERED = 4096
"""Texts whose meaning is kept: the same quantities, prices and days come again and again within a file."""

_DAYS = {"102": 8, "203": 12, "204": 14, "101": 6, "201": 10, "202": 12, "303": 15, "304": 17, None: 8}
"""Length of a day's text by its format (2379); what follows the day is time and zone."""
_SHORT_YEAR = ("101", "201", "202")
_ZONED = ("303", "304")
_DAY_FIRST = {"2": 6, "4": 8, "5": 12}
"""DDMMYY, DDMMCCYY and DDMMCCYYHHMM."""
_WEEKS = {"615": 4, "616": 6}
_MONTHS = {"609": 4, "610": 6}
_PERIODS = {"718": "102", "719": "203", "717": "101", "713": "201"}
"""Two days by the format of each. The code list writes a hyphen between them, and says to send none; some send it."""
_WEEK_PERIODS = {"715": "615", "716": "616"}
_REST_OF_WEEK = timedelta(days=6)


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


@lru_cache(maxsize=_REMEMBERED)
def day(text: str, code: str | None) -> date | None:
    """The day of a date with or without a time (101, 102, 201 to 204, 303, 304, and 2, 4, 5); None for any other."""
    if code in _DAY_FIRST:
        return _turned(text, code or "")
    if _DAYS.get(code) != len(text) or not text.isascii():
        return None
    digits = text[:-3] if code in _ZONED else text
    return _day(digits, century=code not in _SHORT_YEAR) if digits.isdigit() else None


def span(text: str, code: str | None) -> tuple[date, date] | None:
    """First and last day of a period: a day, a week by ISO 8601, a month, or two of them; None for any other."""
    one = day(text, code)
    if one is not None:
        return one, one
    if code in _WEEKS:
        return _week(text, code)
    if code in _MONTHS:
        return _month(text, code)
    of_each = _PERIODS.get(code or "") or _WEEK_PERIODS.get(code or "")
    if of_each is None:
        return None
    bare = text.replace("-", "", 1)
    half = len(bare) // 2
    first, last = span(bare[:half], of_each), span(bare[half:], of_each)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _day(digits: str, century: bool) -> date | None:
    text = digits if century else _with_century(digits)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _with_century(digits: str) -> str:
    return ("20" if int(digits[:2]) < 80 else "19") + digits


def _turned(text: str, code: str) -> date | None:
    if len(text) != _DAY_FIRST[code] or not (text.isascii() and text.isdigit()):
        return None
    year = text[4:6] if code == "2" else text[4:8]
    return _day(year + text[2:4] + text[:2], century=code != "2")


def _week(text: str, code: str) -> tuple[date, date] | None:
    if len(text) != _WEEKS[code] or not (text.isascii() and text.isdigit()):
        return None
    full = text if code == "616" else _with_century(text)
    try:
        monday = date.fromisocalendar(int(full[:4]), int(full[4:]), 1)
        return monday, monday + _REST_OF_WEEK
    except (ValueError, OverflowError):
        return None


def _month(text: str, code: str) -> tuple[date, date] | None:
    if len(text) != _MONTHS[code] or not (text.isascii() and text.isdigit()):
        return None
    full = text if code == "610" else _with_century(text)
    first = _day(f"{full}01", century=True)
    if first is None:
        return None
    try:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    except ValueError:
        return None
    return first, following - timedelta(days=1)
