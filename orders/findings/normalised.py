"""NRM: values that were read in another form than they were written."""

from datetime import date
from decimal import Decimal

from orders.findings.parameters import OrderNumber, QuotedText, Sent, SentForItem
from orders.findings.statement import Case, NoParameters, Parameters


class SentAndRead(Parameters):
    """A text as sent, and what it was read as."""

    sent: str
    read: str


class NumberRead(Parameters):
    """A text as sent, and the number that it was read as."""

    sent: str
    read: Decimal


class ShownOtherwise(Parameters):
    """A stored number, and the number format that shows it otherwise."""

    sent: str
    format: str | None = None


class SentAndShown(Parameters):
    """A text as stored, and as its number format shows it."""

    sent: str
    shown: str


class WidthRead(Parameters):
    """A number as sent, and with all its digits."""

    sent: str
    digits: int
    read: str


class DayStored(Parameters):
    """A day, and the serial number that is stored for it."""

    day: date
    serial: str


class DayRead(Parameters):
    """A text as sent, and the day that it was read as."""

    sent: str
    day: date


class PeriodRead(Parameters):
    """A period as sent with its format (2379), and its first and last day."""

    sent: str
    format: str | None = None
    first: date
    last: date


class UnitRead(Parameters):
    """A word for a unit, and the unit that it was read as."""

    sent: str
    unit: str


class AgreedUnit(Parameters):
    """A unit as sent, and the one that it stands for by agreement."""

    unit: str
    read: str


NRM001_ZEROS_LOST = Case("NRM001", "zeros_lost", SentForItem)
NRM001_SHOWN_WITH_ZEROS = Case("NRM001", "shown_with_zeros", SentAndShown)
NRM001_ZEROS_OF_WIDTH = Case("NRM001", "zeros_of_width", WidthRead)
NRM002_SHORTENED = Case("NRM002", "shortened", Sent)
NRM002_TURNED_INTO_DATE_OR_TRUTH = Case("NRM002", "turned_into_date_or_truth", NoParameters)
NRM002_STORED_AS_NUMBER = Case("NRM002", "stored_as_number", Sent)
NRM002_NOTHING_SEEN = Case("NRM002", "nothing_seen", NoParameters)
NRM002_SHOWN_OTHERWISE = Case("NRM002", "shown_otherwise", ShownOtherwise)
NRM003_NUMBER_READ = Case("NRM003", "number_read", NumberRead)
NRM003_TEXT_READ = Case("NRM003", "text_read", SentAndRead)
NRM004_TWO_READINGS = Case("NRM004", "two_readings", Sent)
NRM004_NOT_DIGITS = Case("NRM004", "not_digits", QuotedText)
NRM004_NOT_A_NUMBER = Case("NRM004", "not_a_number", Sent)
NRM004_TOO_LARGE = Case("NRM004", "too_large", Sent)
NRM004_TURNED_INTO_DATE = Case("NRM004", "turned_into_date", NoParameters)
NRM004_SHOWN_OTHERWISE = Case("NRM004", "shown_otherwise", ShownOtherwise)
NRM005_NOISE_REMOVED = Case("NRM005", "noise_removed", NumberRead)
NRM006_BLANKS_REMOVED = Case("NRM006", "blanks_removed", NoParameters)
NRM006_MARKS_REMOVED = Case("NRM006", "marks_removed", SentAndRead)
NRM006_BESIDE_LABEL = Case("NRM006", "beside_label", Sent)
NRM007_SERIAL_NUMBER = Case("NRM007", "serial_number", DayStored)
NRM007_DAY_READ = Case("NRM007", "day_read", DayRead)
NRM007_FIRST_DAY_OF_PERIOD = Case("NRM007", "first_day_of_period", PeriodRead)
NRM007_LAST_DAY_OF_PERIOD = Case("NRM007", "last_day_of_period", PeriodRead)
NRM008_UNIT_READ = Case("NRM008", "unit_read", UnitRead)
NRM008_UNIT_AGREED = Case("NRM008", "unit_agreed", AgreedUnit)
NRM009_LINE_ENDS_REMOVED = Case("NRM009", "line_ends_removed", NoParameters)
NRM010_NUMBER_WITH_PLACE = Case("NRM010", "number_with_place", OrderNumber)
