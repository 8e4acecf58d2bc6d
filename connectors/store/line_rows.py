"""Rows of order lines: by far the most rows of a batch, so they take the shortest way into SQLite."""

from collections.abc import Callable, Iterable, Iterator
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
    if connection.dialect.name == "sqlite":
        # Tuples as the driver takes them: going through a dictionary and the column types took most of a commit.
        rows = [row for order_id, order in orders for row in _rows(order_id, order, _text, _day)]
        if rows:
            connection.exec_driver_sql(_INTO_SQLITE, rows)
        return
    typed = [row for order_id, order in orders for row in _rows(order_id, order, _itself, _itself)]
    if typed:
        connection.execute(insert(order_line), [dict(zip(_NAMES, row, strict=True)) for row in typed])


def _rows(
    order_id: int,
    order: CheckedOrder,
    exact: Callable[[Decimal | None], Any],
    day: Callable[[date | None], Any],
) -> Iterator[_Row]:
    for position, line in enumerate(order.lines, start=1):
        sent, price = line.sent, line.price
        yield (
            order_id,
            position,
            sent.number,
            line.item,
            sent.buyer_item,
            sent.gtin,
            exact(line.quantity),
            line.unit,
            exact(sent.unit_price),
            exact(price.price) if price else None,
            exact(line.amount),
            day(line.requested_date),
            line.decision.value,
        )


def _itself(value: object) -> object:
    return value


def _text(number: Decimal | None) -> str | None:
    """As ``Exact`` writes it in SQLite; a test compares the two."""
    if number is None:
        return None
    text = str(number)
    return text if "E" not in text else format(number, "f")


def _day(day: date | None) -> str | None:
    """As SQLAlchemy's ``Date`` writes it in SQLite."""
    return None if day is None else day.isoformat()
