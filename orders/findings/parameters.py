"""Parameters that cases of several families have: what a case of a finding says of itself, as typed values."""

from orders.findings.statement import Parameters
from orders.findings.values import Count, Quoted
from orders.location import Field


class Sent(Parameters):
    """A text as sent."""

    sent: str


class QuotedText(Parameters):
    """A text as sent, shown between quotes."""

    sent: Quoted


class RowNumber(Parameters):
    """A row of a table."""

    row: int


class LineNumber(Parameters):
    """A physical line of a text."""

    line: int


class OrderNumber(Parameters):
    """An order by its number as sent."""

    number: str | None = None


class Number(Parameters):
    """How many."""

    number: int


class LargeNumber(Parameters):
    """How many, where that is a large number."""

    number: Count


class SentForItem(Parameters):
    """What was sent, and the item that it is or is not."""

    sent: str
    item: str


class FieldTwice(Parameters):
    """A field of an order, where it stands first and where it stands again with another value."""

    field: Field
    here: str
    first: str


class SegmentTag(Parameters):
    """A segment by its tag."""

    tag: str
