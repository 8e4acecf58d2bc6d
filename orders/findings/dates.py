"""DAT: days that are asked for."""

from datetime import date

from orders.findings.parameters import FieldTwice, QuotedText, Sent
from orders.findings.statement import Case, Parameters
from orders.findings.values import Quoted


class DayAndFirst(Parameters):
    """A day that was asked for, and the first one that is possible."""

    day: date
    first: date


class DaysRead(Parameters):
    """A text as sent, and the days that it can be."""

    sent: str
    days: tuple[date, ...]


class DateInFormat(Parameters):
    """A date as sent with its format (2379)."""

    sent: Quoted
    format: str | None = None


class DayAndNext(Parameters):
    """A day that was asked for, and the next one with a delivery."""

    day: date
    following: date


class DayAndLast(Parameters):
    """A day that was asked for, and the last one possible."""

    day: date
    last: date


DAT001_NOT_A_DATE = Case("DAT001", "not_a_date", QuotedText)
DAT001_NO_SERIAL_NUMBER = Case("DAT001", "no_serial_number", Sent)
DAT001_A_NUMBER = Case("DAT001", "a_number", Sent)
DAT001_SEVERAL_READINGS = Case("DAT001", "several_readings", DaysRead)
DAT001_ROWS_DIFFER = Case("DAT001", "rows_differ", FieldTwice)
DAT001_NOT_IN_FORMAT = Case("DAT001", "not_in_format", DateInFormat)
DAT002_PAST = Case("DAT002", "past", DayAndFirst)
DAT003_TOO_SOON = Case("DAT003", "too_soon", DayAndFirst)
DAT004_NO_DELIVERY = Case("DAT004", "no_delivery", DayAndNext)
DAT005_TOO_FAR = Case("DAT005", "too_far", DayAndLast)
