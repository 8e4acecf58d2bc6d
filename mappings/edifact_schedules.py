"""Parts of a line: by date (SCC with its QTY groups), or by place (LOC with QTY and DTM)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from mappings.edifact_context import MessageContext
from mappings.edifact_lookup import Found, find
from mappings.edifact_table import FIRM
from mappings.edifact_tables import Tables
from orders.findings import finding
from orders.findings.syntax import SYN022_PLANNED_PART, CodeSent
from orders.location import Field
from orders.purchase_order import Schedule
from parsers.edifact.groups import AnyGroup
from parsers.edifact.segment import Segment


def by_date(group: AnyGroup, unit: str | None, tables: Tables, context: MessageContext) -> Iterator[Schedule]:
    """The parts of an SCC group. A part that is only planned is told: an order that is firm must not come of it."""
    scc = group.segments[0]
    if scc.value(1) not in FIRM:
        said = SYN022_PLANNED_PART(CodeSent(sent=scc.value(1)))
        context.findings.append(finding(said, location=scc.place(1), before=scc.value(1), line=context.line))
    context.keep(group.segments if scc.value(3) else group.segments[1:])
    for inner in group.groups:
        yield from _part(inner.segments, None, unit, tables, context)
        for below in inner.groups:
            context.keep_group(below)


def by_place(group: AnyGroup, unit: str | None, tables: Tables, context: MessageContext) -> Iterator[Schedule]:
    """The part of a LOC group; the group speaks of a place alone where it has neither quantity nor date."""
    yield from _part(group.segments[1:], group.segments[0].value(2), unit, tables, context)
    for inner in group.groups:
        context.keep_group(inner)


def _part(
    segments: Sequence[Segment], ship_to: str | None, unit: str | None, tables: Tables, context: MessageContext
) -> Iterable[Schedule]:
    """A part of the line. Its quantity is in the ``unit`` of the line; one in another unit is kept as it came too."""
    found: Found = {}
    find(segments, tables.schedule, found)
    used = {spot[0] for spot in found.values()}
    context.keep(
        segment
        for segment in segments
        if segment not in used or (segment.tag == "QTY" and segment.value(1, 3) not in (None, unit))
    )
    quantity: Decimal | None = context.number(found, Field.QUANTITY)
    day: date | None = context.day(found, Field.REQUESTED_DATE)
    if found:
        yield Schedule(quantity=quantity, day=day, ship_to=ship_to)
