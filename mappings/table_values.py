"""Values of cells: texts, dates and identifiers as people and spreadsheets write them.

Each reader gives the value, or None where it cannot be certain, and remarks: what is said of it, and the text as used
where that differs from what is stored.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mappings.layout import DateOrder, Notation
from mappings.shown_numbers import adds_characters, is_date_format, is_scaled, zeros_shown
from orders.findings import Statement
from orders.findings.dates import (
    DAT001_A_NUMBER,
    DAT001_NO_SERIAL_NUMBER,
    DAT001_NOT_A_DATE,
    DAT001_SEVERAL_READINGS,
    DaysRead,
)
from orders.findings.layouts import LAY010_NO_RESULT, LAY011_ERROR_VALUE, ErrorShown
from orders.findings.normalised import (
    NRM001_SHOWN_WITH_ZEROS,
    NRM001_ZEROS_OF_WIDTH,
    NRM002_NOTHING_SEEN,
    NRM002_SHORTENED,
    NRM002_SHOWN_OTHERWISE,
    NRM002_STORED_AS_NUMBER,
    NRM002_TURNED_INTO_DATE_OR_TRUTH,
    NRM003_TEXT_READ,
    NRM006_BLANKS_REMOVED,
    NRM006_MARKS_REMOVED,
    NRM007_DAY_READ,
    NRM007_SERIAL_NUMBER,
    DayRead,
    DayStored,
    SentAndRead,
    SentAndShown,
    ShownOtherwise,
    WidthRead,
)
from orders.findings.parameters import QuotedText, Sent
from orders.numbers import plain
from parsers.tables.table import Cell, CellKind


class Remark(NamedTuple):
    """What is to be said about a value, the value as used, or what it may be."""

    said: Statement
    after: str | None = None
    candidates: tuple[str, ...] = ()


class Text(NamedTuple):
    value: str | None
    remarks: tuple[Remark, ...] = ()


class Number(NamedTuple):
    value: Decimal | None
    remarks: tuple[Remark, ...] = ()


class Day(NamedTuple):
    value: date | None
    remarks: tuple[Remark, ...] = ()


_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_EXPONENT = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d+", re.IGNORECASE)
"""As a spreadsheet shows a long number: with a sign. ``12E4567`` may well be an item number."""
_MARKED = re.compile(r"['’](\w[^'’]*)|=\"(\w[^\"]*)\"")
"""An item number that was to stay text: with an apostrophe before it, or as a formula that is only a text."""
_DIGITS_OF_DAY = re.compile(r"(19|20)\d{6}")
_SEPARATED = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_WRITTEN_OUT = re.compile("[1-9][0-9]{0,14}")
MAX_DIGITS = 35
_LAST_SERIAL = 2_957_004
"""31 December 9999 counted from 1904; serials beyond are no dates of orders, whatever the epoch."""
_LIKELY_YEARS = range(2000, 2100)
"""A number without a date format in a column of dates is read as one within these years."""


def tidy(text: str) -> str:
    """The text in one width, without invisible characters and without blanks at its ends."""
    if text.isascii():  # has one width, and nothing that cannot be seen within
        return text.strip()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def text_value(cell: Cell) -> Text:
    """A text for people: a description, a note, an order number."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Text(None, (no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        digits = _whole(cell.text) or cell.text
        return Text(digits, _written_out(cell.text, digits))
    clean = tidy(cell.text)
    return Text(clean or None, tidied(cell.text, clean))


def identifier_value(cell: Cell) -> Text:
    """An item number: exactly the characters that were meant, or nothing where a spreadsheet has destroyed them."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Text(None, (no_value(cell),))
    if cell.kind is CellKind.TEXT:
        return _written_identifier(cell.text, tidy(cell.text))
    if cell.kind in (CellKind.BOOLEAN, CellKind.DATE) or is_date_format(cell.number_format):
        return Text(None, (Remark(NRM002_TURNED_INTO_DATE_OR_TRUTH()),))
    return _stored_identifier(cell)


def _written_identifier(stored: str, clean: str) -> Text:
    if not clean:
        return Text(None, (Remark(NRM002_NOTHING_SEEN()),))
    if _EXPONENT.fullmatch(clean):
        return Text(None, (Remark(NRM002_SHORTENED(Sent(sent=clean))),))
    marked = _MARKED.fullmatch(clean)
    if marked:
        bare = marked[1] or marked[2]
        return Text(bare, (Remark(NRM006_MARKS_REMOVED(SentAndRead(sent=clean, read=bare)), bare),))
    return Text(clean, tidied(stored, clean))


def _stored_identifier(cell: Cell) -> Text:
    digits = _whole(cell.text)
    if digits is None or "E" in cell.text.upper() or len(digits.lstrip("-")) > 15:
        return Text(None, (Remark(NRM002_STORED_AS_NUMBER(Sent(sent=cell.text))),))
    if adds_characters(cell.number_format) or is_scaled(cell.number_format):
        shown = ShownOtherwise(sent=digits, format=cell.number_format)
        return Text(None, (Remark(NRM002_SHOWN_OTHERWISE(shown)),))
    padded = digits.zfill(zeros_shown(cell.number_format))
    if padded != digits:
        return Text(padded, (Remark(NRM001_SHOWN_WITH_ZEROS(SentAndShown(sent=digits, shown=padded)), padded),))
    return Text(digits, _written_out(cell.text, digits))


def may_lack_zeros(cell: Cell) -> bool:
    """Whether an item number stood as a number that is shown without a fixed width: leading zeros may be gone."""
    return cell.kind is CellKind.NUMBER and zeros_shown(cell.number_format) == 0


def of_width(read: Text, digits: int) -> Text:
    """An item number of so many digits: one that has fewer has lost its leading zeros."""
    if read.value is None or not read.value.isdigit() or len(read.value) >= digits:
        return read
    padded = read.value.zfill(digits)
    said = NRM001_ZEROS_OF_WIDTH(WidthRead(sent=read.value, digits=digits, read=padded))
    return Text(padded, (*read.remarks, Remark(said, padded)))


def date_value(cell: Cell, notation: Notation, epoch_1904: bool) -> Day:
    """A day, from a serial number of the workbook's date system, or from a text in a known order."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Day(None, (no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        return _from_serial(cell, epoch_1904)
    clean = tidy(cell.text)
    match = _SEPARATED.fullmatch(clean)
    if match is None and _DIGITS_OF_DAY.fullmatch(clean):
        match = re.fullmatch(r"(\d{4})()(\d{2})(\d{2})", clean)
    days = set() if match is None else set(_readings(match[1], match[3], match[4], notation.dates))
    if not days:
        return Day(None, (Remark(DAT001_NOT_A_DATE(QuotedText(sent=clean))),))
    if len(days) > 1:
        either = tuple(sorted(days))
        said = DAT001_SEVERAL_READINGS(DaysRead(sent=clean, days=either))
        return Day(None, (Remark(said, candidates=tuple(day.isoformat() for day in either)),))
    (day,) = days
    if day.isoformat() == cell.text:
        return Day(day)
    return Day(day, (Remark(NRM007_DAY_READ(DayRead(sent=clean, day=day)), day.isoformat()),))


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell is meant as a day, readable or not."""
    if cell.kind is CellKind.NUMBER:
        return is_date_format(cell.number_format)
    return cell.kind is CellKind.DATE or (cell.kind is CellKind.TEXT and bool(_SEPARATED.fullmatch(tidy(cell.text))))


def _from_serial(cell: Cell, epoch_1904: bool) -> Day:
    try:
        serial = Decimal(cell.text)
    except ArithmeticError:
        return Day(None, (Remark(DAT001_NO_SERIAL_NUMBER(Sent(sent=cell.text))),))
    if _DIGITS_OF_DAY.fullmatch(cell.text) and not is_date_format(cell.number_format):
        text_cell = cell._replace(kind=CellKind.TEXT)
        return date_value(text_cell, Notation(), epoch_1904)
    if not serial.is_finite() or not 61 <= serial < _LAST_SERIAL:
        return _no_date(cell)
    # Excel counts a 29 February 1900 that never was; serials from 61 (1 March 1900) on are right from this day.
    first = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    day = first + timedelta(days=int(serial))
    if not is_date_format(cell.number_format) and (day.year not in _LIKELY_YEARS or serial != int(serial)):
        return _no_date(cell)
    return Day(day, (Remark(NRM007_SERIAL_NUMBER(DayStored(day=day, serial=cell.text)), day.isoformat()),))


def _no_date(cell: Cell) -> Day:
    return Day(None, (Remark(DAT001_A_NUMBER(Sent(sent=cell.text))),))


def _readings(first: str, second: str, third: str, known: DateOrder | None) -> list[date]:
    orders: tuple[DateOrder, ...]
    if len(first) == 4:
        orders = (DateOrder.YMD,)
    elif len(third) == 4 or len(third) == 2:
        orders = (known,) if known in (DateOrder.DMY, DateOrder.MDY) else (DateOrder.DMY, DateOrder.MDY)
    else:
        orders = ()
    days = []
    for order in orders:
        year, month, day = {
            DateOrder.YMD: (first, second, third),
            DateOrder.DMY: (third, second, first),
            DateOrder.MDY: (third, first, second),
        }[order]
        try:
            days.append(date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)))
        except ValueError:
            continue
    return days


def _whole(text: str) -> str | None:
    """The digits of a stored whole number, written out; None for a fraction."""
    if _WRITTEN_OUT.fullmatch(text):
        return text
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS or value != value.to_integral_value():
        return None
    return plain(value.to_integral_value())


def _written_out(stored: str, digits: str) -> tuple[Remark, ...]:
    """What to say of a whole number that is stored in another form, such as 5.0 or 1E5."""
    return () if stored == digits else (Remark(NRM003_TEXT_READ(SentAndRead(sent=stored, read=digits)), digits),)


def no_value(cell: Cell) -> Remark:
    """What to say of a cell with an error, or with a formula whose result is not stored."""
    if cell.kind is CellKind.ERROR:
        return Remark(LAY011_ERROR_VALUE(ErrorShown(error=cell.text)))
    return Remark(LAY010_NO_RESULT())


def tidied(stored: str, clean: str) -> tuple[Remark, ...]:
    """What to say of a text that was used without its blanks."""
    if stored == clean:
        return ()
    return (Remark(NRM006_BLANKS_REMOVED(), clean),)
