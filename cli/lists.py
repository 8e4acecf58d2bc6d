"""``ordermill orders`` and ``ordermill receipts``."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table

from cli.homes import opened
from cli.printing import console, counts_text, decision_text
from orders.model import Model
from orders.numbers import plain


def list_orders(home: Path | None, customer: str | None, limit: int, as_json: bool) -> int:
    """Print the newest orders."""
    dock = opened(home)
    try:
        orders = dock.store.orders.newest(limit, customer)
    finally:
        dock.close()
    if as_json:
        return _print_json(orders)
    table = _table("Order", "Rev.", "Customer", "Order date", "Lines", "Value", "Decision", "Receipt")
    for order in orders:
        value = f"{plain(order.value)} {order.currency or ''}" if order.value is not None else ""
        table.add_row(
            order.po_number or "(no number)",
            str(order.revision),
            order.customer or "",
            order.order_date.isoformat() if order.order_date else "",
            str(order.lines),
            value,
            decision_text(order.decision),
            order.receipt_id[:8],
        )
    console().print(table if orders else "There are no orders yet.")
    return 0


def list_receipts(home: Path | None, limit: int, as_json: bool) -> int:
    """Print the newest receipts."""
    dock = opened(home)
    try:
        receipts = dock.store.receipts.newest(limit)
    finally:
        dock.close()
    if as_json:
        return _print_json(receipts)
    table = _table("Receipt", "Received", "File", "Inbox", "Customer", "Lines", "Decision")
    for one in receipts:
        receipt = one.receipt
        table.add_row(
            receipt.id[:8],
            f"{receipt.received_at.astimezone(dock.clock.zone):%Y-%m-%d %H:%M:%S}",
            receipt.name,
            receipt.inbox,
            one.customer or "",
            counts_text(one.counts),
            decision_text(one.decision),
        )
    console().print(table if receipts else "Nothing was received yet.")
    for one in receipts:
        if one.receipt.waits_for is not None:
            console().print(f"{one.receipt.id[:8]}  {one.receipt.name}: {one.receipt.waits_for}", markup=False)
    return 0


def _table(*names: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in names:
        table.add_column(name, overflow="fold", justify="right" if name in ("Lines", "Value", "Rev.") else "left")
    return table


def _print_json(rows: Iterable[Model]) -> int:
    sys.stdout.write(json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False, indent=2) + "\n")
    return 0
