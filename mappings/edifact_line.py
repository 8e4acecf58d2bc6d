"""One line of an ORDERS or ORDCHG message: a LIN group, by the tables."""

from datetime import date
from decimal import Decimal

from mappings.edifact_context import MessageContext
from mappings.edifact_details import Details
from mappings.edifact_details_table import DESCRIPTION, OF_LINE, PLACE
from mappings.edifact_lookup import Claim, Found, find, left, text
from mappings.edifact_parties import roles
from mappings.edifact_schedules import by_date, by_place
from mappings.edifact_table import LINE_ACTIONS, OWN_NUMBERS
from mappings.edifact_tables import Tables
from orders.findings import finding
from orders.location import Field
from orders.order_details import Description, Identifier, Place
from orders.purchase_order import LineDetails, OrderLine, PartyRole, Schedule
from parsers.edifact.groups import AnyGroup
from parsers.edifact.segment import Segment

_OF_ONE_SEGMENT = ((Field.UNIT, Field.QUANTITY), (Field.PRICE_BASIS, Field.UNIT_PRICE))
"""A unit belongs to the quantity beside it, a basis to the price beside it, never to another one of the line."""
_OF_ITEM = ("LIN", "PIA")
_NO_NUMBER = Claim(Field.LINE, 0, 1, 1, None)
"""A line without a number still has a place."""


class LineReading:
    """Reads the lines of one message."""

    def __init__(self, tables: Tables, context: MessageContext) -> None:
        self.tables = tables
        self.context = context

    def read(self, group: AnyGroup, position: int) -> tuple[OrderLine, Found]:
        """The line of a LIN group, the ``position``-th of its message, and where its values stand."""
        context, conventions = self.context, self.tables.conventions
        context.line = position
        context.with_more = []
        details = Details(OF_LINE, context)
        found = self._find(group, details)
        lin = group.segments[0]
        quantity = context.number(found, Field.QUANTITY)
        price = context.number(found, Field.UNIT_PRICE)
        basis = context.number(found, Field.PRICE_BASIS)
        requested_date = context.day(found, Field.REQUESTED_DATE)
        schedules = self._groups(group, found, details, quantity, requested_date) if group.groups else ()
        unread = left(group.segments, found, _OF_ITEM)
        if unread or context.with_more:
            details.add_segments((*context.with_more, *unread))
        _description_codes(found, details, context)
        parent = lin.value(4, 2) if len(lin.elements) > 4 else None
        if parent is not None and conventions.sublines == "hold":
            self._tell_parent(lin, parent)
        return OrderLine(
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
        ), found

    def _find(self, group: AnyGroup, details: Details) -> Found:
        """Where the values of the line stand; item numbers of no field go into the details."""
        tables, lin = self.tables, group.segments[0]
        found: Found = {}
        find(group.segments, tables.line, found)
        for inner in group.groups:
            if inner.tag in tables.line_groups.tags:
                find(inner.segments, tables.line_groups, found)
        elements = lin.elements
        if len(elements) > 3 and elements[3][0] and (qualifier := lin.value(3, 2)) not in tables.item_numbers:
            details.add("PIA", Identifier(qualifier=qualifier, number=elements[3][0]))
        for segment in group.segments:
            if segment.tag == "PIA":
                self._identifiers(segment, found, details)
        for part, whole in _OF_ONE_SEGMENT:
            if part in found and (whole not in found or found[part][0] is not found[whole][0]):
                del found[part]
        if Field.LINE not in found:
            found[Field.LINE] = (lin, _NO_NUMBER)
        return found

    def _groups(
        self, group: AnyGroup, found: Found, details: Details, quantity: Decimal | None, day: date | None
    ) -> list[Schedule]:
        """The parts of the line; what else its groups say goes into the details."""
        context, tables = self.context, self.tables
        schedules: list[Schedule] = []
        parties: list[AnyGroup] = []
        for inner in group.groups:
            if inner.tag == "PRI":
                self._price(inner, found, details)
            elif inner.tag == "SCC":
                schedules.extend(by_date(inner, tables, context))
            elif inner.tag == "LOC":
                part = list(by_place(inner, tables, context))
                schedules.extend(part)
                if not part:
                    details.add("LOC", context.read(PLACE, Place, inner.segments[0]))
            elif inner.tag == "NAD":
                parties.append(inner)
            else:
                details.add_group(inner)
        acting = roles([one.segments[0] for one in parties], tables.conventions) if parties else ()
        for inner, role in zip(parties, acting, strict=True):
            details.add_group(inner, role)
            ship_to = inner.segments[0].value(2)
            if role is PartyRole.DELIVERY_PARTY and ship_to and not schedules:
                schedules.append(Schedule(quantity=quantity, day=day, ship_to=ship_to))
        return schedules

    def _price(self, group: AnyGroup, found: Found, details: Details) -> None:
        used = found.get(Field.UNIT_PRICE)
        for segment in group.segments:
            if used is None or segment is not used[0]:
                details.add_segments((segment,))
        for inner in group.groups:
            self.context.keep_group(inner)

    def _identifiers(self, pia: Segment, found: Found, details: Details) -> None:
        """Numbers of a PIA: up to five composites, each with its own qualifier. Those of no field go to the details."""
        for field, claim, components in self._numbers(pia):
            if field is not None and field not in found:
                found[field] = (pia, claim)
            else:
                qualifier = components[1] if len(components) > 1 else None
                identifier = Identifier(qualifier=qualifier or None, number=components[0], relation=pia.value(1))
                details.add("PIA", identifier)

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
        words = f"The unit {unit} is read as {known}, as agreed with you."
        place, line = segment.place(claim.element, claim.component), self.context.line
        self.context.findings.append(finding("NRM008", words, location=place, before=unit, after=known, line=line))
        return known

    def _tell_parent(self, lin: Segment, parent: str) -> None:
        words = (
            f"This line belongs to line {parent}. Tell us whether it is ordered beside it, or only says what is in it."
        )
        told = finding("ITM010", words, location=lin.place(4, 2), before=parent, line=self.context.line)
        self.context.findings.append(told)


def _description(found: Found) -> str | None:
    """The free-form description (IMD, C273 7008), its two halves joined."""
    spot = found.get(Field.DESCRIPTION)
    if spot is None:
        return None
    imd = spot[0]
    return f"{imd.value(3, 4) or ''}{imd.value(3, 5) or ''}".strip() or None


def _description_codes(found: Found, details: Details, context: MessageContext) -> None:
    """A description that says of what it is, or has a code too, is kept whole beside its text."""
    spot = found.get(Field.DESCRIPTION)
    if spot is not None and (spot[0].value(2) or spot[0].value(3, 1)):
        details.add("IMD", context.read(DESCRIPTION, Description, spot[0]))
