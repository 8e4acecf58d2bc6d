"""What the numbers of a column say: whether they count the lines, and how near they are to the agreed prices."""

from dataclasses import dataclass, field
from decimal import Decimal

from mappings.column_sample import Column
from mappings.layout import Notation
from mappings.table_numbers import number_value
from orders.catalogue import Item
from orders.prices import AgreedPrice
from orders.reference import Agreement
from parsers.tables.table import Cell

LOOSE = (Notation(), Notation(decimal_mark=","), Notation(decimal_mark="."))
_NEAR = Decimal("0.25")
BASES = (Decimal(1), Decimal(100), Decimal(1000))


@dataclass(slots=True)
class Known:
    """What is known of the customer while columns are weighed: the agreement, and the item of each row so far."""

    agreement: Agreement | None
    items: dict[int, Item] = field(default_factory=dict)


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell, in whichever notation it can be one."""
    return next((value for one in LOOSE if (value := number_value(cell, one).value) is not None), None)


def rising(numbers: list[Decimal | None]) -> bool:
    """Whether the numbers count the lines: 1, 2, 3 or 10, 20, 30."""
    first = numbers[0] if numbers else None
    if first is None or first not in (1, 10, 100) or len(numbers) < 2:
        return False
    return all(number == first * position for position, number in enumerate(numbers, start=1))


def price_fits(cell: Cell, item: Item, rows: tuple[AgreedPrice, ...], basis: Decimal) -> bool:
    """Whether the number is near an agreed price of the item, in one of its units, for ``basis`` of it."""
    for sent in {value for one in LOOSE if (value := number_value(cell, one).value) is not None and value > 0}:
        for unit in item.units:
            covered = (item.base_units_in(unit) or Decimal(1)) * basis
            for row in rows:
                agreed_for = (item.base_units_in(row.unit) or Decimal(1)) * row.basis
                due = row.price * covered / agreed_for
                if due and abs(sent - due) <= due * _NEAR:
                    return True
    return False


def price_shares(column: Column, known: Known) -> dict[Decimal, int]:
    """For each basis, how many of the values are near the agreed price of the item in their row, in percent."""
    agreement = known.agreement
    priced = [(cell, known.items[row]) for row, cell in column.cells.items() if row in known.items]
    if agreement is None or not priced:
        return {}
    return {
        basis: sum(price_fits(cell, item, agreement.price_rows(item), basis) for cell, item in priced)
        * 100
        // len(priced)
        for basis in BASES
    }
