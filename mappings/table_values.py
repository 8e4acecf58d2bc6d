"""Values of cells: numbers, dates and identifiers as people and spreadsheets write them.

Each reader gives the value, or None where it cannot be certain, and remarks: a finding code with its words, and the
text as used where that differs from what is stored.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mappings.layout import DateOrder, Notation
from orders.numbers import plain
from parsers.tables.table import Cell, CellKind


class Remark(NamedTuple):
    """What is to be said about a value: a finding code, the words for it, the value as used, or what it may be."""

    code: str
    words: str
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
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_SIGNS = re.compile(r"^(?:EUR|USD|GBP|CHF|€|\$|£)\s*|\s*(?:EUR|USD|GBP|CHF|€|\$|£)$", re.IGNORECASE)
_EXPONENT = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d+", re.IGNORECASE)
"""As a spreadsheet shows a long number: with a sign. ``12E4567`` may well be an item number."""
_ZERO_MASK = re.compile(r"0{2,}")
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_NOT_DATE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|general", re.IGNORECASE)
_SEPARATED = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[T ]00:00(?::00(?:\.0+)?)?)?")
MAX_DIGITS = 35
_LAST_SERIAL = 2_957_004
"""31 December 9999 counted from 1904; serials beyond are no dates of orders, whatever the epoch."""


def tidy(text: str) -> str:
    """The text in one width, without invisible characters and without blanks at its ends."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def text_value(cell: Cell) -> Text:
    """A text for people: a description, a note, an order number."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Text(None, (_no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        digits = _whole(cell.text) or cell.text
        return Text(digits, _written_out(cell.text, digits))
    clean = tidy(cell.text)
    return Text(clean or None, _tidied(cell.text, clean))


def identifier_value(cell: Cell) -> Text:
    """An item number: exactly the characters that were meant, or nothing where a spreadsheet has destroyed them."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Text(None, (_no_value(cell),))
    if cell.kind is CellKind.TEXT:
        clean = tidy(cell.text)
        if _EXPONENT.fullmatch(clean):
            words = (
                f"{clean} is a number that a spreadsheet has shortened; its digits are lost. Send the number as text."
            )
            return Text(None, (Remark("NRM002", words),))
        if not clean:
            return Text(None, (Remark("NRM002", "The cell holds nothing that can be seen. Enter the number."),))
        return Text(clean, _tidied(cell.text, clean))
    if cell.kind in (CellKind.BOOLEAN, CellKind.DATE) or is_date_format(cell.number_format):
        words = "A spreadsheet has turned this number into a date or a truth value. Send it as text."
        return Text(None, (Remark("NRM002", words),))
    digits = _whole(cell.text)
    if digits is None or "E" in cell.text.upper() or len(digits.lstrip("-")) > 15:
        words = f"{cell.text} is stored as a number; its digits are not certain. Send it as text."
        return Text(None, (Remark("NRM002", words),))
    mask = _ZERO_MASK.fullmatch(cell.number_format or "")
    if mask and len(mask[0]) > len(digits):
        padded = digits.zfill(len(mask[0]))
        words = f"{digits} is shown as {padded} by its number format and was read so."
        return Text(padded, (Remark("NRM001", words, padded),))
    return Text(digits, _written_out(cell.text, digits))


def of_width(read: Text, digits: int) -> Text:
    """An item number of so many digits: one that has fewer has lost its leading zeros."""
    if read.value is None or not read.value.isdigit() or len(read.value) >= digits:
        return read
    padded = read.value.zfill(digits)
    words = f"{read.value} has fewer than {digits} digits and was read as {padded}: its leading zeros seem to be lost."
    return Text(padded, (*read.remarks, Remark("NRM001", words, padded)))


def number_value(cell: Cell, notation: Notation) -> Number:
    """A quantity or a price. Without a known notation, a text such as 1.000 can be read in two ways and is held."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Number(None, (_no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        return _stored_number(cell)
    if cell.kind is CellKind.BOOLEAN:
        return Number(None, (Remark("QTY001", f"{cell.text} is not a number. Enter one."),))
    if cell.kind is CellKind.DATE:
        return Number(None, (Remark("QTY001", "A spreadsheet has turned this number into a date. Enter it again."),))
    clean = tidy(cell.text)
    plain_here = "." not in clean or notation.decimal_mark != ","
    if plain_here and _PLAIN.fullmatch(clean) and len(clean) <= MAX_DIGITS and not _ambiguous(clean, notation):
        return Number(Decimal(clean), _tidied(cell.text, clean))
    return _written_number(cell.text, clean, notation)


def _stored_number(cell: Cell) -> Number:
    try:
        value = Decimal(cell.text)
    except ArithmeticError:
        return Number(None, (Remark("QTY001", f"{cell.text} is not a number. Enter one."),))
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        return Number(None, (Remark("QTY001", f"{cell.text} is not a number that can be ordered. Enter one."),))
    if cell.formula and value == 0:
        # Some writers store 0 for every formula and leave it to Excel to work it out.
        words = "The formula has the stored result 0, which may never have been worked out. Enter the value."
        return Number(None, (Remark("LAY010", words),))
    if is_date_format(cell.number_format):
        return Number(None, (Remark("QTY001", "A spreadsheet has turned this number into a date. Enter it again."),))
    if len(value.as_tuple().digits) > 15:
        rounded = Decimal(f"{value:.15g}").normalize()
        text = plain(rounded)
        words = f"{cell.text} is {text} with the noise of binary fractions, which was removed."
        return Number(Decimal(text), (Remark("NRM005", words, text),))
    text = plain(value)
    if text != cell.text:
        return Number(Decimal(text), (Remark("NRM003", f"{cell.text} was read as {text}.", text),))
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
        return Number(None, (Remark("QTY001", f"{clean!r} is not a number. Enter digits only."),))
    if len(readings) > 1:
        words = f"{clean} can be read in two ways. Write it without a thousands separator."
        return Number(None, (Remark("NRM004", words, candidates=_unmistakable(readings)),))
    (value,) = readings
    text = plain(value)
    return Number(value, (Remark("NRM003", f"{stored} was read as {text}.", text),))


def _unmistakable(readings: set[Decimal]) -> tuple[str, ...]:
    """Each reading as a text that can be read in one way only: never with one mark and three digits behind it."""
    texts = (plain(one.normalize()) for one in sorted(readings, reverse=True))
    return tuple(f"{text}0" if re.fullmatch(r"[^.]*\.\d{3}", text) else text for text in texts)


def _with_mark(text: str, mark: str) -> Decimal | None:
    separators = ".' " if mark == "," else ",' "
    grouped = rf"-?\d{{1,3}}(?:([{separators}])\d{{3}})(?:\1\d{{3}})*(?:{re.escape(mark)}\d+)?"
    simple = rf"-?\d+(?:{re.escape(mark)}\d+)?"
    if re.fullmatch(simple, text):
        return Decimal(text.replace(mark, "."))
    if re.fullmatch(grouped, text):
        return Decimal("".join(character for character in text if character not in separators).replace(mark, "."))
    return None


def date_value(cell: Cell, notation: Notation, epoch_1904: bool) -> Day:
    """A day, from a serial number of the workbook's date system, or from a text in a known order."""
    if cell.kind in (CellKind.ERROR, CellKind.NO_VALUE):
        return Day(None, (_no_value(cell),))
    if cell.kind is CellKind.NUMBER:
        return _from_serial(cell, epoch_1904)
    clean = tidy(cell.text)
    match = _SEPARATED.fullmatch(clean)
    if match is None and re.fullmatch(r"(19|20)\d{6}", clean):
        match = re.fullmatch(r"(\d{4})()(\d{2})(\d{2})", clean)
    days = set() if match is None else set(_readings(match[1], match[3], match[4], notation.dates))
    if not days:
        return Day(None, (Remark("DAT001", f"{clean!r} is not a date. Write it like 2026-11-30."),))
    if len(days) > 1:
        either = tuple(sorted(day.isoformat() for day in days))
        words = f"{clean} can be {' or '.join(either)}. Write it like 2026-11-30."
        return Day(None, (Remark("DAT001", words, candidates=either),))
    (day,) = days
    if day.isoformat() == cell.text:
        return Day(day)
    return Day(day, (Remark("NRM007", f"{clean} was read as {day}.", day.isoformat()),))


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell is meant as a day, readable or not."""
    if cell.kind is CellKind.NUMBER:
        return is_date_format(cell.number_format)
    return cell.kind is CellKind.DATE or (cell.kind is CellKind.TEXT and bool(_SEPARATED.fullmatch(tidy(cell.text))))


def _from_serial(cell: Cell, epoch_1904: bool) -> Day:
    try:
        serial = Decimal(cell.text)
    except ArithmeticError:
        return Day(None, (Remark("DAT001", f"{cell.text} is not a date. Write it like 2026-11-30."),))
    if re.fullmatch(r"(19|20)\d{6}", cell.text) and not is_date_format(cell.number_format):
        text_cell = cell._replace(kind=CellKind.TEXT)
        return date_value(text_cell, Notation(), epoch_1904)
    if not is_date_format(cell.number_format) or not serial.is_finite() or not 61 <= serial < _LAST_SERIAL:
        words = f"{cell.text} is a number, not a date. Format the cell as a date, or write it like 2026-11-30."
        return Day(None, (Remark("DAT001", words),))
    # Excel counts a 29 February 1900 that never was; serials from 61 (1 March 1900) on are right from this day.
    first = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    day = first + timedelta(days=int(serial))
    return Day(day, (Remark("NRM007", f"The date {day} is stored as the number {cell.text}.", day.isoformat()),))


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


def is_date_format(number_format: str | None) -> bool:
    """Whether a number format shows a date: it has date letters outside of quotes and brackets."""
    return number_format is not None and bool(_DATE_LETTERS.search(_NOT_DATE.sub("", number_format)))


def _whole(text: str) -> str | None:
    """The digits of a stored whole number, written out; None for a fraction."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS or value != value.to_integral_value():
        return None
    return plain(value.to_integral_value())


def _written_out(stored: str, digits: str) -> tuple[Remark, ...]:
    """What to say of a whole number that is stored in another form, such as 5.0 or 1E5."""
    return () if stored == digits else (Remark("NRM003", f"{stored} was read as {digits}.", digits),)


def _no_value(cell: Cell) -> Remark:
    if cell.kind is CellKind.ERROR:
        return Remark("LAY011", f"The cell shows the error {cell.text}. Enter the value.")
    return Remark("LAY010", "The cell has a formula whose result is not stored. Enter the value.")


def _tidied(stored: str, clean: str) -> tuple[Remark, ...]:
    if stored == clean:
        return ()
    return (Remark("NRM006", "Blanks or invisible characters were taken out.", clean),)
