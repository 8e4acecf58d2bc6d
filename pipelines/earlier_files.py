"""Files that were received before, for an answer that comes back corrected."""

from dataclasses import dataclass
from typing import Protocol

from connectors.archive import Archive
from connectors.store.store import Store
from orders.checked import CheckedOrder
from orders.numbers import order_number_key
from pipelines.incoming import Incoming


class EarlierFiles(Protocol):
    """What is known of files by their receipts."""

    def file(self, receipt: str) -> Incoming | None:
        """The file of this receipt, from the archive."""
        ...

    def orders(self, receipt: str) -> tuple[CheckedOrder, ...]:
        """The orders that were read from it, as they were checked."""
        ...

    def entered(self, order: CheckedOrder) -> tuple[CheckedOrder, ...]:
        """Every revision of this order of which anything went to the ERP, the oldest first."""
        ...


class NoEarlierFiles:
    """For a check without a home: nothing was received before."""

    def file(self, receipt: str) -> Incoming | None:
        return None

    def orders(self, receipt: str) -> tuple[CheckedOrder, ...]:
        return ()

    def entered(self, order: CheckedOrder) -> tuple[CheckedOrder, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class StoredFiles:
    """Those of a store and its archive."""

    store: Store
    archive: Archive

    def file(self, receipt: str) -> Incoming | None:
        known = self.store.receipts.get(receipt)
        if known is None:
            return None
        path = self.archive.path(known.sha256)
        return Incoming(path, known.name, known.sha256, known.size, known.named_customer, counted_before=True)

    def orders(self, receipt: str) -> tuple[CheckedOrder, ...]:
        return tuple(order for order, _ in self.store.orders.of_file(receipt))

    def entered(self, order: CheckedOrder) -> tuple[CheckedOrder, ...]:
        number = order.sent.po_number
        return self.store.orders.entered(order.customer, order_number_key(number)) if order.customer and number else ()
