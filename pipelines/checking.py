"""Check the orders of a file, a batch at a time, against the books and against what is known already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Protocol

from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from orders.check import check_order, unchecked_order
from orders.checked import CheckedOrder
from orders.known_rows import Identifiers
from orders.numbers import order_number_key
from orders.policy import Policy
from orders.purchase_order import PurchaseOrder
from orders.rules.case import EarlierOrder
from pipelines.books import Books

BATCH = 200
"""Orders of an interchange that are checked, and later committed, together; of a file of tables, all."""


class OrderHistory(Protocol):
    """What is known of earlier orders."""

    def earlier(self, customer: str, keys: Iterable[str]) -> Mapping[str, EarlierOrder]:
        """What is known under each of these order number keys; an unknown one is left out."""
        ...

    def sent(self, customer: str, key: str, revision: int) -> PurchaseOrder | None:
        """This revision as it was sent."""
        ...


class SeenInFile:
    """An order history that begins empty and remembers the orders of one file, for a check that writes nothing."""

    def __init__(self) -> None:
        self._seen: dict[str, EarlierOrder] = {}

    def earlier(self, customer: str, keys: Iterable[str]) -> Mapping[str, EarlierOrder]:
        return {key: self._seen[key] for key in keys if key in self._seen}

    def sent(self, customer: str, key: str, revision: int) -> PurchaseOrder | None:
        return self._seen[key].sent if key in self._seen else None

    def remember(self, orders: Iterable[CheckedOrder]) -> None:
        """Take note of orders that were checked."""
        for order in orders:
            if order.sent.po_number and order.is_revision:
                key = order_number_key(order.sent.po_number)
                self._seen[key] = EarlierOrder.after(order, self._seen.get(key))


def batches(orders: Iterable[MappedOrder], size: int | None = BATCH) -> Iterator[list[MappedOrder]]:
    """The orders in lists of this size; in one list where there is none.

    The orders of a list are answered together, so no list goes beyond the end of an interchange. The last one of an
    interchange is given when the interchange has been read to its end, so that its answer can tell all of it.
    """
    for _, together in groupby(orders, key=lambda one: one.interchange):
        batch: list[MappedOrder] = []
        for one in together:
            if len(batch) == size:
                yield batch
                batch = []
            batch.append(one)
        yield batch


def check_batch(
    batch: Sequence[MappedOrder], partner: Partner | None, books: Books, as_of: date, history: OrderHistory
) -> list[CheckedOrder]:
    """The orders, checked in their order: one that stands there twice is judged like one that was sent twice."""
    agreement = books.reference.agreement(partner.partner) if partner else None
    if agreement is None:
        return [unchecked_order(one.order, one.places, one.findings) for one in batch]
    policy = partner.policy if partner else Policy()
    keys = {order_number_key(one.order.po_number) for one in batch if one.order.po_number}
    known = dict(history.earlier(agreement.account.customer, keys))
    agreement.fetch_lines(_identifiers(one.order for one in batch))
    checked = []
    for one in batch:
        key = order_number_key(one.order.po_number or "")
        earlier = known.get(key)
        if earlier is not None and earlier.sent is None and one.order.speaks_of_another:
            earlier = replace(earlier, sent=history.sent(agreement.account.customer, key, earlier.revision))
        if earlier is not None and earlier.sent is not None and one.order.speaks_of_another:
            agreement.fetch_lines(_identifiers((earlier.sent,)))  # a line that changes one of it says what differs
        result = check_order(
            one.order, one.places, one.findings, agreement, policy, as_of, earlier, one.around, corrects=one.corrects
        )
        if key and result.is_revision:
            known[key] = EarlierOrder.after(result, known.get(key))
        checked.append(result)
    return checked


def _identifiers(orders: Iterable[PurchaseOrder]) -> Iterator[Identifiers]:
    """What names the items of these orders, a line at a time."""
    return ((line.item, line.gtin, line.buyer_item) for order in orders for line in order.lines)
