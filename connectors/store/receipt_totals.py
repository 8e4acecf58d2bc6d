"""The totals of a receipt: what its orders and its file come to. They are worked out and written here alone."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, select, update

from connectors.store.tables import finding, purchase_order, receipt, repeated_order
from orders.checked import CheckedOrder
from orders.decision import Decision, LineCounts, decide, worst
from orders.findings import Finding


class _Judged(NamedTuple):
    """What orders come to, beside their lines. ``value`` is None where none of them has one."""

    decision: Decision | None
    value: Decimal | None
    currency: str | None


def locked_receipt(connection: Connection, receipt_id: str) -> RowMapping:
    """The row of a receipt as it is, locked: nobody else changes it before this transaction ends."""
    query = select(receipt).where(receipt.c.id == receipt_id).with_for_update()
    return connection.execute(query).mappings().one()


def write_totals(
    connection: Connection,
    current: RowMapping,
    came: Sequence[CheckedOrder] = (),
    instead_of: CheckedOrder | None = None,
    of_file: Decision | None = None,
) -> None:
    """Add to a locked receipt orders that came, or one that stands in the place of another, or what the file is itself.

    The rows of the orders are written before. All come to what a count of all orders of the receipt would come to;
    they are counted anew only where what goes may have been the worst of them, or the only one with a value.
    """
    counts = LineCounts(**{name: current[f"lines_{name}"] for name in LineCounts.model_fields})
    counts = sum((order.counts for order in came), counts)
    before = _Judged(_decision(current["decision"]), current["value"], current["currency"])
    if instead_of is None:
        judged = _and(before, came)
    else:
        counts = _less(counts, instead_of.counts)
        judged = _instead(connection, current["id"], before, came, instead_of)
    decisions = [one for one in (judged.decision, of_file) if one is not None]
    connection.execute(
        update(receipt)
        .where(receipt.c.id == current["id"])
        .values(
            orders_done=current["orders_done"] + len(came) - (instead_of is not None),
            decision=worst(decisions).value if decisions else None,
            value=judged.value,
            currency=judged.currency,
            **{f"lines_{name}": number for name, number in counts},
        )
    )


def _and(before: _Judged, came: Sequence[CheckedOrder]) -> _Judged:
    decisions = [order.decision for order in came] + ([before.decision] if before.decision else [])
    values = [order.value for order in came if order.value is not None]
    currencies = {order.currency for order in came} | {before.currency}
    # A value without a currency is one in several: that stays so, whatever comes.
    several = before.value is not None and before.currency is None
    return _Judged(
        worst(decisions) if decisions else None,
        sum(values, before.value or Decimal(0)) if values else before.value,
        None if several else _the_only(currencies),
    )


def _instead(
    connection: Connection, receipt_id: str, before: _Judged, came: Sequence[CheckedOrder], gone: CheckedOrder
) -> _Judged:
    """The same where an order goes: taken off where that is certain, else counted from the rows of all orders."""
    gentler = all(order.decision.rank < gone.decision.rank for order in came)
    worst_goes = gentler and before.decision is gone.decision
    alike = all((order.value is None, order.currency) == (gone.value is None, gone.currency) for order in came)
    if worst_goes or not alike or not came:
        return _counted(connection, receipt_id)
    judged = _and(before, came)
    return judged if gone.value is None or judged.value is None else judged._replace(value=judged.value - gone.value)


def _counted(connection: Connection, receipt_id: str) -> _Judged:
    columns = purchase_order.c
    query = select(columns.decision, columns.value, columns.currency).where(columns.receipt_id == receipt_id)
    rows = connection.execute(query).all()
    decisions = {Decision(decision) for decision, _, _ in rows}
    # An order that was sent again has no value of its own, and the currency of the others.
    if connection.scalar(select(repeated_order.c.position).where(repeated_order.c.receipt_id == receipt_id).limit(1)):
        decisions.add(Decision.DUPLICATE)
    said = select(finding.c.document).where(finding.c.receipt_id == receipt_id, finding.c.order_position.is_(None))
    of_file = decide(Finding.model_validate_json(text) for text in connection.scalars(said))
    if of_file is not Decision.ACCEPTED:
        decisions.add(of_file)
    values = [value for _, value, _ in rows if value is not None]
    currency = _the_only({currency for _, _, currency in rows})
    return _Judged(worst(decisions) if decisions else None, sum(values, Decimal(0)) if values else None, currency)


def _the_only(currencies: set[str | None]) -> str | None:
    named = currencies - {None}
    return named.pop() if len(named) == 1 else None


def _less(counts: LineCounts, gone: LineCounts) -> LineCounts:
    return LineCounts(**{name: number - getattr(gone, name) for name, number in counts})


def _decision(stored: str | None) -> Decision | None:
    return Decision(stored) if stored else None
