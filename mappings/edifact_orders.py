"""One ORDERS or ORDCHG message to one purchase order, by the tables; per line by its group, never by position."""

from collections import Counter
from collections.abc import Sequence

from mappings.edifact_context import MessageContext
from mappings.edifact_details import Details
from mappings.edifact_details_table import OF_ORDER
from mappings.edifact_line import LineReading
from mappings.edifact_lookup import Claim, Found, Spot, Spots, find, left, text
from mappings.edifact_parties import roles
from mappings.edifact_tables import STANDARD, Tables
from mappings.edifact_terms import exchange, net_days
from mappings.mapped import MappedOrder
from orders.findings import Case, finding
from orders.findings.heads import HDR017_KEPT_SEGMENTS, KeptSegments
from orders.findings.syntax import SYN022_DOCUMENT_NAME, SYN022_MESSAGE_FUNCTION, CodeSent
from orders.findings.values import SegmentCount, SegmentCounts
from orders.location import Field, Location
from orders.purchase_order import ControlTotals, OrderDetails, OrderFunction, OrderLine, OrderType, PurchaseOrder
from parsers.edifact.groups import AnyGroup, Group
from parsers.edifact.message import Message
from parsers.edifact.segment import Segment

_ENVELOPE = ("UNH", "BGM", "UNS", "UNT")
_ANSWER_WANTED = 4
"""BGM, 4343: which answer the sender wants. What goes back is agreed with the partner, not asked for here."""
_CHANGE_MESSAGE, _CHANGE_NAME = "ORDCHG", "230"
_REPETITIONS_READ = ("COM", "PIA")
_MOST_NAMED = 12


class EdifactPlaces:
    """Places of the values of one message."""

    def __init__(self, header: Spots, lines: Sequence[Spots]) -> None:
        self._header = header
        self._lines = lines

    def of(self, field: Field, line: int | None = None) -> Location | None:
        """Place of a value; worked out from its segment only now."""
        found = self._header if line is None else self._lines[line]
        spot = found.get(field)
        return None if spot is None else spot[0].place(spot[1].element, spot[1].component)

    def room(self, field: Field, line: int) -> Location | None:
        """A unit stands beside its quantity; any other field that was not sent has no segment to point at."""
        return self.of(Field.QUANTITY, line) if field is Field.UNIT else None

    def bare(self, line: int) -> tuple[Field, ...]:
        """None of them: what a message says is text, zeros and all."""
        return ()

    def row(self, line: int) -> None:
        """None: lines of a message are no rows."""


def map_orders(message: Message, root: Group, tables: Tables = STANDARD) -> MappedOrder:
    """The purchase order of a message whose tree is ``root``, by a partner's tables; never raises for what was sent."""
    return _Reading(message, tables).read(root)


class _Reading:
    """Reads one message."""

    def __init__(self, message: Message, tables: Tables) -> None:
        self.tables = tables
        self.context = MessageContext(message, tables.conventions)
        self.parts = message.parts
        self.repeats = message.interchange.separators.repetition is not None
        self.changes = message.type == _CHANGE_MESSAGE

    def read(self, root: Group) -> MappedOrder:
        context, tables = self.context, self.tables
        header: Found = {}
        find(root.segments, tables.header, header)
        for group in root.groups:
            if group.tag in tables.header_groups.tags:
                find(group.segments, tables.header_groups, header)
        details = Details(OF_ORDER, context)
        lines, found_lines = self._groups(root, header, details)
        context.line, context.with_more = None, []
        own_number = self._order_number(root, header)
        type_, function = self._type(header), self._function(header)
        order_date = context.day(header, Field.ORDER_DATE)
        requested_date = context.day(header, Field.REQUESTED_DATE)
        totals = ControlTotals(
            lines=context.number(header, Field.LINE_COUNT),
            quantity=context.number(header, Field.QUANTITY_TOTAL),
            amount=context.number(header, Field.AMOUNT_TOTAL),
        )
        details.add_segments(context.with_more)
        context.keep(one for one in root.segments if one.tag == "BGM" and one.value(_ANSWER_WANTED))
        details.add_segments(left(root.segments, header, _ENVELOPE))
        if self.repeats:
            # Syntax version 4: the fields know of one occurrence of an element, so a segment with more is kept too.
            apart = [one for one in self.parts if isinstance(one, Segment) and one.tag not in _REPETITIONS_READ]
            context.keep(one for one in apart if one.written.further)
        context.unmapped.sort(key=lambda one: one.number)
        payment = details.of("payment")
        order = PurchaseOrder(
            po_number=text(header, Field.PO_NUMBER),
            change_number=own_number,
            type=type_,
            function=function,
            order_date=order_date,
            requested_date=requested_date,
            currency=text(header, Field.CURRENCY),
            parties=details.taken("parties"),
            references=details.taken("references"),
            note=details.note,
            totals=totals,
            payment_terms=net_days(payment),
            lines=tuple(lines),
            details=details.made(OrderDetails, unmapped=tuple(context.unmapped)),
        )
        self._tell_unmapped()
        return MappedOrder(order, EdifactPlaces(header, found_lines), context.findings)

    def _groups(self, root: Group, header: Found, details: Details) -> tuple[list[OrderLine], list[Spots]]:
        """The lines, and what the groups of the head and foot say."""
        reading = LineReading(self.tables, self.context)
        lines: list[OrderLine] = []
        found_lines: list[Spots] = []
        nads = [group for group in root.groups if group.tag == "NAD"]
        acting = iter(roles([group.segments[0] for group in nads], self.tables.conventions))
        for group in root.groups:
            if group.tag == "LIN":
                line, found = reading.read(group, len(lines) + 1)
                lines.append(line)
                found_lines.append(found)
                continue
            self.context.line = None
            if group.tag == "NAD":
                details.add_group(group, next(acting))
            elif group.tag == "CUX":
                self._currency(group, header, details)
            else:
                details.add_group(group)
        return lines, found_lines

    def _currency(self, group: AnyGroup, header: Found, details: Details) -> None:
        """CUX: the currency of the order is a field; another one, and the rate between the two, are kept beside."""
        used = header.get(Field.CURRENCY)
        kept = exchange(group, self.context, whole=used is None or used[0] is not group.segments[0])
        if kept is not None:
            details.add("CUX", kept)

    def _order_number(self, root: Group, header: Found) -> str | None:
        """In a change BGM has the number of the change, and RFF+ON that of the order. The change's own one comes back.

        Where a change names no order by RFF, its own number is taken for that of the order.
        """
        if not self.changes and text(header, Field.TYPE) != _CHANGE_NAME:
            return None
        own = text(header, Field.PO_NUMBER)
        for group in root.of("RFF"):
            rff = group.segments[0]
            if rff.value(1, 1) == "ON" and rff.value(1, 2):
                header[Field.PO_NUMBER] = (rff, Claim(Field.PO_NUMBER, 0, 1, 2, rff.value(1, 2)))
                return own
        return None

    def _type(self, header: Found) -> OrderType | None:
        code = text(header, Field.TYPE)
        known = self.tables.order_types.get(code or "220")
        if known is None:
            self._unknown_code(header[Field.TYPE], SYN022_DOCUMENT_NAME, code)
        return known

    def _function(self, header: Found) -> OrderFunction | None:
        code = text(header, Field.FUNCTION)
        changes = self.changes or text(header, Field.TYPE) == _CHANGE_NAME
        known = self.tables.order_functions.get(code) if code is not None else OrderFunction.ORIGINAL
        if known is None:
            self._unknown_code(header[Field.FUNCTION], SYN022_MESSAGE_FUNCTION, code)
        return OrderFunction.CHANGE if changes and known is OrderFunction.ORIGINAL else known

    def _unknown_code(self, spot: Spot, unknown: Case[CodeSent], code: str | None) -> None:
        place = spot[0].place(spot[1].element, spot[1].component)
        self.context.findings.append(finding(unknown(CodeSent(sent=code)), location=place, before=code))

    def _tell_unmapped(self) -> None:
        """Name what has no field here: it is kept with the order, and nothing of it is acted on."""
        kept = self.context.unmapped
        if not kept:
            return
        tags = Counter(one.text[:3] for one in kept)
        named = tuple(SegmentCount(tag=tag, count=count) for tag, count in tags.most_common(_MOST_NAMED))
        counts = SegmentCounts(named=named, more=len(tags) - len(named))
        said = HDR017_KEPT_SEGMENTS(KeptSegments(tags=counts))
        self.context.findings.append(finding(said, before=kept[0].text[:70]))
