"""Fills a store with many rows of every table that grows, by SQL, as a store looks after a long time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, Table, insert

from connectors.store.tables import (
    audit,
    finding,
    interchange,
    order_line,
    outbox,
    parked_change,
    purchase_order,
    receipt,
    received_interchange,
    repeated_order,
    reply,
)

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_AT_ONCE = 5_000
_APART = 1_000
"""The ids of these orders, and of this work, begin behind those that a test makes itself."""

Row = Mapping[str, Any]


def fill(engine: Engine, number: int, customer: str) -> None:
    """So many receipts that were decided and delivered, each of one order with its lines, findings and answers."""
    for table in (
        receipt,
        purchase_order,
        order_line,
        finding,
        outbox,
        reply,
        interchange,
        received_interchange,
        repeated_order,
        audit,
        parked_change,
    ):
        rows = (row for one in range(number) for row in _rows(table, one, customer))
        with engine.begin() as connection:
            while some := list(islice(rows, _AT_ONCE)):
                connection.execute(insert(table), some)


def _rows(table: Table, one: int, customer: str) -> Iterator[Row]:  # noqa: C901, PLR0912 a case for each table
    of, at, order, work = f"{one:032d}", _FIRST + timedelta(seconds=one), one + _APART, 3 * one + _APART
    done = {"receipt_id": of, "customer": customer, "status": "done", "due_at": at, "created_at": at, "done_at": at}
    number = {"customer": customer, "number_key": f"F{one}", "revision": 1}
    match table.name:
        case "receipt":
            yield {
                "id": of, "name": "order.edi", "sha256": f"{one:064x}", "size": 1, "channel": "folder", "inbox": "in",
                "received_at": at, "as_of": date(2026, 1, 1), "status": "decided", "customer": customer,
                "decision": "accepted", "orders_done": 1,
            }  # fmt: skip
        case "purchase_order":
            yield {
                **number, "id": order, "receipt_id": of, "position": 1, "content": "",
                "decision": "accepted", "document": "{}",
            }  # fmt: skip
        case "order_line":
            for position in range(1, 4):
                yield {"order_id": order, "position": position, "number": str(position), "decision": "accepted"}
        case "finding":
            yield {"receipt_id": of, "order_position": 1, "code": "NRM001", "severity": "info", "document": "{}"}
        case "outbox":
            own = {"id": work, "key": f"{customer}/F{one}/1", "kind": "erp", "order_id": order, "answer": None}
            yield {**done, **own}
            for behind, answer in enumerate(("contrl", "ordrsp"), start=1):
                own = {"id": work + behind, "key": f"{answer}/{of}/1", "kind": "reply", "order_id": None}
                yield {**done, **own, "answer": answer}
        case "reply":
            for behind in (1, 2):
                yield {
                    "outbox_id": work + behind, "position": 1, "name": "reply.edi", "sha256": f"{one:064x}", "size": 1,
                    "made_at": at,
                }  # fmt: skip
        case "received_interchange":
            yield {"receipt_id": of, "number": 1, "header": "{}"}
        case "interchange":
            yield {
                "receipt_id": of, "number": 1, "customer": customer, "sender": "sender", "reference": "always the same",
                "received_at": at,
            }  # fmt: skip
        case "repeated_order":
            yield {**number, "receipt_id": of, "position": 2}
        case "audit":
            yield {"at": at, "actor": "ordermill", "action": "park", "subject": f"{customer}/F{one}/1"}
        case "parked_change":
            yield {"order_id": order, "customer": customer, "number_key": f"never came {one}"}
