"""Rows that sum up the lines above them: each is compared with what it can be the total of.

Where a quantity above could not be read, nothing can be compared, and that is told of its line alone.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from orders.findings import Finding, finding
from orders.findings.heads import HDR016_TOTAL_ROW, StatedAndCounted
from orders.purchase_order import OrderLine
from parsers.tables.table import Cell, Table


class StatedTotal(NamedTuple):
    """A total quantity under the lines of one order, from ``first`` up to ``last`` (0-based, exclusive)."""

    quantity: Decimal
    cell: Cell
    first: int
    last: int


def total_of_order(totals: Sequence[StatedTotal], lines: Sequence[OrderLine]) -> StatedTotal | None:
    """The total of the whole order: the only one, below all of its lines."""
    return totals[0] if len(totals) == 1 and totals[0].last == len(lines) else None


def subtotals_agree(table: Table, totals: Sequence[StatedTotal], lines: Sequence[OrderLine]) -> list[Finding]:
    """Findings for totals that are neither the sum of the lines since the one before, nor of all above."""
    found = []
    sums = [Decimal(0)]
    for line in takewhile(lambda line: line.quantity is not None, lines):
        sums.append(sums[-1] + (line.quantity or 0))
    for one in totals:
        if one.last >= len(sums):
            break
        since = sums[one.last] - sums[one.first]
        if one.quantity not in (since, sums[one.last]):
            found.append(_disagreement(table, one.cell, one.quantity, since))
    return found


def total_of_several(
    table: Table, cell: Cell, quantity: Decimal, orders: Iterable[Sequence[OrderLine]]
) -> Finding | None:
    """The finding for a total under several orders that is not the sum of their lines."""
    summed = list(orders)
    counted = sum((_sum(lines) for lines in summed), Decimal(0))
    right = counted == quantity or not all(map(_all_read, summed))
    return None if right else _disagreement(table, cell, quantity, counted)


def _disagreement(table: Table, cell: Cell, stated: Decimal, counted: Decimal) -> Finding:
    said = HDR016_TOTAL_ROW(StatedAndCounted(stated=stated, counted=counted))
    return finding(said, location=table.location(cell.row, cell.column), before=cell.text)


def _all_read(lines: Sequence[OrderLine]) -> bool:
    """Whether there is a quantity in every line; one that could not be read is told of its line."""
    return all(line.quantity is not None for line in lines)


def _sum(lines: Sequence[OrderLine]) -> Decimal:
    return sum((line.quantity for line in lines if line.quantity is not None), Decimal(0))
