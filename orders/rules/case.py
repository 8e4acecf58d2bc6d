"""What a rule sees and what it says: a case for an order or a line in, verdicts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, assert_never

from orders.catalogue import Item, ShipTo
from orders.changes import OrderChange
from orders.checked import CheckedLine, CheckedOrder
from orders.findings import Statement
from orders.location import Field, Location, Places
from orders.policy import Policy
from orders.prices import PriceExplanation
from orders.purchase_order import OrderLine, PurchaseOrder
from orders.reference import Agreement


@dataclass(frozen=True, slots=True)
class EarlierOrder:
    """An order that is known already under the same customer and order number.

    ``revision`` is its newest one; ``sent`` is that one as it was sent, for a change of it to be worked out.
    ``entered`` is the newest revision of which anything went to the ERP, 0 where nothing of any did, and ``content``
    the fingerprint of that one.
    """

    revision: int
    entered: int = 0
    content: str | None = None
    sent: PurchaseOrder | None = None

    @classmethod
    def after(cls, order: CheckedOrder, before: "EarlierOrder | None") -> "EarlierOrder":
        """What is known under a number when this revision follows those ``before``."""
        if order.deliverable:
            return cls(order.revision, order.revision, order.content, order.sent)
        if before is None:
            return cls(order.revision, sent=order.sent)
        return cls(order.revision, before.entered, before.content, order.sent)


@dataclass(frozen=True, slots=True)
class CorrectedOrder:
    """The order that this one corrects, where it came as our answer to that one, filled in and sent back.

    ``revision`` is that of the corrected order, ``entered`` all lines under its number that went to the ERP, by their
    places.
    """

    revision: int
    entered: Mapping[Location, CheckedLine]


class ItemMeant(NamedTuple):
    """The item to go on with."""

    item: Item


class QuantityUsed(NamedTuple):
    """The quantity to go on with, in the unit to go on with."""

    quantity: Decimal


class UnitUsed(NamedTuple):
    """The unit to go on with."""

    unit: str


class PriceAgreed(NamedTuple):
    """The price that holds."""

    price: PriceExplanation


class DayUsed(NamedTuple):
    """The day to go on with."""

    day: date


Settled = ItemMeant | QuantityUsed | UnitUsed | PriceAgreed | DayUsed


class Verdict(NamedTuple):
    """What a rule found about one field.

    ``settles`` is the value to go on with where the rule settles one. Where nothing is said, nobody is told.
    ``candidates`` are texts that could stand in the field instead.
    """

    said: Statement | None
    field: Field
    before: str | None = None
    after: str | None = None
    settles: Settled | None = None
    candidates: tuple[str, ...] = ()


Verdicts = tuple[Verdict, ...]
NOTHING: Verdicts = ()


def settle(field: Field, use: Settled) -> Verdict:
    """A value to go on with that needs no remark: it is what the sender meant, in our terms."""
    return Verdict(None, field, settles=use)


@dataclass(slots=True)
class OrderCase:
    """An order under check. The confirmed values begin as sent and are settled by verdicts.

    ``change`` is what the order would do to the earlier one that it speaks of, whose lines are ``changed_lines`` by
    their numbers. ``test`` where it is marked as one. ``value_open`` while a line that may be delivered has no amount.
    """

    order: PurchaseOrder
    places: Places
    agreement: Agreement
    policy: Policy
    as_of: date
    content: str
    earlier: EarlierOrder | None = None
    corrects: CorrectedOrder | None = None
    change: OrderChange | None = None
    changed_lines: Mapping[str, OrderLine] = field(default_factory=dict)
    test: bool = False
    requested_date: date | None = None
    ship_to: ShipTo | None = None
    value: Decimal | None = None
    value_open: bool = False
    first_line_of_item: dict[str, int] = field(default_factory=dict)

    @property
    def priced_on(self) -> date:
        """The day on which prices must be valid: the day the order reached us."""
        return self.as_of

    def settle(self, use: Settled) -> None:
        """Go on with this value. Errors: TypeError for one that is no value of an order's head."""
        if not isinstance(use, DayUsed):
            raise TypeError(f"{use} cannot be settled for a whole order")
        self.requested_date = use.day


@dataclass(slots=True)
class LineCase:
    """A line under check, inside its order. ``quantity`` and ``unit`` are those confirmed so far.

    ``base_quantity`` is the quantity in base units of the item; None while item, unit or quantity are open.
    """

    of: OrderCase
    line: OrderLine
    index: int
    item: Item | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    price_basis: Decimal | None = None
    requested_date: date | None = None
    price: PriceExplanation | None = None
    base_quantity: Decimal | None = None

    def place(self, verdict: Verdict) -> Location | None:
        """Where the field of this line stands in the file, or would stand where it lacks, or else the line itself."""
        places, about = self.of.places, verdict.field
        room = places.room(about, self.index) if verdict.before is None else None
        return places.of(about, self.index) or room or places.of(Field.LINE, self.index)

    def settle(self, use: Settled) -> None:
        """Go on with this value."""
        match use:
            case ItemMeant(item):
                self.item = item
            case QuantityUsed(quantity):
                self.quantity = quantity
            case UnitUsed(unit):
                self.unit = unit
            case PriceAgreed(price):
                self.price = price
                return
            case DayUsed(day):
                self.requested_date = day
                return
            case _:
                assert_never(use)
        self._measure()

    def _measure(self) -> None:
        """Work out ``base_quantity`` again: item, quantity or unit was settled. Most rules ask for it."""
        item, quantity, unit = self.item, self.quantity, self.unit
        if item is None or quantity is None or unit is None:
            self.base_quantity = None
        elif unit == item.unit:
            self.base_quantity = quantity
        else:
            held = item.base_units_in(unit)
            self.base_quantity = None if held is None else quantity * held
