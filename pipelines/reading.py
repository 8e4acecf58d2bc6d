"""Parse and map a recognised file: one purchase order a message or sheet, each with its places and findings."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from mappings.edifact_orders import map_orders
from mappings.edifact_tables import STANDARD, Tables
from mappings.layout_finder import propose, unconfirmed
from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from mappings.table_orders import map_tables
from orders.checked import CheckedLine
from orders.findings import Finding, Severity, finding
from orders.findings.documents import DOC009_NO_MESSAGE
from orders.findings.log import FindingLog
from orders.findings.syntax import SYN023_TYPE_MISSING, SYN023_TYPE_NOT_HANDLED, MessageType
from orders.location import CellLocation, Field, Location, SegmentLocation
from orders.numbers import order_number_key
from orders.policy import Policy
from orders.purchase_order import PurchaseOrder
from orders.rules.case import CorrectedOrder
from parsers.edifact.groups import Group
from parsers.edifact.headers import MessageHeader
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.syntax import checked_tree
from parsers.formats import Format
from parsers.limits import DEFAULT, Limits
from parsers.tables.table import TableFile
from pipelines.recognising import Recognised
from pipelines.sent_tables import SentTables, Sources, sent_tables
from pipelines.syntax_reports import SyntaxReports

_OF_A_SEGMENT = ("segment", "element")
ORDER_MESSAGES = ("ORDERS", "ORDCHG")
"""Message types that are orders, or changes of them."""


def is_order(message: Message) -> bool:
    """Whether this is a message that becomes an order."""
    return message.type in ORDER_MESSAGES


def not_handled(message: Message) -> Finding:
    """That a message of this type is not read here."""
    said = SYN023_TYPE_NOT_HANDLED(MessageType(type=message.type)) if message.type else SYN023_TYPE_MISSING()
    return finding(said, location=message.unh.place(2, 1), before=message.type)


def tables_of(partner: Partner | None) -> Tables:
    """How the partner's messages are read; as the standard has it where the partner is not known."""
    return Tables(partner.edifact.reading) if partner else STANDARD


def tree_of(message: Message) -> Group | None:
    """A message that is an order as the tree of its groups, None for any other; findings go to the message."""
    root = checked_tree(message) if is_order(message) else None
    if root is None:
        message.findings.append(not_handled(message))
    return root


def order_of(message: Message, recognised: Recognised, tables: Tables, noticed: FindingLog) -> MappedOrder | None:
    """The order of a message; what a message of another kind says goes to what was ``noticed`` of the file."""
    root = tree_of(message)
    if root is None:
        noticed.extend(message.findings)
        return None
    mapped = map_orders(message, root, tables)
    of_order = FindingLog()
    of_order.extend(_at_lines(message, len(mapped.order.lines), recognised.partner))
    of_order.extend(mapped.findings)
    mapped.findings = list(of_order)
    mapped.message = MessageHeader.of(message)
    mapped.around = (*recognised.findings, *message.interchange.findings)
    return mapped


def _at_lines(message: Message, lines: int, partner: Partner | None) -> FindingLog:
    """Faults of a segment inside of a line are told at the line. One that rejects is about the message as a whole."""
    if not message.findings:
        return message.findings
    judged = (partner.policy if partner else Policy()).judged
    segments = message.segments
    behind = next((one.number for one in segments if one.tag == "UNS"), message.count + 1)
    begins = [one.number for one in segments if one.tag == "LIN" and one.number < behind]
    if len(begins) != lines:
        return message.findings  # a LIN stands where none may, and is no line: which is which cannot be told

    def line_of(one: Finding) -> int | None:
        place = one.location
        if not isinstance(place, SegmentLocation) or place.segment is None or one.kind.scope not in _OF_A_SEGMENT:
            return None
        rejects = judged(one).severity is Severity.REJECT
        return None if rejects or place.segment >= behind else bisect_right(begins, place.segment) or None

    return message.findings.at_lines(line_of)


@dataclass(slots=True)
class Reading:
    """Reads a file while its orders are taken from ``orders()``; ``findings`` are complete when they all were taken."""

    recognised: Recognised
    sources: Sources
    limits: Limits = DEFAULT
    findings: list[Finding] = field(default_factory=list)
    with_orders: set[int] = field(default_factory=set)
    """Numbers of the interchanges that have orders."""
    corrects: str | None = None
    """The receipt of the file that this one corrects, where it is one of our answers sent back."""
    reports: SyntaxReports | None = None
    """Gather the syntax reports meanwhile, where an answer is to be made of them."""
    shown: TableFile = field(default_factory=TableFile)
    """What an answer to a file of tables shows."""
    noticed: FindingLog = field(default_factory=FindingLog, init=False)
    """Of EDIFACT, what was found so far beside orders; it is among the findings when all orders were taken."""

    def __post_init__(self) -> None:
        self.findings.extend(self.recognised.findings)

    def orders(self) -> Iterator[MappedOrder]:
        """Every order of the file, one at a time."""
        if not self.recognised.readable:
            return
        if self.recognised.format is Format.EDIFACT:
            yield from self._edifact()
        else:
            yield from self._tables()

    def around(self, interchange: int) -> tuple[Finding, ...]:
        """What was found so far about an interchange, or about none alone, and about no order."""
        found = (*self.recognised.findings, *self.noticed)
        return tuple(one for one in found if one.interchange in (None, interchange))

    def _corrected(self, order: PurchaseOrder, receipt: str | None) -> CorrectedOrder | None:
        """The order of the corrected file with the same number, and which lines under that number were entered."""
        if receipt is None or not order.po_number:
            return None
        key = order_number_key(order.po_number)
        orders = self.sources.files.orders(receipt)
        answered = next((one for one in orders if order_number_key(one.sent.po_number or "") == key), None)
        if answered is None:
            return None  # the number itself was corrected: this is an order of its own
        entered: dict[Location, CheckedLine] = {
            line.location: line
            for order in self.sources.files.entered(answered)
            for line in order.deliverable
            if line.location is not None
        }
        return CorrectedOrder(answered.revision, entered)

    def _edifact(self) -> Iterator[MappedOrder]:
        found = self.recognised.survey
        assert found is not None
        noticed = self.noticed
        for interchange in found.interchanges:
            noticed.extend(interchange.findings)
        partner, read = self.recognised.partner, 0
        tables = tables_of(partner)
        with self.recognised.incoming.open() as stream:
            for message in messages(stream, found):
                read += 1
                mapped = order_of(message, self.recognised, tables, noticed)
                header = self.reports.add(message) if self.reports is not None else None
                if mapped is not None:
                    mapped.message = header or mapped.message
                    self.with_orders.add(message.interchange.number)
                    yield mapped
        if self.reports is not None:
            self.reports.close()
        self.findings.extend(noticed)
        if read == 0:
            self.findings.append(finding(DOC009_NO_MESSAGE()))

    def _tables(self) -> Iterator[MappedOrder]:
        partner = self.recognised.partner
        sent = sent_tables(self.recognised, self.sources, self.limits)
        self.corrects, self.shown = sent.corrects, sent.shown
        tables = sent.file
        self.findings.extend((*tables.findings, *sent.findings))
        if not tables.tables:
            return
        layout = sent.layout or (partner.layout if partner else None)
        if layout is None:
            proposal = propose(tables, self.sources.books.agreement(partner))
            self.findings.extend(proposal.findings)
            layout = proposal.layout
        else:
            self.findings.extend(unconfirmed(layout))
        if layout is None:
            return
        mapped = map_tables(tables, layout)
        self.findings.extend(mapped.findings)
        around = tuple(self.findings)
        for one in mapped.orders:
            one.around = around
            one.findings.extend(_remarks(one, sent))
            one.corrects = self._corrected(one.order, sent.corrects)
            yield one


def _remarks(mapped: MappedOrder, sent: SentTables) -> Iterator[Finding]:
    """What was noticed about rows of our own workbooks, each with the line that the row became."""
    if not sent.remarks:
        return
    for index in range(len(mapped.order.lines)):
        place = mapped.places.of(Field.LINE, index)
        if isinstance(place, CellLocation):
            for one in sent.remarks.get((place.sheet, place.row), ()):
                yield one.model_copy(update={"line": index + 1})
