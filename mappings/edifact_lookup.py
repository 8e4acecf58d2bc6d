"""Look up where the fields of the table stand in segments: the table turned round, from tag and qualifier.

What a segment says about fields depends on its bytes alone, so it is worked out once for all segments that are written
alike: the parties, items and dates of a partner come again in every order.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from mappings.edifact_table import Row
from mappings.edifact_values import day, number
from orders.location import Field
from parsers.edifact.segment import Segment, Written

_DAYS = (Field.ORDER_DATE, Field.REQUESTED_DATE)
_NUMBERS = (
    Field.QUANTITY, Field.UNIT_PRICE, Field.PRICE_BASIS, Field.AMOUNT,
    Field.LINE_COUNT, Field.QUANTITY_TOTAL, Field.AMOUNT_TOTAL,
)  # fmt: skip
PLAIN_DAYS = ("102", "101", None)
"""Formats (2379) of which nothing but a day can be read."""


class Claim(NamedTuple):
    """What a segment says about one field: where the value stands, and how far down its qualifier is in preference.

    ``value`` is the text without blanks around it, or the number or day that it plainly is. It is None where the text
    has to be read with more care, because there is something to be said about it.
    """

    field: Field
    rank: int
    element: int
    component: int
    value: str | Decimal | date | None


Spot = tuple[Segment, Claim]
"""A value by its place."""
Found = dict[Field, Spot]


class Spots(Protocol):
    """Where the values of the fields stand."""

    def get(self, field: Field) -> Spot | None: ...


class _Reader(NamedTuple):
    """The rows of a table for one tag that share the place of their qualifier, ready to be looked up by its value."""

    qualified: tuple[int, int] | None
    values: dict[str | None, tuple[tuple[Field, int, int, int], ...]]
    """By qualifier: field, rank, element, component."""


class ByTag:
    """The rows of a table turned round: from tag and qualifier to the fields that stand there."""

    def __init__(self, rows: Iterable[Row]) -> None:
        table: dict[str, dict[tuple[int, int] | None, _Reader]] = {}
        for row in rows:
            reader = table.setdefault(row.tag, {}).setdefault(row.qualified, _Reader(row.qualified, {}))
            for rank, qualifier in enumerate(row.qualifiers if row.qualified is not None else (None,)):
                place = (row.field, rank, row.element, row.component)
                reader.values[qualifier] = (*reader.values.get(qualifier, ()), place)
        self._readers = {tag: tuple(readers.values()) for tag, readers in table.items()}
        self.tags = frozenset(self._readers)

    def qualifiers(self, tag: str) -> Iterable[tuple[int, int]]:
        """Element and component of the qualifiers that choose a field in segments with this tag."""
        return [reader.qualified for reader in self._readers.get(tag, ()) if reader.qualified is not None]

    def claims(self, written: Written) -> tuple[Claim, ...]:
        """What the segment says about the fields of the table; remembered with it."""
        known = written.claims
        if known is not None and known[0] is self:
            return known[1]
        claims = tuple(self._claims(written))
        written.claims = (self, claims)
        return claims

    def _claims(self, written: Written) -> Iterable[Claim]:
        elements = written.elements
        for reader in self._readers.get(written.tag, ()):
            qualifier = None
            if reader.qualified is not None:
                element, component = reader.qualified
                if element >= len(elements) or component > len(elements[element]):
                    continue
                qualifier = elements[element][component - 1]
            for about, rank, element, component in reader.values.get(qualifier, ()):
                if element < len(elements) and component <= len(elements[element]) and elements[element][component - 1]:
                    yield Claim(about, rank, element, component, _plain(about, written, element, component))


def _plain(about: Field, written: Written, element: int, component: int) -> str | Decimal | date | None:
    components = written.elements[element]
    text = components[component - 1]
    if about in _NUMBERS:
        value, as_declared = number(text, chr(written.separators.decimal_mark))
        return value if as_declared else None
    if about in _DAYS:
        code = (components[component] or None) if component < len(components) else None
        return day(text, code) if code in PLAIN_DAYS else None
    return text.strip() or None


def find(segments: Iterable[Segment], table: ByTag, found: Found) -> None:
    """Note the place of every field of the table; a preferred qualifier replaces a later one."""
    for segment in segments:
        # As ``ByTag.claims`` does, without the call: this is the innermost loop of all mapping.
        known = segment.written.claims
        claims = known[1] if known is not None and known[0] is table else table.claims(segment.written)
        for claim in claims:
            before = found.get(claim[0])
            if before is None or claim[1] < before[1][1]:
                found[claim[0]] = (segment, claim)


def left(segments: Sequence[Segment], found: Found, known: tuple[str, ...]) -> list[Segment]:
    """The segments of which no field was made, and amounts that name a currency of their own."""
    used = [spot[0] for spot in found.values()]
    return [
        segment
        for segment in segments
        if segment.tag not in known and (segment not in used or (segment.tag == "MOA" and segment.value(1, 3)))
    ]


def text(found: Found, field: Field) -> str | None:
    """The text that was found for a field, without blanks around it."""
    spot = found.get(field)
    if spot is None:
        return None
    value = spot[1].value
    return value if isinstance(value, str) else None
