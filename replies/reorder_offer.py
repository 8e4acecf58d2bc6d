"""What a reorder workbook offers: a customer's own assortment with prices as of a day, and what was ordered before."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from orders.catalogue import AssortmentEntry, Customer, Item, ItemStatus, ShipTo
from orders.model import Model
from orders.prices import PriceExplanation, per_base_unit
from orders.reference import Agreement

_ONE = Decimal(1)
_EXACTLY = Decimal(0)
"""The tolerance of a price that we name ourselves."""


class ItemHistory(Model):
    """What was entered of an item: the last order, and how much in the last twelve months; in base units."""

    last_day: date
    last_quantity: Decimal
    year_quantity: Decimal = Decimal(0)

    @property
    def monthly_average(self) -> Decimal:
        """The quantity of an average month of the last twelve, to one digit."""
        return (self.year_quantity / 12).quantize(Decimal("0.1"))


class Tier(Model):
    """A price and the quantity in base units from which it holds."""

    from_quantity: Decimal
    price: PriceExplanation


class OfferedItem(Model):
    """One row of the workbook. ``tiers`` is empty where no price is agreed; the first is the one that is shown."""

    item: Item
    buyer_item: str | None
    tiers: tuple[Tier, ...]
    history: ItemHistory | None = None

    @property
    def orderable(self) -> bool:
        """Whether it makes sense to ask for a quantity."""
        return self.item.status is ItemStatus.ACTIVE

    def covered(self, price: PriceExplanation) -> Decimal:
        """For how many base units a price is."""
        return per_base_unit(self.item, price.unit, price.basis) or price.basis


class Offer(Model):
    """Everything that the workbook shows, and the versions that go into its stamp."""

    seller: str
    account: Customer
    day: date
    expires: date
    places: tuple[ShipTo, ...]
    items: tuple[OfferedItem, ...]
    catalogue_version: str
    prices_version: str

    @property
    def last_day(self) -> date:
        """The last day for which an order is taken, of one that comes in time."""
        return self.expires + timedelta(days=self.account.horizon_days)


def offer_of(agreement: Agreement, seller: str, day: date, expires: date, history: Mapping[str, ItemHistory]) -> Offer:
    """The offer to a customer on this day; the items in the order of the customer's assortment."""
    items, versions = [], _Versions()
    for part in agreement.parts():
        for entry, item in _offered(part):
            tiers = _tiers(part, item, day)
            items.append(
                OfferedItem(item=item, buyer_item=entry.buyer_item, tiers=tiers, history=history.get(item.item))
            )
            versions.add(part, entry, item)
    catalogue, prices = versions.names()
    return Offer(
        seller=seller,
        account=agreement.account,
        day=day,
        expires=expires,
        places=agreement.places,
        items=tuple(items),
        catalogue_version=catalogue,
        prices_version=prices,
    )


def offer_versions(agreement: Agreement) -> tuple[str, str]:
    """Fingerprints of the customer's assortment with its items, and of every price for them, whatever their day."""
    versions = _Versions()
    for part in agreement.parts():
        for entry, item in _offered(part):
            versions.add(part, entry, item)
    return versions.names()


def _offered(part: Agreement) -> Iterator[tuple[AssortmentEntry, Item]]:
    for entry in part.assortment.values():
        item = part.catalogue.item(entry.item)
        if item is not None:
            yield entry, item


class _Versions:
    """The fingerprints of an assortment while it is read."""

    def __init__(self) -> None:
        self._catalogue, self._prices = hashlib.sha256(), hashlib.sha256()

    def add(self, agreement: Agreement, entry: AssortmentEntry, item: Item) -> None:
        """Take in an item that is offered, with its prices."""
        _add(self._catalogue, entry, item)
        _add(self._prices, *agreement.price_rows(item))

    def names(self) -> tuple[str, str]:
        """Of the assortment, and of the prices."""
        return self._catalogue.hexdigest()[:16], self._prices.hexdigest()[:16]


def _add(digest: "hashlib._Hash", *rows: Model) -> None:
    for row in rows:
        digest.update(row.model_dump_json().encode())
        digest.update(b"\n")


def price_shown(agreement: Agreement, item: Item, day: date) -> PriceExplanation | None:
    """The price that the workbook shows for an item: that of the smallest quantity which can be ordered."""
    tiers = _tiers(agreement, item, day)
    return tiers[0].price if tiers else None


def _tiers(agreement: Agreement, item: Item, day: date) -> tuple[Tier, ...]:
    """The price for the smallest quantity that can be ordered, and each other one that a larger quantity reaches."""
    smallest = item.min_quantity or item.order_multiple or _ONE
    starts = {row.min_quantity for row in agreement.price_rows(item) if row.min_quantity > smallest}
    found: list[Tier] = []
    for quantity in (smallest, *sorted(starts)):
        price = agreement.agreed_price(item, quantity, day, _EXACTLY)
        if price is not None and (not found or price != found[-1].price):
            found.append(Tier(from_quantity=quantity, price=price))
    return tuple(found)
