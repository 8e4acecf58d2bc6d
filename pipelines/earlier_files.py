"""Files that were received before, for an answer that comes back corrected."""

from dataclasses import dataclass
from typing import Protocol

from connectors.archive import Archive
from connectors.store.store import Store
from orders.checked import CheckedOrder
from pipelines.incoming import Incoming


class EarlierFiles(Protocol):
    """What is known of files by their receipts."""

    def file(self, receipt: str) -> Incoming | None:
        """The file of this receipt, from the archive."""
        ...

    def orders(self, receipt: str) -> tuple[CheckedOrder, ...]:
        """The orders that were read from it, as they were checked."""
        ...


class NoEarlierFiles:
    """For a check without a home: nothing was received before."""

    def file(self, receipt: str) -> Incoming | None:
        return None

    def orders(self, receipt: str) -> tuple[CheckedOrder, ...]:
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
