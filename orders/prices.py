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
    """The price in force for an item on one day, from a quantity on, and what it rests on.

    Together with the quantity of a line it is enough to work the amount out again. ``tier_from`` and ``next_tier``,
    from which a better price of the same list begins, are in base units; ``tolerance_percent`` is what the customer's
    own price may differ.
    """

    price_list: str
    price: Decimal
    basis: Decimal
    unit: str
    currency: str
    tier_from: Decimal
    next_tier: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    priced_on: date
    tolerance_percent: Decimal


Tiers = tuple[PriceExplanation, ...]
"""The prices of one list in force on a day, tiers rising."""


class PriceBook:
    """Price rows by list and item. It only grows, by whole lists of an item.

    Of two rows that begin at the same quantity and hold on the same day the one whose validity began later comes last,
    whatever the order in which the rows came.
    """

    def __init__(self, prices: Iterable[AgreedPrice] = ()) -> None:
        self._rows: dict[tuple[str, str], list[AgreedPrice]] = {}
        self.add(prices)

    def add(self, prices: Iterable[AgreedPrice]) -> None:
        """Add all rows of some lists for some items, of which none was there yet."""
        added: dict[tuple[str, str], list[AgreedPrice]] = {}
        for price in prices:
            added.setdefault((price.price_list, price.item), []).append(price)
        for rows in added.values():
            rows.sort(key=_rank)
        self._rows.update(added)

    def rows(self, price_lists: Sequence[str], item: str) -> tuple[AgreedPrice, ...]:
        """Every row for the item, the lists in their order of precedence, tiers rising."""
        return tuple(row for name in price_lists for row in self._rows.get((name, item), ()))

    def in_force(
        self, price_lists: Sequence[str], item: str, day: date, currency: str, tolerance_percent: Decimal
    ) -> tuple[Tiers, ...]:
        """The prices for the item on this day and in this currency, the lists in their order of precedence."""
        return tuple(
            _tiers(
                [row for row in self._rows.get((name, item), ()) if row.currency == currency and row.valid_on(day)],
                day,
                tolerance_percent,
            )
            for name in price_lists
        )


def _rank(row: AgreedPrice) -> tuple[Decimal, date, str, str]:
    return row.min_quantity, row.valid_from or date.min, row.unit, row.currency


def _tiers(rows: Sequence[AgreedPrice], day: date, tolerance_percent: Decimal) -> Tiers:
    # Of two rows that begin at the same quantity the last one holds, and the tier after both is the next one up.
    starts = [row.min_quantity for row in rows]
    return tuple(
        PriceExplanation(
            price_list=row.price_list,
            price=row.price,
            basis=row.basis,
            unit=row.unit,
            currency=row.currency,
            tier_from=row.min_quantity,
            next_tier=next((start for start in starts if start > row.min_quantity), None),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            priced_on=day,
            tolerance_percent=tolerance_percent,
        )
        for row in rows
    )


def price_for(quantity: Decimal, lists: Iterable[Tiers]) -> PriceExplanation | None:
    """The price that holds: of the first list that has one, the highest tier that the quantity reaches.

    ``quantity`` is in base units of the item. None where no list has a price for so little.
    """
    for tiers in lists:
        for tier in reversed(tiers):
            if tier.tier_from <= quantity:
                return tier
    return None


def per_base_unit(item: Item, unit: str, basis: Decimal) -> Decimal | None:
    """How many base units a price for ``basis`` of ``unit`` covers; None where the item is not sold in the unit."""
    held = item.base_units_in(unit)
    return None if held is None else held * basis
