"""The details of lines of one shape: which of the values go into which detail, worked out once.

A detail is known where it is made of one segment by its columns, as texts, dates, references, taxes and further item
numbers are.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mappings.edifact_context import MessageContext, with_days
from mappings.edifact_details import ItemNumber, PartyGroup, Rest
from mappings.edifact_details_table import INTO, OF_LINE, PACKAGE, PERIOD, REFERENCE, TAX, Column, Kind
from mappings.edifact_values import number
from parsers.edifact.group_shape import Place
from parsers.edifact.segment import Segment

_GROUPS_OF_ONE = {"RFF": REFERENCE, "TAX": TAX, "PAC": PACKAGE}
"""Groups that are read as their first segment is where it stands alone."""


class KnownDetail(NamedTuple):
    """A detail by the name of its field ``into``; ``same`` is what the shape fixes, the rest are indexes of values."""

    into: str
    same: Mapping[str, Any]
    texts: Sequence[tuple[str, int]]
    numbers: Sequence[tuple[str, int]]
    joined: Sequence[tuple[str, Sequence[int]]]
    is_period: bool

    def made(self, values: Sequence[str], context: MessageContext) -> dict[str, Any] | None:
        """The fields of the detail; None where a number is not written as declared, which is to be said."""
        fields = dict(self.same)
        for name, at in self.texts:
            fields[name] = values[at]
        for name, at in self.numbers:
            fields[name], as_declared = number(values[at], context.decimal_mark)
            if not as_declared:
                return None
        for name, places in self.joined:
            fields[name] = "\n".join([values[at] for at in places])
        return with_days(fields) if self.is_period else fields


def known_details(
    rest: Sequence[Rest], index: Mapping[int, int], values: Mapping[Place, int]
) -> tuple[KnownDetail, ...] | None:
    """How to make these details; None where one takes more. ``index`` has the place of each segment in the line."""
    known = []
    for one in rest:
        columns = _columns(one)
        if columns is None:
            return None
        into, segment, of_detail = columns
        detail = _known(into, segment, of_detail, index[id(segment)], values)
        if detail is None:
            return None
        known.append(detail)
    return tuple(known)


def _columns(one: Rest) -> tuple[str, Segment, Sequence[Column]] | None:
    """The field of the details, the segment, and its columns; None where it is not one segment read by columns."""
    if isinstance(one, ItemNumber):
        columns = [Column("number", one.element), Column("qualifier", one.element, 2)]
        if one.segment.tag == "PIA":
            columns.append(Column("relation", 1))
        return INTO["PIA"], one.segment, columns
    if isinstance(one, Segment):
        shape, segment = OF_LINE.get(one.tag), one
    elif isinstance(one, PartyGroup) or len(one.segments) > 1 or one.groups:
        return None
    else:
        shape, segment = _GROUPS_OF_ONE.get(one.tag), one.segments[0]
    return None if shape is None else (INTO[segment.tag], segment, shape.columns)


def _known(
    into: str, segment: Segment, columns: Sequence[Column], at: int, values: Mapping[Place, int]
) -> KnownDetail | None:
    same: dict[str, Any] = {}
    texts, numbers, joined = list[tuple[str, int]](), list[tuple[str, int]](), list[tuple[str, Sequence[int]]]()
    for field, element, component, kind in columns:
        if kind is Kind.LINES:
            components = segment.elements[element][component - 1 :] if element < len(segment.elements) else []
            places = [Place(at, element, component + more) for more, text in enumerate(components) if text]
            if any(place not in values for place in places):
                return None
            if places:
                joined.append((field, tuple(values[place] for place in places)))
            continue
        sent, place = segment.value(element, component), values.get(Place(at, element, component))
        if place is None:
            if sent is not None and kind is Kind.NUMBER:
                return None
            if sent is not None:
                same[field] = sent
        else:
            (numbers if kind is Kind.NUMBER else texts).append((field, place))
    return KnownDetail(into, same, tuple(texts), tuple(numbers), tuple(joined), columns is PERIOD.columns)
