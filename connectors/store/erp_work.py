"""Work for the ERP: what a committed order asks of it, in a sequence for each order that the ERP has or will have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from connectors.errors import Refused
from connectors.ports import ErpAct
from connectors.store.records import Batch, ErpChange, WorkKind, WorkStatus
from connectors.store.tables import outbox
from orders.checked import CheckedOrder
from orders.numbers import order_number_key


def erp_key(customer: str | None, number_key: str, revision: int) -> str:
    """The idempotency key of an order at the ERP: one purchase order makes one ERP order, whatever is sent again.

    The revision stands in it for the lines that a later one adds to what was entered. So of two revisions with the same
    lines only one may ever be entered. An order that waits is followed by another revision under its number: from then
    on the newest one alone may be released, in a transaction that has looked, and the earlier one stays as it is.
    """
    return f"{customer}/{number_key}/{revision}"


def key_of(order: CheckedOrder) -> str:
    """The idempotency key under which this order is entered."""
    return erp_key(order.customer, order_number_key(order.sent.po_number or ""), order.revision)


def change_key(change: ErpChange, order: CheckedOrder) -> str:
    """The idempotency key of an amendment, one for each revision, or of a cancellation, of which an order has one."""
    last = f"/{order.revision}" if change.act is ErpAct.AMEND else ""
    return f"{change.erp_order}/{change.act.value}{last}"


def queue_erp_work(connection: Connection, receipt_id: str, batch: Batch, ids: Mapping[int, int], at: datetime) -> None:
    """Owe the ERP what the orders of a batch ask of it; ``ids`` are those of the entered ones, by position.

    Errors: Refused where an order to be changed was never owed to the ERP.
    """
    changes = {change.position: change for change in batch.erp_changes}
    orders = {position: order for position, order in enumerate(batch.orders, start=batch.first) if position in ids}
    created = [
        _row(receipt_id, ids[position], order, key := key_of(order), ErpAct.CREATE, key, 1, at)
        for position, order in orders.items()
        if position not in changes and order.deliverable
    ]
    if created:
        connection.execute(insert(outbox), created)
    for position, change in changes.items():
        order = orders.get(position)
        if order is None or order.test or (change.act is ErpAct.AMEND and not order.deliverable):
            raise ValueError(f"order {position} of {receipt_id} has nothing that the ERP could be told")
        sequence = _next_in_sequence(connection, change.erp_order)
        key = change_key(change, order)
        row = _row(receipt_id, ids[position], order, key, change.act, change.erp_order, sequence, at)
        connection.execute(insert(outbox).values(row))


def _next_in_sequence(connection: Connection, erp_order: str) -> int:
    """The next place; where two take the same one, the second is told by the unique key that it raced."""
    last = connection.scalar(select(func.max(outbox.c.sequence)).where(outbox.c.erp_order == erp_order))
    if last is None:
        raise Refused(f"No order {erp_order} was ever owed to the ERP, so it cannot be changed there.")
    return int(last) + 1


def _row(
    receipt_id: str,
    order_id: int,
    order: CheckedOrder,
    key: str,
    act: ErpAct,
    erp_order: str,
    sequence: int,
    at: datetime,
) -> dict[str, Any]:
    return {
        "key": key,
        "kind": WorkKind.ERP.value,
        "receipt_id": receipt_id,
        "customer": order.customer,
        "act": act.value,
        "erp_order": erp_order,
        "sequence": sequence,
        "order_id": order_id,
        "status": WorkStatus.PENDING.value,
        "due_at": at,
        "created_at": at,
    }
