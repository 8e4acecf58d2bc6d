"""What a number format makes of a stored number on the screen, where that is not simply its digits.

Formats are named as OOXML names them (ISO/IEC 29500, numFmt): sections divided by semicolons, texts in quotes.
"""

import re
from functools import lru_cache

_BESIDE = re.compile(r"\[[^\]]*\]|[_*].|general", re.IGNORECASE)
"""Colours, conditions and currencies in brackets, the width of a character, and the name of no format at all."""
_TEXTS = re.compile(r"\"([^\"]*)\"|\\(.)")
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
"""Hours, minutes or seconds beyond a day: no condition and no colour, though it stands in brackets."""
_SCALED = re.compile(r"%|[0#?],+(?=[^0#?,]|$)")
_ZEROS = re.compile(r"0[0 ]*0")
_SPELLING = re.compile(r"[^\W_]")
_JOINED = re.compile(r"[0#?][-/][0#?]")


@lru_cache(maxsize=1024)
def is_date_format(number_format: str | None) -> bool:
    """Whether it shows a date or a time: it has date letters outside of quotes, in brackets only as elapsed time."""
    if number_format is None:
        return False
    return bool(_DATE_LETTERS.search(_bare(number_format)) or _ELAPSED.search(_TEXTS.sub("", number_format)))


@lru_cache(maxsize=1024)
def is_scaled(number_format: str | None) -> bool:
    """Whether it shows another number than the stored one: a hundred times it as per cent, a thousandth of it."""
    return number_format is not None and bool(_SCALED.search(_first_section(number_format)))


@lru_cache(maxsize=1024)
def zeros_shown(number_format: str | None) -> int:
    """With how many digits at the least it shows a whole number, where it is made for that (``000000``); else 0."""
    mask = _ZEROS.fullmatch(_first_section(number_format)) if number_format is not None else None
    return mask[0].count("0") if mask else 0


@lru_cache(maxsize=1024)
def adds_characters(number_format: str | None) -> bool:
    """Whether it shows letters, digits or joining signs that are not stored, as ``"HM-"0`` does."""
    if number_format is None:
        return False
    written = "".join(text or escaped for text, escaped in _TEXTS.findall(_BESIDE.sub("", number_format)))
    return bool(_SPELLING.search(written) or _JOINED.search(_first_section(number_format)))


@lru_cache(maxsize=1024)
def _bare(number_format: str) -> str:
    """The format without its texts, and without what stands beside the number."""
    return _BESIDE.sub("", _TEXTS.sub("", number_format))


def _first_section(number_format: str) -> str:
    return _bare(number_format).partition(";")[0].strip()
