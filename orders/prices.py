"""Agreed prices: which one holds for an item, a quantity and a day, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from orders.catalogue import Item
from orders.model import Model


class AgreedPrice(Model):
    """One row of a price list: ``price`` for ``basis`` units of ``unit``, from ``min_quantity`` base units on.

    Valid from the first day to the last, both included; an open end is None.
    """

    price_list: str
    item: str
    unit: str
    basis: Decimal = Decimal(1)
    min_quantity: Decimal = Decimal(0)
    price: Decimal
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class PriceExplanation(Model):
    """The price that was used for a line and everything needed to work it out again.

    ``next_tier`` is the quantity in base units from which a better price of the same list begins.
    """

    price_list: str
    price: Decimal
    basis: Decimal
    unit: str
    currency: str
    tier_from: Decimal
    next_tier: Decimal | None
    valid_from: date | None
    valid_to: date | None
    priced_on: date
    quantity: Decimal
    tolerance_percent: Decimal
    sent_price: Decimal | None
    sent_basis: Decimal | None


class PriceBook:
    """All price rows, by list and item."""

    def __init__(self, prices: Iterable[AgreedPrice]) -> None:
        self._rows: dict[tuple[str, str], list[AgreedPrice]] = {}
        for price in prices:
            self._rows.setdefault((price.price_list, price.item), []).append(price)
        for rows in self._rows.values():
            rows.sort(key=lambda row: row.min_quantity)
        self.price_lists: frozenset[str] = frozenset(name for name, _ in self._rows)

    def rows(self, price_lists: Sequence[str], item: str) -> tuple[AgreedPrice, ...]:
        """Every row for the item, the lists in their order of precedence, tiers rising."""
        return tuple(row for name in price_lists for row in self._rows.get((name, item), ()))

    def agreed(
        self, price_lists: Sequence[str], item: str, quantity: Decimal, day: date, currency: str
    ) -> AgreedPrice | None:
        """The row that holds: the first list with a valid row, in it the highest tier the quantity reaches.

        ``quantity`` is in base units of the item. None where no list has a price for that day and currency.
        """
        for name in price_lists:
            reached: AgreedPrice | None = None
            for row in self._rows.get((name, item), ()):
                if row.min_quantity > quantity:
                    break
                if row.currency == currency and row.valid_on(day):
                    reached = row
            if reached is not None:
                return reached
        return None


def per_base_unit(item: Item, unit: str, basis: Decimal) -> Decimal | None:
    """How many base units a price for ``basis`` of ``unit`` covers; None where the item is not sold in the unit."""
    held = item.base_units_in(unit)
    return None if held is None else held * basis
