"""Rows of order lines: by far the most rows of a batch, so they take the shortest way into SQLite."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert

from connectors.store.tables import order_line
from orders.checked import CheckedOrder

_NAMES = (
    "order_id", "position", "number", "item", "buyer_item", "gtin", "quantity", "unit", "unit_price",
    "contract_price", "amount", "requested_date", "decision",
)  # fmt: skip
_INTO_SQLITE = f"INSERT INTO {order_line.name} ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608

_Row = tuple[Any, ...]


def write_lines(connection: Connection, orders: Iterable[tuple[int, CheckedOrder]]) -> None:
    """Keep the lines of orders, each with the id that its order has been given."""
    rows = [row for order_id, order in orders for row in _rows(order_id, order)]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        # Tuples as the driver takes them: going through a dictionary and the column types took most of a commit.
        connection.exec_driver_sql(_INTO_SQLITE, [_as_sqlite_has_it(row) for row in rows])
    else:
        connection.execute(insert(order_line), [dict(zip(_NAMES, row, strict=True)) for row in rows])


def _rows(order_id: int, order: CheckedOrder) -> Iterator[_Row]:
    for position, line in enumerate(order.lines, start=1):
        sent, price = line.sent, line.price
        yield (
            order_id,
            position,
            sent.number,
            line.item,
            sent.buyer_item,
            sent.gtin,
            line.quantity,
            line.unit,
            sent.unit_price,
            price.price if price else None,
            line.amount,
            line.requested_date,
            line.decision.value,
        )


def _as_sqlite_has_it(row: _Row) -> _Row:
    """Decimals and days as ``Exact`` and ``Date`` write them there; a test compares the two."""
    return tuple(
        [
            format(one, "f") if isinstance(one, Decimal) else one.isoformat() if isinstance(one, date) else one
            for one in row
        ]
    )
