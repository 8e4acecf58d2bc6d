"""ITM: which item a line means, and whether it can be ordered."""

from orders.findings.parameters import Sent, SentForItem
from orders.findings.statement import Case, NoParameters, Parameters
from orders.findings.values import Listed, NamedItem
from orders.location import Field


class ItemNumber(Parameters):
    """An item by a number."""

    item: str


class SeveralItems(Parameters):
    """Identifiers of a line, each with the item that it names."""

    items: tuple[NamedItem, ...]


class Contradiction(Parameters):
    """An identifier as sent in a field, and the one that the item of the line has there."""

    sent: str
    item: str
    field: Field
    known: str


class Gtin(Parameters):
    """A GTIN as sent."""

    gtin: str


class ItemDescribed(Parameters):
    """An item with its description."""

    item: str
    description: str


class Successor(Parameters):
    """An item, and the one that takes its place."""

    item: str
    successor: str
    description: str


class NumberOfSeveral(Parameters):
    """A number as sent, and the items that it can mean."""

    number: str
    choices: Listed


class ParentLine(Parameters):
    """The line that another belongs to."""

    parent: str


ITM001_NONE_NAMED = Case("ITM001", "none_named", NoParameters)
ITM001_UNKNOWN_ITEM = Case("ITM001", "unknown_item", ItemNumber)
ITM002_SEVERAL_ITEMS = Case("ITM002", "several_items", SeveralItems)
ITM002_CONTRADICTS_NUMBER = Case("ITM002", "contradicts_number", Contradiction)
ITM002_OTHER_IN_ROW = Case("ITM002", "other_in_row", SentForItem)
ITM002_FOREIGN_ROW = Case("ITM002", "foreign_row", Sent)
ITM002_EMPTY_IN_ROW = Case("ITM002", "empty_in_row", ItemNumber)
ITM002_FOREIGN_ROW_EMPTY = Case("ITM002", "foreign_row_empty", NoParameters)
ITM002_CONTRADICTS_ITEM = Case("ITM002", "contradicts_item", SentForItem)
ITM003_WRONG_CHECK_DIGIT = Case("ITM003", "wrong_check_digit", Gtin)
ITM004_NOT_IN_ASSORTMENT = Case("ITM004", "not_in_assortment", ItemDescribed)
ITM005_NO_LONGER_SOLD = Case("ITM005", "no_longer_sold", ItemDescribed)
ITM006_REPLACED = Case("ITM006", "replaced", Successor)
ITM006_SUPERSEDED = Case("ITM006", "superseded", Successor)
ITM008_STANDS_FOR_SEVERAL = Case("ITM008", "stands_for_several", NumberOfSeveral)
ITM008_LOST_ZEROS = Case("ITM008", "lost_zeros", NumberOfSeveral)
ITM010_SUB_LINE = Case("ITM010", "sub_line", ParentLine)
