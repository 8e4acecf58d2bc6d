"""Values that a finding can speak of. Each has a type, which decides how a language writes it.

No value is words of ours: a plain text is what somebody sent, and is shown to the letter.
"""

from decimal import Decimal
from enum import Enum
from typing import Annotated

from orders.location import Field
from orders.model import Model


class Written(Enum):
    """How a value is written where its type alone does not tell."""

    GROUPED = "grouped"
    """A whole number with marks between its thousands."""
    QUOTED = "quoted"
    """A text between quotes, with what cannot be seen in it made visible."""
    ONE_OF = "one of"
    """Texts of which one is meant, joined by "or"."""
    ALL_OF = "all of"
    """Texts that all are meant, joined by "and"."""
    LISTED = "listed"
    """Texts with commas between them."""
    NAME = "name"
    """The name of a field of ours."""


Count = Annotated[int, Written.GROUPED]
Quoted = Annotated[str, Written.QUOTED]
OneOf = Annotated[tuple[str, ...], Written.ONE_OF]
AllOf = Annotated[tuple[str, ...], Written.ALL_OF]
Listed = Annotated[tuple[str, ...], Written.LISTED]
Named = Annotated[str, Written.NAME]


class Measure(Model):
    """A quantity with its unit (UN/ECE Recommendation 20)."""

    quantity: Decimal
    unit: str


class Measures(Model):
    """Quantities of which one is meant, in one unit."""

    quantities: tuple[Decimal, ...]
    unit: str


class Money(Model):
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


class PricePer(Model):
    """A price as sent, for so many units; None where it is for one."""

    price: Decimal
    basis: Decimal | None = None


class AgreedFor(Model):
    """An agreed price: for ``basis`` of ``unit``."""

    price: Decimal
    currency: str
    basis: Decimal
    unit: str


class ReadColumn(Model):
    """A column by its heading, and the field that it was read as."""

    heading: str
    field: Field


class ReadColumns(Model):
    """Columns as they were read; ``more`` are not named."""

    named: tuple[ReadColumn, ...]
    more: int = 0


class NamedItem(Model):
    """An identifier as sent in a field, and our number of the item that it names."""

    field: Field
    sent: str
    item: str


class PriceChange(Model):
    """The price of an item as it was issued and as it is now; None where there is none."""

    item: str
    issued: Decimal | None = None
    now: Decimal | None = None


class PriceChanges(Model):
    """Prices that are others than were issued; ``more`` are not named."""

    named: tuple[PriceChange, ...]
    more: int = 0


class SegmentCount(Model):
    """How often a segment of this tag occurs."""

    tag: str
    count: int


class SegmentCounts(Model):
    """Segments by their tags; ``more`` further tags are not named."""

    named: tuple[SegmentCount, ...]
    more: int = 0


class AcceptedAs(Model):
    """What a line was accepted as; without a quantity where none was settled."""

    item: str
    quantity: Decimal | None = None
    unit: str | None = None
