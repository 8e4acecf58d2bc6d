"""The order book: every revision of every order, committed once, and what is known of earlier ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, literal, select, union_all

from connectors.errors import Gone
from connectors.store.database import Database
from connectors.store.documents import document_of, order_of
from connectors.store.erp_work import erp_key, queue_erp_work
from connectors.store.line_rows import write_lines
from connectors.store.parked_changes import park
from connectors.store.receipt_totals import locked_receipt, write_totals
from connectors.store.records import Batch, OrderSummary, Work
from connectors.store.tables import order_line, outbox, purchase_order, repeated_order
from connectors.store.writing import queue_reply, write_findings, write_syntax_reports
from orders.checked import CheckedOrder
from orders.content import is_of_today
from orders.decision import Decision
from orders.numbers import order_number_key
from orders.purchase_order import PurchaseOrder
from orders.rules.case import EarlierOrder

_KEYS_A_QUERY = 500


class OrderBook:
    """The orders of the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def earlier(self, customer: str, keys: Iterable[str]) -> Mapping[str, EarlierOrder]:
        """What is known under each order number key of the customer; an unknown one is left out.

        What was entered is what stands in the outbox of the ERP, and nothing else tells it.
        """
        wanted = list(keys)
        found: dict[str, EarlierOrder] = {}
        columns = purchase_order.c
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _KEYS_A_QUERY):
                query = (
                    select(columns.number_key, columns.revision, columns.content)
                    .where(columns.customer == customer)
                    .where(columns.number_key.in_(wanted[start : start + _KEYS_A_QUERY]))
                    .order_by(columns.revision)
                )
                rows = connection.execute(query).all()
                entered = _entered(connection, [erp_key(customer, key, revision) for key, revision, _ in rows])
                for key, revision, content in rows:
                    if erp_key(customer, key, revision) in entered:
                        found[key] = EarlierOrder(revision, revision, content)
                    else:
                        before = found.get(key, EarlierOrder(revision))
                        found[key] = replace(before, revision=revision)
            for key, earlier in found.items():
                if earlier.content is not None and not is_of_today(earlier.content):
                    text = connection.scalar(_document(customer, key, earlier.entered))
                    found[key] = replace(earlier, content=order_of(text or "").content)
        return found

    def entered(self, customer: str, key: str) -> tuple[CheckedOrder, ...]:
        """Every revision of an order of which anything went to the ERP, the oldest first."""
        columns = purchase_order.c
        query = (
            select(columns.revision, columns.document)
            .where(columns.customer == customer, columns.number_key == key)
            .order_by(columns.revision)
        )
        with self._database.reading() as connection:
            documents = {erp_key(customer, key, revision): text for revision, text in connection.execute(query)}
            entered = _entered(connection, list(documents))
        return tuple(order_of(text) for work, text in documents.items() if work in entered)

    def sent(self, customer: str, key: str, revision: int) -> PurchaseOrder | None:
        """This revision of an order as it was sent."""
        with self._database.reading() as connection:
            text = connection.scalar(_document(customer, key, revision))
        return None if text is None else order_of(text).sent

    def commit(self, receipt_id: str, batch: Batch, at: datetime) -> list[Work]:
        """Keep orders, lines, findings and outgoing work in one transaction, and count them on the receipt.

        Gives the work that owes their replies.

        Errors: Raced where another receipt has committed one of the same orders, or an act on it, meanwhile; Gone where
        another process has committed these of this receipt; Refused where an order of the ERP that is to be changed was
        never owed to it; Unreachable.
        """
        with self._database.writing() as connection:
            return _commit(connection, receipt_id, batch, at)

    def newest(self, limit: int, customer: str | None = None, decision: Decision | None = None) -> list[OrderSummary]:
        """Orders, the newest first."""
        lines = (
            select(func.count()).where(order_line.c.order_id == purchase_order.c.id).correlate(purchase_order)
        ).scalar_subquery()
        query = select(purchase_order, lines.label("lines")).order_by(purchase_order.c.id.desc()).limit(limit)
        if customer is not None:
            query = query.where(purchase_order.c.customer == customer)
        if decision is not None:
            query = query.where(purchase_order.c.decision == decision.value)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [OrderSummary.model_validate({name: row[name] for name in OrderSummary.model_fields}) for row in rows]

    def order(self, order_id: int) -> CheckedOrder | None:
        """The order as it was checked."""
        with self._database.reading() as connection:
            text = connection.scalar(select(purchase_order.c.document).where(purchase_order.c.id == order_id))
        return None if text is None else order_of(text)

    def of_file(self, receipt_id: str, first: int = 1, last: int | None = None) -> list[tuple[CheckedOrder, bool]]:
        """The orders of a file in their sequence, from the first position to the last.

        One that was received again (True) is the revision that was entered before.
        """
        own = select(purchase_order.c.position, purchase_order.c.document, literal(False).label("repeated")).where(
            purchase_order.c.receipt_id == receipt_id
        )
        again = (
            select(repeated_order.c.position, purchase_order.c.document, literal(True).label("repeated"))
            .join_from(
                repeated_order,
                purchase_order,
                (repeated_order.c.customer == purchase_order.c.customer)
                & (repeated_order.c.number_key == purchase_order.c.number_key)
                & (repeated_order.c.revision == purchase_order.c.revision),
            )
            .where(repeated_order.c.receipt_id == receipt_id)
        )
        both = union_all(own, again).subquery()
        query = select(both.c.document, both.c.repeated).where(both.c.position >= first).order_by(both.c.position)
        if last is not None:
            query = query.where(both.c.position <= last)
        with self._database.reading() as connection:
            return [(order_of(document), bool(repeated)) for document, repeated in connection.execute(query)]


def _document(customer: str, key: str, revision: int) -> Select[Any]:
    columns = purchase_order.c
    return select(columns.document).where(
        columns.customer == customer, columns.number_key == key, columns.revision == revision
    )


def _entered(connection: Connection, works: Sequence[str]) -> set[str]:
    """Those of these pieces of work for the ERP that were ever owed."""
    found: set[str] = set()
    for start in range(0, len(works), _KEYS_A_QUERY):
        query = select(outbox.c.key).where(outbox.c.key.in_(works[start : start + _KEYS_A_QUERY]))
        found.update(connection.scalars(query))
    return found


def _commit(connection: Connection, receipt_id: str, batch: Batch, at: datetime) -> list[Work]:
    # Locked first: two processes that decide one receipt come here one after the other, and the second one stops.
    current = locked_receipt(connection, receipt_id)
    if current["orders_done"] != batch.first - 1:
        raise Gone(f"another process decides receipt {receipt_id} at this moment")
    entered: list[tuple[int, CheckedOrder]] = []
    repeated = []
    for position, order in enumerate(batch.orders, start=batch.first):
        if order.decision is Decision.DUPLICATE:
            repeated.append((position, order))
        else:
            entered.append((position, order))
    ids_at: dict[int, int] = {}
    if entered:
        ids = connection.scalars(
            insert(purchase_order).returning(purchase_order.c.id, sort_by_parameter_order=True),
            [
                {**_order_row(receipt_id, position, order), **_message_of(batch, position)}
                for position, order in entered
            ],
        ).all()
        park(connection, ((number, order) for number, (_, order) in zip(ids, entered, strict=True)))
        write_lines(connection, ((number, order) for number, (_, order) in zip(ids, entered, strict=True)))
        ids_at = {position: number for number, (position, _) in zip(ids, entered, strict=True)}
    queue_erp_work(connection, receipt_id, batch, ids_at, at)
    if repeated:
        again = [
            {**_repeated_row(receipt_id, position, order), **_message_of(batch, position)}
            for position, order in repeated
        ]
        connection.execute(insert(repeated_order), again)
    write_findings(
        connection,
        receipt_id,
        [one.in_order(place) for place, order in enumerate(batch.orders, start=batch.first) for one in order.findings],
    )
    write_syntax_reports(connection, receipt_id, batch.syntax_reports)
    write_totals(connection, current, batch.orders)
    last = batch.first + len(batch.orders) - 1
    if batch.customer is None or not batch.orders:
        return []
    return [
        queue_reply(connection, receipt_id, batch.customer, answer, batch.first, last, at) for answer in batch.answers
    ]


def _message_of(batch: Batch, position: int) -> dict[str, Any]:
    message = batch.message(position)
    return {
        "interchange": None if message is None else message.interchange,
        "message": None if message is None else message.header,
    }


def _order_row(receipt_id: str, position: int, order: CheckedOrder) -> dict[str, Any]:
    sent = order.sent
    return {
        "receipt_id": receipt_id,
        "position": position,
        "customer": order.customer,
        "po_number": sent.po_number,
        # A change is no revision of the order that it names, and a test of none: the key stays free for the order.
        # One without a number, or with nothing but blanks for one, is no revision of anything.
        "number_key": (order_number_key(sent.po_number or "") or None) if order.is_revision else None,
        "revision": order.revision,
        "content": order.content,
        "order_date": sent.order_date,
        "requested_date": order.requested_date,
        "ship_to": order.ship_to,
        "currency": order.currency,
        "value": order.value,
        "decision": order.decision.value,
        "document": document_of(order),
    }


def _repeated_row(receipt_id: str, position: int, order: CheckedOrder) -> dict[str, Any]:
    return {
        "receipt_id": receipt_id,
        "position": position,
        "customer": order.customer,
        "number_key": order_number_key(order.sent.po_number or ""),
        "revision": order.revision,
    }
