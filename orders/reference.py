"""The reference data that an order is checked against, as one snapshot with a version."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from orders.catalogue import AssortmentEntry, Catalogue, Customer, DeliveryCalendar, Item, ItemStatus, ShipTo
from orders.model import Model
from orders.near_numbers import NearNumbers
from orders.prices import AgreedPrice, PriceBook, PriceExplanation, Tiers, price_for


class ReferenceTables(Model):
    """The rows of every table, as loaded from files or from the store; ``version`` names their content."""

    version: str
    items: tuple[Item, ...] = ()
    customers: tuple[Customer, ...] = ()
    assortments: tuple[AssortmentEntry, ...] = ()
    prices: tuple[AgreedPrice, ...] = ()
    ship_tos: tuple[ShipTo, ...] = ()


class Reference:
    """A snapshot, indexed for look-ups. ``seller_gln`` is the GLN under which partners know the seller."""

    def __init__(self, tables: ReferenceTables, calendar: DeliveryCalendar | None = None) -> None:
        self.version = tables.version
        self.catalogue = Catalogue(tables.items)
        self.prices = PriceBook(tables.prices)
        self.calendar = calendar or DeliveryCalendar()
        self._customers = {customer.customer: customer for customer in tables.customers}
        self._assortments = _by_customer(tables.assortments)
        self._ship_tos = _by_customer(tables.ship_tos)
        self._agreements: dict[str, Agreement] = {}

    @property
    def customers(self) -> tuple[Customer, ...]:
        return tuple(self._customers.values())

    def agreement(self, customer: str) -> "Agreement | None":
        """What is agreed with this customer; None where the account is not known."""
        account = self._customers.get(customer)
        if account is None:
            return None
        if customer not in self._agreements:
            self._agreements[customer] = Agreement(
                self, account, self._assortments.get(customer, ()), self._ship_tos.get(customer, ())
            )
        return self._agreements[customer]


class Agreement:
    """One customer's side of the snapshot: account, assortment, places and prices."""

    def __init__(
        self,
        reference: Reference,
        account: Customer,
        assortment: Iterable[AssortmentEntry],
        ship_tos: Iterable[ShipTo],
    ) -> None:
        self.account = account
        self.catalogue = reference.catalogue
        self.calendar = reference.calendar
        self.version = reference.version
        self._prices = reference.prices
        self._plainly_named: dict[tuple[str | None, str | None, str | None], Item] = {}
        """By identifiers that were sent together; only what names an item is kept, so that nobody can fill it."""
        self._in_force: dict[str, tuple[Tiers, ...]] = {}
        self._in_force_on: tuple[date, Decimal] | None = None
        """By item, for one day: the orders of a file are priced on the day on which it came."""
        self.assortment = {entry.item: entry for entry in assortment}
        self._items_by_buyer_number: dict[str, list[Item]] = {}
        self._bare_buyer_numbers: dict[str, list[Item]] = {}
        for entry in self.assortment.values():
            item = self.catalogue.item(entry.item)
            if entry.buyer_item and item:
                self._items_by_buyer_number.setdefault(entry.buyer_item, []).append(item)
                if entry.buyer_item.isdigit() and entry.buyer_item.startswith("0"):
                    self._bare_buyer_numbers.setdefault(entry.buyer_item.lstrip("0"), []).append(item)
        self.places = tuple(ship_tos)
        self._ship_tos = {
            identifier: place for place in self.places for identifier in (place.ship_to, place.gln) if identifier
        }

    def plainly_named(self, item: str | None, gtin: str | None, buyer_item: str | None) -> Item | None:
        """The item, where each identifier that was sent leads straight to it, as nearly all do."""
        identifiers = (item, gtin, buyer_item)
        known = self._plainly_named.get(identifiers)
        if known is not None:
            return known
        found: list[Item | None] = []
        if item is not None:
            found.append(self.catalogue.item(item))
        if gtin is not None:
            found.append(self.catalogue.by_gtin(gtin))
        if buyer_item is not None:
            theirs = self.by_buyer_number(buyer_item)
            found.append(theirs[0] if len(theirs) == 1 else None)
        if not found or found[0] is None or any(one is not found[0] for one in found):
            return None
        self._plainly_named[identifiers] = found[0]
        return found[0]

    def by_buyer_number(self, number: str) -> tuple[Item, ...]:
        """Every item that the customer knows under this number of its own."""
        return tuple(self._items_by_buyer_number.get(number, ()))

    def without_leading_zeros(self, number: str) -> tuple[Item, ...]:
        """Items of ours or of theirs whose number becomes this one when its leading zeros are lost."""
        found = (*self.catalogue.without_leading_zeros(number), *self._bare_buyer_numbers.get(number, ()))
        return tuple({item.item: item for item in found}.values())

    def near(self, sent: str) -> tuple[Item, ...]:
        """Items of the assortment that have a number, of any kind, one slip away from this one."""
        found = (item for number in self._near.of(sent) for item in self._by_any_number[number])
        return tuple({item.item: item for item in found}.values())

    @cached_property
    def _near(self) -> NearNumbers:
        return NearNumbers(self._by_any_number)

    @cached_property
    def _by_any_number(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for entry in self.assortment.values():
            item = self.catalogue.item(entry.item)
            if item is not None and item.status is ItemStatus.ACTIVE:
                for number in (item.item, item.gtin, entry.buyer_item):
                    if number:
                        found.setdefault(number, []).append(item)
        return found

    def ship_to(self, identifier: str) -> ShipTo | None:
        """The delivery place by our or their identifier or by GLN."""
        return self._ship_tos.get(identifier)

    def agreed_price(
        self, item: Item, quantity: Decimal, day: date, tolerance_percent: Decimal
    ) -> PriceExplanation | None:
        """The price for this many base units on this day, explained."""
        if self._in_force_on != (day, tolerance_percent):
            self._in_force, self._in_force_on = {}, (day, tolerance_percent)
        tiers = self._in_force.get(item.item)
        if tiers is None:
            account = self.account
            tiers = self._prices.in_force(account.price_lists, item.item, day, account.currency, tolerance_percent)
            self._in_force[item.item] = tiers
        return price_for(quantity, tiers)

    def price_rows(self, item: Item) -> tuple[AgreedPrice, ...]:
        """Every row of the customer's lists for the item, whatever its tier, validity or currency."""
        return self._prices.rows(self.account.price_lists, item.item)


_Row = TypeVar("_Row", AssortmentEntry, ShipTo)


def _by_customer(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.customer, []).append(row)
    return found
