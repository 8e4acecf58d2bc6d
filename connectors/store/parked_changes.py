"""Changes that came before their order: parked in the store, and taken up once when the order is there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, union, update

from connectors.store.database import Database
from connectors.store.documents import document_of, order_of
from connectors.store.line_rows import write_lines
from connectors.store.outgoing import write_audit
from connectors.store.receipt_totals import locked_receipt, write_totals
from connectors.store.records import ParkedChange, Work
from connectors.store.tables import finding, order_line, parked_change, purchase_order
from connectors.store.writing import queue_reply, write_findings
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.findings import Outcome
from orders.numbers import order_number_key


class ParkedChanges:
    """The parked changes of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ready(self, receipt_id: str) -> list[ParkedChange]:
        """Parked changes whose order is there, where this receipt has brought the change or the order.

        In the sequence in which they came. What other receipts have brought is not looked at: it may be much.
        """
        change, order = purchase_order.alias("change"), purchase_order.alias("ordered")
        # A change has no number key of its own, so that this never finds the change itself.
        of_order = (order.c.customer == parked_change.c.customer) & (order.c.number_key == parked_change.c.number_key)
        found = (
            select(parked_change.c.order_id, change.c.receipt_id, change.c.position, parked_change.c.customer)
            .join_from(parked_change, change, change.c.id == parked_change.c.order_id)
            .join(order, of_order)
        )
        query = union(found.where(change.c.receipt_id == receipt_id), found.where(order.c.receipt_id == receipt_id))
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return sorted((ParkedChange.model_validate(dict(row)) for row in rows), key=lambda parked: parked.order_id)

    def take_up(
        self, parked: ParkedChange, order: CheckedOrder, answers: Sequence[AnswerKind], at: datetime
    ) -> list[Work] | None:
        """Put the change, checked against its order, in the place of the parked one, and owe its answers anew.

        Gives the work that owes them; None where somebody else has taken it up meanwhile, and nothing is done.
        """
        with self._database.writing() as connection:
            taken = connection.execute(delete(parked_change).where(parked_change.c.order_id == parked.order_id))
            if taken.rowcount == 0:
                return None
            _replace(connection, parked, order)
            place = parked.position, parked.position
            owed = [
                queue_reply(connection, parked.receipt_id, parked.customer, answer, *place, at, again=True)
                for answer in answers
            ]
            subject = f"{parked.customer}/{order.sent.po_number}"
            write_audit(connection, at, "ordermill", "take up change", subject, f"from receipt {parked.receipt_id}")
        return owed


def park(connection: Connection, orders: Iterable[tuple[int, CheckedOrder]]) -> None:
    """Park those of these orders, each with its id, that are changes of an order which is not known."""
    rows = [
        {"order_id": order_id, "customer": order.customer, "number_key": order_number_key(order.sent.po_number or "")}
        for order_id, order in orders
        if order.customer is not None and order.sent.speaks_of_another and not order.test and _waits_for_order(order)
    ]
    if rows:
        connection.execute(insert(parked_change), rows)


def _waits_for_order(order: CheckedOrder) -> bool:
    return any(one.kind.outcome is Outcome.PARK for one in order.findings)


def _replace(connection: Connection, parked: ParkedChange, order: CheckedOrder) -> None:
    current = locked_receipt(connection, parked.receipt_id)
    row = purchase_order.c.id == parked.order_id
    before = order_of(connection.execute(select(purchase_order.c.document).where(row)).scalar_one())
    values: dict[str, Any] = {
        "revision": order.revision,
        "content": order.content,
        "requested_date": order.requested_date,
        "ship_to": order.ship_to,
        "value": order.value,
        "decision": order.decision.value,
        "document": document_of(order),
    }
    connection.execute(update(purchase_order).where(row).values(values))
    connection.execute(delete(order_line).where(order_line.c.order_id == parked.order_id))
    write_lines(connection, [(parked.order_id, order)])
    of_order = finding.c.receipt_id == parked.receipt_id, finding.c.order_position == parked.position
    connection.execute(delete(finding).where(*of_order))
    write_findings(connection, parked.receipt_id, [one.in_order(parked.position) for one in order.findings])
    write_totals(connection, current, [order], instead_of=before)
