"""What the store keeps and gives back, as typed values."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from connectors.ports import Channel, ErpAct
from orders.answers import AnswerKind
from orders.checked import CheckedOrder, Versions
from orders.decision import Decision, LineCounts
from orders.model import Model

AGAIN = "/again"
"""End of the key of a second answer."""


class ReceiptStatus(StrEnum):
    """How far a received file has come."""

    RECEIVED = "received"
    DECIDED = "decided"


class Receipt(Model):
    """The proof that a file was received: its hash, size in bytes, way and moment. ``as_of`` is the seller's day."""

    id: str
    name: str
    sha256: str
    size: int
    channel: Channel
    inbox: str
    named_customer: str | None = None
    received_at: datetime
    as_of: date
    status: ReceiptStatus = ReceiptStatus.RECEIVED
    orders_done: int = 0
    waits_for: str | None = None
    """Why a file that is not decided waits: a partner file is broken, and what is to be mended in it."""
    waits_with: str | None = None
    """The version of the partner files with which it waits; with any other it is tried again."""


class ReceiptOutcome(Model):
    """What became of a received file."""

    receipt: Receipt
    format: str | None
    customer: str | None
    decision: Decision | None
    counts: LineCounts
    value: Decimal | None
    currency: str | None
    versions: Versions | None


class OrderSummary(Model):
    """An order in a list."""

    id: int
    receipt_id: str
    customer: str | None
    po_number: str | None
    revision: int
    order_date: date | None
    value: Decimal | None
    currency: str | None
    decision: Decision
    lines: int


class ItemOrders(Model):
    """What was entered of one item, in base units: the last day with its quantity, and the sum since a day."""

    last_day: date
    last_quantity: Decimal
    since_quantity: Decimal


class WorkKind(StrEnum):
    """Kinds of outgoing work."""

    ERP = "erp"
    REPLY = "reply"


class WorkStatus(StrEnum):
    """How far outgoing work has come; ``parked`` waits for a person."""

    PENDING = "pending"
    DONE = "done"
    PARKED = "parked"


class Work(Model):
    """One piece of outgoing work. ``key`` is its idempotency key.

    A reply has the kind of its ``answer``; it answers the orders from the first position to the last, a CONTRL the
    interchange at the first position. Work for the ERP has its ``act``, the key under which the order that it is about
    was or will be created there (``erp_order``), and its ``sequence`` among the acts on that order.
    """

    id: int
    key: str
    kind: WorkKind
    receipt_id: str
    customer: str | None
    answer: AnswerKind | None = None
    act: ErpAct | None = None
    erp_order: str | None = None
    sequence: int | None = None
    order_id: int | None = None
    first_position: int | None = None
    last_position: int | None = None
    control_reference: int | None = None
    attempts: int = 0

    @property
    def is_second(self) -> bool:
        """Whether it answers again what was answered before, with something new to say."""
        return self.key.endswith(AGAIN)


class SentMessage(Model):
    """The message in which an order came: the number of its interchange, and its header as JSON."""

    interchange: int
    header: str


class SentInterchange(Model):
    """An interchange of a file: its header as JSON, and the hash of its syntax report once it was read whole."""

    number: int
    header: str
    syntax_report: str | None = None


class KeptReply(Model):
    """A document of a reply: the name under which it is sent, and by what its bytes are known in the archive."""

    name: str
    sha256: str
    size: int


class ParkedChange(Model):
    """A change that waits for its order: its row, and where it came from."""

    order_id: int
    receipt_id: str
    position: int
    customer: str


class ErpChange(Model):
    """What the order at this position of its file does to one that the ERP has or will have.

    It amends or cancels the one created under the key ``erp_order``, instead of being entered as a new one.
    """

    position: int
    act: Literal[ErpAct.AMEND, ErpAct.CANCEL]
    erp_order: str


class SyntaxReportKept(NamedTuple):
    """The hash of the syntax report on the interchange of this number."""

    interchange: int
    sha256: str


class Batch(Model):
    """Orders that are committed together; ``first`` is the 1-based position of the first in its file.

    ``answers`` ask for replies to these orders alone, as an interchange of many needs it. ``messages`` are those in
    which the orders came, one for each, where they came in messages; ``syntax_reports`` are those that were made since
    the batch before.
    """

    first: int
    orders: tuple[CheckedOrder, ...]
    customer: str | None
    answers: tuple[AnswerKind, ...] = ()
    erp_changes: tuple[ErpChange, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    syntax_reports: tuple[SyntaxReportKept, ...] = ()

    def message(self, position: int) -> SentMessage | None:
        """The message in which the order at this position of the file came."""
        return self.messages[position - self.first] if self.messages else None
