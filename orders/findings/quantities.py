"""QTY and UOM: how much, and in which unit."""

from decimal import Decimal

from orders.findings.parameters import Number, QuotedText, RowNumber, Sent
from orders.findings.statement import Case, NoParameters, Parameters
from orders.findings.values import Measure, Measures, OneOf


class QuantitySent(Parameters):
    """A quantity as sent."""

    quantity: Decimal


class PartOfUnit(Parameters):
    """A quantity of an item that is sold in whole units."""

    item: str
    sent: Decimal
    unit: str


class RoundedUp(Parameters):
    """A quantity that is no multiple of the pack, and the one that is delivered."""

    item: str
    pack: Measure
    sent: Measure
    used: Measure


class NoMultiple(Parameters):
    """A quantity that is no multiple of the pack, and those near it that are."""

    item: str
    pack: Measure
    sent: Measure
    choice: Measures


class LeastOfItem(Parameters):
    """The smallest quantity of an item."""

    item: str
    least: Measure


class MostOfItem(Parameters):
    """A quantity of an item, and the largest in one line."""

    item: str
    sent: Measure
    most: Measure


class ItemInLine(Parameters):
    """An item, and another line that has it."""

    item: str
    line: str


class UnitChoice(Parameters):
    """A unit as sent, and those in which the item is sold."""

    unit: str
    choice: OneOf


class UnitSent(Parameters):
    """A unit as sent."""

    unit: str


class UnitOfItem(Parameters):
    """A unit as sent, and those in which the item is sold."""

    item: str
    unit: str
    choice: OneOf


class UnitsOfItem(Parameters):
    """The units in which an item is sold."""

    item: str
    choice: OneOf


class Converted(Parameters):
    """A quantity in packs, what one holds, and the quantity in the unit of the item."""

    sent: Measure
    held: Measure
    used: Measure


QTY001_MISSING = Case("QTY001", "missing", NoParameters)
QTY001_ZERO = Case("QTY001", "zero", NoParameters)
QTY001_NOT_DIGITS = Case("QTY001", "not_digits", QuotedText)
QTY001_TOO_LARGE = Case("QTY001", "too_large", Sent)
QTY001_NOT_A_NUMBER = Case("QTY001", "not_a_number", Sent)
QTY001_TURNED_INTO_DATE = Case("QTY001", "turned_into_date", NoParameters)
QTY002_BLANK_ROWS = Case("QTY002", "blank_rows", Number)
QTY002_ZERO_ROW = Case("QTY002", "zero_row", RowNumber)
QTY003_NEGATIVE = Case("QTY003", "negative", QuantitySent)
QTY004_DIVIDED = Case("QTY004", "divided", PartOfUnit)
QTY005_ROUNDED_UP = Case("QTY005", "rounded_up", RoundedUp)
QTY005_NO_MULTIPLE = Case("QTY005", "no_multiple", NoMultiple)
QTY006_BELOW_MINIMUM = Case("QTY006", "below_minimum", LeastOfItem)
QTY007_ABOVE_MAXIMUM = Case("QTY007", "above_maximum", MostOfItem)
QTY009_IN_OTHER_LINE = Case("QTY009", "in_other_line", ItemInLine)
UOM001_UNKNOWN_OF_ITEM = Case("UOM001", "unknown_of_item", UnitChoice)
UOM001_UNKNOWN = Case("UOM001", "unknown", UnitSent)
UOM002_NOT_SOLD_IN = Case("UOM002", "not_sold_in", UnitOfItem)
UOM003_MISSING = Case("UOM003", "missing", UnitsOfItem)
UOM004_CONVERTED = Case("UOM004", "converted", Converted)
