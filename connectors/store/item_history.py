"""What a customer has ordered of each item, from the orders that were entered."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from connectors.store.database import Database
from connectors.store.records import ItemOrders, WorkKind
from connectors.store.tables import order_line, outbox, purchase_order, receipt
from orders.decision import Decision

_ENTERED = (Decision.ACCEPTED.value, Decision.CHANGED.value)


class ItemHistories:
    """The history of the items in the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_customer(self, customer: str, since: date) -> dict[str, ItemOrders]:
        """By item: the day and quantity of the last order, and the sum of all from ``since`` on, in base units.

        Lines count that went to the ERP, on the day on which their file was received.
        """
        columns = order_line.c
        query = (
            select(columns.item, columns.quantity, receipt.c.as_of)
            .join_from(order_line, purchase_order, columns.order_id == purchase_order.c.id)
            .join(receipt, purchase_order.c.receipt_id == receipt.c.id)
            .join(outbox, (outbox.c.order_id == purchase_order.c.id) & (outbox.c.kind == WorkKind.ERP.value))
            .where(purchase_order.c.customer == customer)
            .where(columns.decision.in_(_ENTERED), columns.item.is_not(None), columns.quantity.is_not(None))
            .order_by(receipt.c.as_of, columns.order_id, columns.position)
        )
        found: dict[str, ItemOrders] = {}
        with self._database.reading() as connection:
            for item, quantity, day in connection.execute(query):
                known = found.get(item)
                before = known.since_quantity if known else Decimal(0)
                same_day = known.last_quantity if known and known.last_day == day else Decimal(0)
                found[item] = ItemOrders(
                    last_day=day,
                    last_quantity=same_day + quantity,
                    since_quantity=before + quantity if day >= since else before,
                )
        return found
