"""What the seller sells, and what one customer may order under which number."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orders.model import Model
from orders.units import comparable


class ItemStatus(StrEnum):
    """Whether an item can be ordered."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"
    BLOCKED = "blocked"


_ONE = Decimal(1)


class Item(Model):
    """An item with its units and quantities; all quantities are in ``unit``, the base unit (Rec. 20 code).

    ``pack_unit`` is a larger unit that holds ``pack_size`` base units.
    """

    item: str
    gtin: str | None = None
    description: str
    unit: str
    pack_unit: str | None = None
    pack_size: Decimal | None = None
    order_multiple: Decimal | None = None
    min_quantity: Decimal | None = None
    max_quantity: Decimal | None = None
    status: ItemStatus = ItemStatus.ACTIVE
    replacement: str | None = None
    lead_days: int = 0

    def base_units_in(self, unit: str) -> Decimal | None:
        """How many base units one ``unit`` holds; None where the item is not sold in it."""
        if unit == self.unit or comparable(unit) == comparable(self.unit):
            return _ONE
        if self.pack_unit is not None and comparable(unit) == comparable(self.pack_unit):
            return self.pack_size
        return None

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit the item is sold in, the base unit first."""
        return (self.unit,) if self.pack_unit is None else (self.unit, self.pack_unit)


class AssortmentEntry(Model):
    """One item that a customer may order, with the customer's own number for it."""

    customer: str
    item: str
    buyer_item: str | None = None


class Customer(Model):
    """An account: who it is, in which currency and from which price lists it buys, and how soon it is served."""

    customer: str
    name: str
    gln: str | None = None
    country: str | None = None
    currency: str
    price_lists: tuple[str, ...] = ()
    payment_terms: str | None = None
    min_order_value: Decimal | None = None
    lead_days: int = 0
    horizon_days: int = 365
    status: str = "active"


class ShipTo(Model):
    """A place that the customer may have goods delivered to; ``delivery_days`` are weekdays, Monday is 0."""

    customer: str
    ship_to: str
    gln: str | None = None
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    delivery_days: frozenset[int] = frozenset(range(5))


class Catalogue:
    """All items by number and by GTIN, with look-ups that forgive nothing: a caller sees how many items fit."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: dict[str, Item] = {item.item: item for item in items}
        self._by_gtin: dict[str, Item] = {item.gtin: item for item in self.items.values() if item.gtin}
        self._by_bare_number: dict[str, list[Item]] = {}
        for item in self.items.values():
            for number in (item.item, item.gtin):
                if number and number.startswith("0") and number.isdigit():
                    self._by_bare_number.setdefault(number.lstrip("0"), []).append(item)

    def item(self, number: str) -> Item | None:
        """The item of this number, exactly as written."""
        return self.items.get(number)

    def by_gtin(self, gtin: str) -> Item | None:
        """The item of this GTIN; a GTIN-13 and the GTIN-14 with a leading zero are the same trade item (GS1)."""
        return self._by_gtin.get(gtin) or (self._by_gtin.get(gtin[1:]) if len(gtin) == 14 and gtin[0] == "0" else None)

    def without_leading_zeros(self, number: str) -> tuple[Item, ...]:
        """Items whose number or GTIN becomes this one when its leading zeros are lost."""
        return tuple(self._by_bare_number.get(number, ()))


class DeliveryCalendar(Model):
    """The days on which the seller does not deliver, beside weekends."""

    closed: frozenset[date] = frozenset()

    def delivers_on(self, day: date, weekdays: frozenset[int]) -> bool:
        """Whether goods can arrive on this day at a place that takes them on these weekdays."""
        return day.weekday() in weekdays and day not in self.closed
