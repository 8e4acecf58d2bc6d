"""One ORDERS message to one purchase order, by the table; per line by its group, never by position."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mappings.edifact_lookup import Found, Spot, by_tag, find
from mappings.edifact_table import (
    HEADER,
    ITEM_QUALIFIERS,
    LINE,
    LINE_ACTIONS,
    ORDER_FUNCTIONS,
    ORDER_TYPES,
    PARTY_ROLES,
    SCHEDULE,
    SCHEDULE_GROUPS,
)
from mappings.edifact_values import day, number
from mappings.mapped import MappedOrder
from orders.findings import Finding, Severity, finding
from orders.location import Field, Location
from orders.purchase_order import (
    ControlTotals,
    OrderFunction,
    OrderLine,
    OrderType,
    Party,
    PurchaseOrder,
    Reference,
    Schedule,
)
from parsers.edifact.reader import Message
from parsers.edifact.segment import Segment
from parsers.edifact.structure import Group

_HEADER = by_tag(row for row in HEADER if row.group is None)
_HEADER_GROUPS = by_tag(row for row in HEADER if row.group is not None)
_LINE = by_tag(row for row in LINE if row.group is None)
_LINE_GROUPS = by_tag(row for row in LINE if row.group is not None)
_SCHEDULE = by_tag(SCHEDULE)

_OF_ONE_SEGMENT = ((Field.UNIT, Field.QUANTITY), (Field.PRICE_BASIS, Field.UNIT_PRICE))
"""A unit belongs to the quantity beside it, a basis to the price beside it, never to another one of the line."""


class EdifactPlaces:
    """Places of the values of one message."""

    def __init__(self, header: Found, lines: list[Found]) -> None:
        self._header = header
        self._lines = lines

    def of(self, field: Field, line: int | None = None) -> Location | None:
        """Place of a value; worked out from its segment only now."""
        found = self._header if line is None else self._lines[line]
        spot = found.get(field)
        return None if spot is None else spot[0].place(spot[1], spot[2])

    def row(self, line: int) -> None:
        """None: lines of a message are no rows."""


def map_orders(message: Message, root: Group) -> MappedOrder:
    """The purchase order of an ORDERS message whose tree is ``root``; never raises for what was sent."""
    return _Reading(message).read(root)


class _Reading:
    """Reads one message, gathering what was found and what was noticed."""

    def __init__(self, message: Message) -> None:
        self.decimal_mark = chr(message.interchange.separators.decimal_mark)
        self.findings: list[Finding] = []

    def read(self, root: Group) -> MappedOrder:
        header: Found = {}
        find(root.segments, _HEADER, header)
        for group in root.groups:
            if group.tag in _HEADER_GROUPS:
                find(group.segments, _HEADER_GROUPS, header)
        lines: list[OrderLine] = []
        found_lines: list[Found] = []
        for position, group in enumerate(root.of("LIN"), start=1):
            line, found = self._line(group, position)
            lines.append(line)
            found_lines.append(found)
        order = PurchaseOrder(
            po_number=_text(header, Field.PO_NUMBER),
            type=self._type(header),
            function=self._function(header),
            order_date=self._date(header, Field.ORDER_DATE),
            requested_date=self._date(header, Field.REQUESTED_DATE),
            currency=_text(header, Field.CURRENCY),
            parties=tuple(_parties(root)),
            references=tuple(_references(root)),
            note=_text(header, Field.NOTE),
            totals=ControlTotals(
                lines=self._number(header, Field.LINE_COUNT),
                quantity=self._number(header, Field.QUANTITY_TOTAL),
                amount=self._number(header, Field.AMOUNT_TOTAL),
            ),
            payment_terms=_payment_terms(root),
            lines=tuple(lines),
        )
        return MappedOrder(order, EdifactPlaces(header, found_lines), self.findings)

    def _line(self, group: Group, position: int) -> tuple[OrderLine, Found]:
        found: Found = {}
        find(group.segments, _LINE, found)
        for inner in group.groups:
            if inner.tag in _LINE_GROUPS:
                find(inner.segments, _LINE_GROUPS, found)
        for segment in group.segments:
            if segment.tag == "PIA":
                _identifiers(segment, found)
        for part, whole in _OF_ONE_SEGMENT:
            if part in found and (whole not in found or found[part][0] is not found[whole][0]):
                del found[part]
        lin = group.segments[0]
        if Field.LINE not in found:
            found[Field.LINE] = (lin, 1, 1)
        price = self._number(found, Field.UNIT_PRICE, position)
        basis = self._number(found, Field.PRICE_BASIS, position)
        return OrderLine(
            number=_text(found, Field.LINE) or str(position),
            action=LINE_ACTIONS.get(lin.value(2) or ""),
            item=_text(found, Field.ITEM),
            gtin=_text(found, Field.GTIN),
            buyer_item=_text(found, Field.BUYER_ITEM),
            description=_description(group),
            quantity=self._number(found, Field.QUANTITY, position),
            unit=_text(found, Field.UNIT),
            unit_price=price,
            price_basis=(basis or Decimal(1)) if price is not None else None,
            price_unit=found[Field.UNIT_PRICE][0].value(1, 6) if price is not None else None,
            amount=self._number(found, Field.AMOUNT, position),
            requested_date=self._date(found, Field.REQUESTED_DATE, position),
            schedules=tuple(self._schedules(group, position)),
            note=_text(found, Field.NOTE),
        ), found

    def _schedules(self, line: Group, position: int) -> Iterable[Schedule]:
        for group in line.groups:
            if group.tag not in SCHEDULE_GROUPS:
                continue
            ship_to = group.segments[0].value(2) if group.tag == "LOC" else None
            parts = [group.segments] if group.tag == "LOC" else [inner.segments for inner in group.of("QTY")]
            for segments in parts:
                found: Found = {}
                find(segments, _SCHEDULE, found)
                if Field.QUANTITY in found or Field.REQUESTED_DATE in found:
                    yield Schedule(
                        quantity=self._number(found, Field.QUANTITY, position),
                        day=self._date(found, Field.REQUESTED_DATE, position),
                        ship_to=ship_to,
                    )

    def _number(self, found: Found, field: Field, line: int | None = None) -> Decimal | None:
        spot = found.get(field)
        if spot is None:
            return None
        segment, element, component = spot
        text = segment.elements[element][component - 1]
        value, as_declared = number(text, self.decimal_mark)
        if not as_declared:
            about = field.value.replace("_", " ")
            words = f"The {about} {text!r} is not written as a number with the decimal mark {self.decimal_mark!r}."
            place = segment.place(element, component)
            self.findings.append(finding("SYN028", words, location=place, before=text, line=line))
        return value

    def _date(self, found: Found, field: Field, line: int | None = None) -> date | None:
        spot = found.get(field)
        if spot is None:
            return None
        segment, element, component = spot
        text, code = segment.elements[element][component - 1], segment.value(element, component + 1)
        value = day(text, code)
        if value is None:
            words = f"The date {text!r} with format {code} cannot be read. Send CCYYMMDD with format 102."
            place = segment.place(element, component)
            self.findings.append(finding("DAT001", words, location=place, before=text, line=line))
        return value

    def _type(self, header: Found) -> OrderType | None:
        text = _text(header, Field.TYPE)
        known = ORDER_TYPES.get(text or "220")
        if known is None:
            self._unknown_code(header[Field.TYPE], "document name", text)
        return known

    def _function(self, header: Found) -> OrderFunction | None:
        text = _text(header, Field.FUNCTION)
        if text is None:
            return OrderFunction.CHANGE if _text(header, Field.TYPE) == "230" else OrderFunction.ORIGINAL
        known = ORDER_FUNCTIONS.get(text)
        if known is None:
            self._unknown_code(header[Field.FUNCTION], "message function", text)
        return known

    def _unknown_code(self, spot: Spot, what: str, text: str | None) -> None:
        words = f"The {what} code {text} is not one that we act on; tell us what the message is to do."
        place = spot[0].place(spot[1], spot[2])
        # Elsewhere a code of the partner's own is a matter of taste; here it decides what happens to the order.
        self.findings.append(finding("SYN022", words, location=place, before=text, severity=Severity.HOLD))


def _identifiers(pia: Segment, found: Found) -> None:
    """Item numbers of a PIA: up to five composites, each with its own qualifier."""
    for element, components in enumerate(pia.elements):
        if element >= 2 and len(components) >= 2 and components[0]:
            field = ITEM_QUALIFIERS.get(components[1])
            if field is not None and field not in found:
                found[field] = (pia, element, 1)


def _text(found: Found, field: Field) -> str | None:
    spot = found.get(field)
    return None if spot is None else spot[0].elements[spot[1]][spot[2] - 1].strip() or None


def _description(group: Group) -> str | None:
    """Free-form descriptions (IMD, C273 7008), the two halves of each joined."""
    for segment in group.segments:
        if segment.tag == "IMD":
            text = f"{segment.value(3, 4) or ''}{segment.value(3, 5) or ''}".strip()
            if text:
                return text
    return None


def _parties(root: Group) -> Iterable[Party]:
    for group in root.of("NAD"):
        nad = group.segments[0]
        role = PARTY_ROLES.get(nad.value(1) or "")
        if role is not None:
            name = " ".join(part for part in (nad.elements[4] if len(nad.elements) > 4 else ()) if part)
            street = " ".join(part for part in (nad.elements[5] if len(nad.elements) > 5 else ()) if part)
            yield Party(
                role=role,
                identifier=nad.value(2),
                name=name or (" ".join(nad.elements[3]).strip() if len(nad.elements) > 3 else None) or None,
                street=street or None,
                city=nad.value(6),
                postcode=nad.value(8),
                country=nad.value(9),
            )


def _references(root: Group) -> Iterable[Reference]:
    for group in root.of("RFF"):
        rff = group.segments[0]
        qualifier, text = rff.value(1, 1), rff.value(1, 2)
        if qualifier and text:
            yield Reference(qualifier=qualifier, number=text)


def _payment_terms(root: Group) -> str | None:
    """Net days (PAT, C112) as ``NET30``; None where the terms are not of that plain kind."""
    for group in root.of("PAT"):
        pat = group.segments[0]
        period, days = pat.value(3, 3), pat.value(3, 4)
        if period == "D" and days and days.isdigit():
            return f"NET{int(days)}"
    return None
