"""Quantities and prices as people and spreadsheets write them; what cannot be read for certain has no value."""

import re
from decimal import Decimal
from functools import cache

from mappings.layout import Notation
from mappings.shown_numbers import is_date_format, is_scaled
from mappings.table_values import MAX_DIGITS, Number, Remark, no_value, tidied, tidy
from orders.findings.layouts import LAY010_STORED_ZERO
from orders.findings.normalised import (
    NRM003_NUMBER_READ,
    NRM004_SHOWN_OTHERWISE,
    NRM004_TWO_READINGS,
    NRM005_NOISE_REMOVED,
    NumberRead,
    ShownOtherwise,
)
from orders.findings.parameters import QuotedText, Sent
from orders.findings.quantities import (
    QTY001_NOT_A_NUMBER,
    QTY001_NOT_DIGITS,
    QTY001_TOO_LARGE,
    QTY001_TURNED_INTO_DATE,
)
from orders.numbers import plain
from parsers.tables.table import Cell, CellKind

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CURRENCY = r"(?:EUR|USD|GBP|CHF|€|\$|£)"
_SIGNS = re.compile(rf"^['’]?\s*(?:{_CURRENCY}\s*)?|\s*(?:{_CURRENCY}|%)?$", re.IGNORECASE)
"""What may stand around a number and is taken off: a currency, a sign for per cent, the mark of a text cell."""


def number_value(cell: Cell, notation: Notation) -> Number:
    """A quantity or a price. Without a known notation, a text such as 1.000 can be read in two ways and is held."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Number(None, (no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        return _stored_number(cell)
    if cell.kind is CellKind.BOOLEAN:
        return Number(None, (Remark(QTY001_NOT_A_NUMBER(Sent(sent=cell.text))),))
    if cell.kind is CellKind.DATE:
        return Number(None, (Remark(QTY001_TURNED_INTO_DATE()),))
    clean = tidy(cell.text)
    plain_here = "." not in clean or notation.decimal_mark != ","
    if plain_here and _PLAIN.fullmatch(clean) and len(clean) <= MAX_DIGITS and not _ambiguous(clean, notation):
        return Number(Decimal(clean), tidied(cell.text, clean))
    return _written_number(cell.text, clean, notation)


def _stored_number(cell: Cell) -> Number:
    try:
        value = Decimal(cell.text)
    except ArithmeticError:
        return Number(None, (Remark(QTY001_NOT_A_NUMBER(Sent(sent=cell.text))),))
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        return Number(None, (Remark(QTY001_TOO_LARGE(Sent(sent=cell.text))),))
    if cell.formula and value == 0:
        # Some writers store 0 for every formula and leave it to Excel to work it out.
        return Number(None, (Remark(LAY010_STORED_ZERO()),))
    if is_date_format(cell.number_format):
        return Number(None, (Remark(QTY001_TURNED_INTO_DATE()),))
    if value != 0 and is_scaled(cell.number_format):
        shown = ShownOtherwise(sent=cell.text, format=cell.number_format)
        return Number(None, (Remark(NRM004_SHOWN_OTHERWISE(shown)),))
    if len(value.as_tuple().digits) > 15:
        text = plain(Decimal(f"{value:.15g}").normalize())
        read = NumberRead(sent=cell.text, read=Decimal(text))
        return Number(read.read, (Remark(NRM005_NOISE_REMOVED(read), text),))
    text = plain(value)
    if text != cell.text:
        read = NumberRead(sent=cell.text, read=Decimal(text))
        return Number(read.read, (Remark(NRM003_NUMBER_READ(read), text),))
    return Number(value)


def _ambiguous(clean: str, notation: Notation) -> bool:
    """One mark with three digits behind it: a thousands separator or a decimal mark."""
    return notation.decimal_mark is None and bool(re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", clean))


def _written_number(stored: str, clean: str, notation: Notation) -> Number:
    bare = _SIGNS.sub("", clean).strip()
    if bare.endswith("-") and not bare.startswith("-"):
        bare = "-" + bare[:-1].strip()
    marks = (notation.decimal_mark,) if notation.decimal_mark else (".", ",")
    readings = {value for mark in marks if (value := _with_mark(bare, mark)) is not None}
    if len(bare) > MAX_DIGITS or not readings:
        return Number(None, (Remark(QTY001_NOT_DIGITS(QuotedText(sent=clean))),))
    if len(readings) > 1:
        said = NRM004_TWO_READINGS(Sent(sent=clean))
        return Number(None, (Remark(said, candidates=_unmistakable(readings)),))
    (value,) = readings
    return Number(value, (Remark(NRM003_NUMBER_READ(NumberRead(sent=stored, read=value)), plain(value)),))


def _unmistakable(readings: set[Decimal]) -> tuple[str, ...]:
    """Each reading as a text that can be read in one way only: never with one mark and three digits behind it."""
    texts = (plain(one.normalize()) for one in sorted(readings, reverse=True))
    return tuple(f"{text}0" if re.fullmatch(r"[^.]*\.\d{3}", text) else text for text in texts)


def _with_mark(text: str, mark: str) -> Decimal | None:
    separators, simple, grouped = _forms(mark)
    if simple.fullmatch(text):
        return Decimal(text.replace(mark, "."))
    if grouped.fullmatch(text):
        return Decimal("".join(character for character in text if character not in separators).replace(mark, "."))
    return None


@cache
def _forms(mark: str) -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    """What divides thousands beside this decimal mark, and how numbers look without and with it."""
    separators = ".'’ " if mark == "," else ",'’ "
    simple = rf"-?\d+(?:{re.escape(mark)}\d+)?"
    grouped = rf"-?\d{{1,3}}(?:([{separators}])\d{{3}})(?:\1\d{{3}})*(?:{re.escape(mark)}\d+)?"
    return separators, re.compile(simple), re.compile(grouped)
