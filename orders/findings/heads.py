"""HDR and CHG: the head of an order, and what a change does to it."""

from decimal import Decimal

from orders.changes import ChangeSummary
from orders.findings.parameters import FieldTwice, Number, OrderNumber
from orders.findings.statement import Case, NoParameters, Parameters
from orders.findings.values import AcceptedAs, Money, SegmentCounts
from orders.purchase_order import OrderFunction


class StatedAndCounted(Parameters):
    """A total as stated, and as the lines make it."""

    stated: Decimal
    counted: Decimal


class ChangeOfOrder(Parameters):
    """What a message does to an order, by the order's number."""

    function: OrderFunction
    number: str | None = None


class ChangeAsked(Parameters):
    """What a message does to an order, and what it asks for."""

    function: OrderFunction
    number: str | None = None
    change: ChangeSummary


class CurrencyAgreed(Parameters):
    """A currency as sent, and the agreed one."""

    currency: str
    agreed: str


class PlaceSent(Parameters):
    """A delivery place as sent."""

    place: str


class BuyerAndAccount(Parameters):
    """A buyer as sent, and the account with its GLN."""

    buyer: str
    account: str
    gln: str


class TermsAgreed(Parameters):
    """Terms as sent, and the agreed ones."""

    sent: str
    agreed: str


class AccountNumber(Parameters):
    """An account by its identifier."""

    account: str


class ValueAndMinimum(Parameters):
    """The value of an order, and the smallest that is delivered."""

    value: Money
    minimum: Money


class Stated(Parameters):
    """A total as stated."""

    stated: Decimal


class KeptSegments(Parameters):
    """Segments that have no field."""

    tags: SegmentCounts


class AcceptedLine(Parameters):
    """What a line was accepted as."""

    accepted: AcceptedAs


class LineOfOrder(Parameters):
    """A line that an order does not have."""

    number: str | None = None
    line: str


class SentLine(Parameters):
    """A line by its number as sent."""

    line: str


HDR001_MISSING = Case("HDR001", "missing", NoParameters)
HDR001_TOO_LONG = Case("HDR001", "too_long", Number)
HDR002_SAME_CONTENT = Case("HDR002", "same_content", OrderNumber)
HDR003_OTHER_CONTENT = Case("HDR003", "other_content", OrderNumber)
HDR003_CORRECTED_MEANWHILE = Case("HDR003", "corrected_meanwhile", OrderNumber)
HDR003_CHANGE_OF_KNOWN = Case("HDR003", "change_of_known", ChangeOfOrder)
HDR003_CHANGE_OF_KNOWN_ASKING = Case("HDR003", "change_of_known_asking", ChangeAsked)
HDR003_CHANGE_OF_WAITING = Case("HDR003", "change_of_waiting", ChangeOfOrder)
HDR003_CHANGE_OF_WAITING_ASKING = Case("HDR003", "change_of_waiting_asking", ChangeAsked)
HDR004_NOT_AGREED = Case("HDR004", "not_agreed", CurrencyAgreed)
HDR004_ROWS_DIFFER = Case("HDR004", "rows_differ", FieldTwice)
HDR005_UNKNOWN_PLACE = Case("HDR005", "unknown_place", PlaceSent)
HDR006_OTHER_BUYER = Case("HDR006", "other_buyer", BuyerAndAccount)
HDR007_OTHER_TERMS = Case("HDR007", "other_terms", TermsAgreed)
HDR009_BLOCKED = Case("HDR009", "blocked", AccountNumber)
HDR011_BELOW_MINIMUM = Case("HDR011", "below_minimum", ValueAndMinimum)
HDR016_LINES_TOTAL = Case("HDR016", "lines_total", StatedAndCounted)
HDR016_QUANTITY_TOTAL = Case("HDR016", "quantity_total", StatedAndCounted)
HDR016_AMOUNT_TOTAL = Case("HDR016", "amount_total", StatedAndCounted)
HDR016_COLUMNS_OF_ROW = Case("HDR016", "columns_of_row", StatedAndCounted)
HDR016_COLUMNS_OF_ROW_UNREAD = Case("HDR016", "columns_of_row_unread", Stated)
HDR016_TOTAL_ROW = Case("HDR016", "total_row", StatedAndCounted)
HDR016_PARTS_OF_LINE = Case("HDR016", "parts_of_line", StatedAndCounted)
HDR017_KEPT_SEGMENTS = Case("HDR017", "kept_segments", KeptSegments)
CHG001_UNKNOWN_ORDER = Case("CHG001", "unknown_order", ChangeOfOrder)
CHG002_ENTERED = Case("CHG002", "entered", AcceptedLine)
CHG004_UNKNOWN_LINE = Case("CHG004", "unknown_line", LineOfOrder)
CHG004_NO_ORDER_YET = Case("CHG004", "no_order_yet", SentLine)
CHG010_ACCEPTED_BEFORE = Case("CHG010", "accepted_before", NoParameters)
CHG010_ROW_MISSING = Case("CHG010", "row_missing", NoParameters)
