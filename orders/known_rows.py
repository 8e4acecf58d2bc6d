"""What is known of one customer at one version of the reference data: it grows as orders name more items."""

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from threading import RLock
from typing import NamedTuple

from orders.catalogue import AssortmentEntry, Customer, Item, ItemIndex, ItemStatus, ShipTo, without_its_zeros
from orders.near_numbers import NearNumbers
from orders.prices import AgreedPrice, PriceBook, Tiers

_DAYS = 8
"""Days whose prices are kept worked out; the orders of a file are priced on the day on which it came."""

Identifiers = tuple[str | None, str | None, str | None]
"""What names an item in one line: our number, the GTIN, the customer's number."""


class Rows(NamedTuple):
    """Rows of the reference data that belong together: items, and for these a customer's entries and prices.

    Items and entries come with their places among all of their table.
    """

    items: list[tuple[int, Item]]
    entries: list[tuple[int, AssortmentEntry]]
    prices: list[AgreedPrice]


class KnownRows:
    """The rows, indexed. Nothing in it is ever changed or forgotten, so that threads may share it.

    A number is in ``asked`` when everything that it can name is known. ``plainly_named`` has items by identifiers that
    were sent together, ``near`` the items one slip away from a number, ``in_force`` the tiers of items on a day.
    """

    def __init__(
        self,
        account: Customer,
        places: Iterable[ShipTo],
        items: ItemIndex | None = None,
        prices: PriceBook | None = None,
    ) -> None:
        self.account = account
        self.places = tuple(places)
        self.ship_tos = {
            identifier: place for place in self.places for identifier in (place.ship_to, place.gln) if identifier
        }
        self.items = items if items is not None else ItemIndex()
        self.prices = prices if prices is not None else PriceBook()
        self.assortment: dict[str, AssortmentEntry] = {}
        self.by_buyer_number: dict[str, list[Item]] = {}
        self.bare_buyer_numbers: dict[str, list[Item]] = {}
        self.asked: set[str] = set()
        self.plainly_named: dict[Identifiers, Item] = {}
        self.near: dict[str, tuple[Item, ...]] = {}
        self.in_force: dict[tuple[date, Decimal], dict[str, tuple[Tiers, ...]]] = {}
        self.lock = RLock()
        self._places: dict[str, int] = {}
        self._learned = len(self.places)

    @property
    def size(self) -> int:
        """How much is known, in rows and numbers."""
        return self._learned + len(self.asked) + len(self.plainly_named) + len(self.near)

    def learn(self, rows: Rows) -> None:
        """Add what is new of these rows."""
        new = {item.item: item for _, item in rows.items if item.item not in self.items.items}
        # The items last: another thread that finds one finds all that belongs to it.
        self.prices.add(price for price in rows.prices if price.item in new)
        self.enter(((place, entry) for place, entry in rows.entries if entry.item in new), new)
        for place, item in rows.items:
            if item.item in new:
                self.items.add(place, item)
        self._learned += len(rows.items) + len(rows.entries) + len(rows.prices)

    def enter(self, entries: Iterable[tuple[int, AssortmentEntry]], items: Mapping[str, Item]) -> None:
        """Add entries of the assortment, with the items that are known of them."""
        for place, entry in entries:
            item = items.get(entry.item)
            self._places[entry.item] = place
            self.assortment[entry.item] = entry
            if entry.buyer_item and item:
                self._insert(self.by_buyer_number, entry.buyer_item, item)
                bare = without_its_zeros(entry.buyer_item)
                if bare is not None:
                    self._insert(self.bare_buyer_numbers, bare, item)

    def _insert(self, index: dict[str, list[Item]], number: str, item: Item) -> None:
        insort(index.setdefault(number, []), item, key=lambda one: self._places[one.item])

    def tiers(self, item: Item, day: date, tolerance_percent: Decimal) -> tuple[Tiers, ...]:
        """The prices of an item in force on a day, worked out once."""
        on_day = self.in_force.get((day, tolerance_percent))
        if on_day is None:
            if len(self.in_force) >= _DAYS:
                self.in_force = {}
            on_day = self.in_force.setdefault((day, tolerance_percent), {})
        tiers = on_day.get(item.item)
        if tiers is None:
            account = self.account
            tiers = self.prices.in_force(account.price_lists, item.item, day, account.currency, tolerance_percent)
            on_day[item.item] = tiers
        return tiers


class NearItems:
    """Items of an assortment by numbers, of any kind, that are one slip away from a given one."""

    def __init__(self, items: Iterable[tuple[Item, AssortmentEntry]]) -> None:
        self._by_number: dict[str, list[Item]] = {}
        for item, entry in items:
            if item.status is ItemStatus.ACTIVE:
                for number in (item.item, item.gtin, entry.buyer_item):
                    if number:
                        self._by_number.setdefault(number, []).append(item)
        self._numbers = NearNumbers(self._by_number)

    def of(self, sent: str) -> tuple[Item, ...]:
        """The items, the nearest first."""
        found = (item for number in self._numbers.of(sent) for item in self._by_number[number])
        return tuple({item.item: item for item in found}.values())
