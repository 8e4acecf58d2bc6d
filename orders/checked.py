"""The result of the check: each order and line as sent, what was made of it, the findings and the decision."""

from datetime import date
from decimal import Decimal

from orders.changes import OrderChange
from orders.decision import Decision, LineCounts, count
from orders.findings import Finding
from orders.location import CellLocation
from orders.model import Model
from orders.prices import PriceExplanation
from orders.purchase_order import OrderLine, PurchaseOrder


class Versions(Model):
    """With what a result was made, so that it can be made again."""

    code: str
    partner: str | None = None
    policy: str | None = None
    reference: str | None = None


class CheckedLine(Model):
    """A line as sent (``sent``) and as confirmed; the confirmed ``quantity`` is in ``unit``, the price explained.

    ``base_quantity`` is the same quantity in base units of the item, which decides the tier. ``location`` is where the
    line stands in its table; None for a line of a message.
    """

    sent: OrderLine
    item: str | None = None
    description: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    base_quantity: Decimal | None = None
    price: PriceExplanation | None = None
    requested_date: date | None = None
    amount: Decimal | None = None
    decision: Decision
    location: CellLocation | None = None


class CheckedOrder(Model):
    """An order as sent and as confirmed; ``value`` is at agreed prices, in their ``currency``.

    ``change`` is what it would do to the order that it speaks of, where that one is known. ``revision`` counts the
    orders under its number; that of a duplicate is the one that it repeats.
    ``findings`` carry 1-based line positions within this order.
    """

    sent: PurchaseOrder
    customer: str | None = None
    content: str
    revision: int = 1
    ship_to: str | None = None
    requested_date: date | None = None
    value: Decimal | None = None
    currency: str | None = None
    change: OrderChange | None = None
    test: bool = False
    """Whether it came marked as a test: it is answered as any other, and nothing of it is entered anywhere."""
    lines: tuple[CheckedLine, ...]
    findings: tuple[Finding, ...]
    decision: Decision

    @property
    def is_revision(self) -> bool:
        """Whether it becomes known under its number: neither an order sent again, nor a change of one, nor a test."""
        return not (self.decision is Decision.DUPLICATE or self.sent.speaks_of_another or self.test)

    @property
    def counts(self) -> LineCounts:
        return count((line.decision for line in self.lines), self.sent.skipped, self.sent.read)

    @property
    def deliverable(self) -> tuple[CheckedLine, ...]:
        """The lines that go to the ERP now: none while anything of the order waits for a person, none of a test, and
        none of a change, for the ERP has the order already.
        """
        if self.sent.speaks_of_another or self.test:
            return ()
        if self.decision in (Decision.HELD, Decision.QUARANTINED, Decision.DUPLICATE):
            return ()
        if any(line.decision is Decision.HELD for line in self.lines) or not self.sent.po_number:
            return ()
        return tuple(line for line in self.lines if line.decision in (Decision.ACCEPTED, Decision.CHANGED))
