"""One line of an ORDERS or ORDCHG message: a LIN group, by the tables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mappings.edifact_context import MessageContext
from mappings.edifact_details import Details, ItemNumber, PartyGroup, Rest
from mappings.edifact_details_table import OF_LINE
from mappings.edifact_line_plan import LinePlan, plan_from
from mappings.edifact_lookup import Claim, Found, Spots, find, left, text
from mappings.edifact_parties import roles
from mappings.edifact_schedules import by_date, by_place
from mappings.edifact_table import LINE_ACTIONS, OWN_NUMBERS
from mappings.edifact_tables import Tables
from orders.findings import finding
from orders.findings.items import ITM010_SUB_LINE, ParentLine
from orders.findings.normalised import NRM008_UNIT_AGREED, AgreedUnit
from orders.location import Field
from orders.purchase_order import LineDetails, OrderLine, PartyRole, Schedule
from parsers.edifact.group_shape import ShapedGroup
from parsers.edifact.groups import AnyGroup
from parsers.edifact.segment import Segment

_OF_ONE_SEGMENT = ((Field.UNIT, Field.QUANTITY), (Field.PRICE_BASIS, Field.UNIT_PRICE))
"""A unit belongs to the quantity beside it, a basis to the price beside it, never to another one of the line."""
_OF_ITEM = ("LIN", "PIA")
_NO_NUMBER = Claim(Field.LINE, 0, 1, 1, None)
"""A line without a number still has a place."""


class CarefulLine(NamedTuple):
    """A line that was read segment by segment: where its values stand, and what no field was made of.

    It is ``plain`` where nothing had to be said or kept apart, and nothing split the line.
    """

    line: OrderLine
    found: Found
    rest: Sequence[Rest]
    plain: bool


class LineReading:
    """Reads the lines of one message."""

    def __init__(self, tables: Tables, context: MessageContext) -> None:
        self.tables = tables
        self.context = context

    def read(self, group: AnyGroup, position: int) -> tuple[OrderLine, Spots]:
        """The line of a LIN group, the ``position``-th of its message, and where its values stand."""
        self.context.line, self.context.with_more = position, []
        if not isinstance(group, ShapedGroup):
            careful = self._with_care(group, position)
            return careful.line, careful.found
        plan = group.shape.reading
        if isinstance(plan, LinePlan) and plan.tables is self.tables:
            line = plan.line(group, position, self.context)
            if line is not None:
                return line, plan.spots(group)
        careful = self._with_care(group, position)
        if careful.plain:
            group.shape.reading = plan_from(group, careful.line, careful.found, careful.rest, self.tables)
        return careful.line, careful.found

    def _with_care(self, group: AnyGroup, position: int) -> CarefulLine:
        context, conventions = self.context, self.tables.conventions
        said_before = len(context.findings), len(context.unmapped)
        lin = group.segments[0]
        found = self._find(group)
        numbers = self._item_numbers(group, found)
        quantity = context.number(found, Field.QUANTITY)
        price = context.number(found, Field.UNIT_PRICE)
        basis = context.number(found, Field.PRICE_BASIS)
        requested_date = context.day(found, Field.REQUESTED_DATE)
        schedules, of_groups = self._groups(group, found, quantity, requested_date) if group.groups else ([], [])
        unread = left(group.segments, found, _OF_ITEM)
        rest: list[Rest] = [*numbers, *of_groups, *context.with_more, *unread, *_described_by_code(found)]
        details = Details(OF_LINE, context)
        details.add_rest(rest)
        parent = lin.value(4, 2) if len(lin.elements) > 4 else None
        if parent is not None and conventions.sublines == "hold":
            self._tell_parent(lin, parent)
        line = OrderLine(
            number=text(found, Field.LINE) or str(position),
            action=LINE_ACTIONS.get(lin.value(2) or ""),
            item=text(found, Field.ITEM),
            gtin=text(found, Field.GTIN),
            buyer_item=text(found, Field.BUYER_ITEM),
            description=_description(found),
            quantity=quantity,
            unit=self._unit(found),
            unit_price=price,
            price_basis=(basis or conventions.price_basis) if price is not None else None,
            price_unit=found[Field.UNIT_PRICE][0].value(1, 6) if price is not None else None,
            amount=context.number(found, Field.AMOUNT),
            requested_date=requested_date,
            schedules=tuple(schedules),
            note=details.note,
            details=details.made(LineDetails, parent=parent),
        )
        silent = said_before == (len(context.findings), len(context.unmapped)) and not context.with_more
        plain = silent and not schedules and parent is None and not any(isinstance(one, PartyGroup) for one in rest)
        return CarefulLine(line, found, rest, plain)

    def _find(self, group: AnyGroup) -> Found:
        """Where the values of the line stand, but for the item numbers of PIA."""
        tables = self.tables
        found: Found = {}
        find(group.segments, tables.line, found)
        for inner in group.groups:
            if inner.tag in tables.line_groups.tags:
                find(inner.segments, tables.line_groups, found)
        for part, whole in _OF_ONE_SEGMENT:
            if part in found and (whole not in found or found[part][0] is not found[whole][0]):
                del found[part]
        if Field.LINE not in found:
            found[Field.LINE] = (group.segments[0], _NO_NUMBER)
        return found

    def _item_numbers(self, group: AnyGroup, found: Found) -> list[ItemNumber]:
        """Add the item numbers of PIA to what was found; gives those of no field, that of LIN among them."""
        tables, lin = self.tables, group.segments[0]
        numbers: list[ItemNumber] = []
        elements = lin.elements
        if len(elements) > 3 and elements[3][0] and lin.value(3, 2) not in tables.item_numbers:
            numbers.append(ItemNumber(lin, 3, elements[3]))
        for segment in group.segments:
            if segment.tag == "PIA":
                for field, claim, components in self._numbers(segment):
                    if field is not None and field not in found:
                        found[field] = (segment, claim)
                    else:
                        numbers.append(ItemNumber(segment, claim.element, components))
        return numbers

    def _groups(
        self, group: AnyGroup, found: Found, quantity: Decimal | None, day: date | None
    ) -> tuple[list[Schedule], list[Rest]]:
        """The parts of the line, and what else its groups say."""
        context, tables = self.context, self.tables
        schedules: list[Schedule] = []
        parties: list[AnyGroup] = []
        rest: list[Rest] = []
        unit = text(found, Field.UNIT)
        for inner in group.groups:
            if inner.tag == "PRI":
                rest += self._besides_price(inner, found)
            elif inner.tag == "SCC":
                schedules.extend(by_date(inner, unit, tables, context))
            elif inner.tag == "LOC":
                part = list(by_place(inner, unit, tables, context))
                schedules.extend(part)
                if not part:
                    rest.append(inner.segments[0])
            elif inner.tag == "NAD":
                parties.append(inner)
            else:
                rest.append(inner)
        acting = roles([one.segments[0] for one in parties], tables.conventions) if parties else ()
        for inner, role in zip(parties, acting, strict=True):
            rest.append(PartyGroup(inner, role))
            ship_to = inner.segments[0].value(2)
            if role is PartyRole.DELIVERY_PARTY and ship_to and not schedules:
                schedules.append(Schedule(quantity=quantity, day=day, ship_to=ship_to))
        return schedules, rest

    def _besides_price(self, group: AnyGroup, found: Found) -> list[Segment]:
        """What a PRI group says beside the price of the line."""
        used = found.get(Field.UNIT_PRICE)
        for inner in group.groups:
            self.context.keep_group(inner)
        return [segment for segment in group.segments if used is None or segment is not used[0]]

    def _numbers(self, pia: Segment) -> tuple[tuple[Field | None, Claim, list[str]], ...]:
        """Each number of a PIA, and the field that it is, if any; remembered with the segment as its claims are."""
        known = pia.written.claims
        if known is not None and known[0] is self.tables:
            return known[1]
        fields = self.tables.item_numbers if pia.value(1) in OWN_NUMBERS else {}
        numbers: list[tuple[Field | None, Claim, list[str]]] = []
        for element in range(2, len(pia.elements)):
            first, *others = pia.repetitions(element)
            for components, of in ((first, fields), *((other, {}) for other in others)):
                if components[0]:
                    field = of.get(components[1] if len(components) > 1 else "")
                    claim = Claim(field or Field.ITEM, 0, element, 1, components[0].strip() or None)
                    numbers.append((field, claim, components))
        pia.written.claims = (self.tables, tuple(numbers))
        return tuple(numbers)

    def _unit(self, found: Found) -> str | None:
        unit = text(found, Field.UNIT)
        known = self.tables.conventions.units.get(unit) if unit else None
        if unit is None or known is None or known == unit:
            return unit
        segment, claim = found[Field.UNIT]
        said = NRM008_UNIT_AGREED(AgreedUnit(unit=unit, read=known))
        place, line = segment.place(claim.element, claim.component), self.context.line
        self.context.findings.append(finding(said, location=place, before=unit, after=known, line=line))
        return known

    def _tell_parent(self, lin: Segment, parent: str) -> None:
        said = ITM010_SUB_LINE(ParentLine(parent=parent))
        told = finding(said, location=lin.place(4, 2), before=parent, line=self.context.line)
        self.context.findings.append(told)


def _description(found: Found) -> str | None:
    """The free-form description (IMD, C273 7008), its two halves joined."""
    spot = found.get(Field.DESCRIPTION)
    if spot is None:
        return None
    imd = spot[0]
    return f"{imd.value(3, 4) or ''}{imd.value(3, 5) or ''}".strip() or None


def _described_by_code(found: Found) -> list[Segment]:
    """A description that says of what it is, or has a code too, is kept whole beside its text."""
    spot = found.get(Field.DESCRIPTION)
    return [spot[0]] if spot is not None and (spot[0].value(2) or spot[0].value(3, 1)) else []
