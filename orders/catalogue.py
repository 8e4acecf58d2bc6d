"""What the seller sells, and what one customer may order under which number."""

from bisect import insort
from collections.abc import Callable, Iterable
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


class ItemIndex:
    """Items by every number that can name them. It only grows.

    An item comes with its place among all items, so that where several fit they stand in the same order, whichever of
    them was added first.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.items: dict[str, Item] = {}
        self.by_gtin: dict[str, list[Item]] = {}
        self.by_bare_number: dict[str, list[Item]] = {}
        self._places: dict[str, int] = {}
        for place, item in enumerate(items):
            self.add(place, item)

    def add(self, place: int, item: Item) -> None:
        """Add an item that is not there yet."""
        self._places[item.item] = place
        if item.gtin:
            self._insert(self.by_gtin, item.gtin, item)
        for number in (item.item, item.gtin):
            bare = without_its_zeros(number)
            if bare is not None:
                self._insert(self.by_bare_number, bare, item)
        self.items[item.item] = item

    def _insert(self, index: dict[str, list[Item]], number: str, item: Item) -> None:
        insort(index.setdefault(number, []), item, key=lambda one: self._places[one.item])


def without_its_zeros(number: str | None) -> str | None:
    """What becomes of a number of digits when its leading zeros are lost; None where it has none."""
    return number.lstrip("0") if number and number.startswith("0") and number.isdigit() else None


def without_fourteenth_digit(gtin: str) -> str | None:
    """The GTIN-13 of a GTIN-14 with a leading zero: the same trade item (GS1); None of any other text."""
    return gtin[1:] if len(gtin) == 14 and gtin[0] == "0" else None


class Catalogue:
    """Items by number and by GTIN, with look-ups that forgive nothing: a caller sees how many items fit.

    ``ask`` is called with each number before it is looked up, where not all items are there from the beginning.
    """

    def __init__(self, index: ItemIndex, ask: Callable[[str], None] | None = None) -> None:
        self._index = index
        self._ask = ask or _nothing_to_ask

    def item(self, number: str) -> Item | None:
        """The item of this number, exactly as written."""
        found = self._index.items.get(number)
        if found is None:
            self._ask(number)
            found = self._index.items.get(number)
        return found

    def by_gtin(self, gtin: str) -> Item | None:
        """The item of this GTIN; a GTIN-13 and the GTIN-14 with a leading zero are the same trade item (GS1)."""
        self._ask(gtin)
        found = self._index.by_gtin.get(gtin) or self._index.by_gtin.get(without_fourteenth_digit(gtin) or "")
        return found[-1] if found else None

    def without_leading_zeros(self, number: str) -> tuple[Item, ...]:
        """Items whose number or GTIN becomes this one when its leading zeros are lost."""
        self._ask(number)
        return tuple(self._index.by_bare_number.get(number, ()))


def _nothing_to_ask(number: str) -> None:
    """Everything is known."""


class DeliveryCalendar(Model):
    """The days on which the seller does not deliver, beside weekends."""

    closed: frozenset[date] = frozenset()

    def delivers_on(self, day: date, weekdays: frozenset[int]) -> bool:
        """Whether goods can arrive on this day at a place that takes them on these weekdays."""
        return day.weekday() in weekdays and day not in self.closed
