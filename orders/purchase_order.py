"""The purchase order as the sender wrote it, the same whether it came as EDIFACT, CSV or a workbook.

Values are typed but not judged: a field that was not sent, or could not be read, is None, and in the second case
a finding says so. Quantities and money are ``Decimal``; units are UN/ECE Recommendation 20 codes where known.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from orders.model import Model
from orders.order_details import (
    Allowance,
    Amount,
    Contact,
    DeliveryTerms,
    Description,
    Exchange,
    Identifier,
    KeptSegment,
    Measurement,
    Package,
    PaymentTerm,
    Period,
    Place,
    Price,
    Quantity,
    Tax,
    Text,
    Transport,
)


class OrderType(StrEnum):
    """Kind of order (UN/EDIFACT 1001)."""

    ORDER = "order"
    BLANKET = "blanket"
    SPOT = "spot"
    LEASE = "lease"
    RUSH = "rush"
    REPAIR = "repair"
    CALL_OFF = "call_off"
    CONSIGNMENT = "consignment"
    SAMPLE = "sample"
    SWAP = "swap"
    STANDING = "standing"


class OrderFunction(StrEnum):
    """What the message does to an order (UN/EDIFACT 1225)."""

    ORIGINAL = "original"
    CHANGE = "change"
    REPLACEMENT = "replacement"
    CANCELLATION = "cancellation"
    DUPLICATE = "duplicate"


CHANGING = (OrderFunction.CHANGE, OrderFunction.REPLACEMENT, OrderFunction.CANCELLATION)
"""Functions that speak of an order which was sent before."""


class LineAction(StrEnum):
    """What a line does to a stored line (UN/EDIFACT 1229)."""

    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    NONE = "none"


class PartyRole(StrEnum):
    """Role of a party in the order (UN/EDIFACT 3035)."""

    BUYER = "BY"
    SUPPLIER = "SU"
    DELIVERY_PARTY = "DP"
    INVOICEE = "IV"
    ULTIMATE_CONSIGNEE = "UC"


class Reference(Model):
    """A document that the order refers to, by its UN/EDIFACT 1153 qualifier (CT contract, ON order, PL price list).

    ``line`` is the line in that document; ``dates`` are those of the document.
    """

    qualifier: str
    number: str
    line: str | None = None
    dates: tuple[Period, ...] = ()


class Party(Model):
    """A party by its identifier: a GLN, or a number agreed between the two sides; names and address as sent.

    ``qualifier`` is its function as sent (3035), ``role`` what that means here, None for one that nothing here acts on.
    """

    role: PartyRole | None = None
    qualifier: str | None = None
    identifier: str | None = None
    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    references: tuple[Reference, ...] = ()
    places: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()


class Schedule(Model):
    """A part of a line's quantity for one day and one place."""

    quantity: Decimal | None = None
    day: date | None = None
    ship_to: str | None = None


class ControlTotals(Model):
    """Totals that the sender states: number of lines, sum of quantities, sum of line amounts."""

    lines: Decimal | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None


class LineDetails(Model):
    """What a line says beside item, quantity, price and date. ``parent`` is the line that a sub-line belongs to."""

    parent: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    descriptions: tuple[Description, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    prices: tuple[Price, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[Period, ...] = ()
    texts: tuple[Text, ...] = ()
    references: tuple[Reference, ...] = ()
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    packages: tuple[Package, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    taxes: tuple[Tax, ...] = ()
    payment: tuple[PaymentTerm, ...] = ()
    delivery_terms: tuple[DeliveryTerms, ...] = ()
    transports: tuple[Transport, ...] = ()


class OrderDetails(Model):
    """What an order says of itself beside number, dates, parties, currency and terms. ``unmapped`` has no field."""

    dates: tuple[Period, ...] = ()
    texts: tuple[Text, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[Amount, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    payment: tuple[PaymentTerm, ...] = ()
    delivery_terms: tuple[DeliveryTerms, ...] = ()
    transports: tuple[Transport, ...] = ()
    packages: tuple[Package, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    taxes: tuple[Tax, ...] = ()
    unmapped: tuple[KeptSegment, ...] = ()


class OrderLine(Model):
    """One line as sent. ``number`` is the sender's own, or the row; ``item`` our item number, ``buyer_item`` theirs.

    ``numbered`` is False where the sender gave the line no number, and ``number`` is its row in the table.
    ``unit_price`` is for ``price_basis`` units (1 where the sender names none).
    """

    number: str
    numbered: bool = True
    action: LineAction | None = None
    item: str | None = None
    gtin: str | None = None
    buyer_item: str | None = None
    description: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    price_basis: Decimal | None = None
    price_unit: str | None = None
    amount: Decimal | None = None
    requested_date: date | None = None
    schedules: tuple[Schedule, ...] = ()
    note: str | None = None
    details: LineDetails | None = None


class PurchaseOrder(Model):
    """One order as sent; ``skipped`` counts rows of an order form that ask for nothing.

    ``change_number`` is the number that a change has of its own; ``po_number`` then names the order to be changed.
    """

    po_number: str | None = None
    change_number: str | None = None
    type: OrderType | None = None
    function: OrderFunction | None = None
    order_date: date | None = None
    requested_date: date | None = None
    currency: str | None = None
    parties: tuple[Party, ...] = ()
    references: tuple[Reference, ...] = ()
    payment_terms: str | None = None
    note: str | None = None
    totals: ControlTotals = ControlTotals()
    lines: tuple[OrderLine, ...] = ()
    skipped: int = 0
    details: OrderDetails | None = None

    @property
    def read(self) -> int:
        """How many lines were read: those that ask for something, and the rows of a form that do not."""
        return len(self.lines) + self.skipped

    @property
    def speaks_of_another(self) -> bool:
        """Whether this is a change, replacement or cancellation: it names an order and is none of its own."""
        return self.function in CHANGING

    @cached_property
    def as_json(self) -> str:
        """The order as JSON, what is None left out: made once, for its document."""
        return self.model_dump_json(exclude_none=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values; the JSON of the original does not go with it."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("as_json", None)
        return copied

    def party(self, role: PartyRole) -> Party | None:
        """The first party in this role, if one was named."""
        return next((party for party in self.parties if party.role is role), None)

    def identifier(self, role: PartyRole) -> str | None:
        """Identifier of the party in this role, if it was given."""
        party = self.party(role)
        return party.identifier if party else None
