"""What mapping gives: an order, where its values stand, and what was noticed on the way."""

from dataclasses import dataclass, field

from orders.findings import Finding
from orders.location import Places
from orders.purchase_order import PurchaseOrder
from orders.rules.case import CorrectedOrder
from parsers.edifact.headers import MessageHeader


@dataclass(slots=True)
class MappedOrder:
    """One order of a file. The findings concern this order; their ``line`` is the 1-based position in it.

    ``around`` are findings of the file or interchange that weigh on the order without being its own;
    ``message`` is the header of that in which it came, where it is a file of EDIFACT;
    ``corrects`` is the order that it corrects.
    """

    order: PurchaseOrder
    places: Places
    findings: list[Finding] = field(default_factory=list)
    around: tuple[Finding, ...] = ()
    message: MessageHeader | None = None
    corrects: CorrectedOrder | None = None

    @property
    def interchange(self) -> int | None:
        """The 1-based number of the interchange in which it came; None where it came in none."""
        return None if self.message is None else self.message.interchange
