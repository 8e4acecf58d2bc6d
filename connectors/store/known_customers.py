"""What a process keeps of the reference data between files: rows of the customers that ordered last, under a bound."""

from collections import OrderedDict
from threading import Lock

from orders.known_rows import KnownRows

ROWS_KEPT = 50_000
"""Rows and numbers that are kept in a process; a price takes about a kilobyte."""

Key = tuple[str, str, str]
"""The database, the version, the customer."""


class KnownCustomers:
    """Known rows by customer and version; those that were used last are kept. Threads may share it."""

    def __init__(self, limit: int = ROWS_KEPT) -> None:
        self._limit = limit
        self._known: OrderedDict[Key, KnownRows] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> KnownRows | None:
        """What is known of the customer; None where nothing is, or so much that it is better to begin again."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
            self._forget()
            return self._known.get(key)

    def put(self, key: Key, known: KnownRows) -> KnownRows:
        """Keep it from now on; where another thread was faster, it is the other's that is kept."""
        with self._lock:
            return self._known.setdefault(key, known)

    def _forget(self) -> None:
        """Forget the longest unused ones, and even the last, while too much is known."""
        sizes = {key: known.size for key, known in self._known.items()}
        size = sum(sizes.values())
        while self._known and size > self._limit:
            key, _ = self._known.popitem(last=False)
            size -= sizes[key]

    def __len__(self) -> int:
        """How many rows and numbers are kept."""
        with self._lock:
            return sum(known.size for known in self._known.values())
