"""What a purchase order says beside the fields that the rules judge: kept typed, each value with its qualifier.

Qualifiers and codes stand as they were sent (UN/EDIFACT code lists), for nothing here is acted on without a person or
an ERP that knows them. A tuple is empty where nothing was sent; a line or an order without any of it has no details.
"""

from datetime import date
from decimal import Decimal

from orders.model import Model


class Text(Model):
    """Free text with its subject (4451); ``code`` where a text was sent by its code (4441)."""

    qualifier: str | None = None
    text: str | None = None
    code: str | None = None
    language: str | None = None


class Period(Model):
    """A date, week or period (DTM): as sent (``text`` in ``format``, 2379), and the days that it begins and ends on."""

    qualifier: str | None = None
    text: str
    format: str | None = None
    first: date | None = None
    last: date | None = None


class Amount(Model):
    """An amount of money with its qualifier (5025); ``currency`` where it is named beside the amount."""

    qualifier: str | None = None
    value: Decimal | None = None
    currency: str | None = None


class Quantity(Model):
    """A quantity with its qualifier (6063, 6069)."""

    qualifier: str | None = None
    value: Decimal | None = None
    unit: str | None = None


class Measurement(Model):
    """A measurement: its purpose (6311), what was measured (6313), value and unit."""

    purpose: str | None = None
    dimension: str | None = None
    value: Decimal | None = None
    unit: str | None = None


class Identifier(Model):
    """A number of an item with its kind (7143); ``relation`` is 4347: 1 additional, 5 its identification, 3 and 4 of a
    substitute.
    """

    qualifier: str | None = None
    number: str
    relation: str | None = None


class Price(Model):
    """A price with its qualifier (5125) for ``basis`` of ``unit``; ``type`` is 5375, ``kind`` 5387."""

    qualifier: str | None = None
    value: Decimal | None = None
    type: str | None = None
    kind: str | None = None
    basis: Decimal | None = None
    unit: str | None = None


class Description(Model):
    """A description of an item: how it is given (7077), of what (7081), by code (7009) or as text."""

    kind: str | None = None
    characteristic: str | None = None
    code: str | None = None
    text: str | None = None


class Place(Model):
    """A place with its qualifier (3227): by code (3225) or name."""

    qualifier: str | None = None
    code: str | None = None
    name: str | None = None


class Channel(Model):
    """A way to reach a contact: ``kind`` is 3155 (TE telephone, EM electronic mail, FX telefax)."""

    kind: str | None = None
    number: str


class Contact(Model):
    """A person or department of a party: its function (3139), number and name."""

    function: str | None = None
    number: str | None = None
    name: str | None = None
    channels: tuple[Channel, ...] = ()


class Percentage(Model):
    """A percentage with its qualifier (5245: 1 allowance, 2 charge, 12 discount, 15 penalty)."""

    qualifier: str | None = None
    value: Decimal | None = None


class PaymentTerm(Model):
    """One term of payment. ``kind`` is 4279 (1 basic, 3 fixed date, 22 discount), ``reference_day`` 2475, ``relation``
    2009, ``count`` periods of ``period`` (2151: D days, WD working days, W weeks, M months).
    """

    kind: str | None = None
    reference_day: str | None = None
    relation: str | None = None
    period: str | None = None
    count: Decimal | None = None
    percentages: tuple[Percentage, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[Period, ...] = ()


class DeliveryTerms(Model):
    """Terms of delivery (TOD): ``code`` is 4053 (Incoterms), ``function`` 4055, ``payment`` of transport 4215."""

    function: str | None = None
    payment: str | None = None
    code: str | None = None
    text: str | None = None
    places: tuple[Place, ...] = ()


class Transport(Model):
    """A stage of transport (8051): ``number`` of the journey, ``mode`` 8067, ``means`` 8179, and who carries."""

    stage: str | None = None
    number: str | None = None
    mode: str | None = None
    means: str | None = None
    carrier: str | None = None
    carrier_name: str | None = None
    places: tuple[Place, ...] = ()


class Tax(Model):
    """A tax: ``kind`` 5283, ``type`` 5153 (VAT), ``category`` 5305, ``rate`` in percent."""

    kind: str | None = None
    type: str | None = None
    category: str | None = None
    rate: Decimal | None = None
    amounts: tuple[Amount, ...] = ()


class Allowance(Model):
    """An allowance or a charge (``kind`` is 5463: A or C): ``service`` 7161, ``settlement`` 4471, in percent, as
    amounts, as quantities, or at a rate.
    """

    kind: str | None = None
    number: str | None = None
    settlement: str | None = None
    sequence: str | None = None
    service: str | None = None
    text: str | None = None
    percentages: tuple[Percentage, ...] = ()
    rate: Decimal | None = None
    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[Amount, ...] = ()
    taxes: tuple[Tax, ...] = ()


class Package(Model):
    """Packages: how many, on which level (7075), of which kind (7065), with what was measured of them."""

    count: Decimal | None = None
    level: str | None = None
    type: str | None = None
    text: str | None = None
    measurements: tuple[Measurement, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class Exchange(Model):
    """A rate of exchange from one currency to another (CUX)."""

    reference: str | None = None
    target: str | None = None
    rate: Decimal | None = None


class KeptSegment(Model):
    """A segment that has no field here, as it came; ``number`` is its own in the message, ``line`` the 1-based one."""

    number: int
    text: str
    line: int | None = None
