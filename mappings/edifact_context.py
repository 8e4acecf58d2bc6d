"""What is known and noticed while one message is read: its decimal mark, the findings, what has no field."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from mappings.edifact_conventions import Conventions
from mappings.edifact_details_table import Column, Kind, Shape
from mappings.edifact_lookup import PLAIN_DAYS, Found
from mappings.edifact_values import day, number, span
from orders.findings import Finding, finding
from orders.findings.dates import DAT001_NOT_IN_FORMAT, DateInFormat
from orders.findings.normalised import NRM007_FIRST_DAY_OF_PERIOD, NRM007_LAST_DAY_OF_PERIOD, PeriodRead
from orders.findings.syntax import SYN028_WRONG_NOTATION, NumberNotation
from orders.location import Field
from orders.model import Model
from orders.order_details import KeptSegment, Period
from parsers.edifact.groups import AnyGroup
from parsers.edifact.message import Message
from parsers.edifact.segment import Segment

M = TypeVar("M", bound=Model)


class MessageContext:
    """Reads values of one message; ``line`` is the 1-based line that is being read, None in the head."""

    def __init__(self, message: Message, conventions: Conventions) -> None:
        self.conventions = conventions
        self.line: int | None = None
        self.findings: list[Finding] = []
        self.unmapped: list[KeptSegment] = []
        self.with_more: list[Segment] = []
        """Dates that say more than the day that was made of them: a time, a week, a period."""
        self.decimal_mark = chr(message.interchange.separators.decimal_mark)
        self._codec = message.interchange.codec

    def number(self, found: Found, field: Field) -> Decimal | None:
        """The number that was found for a field."""
        spot = found.get(field)
        if spot is None:
            return None
        segment, claim = spot
        if isinstance(claim.value, Decimal):
            return claim.value
        return self._number(segment, claim.element, claim.component, field.value)

    def day(self, found: Found, field: Field) -> date | None:
        """The day that was found for a field; of a week or period, the one that the partner's convention names."""
        spot = found.get(field)
        if spot is None:
            return None
        segment, claim = spot
        if isinstance(claim.value, date):
            return claim.value
        element, component = claim.element, claim.component
        text, code = segment.elements[element][component - 1], segment.value(element, component + 1)
        value = day(text, code)
        if value is None or code not in PLAIN_DAYS:
            self.with_more.append(segment)
        if value is not None:
            return value
        place = segment.place(element, component)
        period = span(text, code)
        if period is None:
            unread = DAT001_NOT_IN_FORMAT(DateInFormat(sent=text, format=code))
            self.findings.append(finding(unread, location=place, before=text, line=self.line))
            return None
        first, last = period
        begins = self.conventions.period == "first_day"
        value = first if begins else last
        taken = NRM007_FIRST_DAY_OF_PERIOD if begins else NRM007_LAST_DAY_OF_PERIOD
        said = taken(PeriodRead(sent=text, format=code, first=first, last=last))
        self.findings.append(finding(said, location=place, before=text, after=value.isoformat(), line=self.line))
        return value

    def keep(self, segments: Iterable[Segment]) -> None:
        """Keep segments that have no field, as they came."""
        for segment in segments:
            text = segment.raw.decode(self._codec, "replace")
            self.unmapped.append(KeptSegment(number=segment.number, text=text, line=self.line))

    def keep_group(self, group: AnyGroup) -> None:
        """Keep a whole group that has no field."""
        self.keep(group.segments)
        for inner in group.groups:
            self.keep_group(inner)

    def read(self, shape: Shape, model: type[M], segment: Segment, **more: Any) -> M:
        """What the segment becomes. ``model`` is that of the shape; ``more`` are fields from other segments."""
        known = segment.written.reading
        if known is not None and known[0] is shape:
            values: dict[str, Any] = known[1]
        else:
            said_before = len(self.findings)
            values = {column.field: self._value(column, segment) for column in shape.columns}
            if model is Period:
                values = with_days(values)
            if len(self.findings) == said_before:
                segment.written.reading = (shape, values)
        return model(**values, **more)

    def read_all(self, shape: Shape, model: type[M], segments: Iterable[Segment]) -> tuple[M, ...]:
        """What these segments become."""
        return tuple(self.read(shape, model, segment) for segment in segments)

    def sorted_out(self, group: AnyGroup, taken: Iterable[str], apart: Iterable[str] = ()) -> "SortedOut":
        """The segments of a group below its first one, by tag, those of inner groups with them.

        Groups ``apart`` are left whole; what has another tag than those ``taken`` is kept as having no field.
        """
        sorted_out = SortedOut({tag: [] for tag in taken}, {tag: [] for tag in apart})
        self._sort_out(group, group.segments[1:], sorted_out)
        return sorted_out

    def _sort_out(self, group: AnyGroup, segments: Iterable[Segment], into: "SortedOut") -> None:
        for segment in segments:
            if segment.tag in into.segments:
                into.segments[segment.tag].append(segment)
            else:
                self.keep((segment,))
        for inner in group.groups:
            if inner.tag in into.groups:
                into.groups[inner.tag].append(inner)
            else:
                self._sort_out(inner, inner.segments, into)

    def _value(self, column: Column, segment: Segment) -> str | Decimal | None:
        if column.kind is Kind.NUMBER:
            if not segment.value(column.element, column.component):
                return None
            return self._number(segment, column.element, column.component, column.field)
        if column.kind is Kind.LINES and column.element < len(segment.elements):
            lines = segment.elements[column.element][column.component - 1 :]
            return "\n".join(one for one in lines if one) or None
        return segment.value(column.element, column.component)

    def _number(self, segment: Segment, element: int, component: int, name: str) -> Decimal | None:
        text = segment.elements[element][component - 1]
        value, as_declared = number(text, self.decimal_mark)
        if not as_declared:
            said = SYN028_WRONG_NOTATION(NumberNotation(name=name, sent=text, mark=self.decimal_mark))
            place = segment.place(element, component)
            self.findings.append(finding(said, location=place, before=text, line=self.line))
        return value


def with_days(period: dict[str, Any]) -> dict[str, Any]:
    """The fields of a period with the days that it begins and ends on."""
    text, form = period.get("text") or "", period.get("format")
    days = span(text, form)
    return {**period, "text": text, "first": days and days[0], "last": days and days[1]}


class SortedOut:
    """The parts of a group: segments by tag, and inner groups by tag."""

    def __init__(self, segments: Mapping[str, list[Segment]], groups: Mapping[str, list[AnyGroup]]) -> None:
        self.segments = segments
        self.groups = groups
