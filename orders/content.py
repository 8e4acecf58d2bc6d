"""What an order says, as a fingerprint: equal for the same order sent again, different for a different one.

It is made of the facts named here and of nothing else, each model by its own. So a field that is added to a model
leaves it as it is, until somebody names the field here, and raises ``VERSION``; an order that was stored with another
version is made known again from its document.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from types import NoneType
from typing import Any

from orders import order_details as details
from orders.model import Model
from orders.numbers import plain
from orders.purchase_order import (
    ControlTotals,
    LineDetails,
    OrderDetails,
    OrderFunction,
    OrderLine,
    Party,
    PurchaseOrder,
    Reference,
    Schedule,
)

VERSION = "2"
_DIGEST_BYTES = 31
"""With the version before it, it fills the 64 characters of its column."""

# Lines are by far the most, so their fields stand by their kinds and each kind takes its shortest way.
_LINE_TEXTS = ("item", "gtin", "buyer_item", "description", "unit", "price_unit", "note")
_LINE_NUMBERS = ("quantity", "unit_price", "price_basis", "amount")
_LINE_OTHERS = ("action", "requested_date", "schedules", "details")

FACTS: dict[type[Model], tuple[str, ...]] = {
    PurchaseOrder: (
        "po_number", "change_number", "type", "order_date", "requested_date", "currency", "references",
        "payment_terms", "note", "totals", "details",
    ),
    OrderLine: (*_LINE_TEXTS, *_LINE_NUMBERS, *_LINE_OTHERS),
    Party: (
        "identifier", "name", "street", "postcode", "city", "region", "country", "references", "places", "contacts",
    ),
    Reference: ("qualifier", "number", "line", "dates"),
    Schedule: ("quantity", "day", "ship_to"),
    ControlTotals: ("lines", "quantity", "amount"),
    LineDetails: (
        "parent", "identifiers", "descriptions", "quantities", "measurements", "prices", "amounts", "dates", "texts",
        "references", "parties", "places", "packages", "allowances", "taxes", "payment", "delivery_terms", "transports",
    ),
    OrderDetails: (
        "dates", "texts", "quantities", "amounts", "exchanges", "payment", "delivery_terms", "transports", "packages",
        "allowances", "taxes", "unmapped",
    ),
    details.Text: ("qualifier", "text", "code", "language"),
    details.Period: ("qualifier", "text", "format"),
    details.Amount: ("qualifier", "value", "currency"),
    details.Quantity: ("qualifier", "value", "unit"),
    details.Measurement: ("purpose", "dimension", "value", "unit"),
    details.Identifier: ("qualifier", "number", "relation"),
    details.Price: ("qualifier", "value", "type", "kind", "basis", "unit"),
    details.Description: ("kind", "characteristic", "code", "text"),
    details.Place: ("qualifier", "code", "name"),
    details.Channel: ("kind", "number"),
    details.Contact: ("function", "number", "name", "channels"),
    details.Percentage: ("qualifier", "value"),
    details.PaymentTerm: (
        "kind", "reference_day", "relation", "period", "count", "percentages", "amounts", "dates",
    ),
    details.DeliveryTerms: ("function", "payment", "code", "text", "places"),
    details.Transport: ("stage", "number", "mode", "means", "carrier", "carrier_name", "places"),
    details.Tax: ("kind", "type", "category", "rate", "amounts"),
    details.Allowance: (
        "kind", "number", "settlement", "sequence", "service", "text", "percentages", "rate", "quantities", "amounts",
        "taxes",
    ),
    details.Package: ("count", "level", "type", "text", "measurements", "quantities"),
    details.Exchange: ("reference", "target", "rate"),
    details.KeptSegment: ("text", "line"),
}  # fmt: skip
"""By model, the fields that count. A party counts by its function as well, a line by the number that the sender gave
it, an order by its function, parties and lines."""

_READ: dict[type[Model], Callable[[Any], tuple[Any, ...]]] = {
    model: attrgetter(*names) for model, names in FACTS.items()
}
_texts_of, _numbers_of, _others_of = attrgetter(*_LINE_TEXTS), attrgetter(*_LINE_NUMBERS), attrgetter(*_LINE_OTHERS)
_NO_OTHERS = (None, None, (), None)
_AS_THEY_ARE = frozenset((str, NoneType))
_NOTHING: tuple[Any, ...] = ()
"""The empty tuple, of which there is one: most models have many, and asking for that one is quickest."""
_encoded = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


def content_fingerprint(order: PurchaseOrder) -> str:
    """The version and a hash over everything the sender asked for.

    How the file was written does not count, nor whether it calls itself a duplicate, nor rows that ask for nothing, nor
    in which rows of a table its lines stand, nor zeros at the end of a decimal. The sequence of the lines counts.
    """
    function = None if order.function in (OrderFunction.ORIGINAL, OrderFunction.DUPLICATE) else order.function
    lines = [_line(line) for line in order.lines]
    facts = (_fact(function), _fact(order), _parties(order.parties), lines)
    text = _encoded(facts)
    return f"{VERSION}:{hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()}"


def is_of_today(fingerprint: str) -> bool:
    """Whether the fingerprint was made by this version, so that it can be compared."""
    return fingerprint.startswith(f"{VERSION}:")


def _line(line: OrderLine) -> list[Any]:
    numbers = [one if one is None else _number(one) for one in _numbers_of(line)]
    others = _others_of(line)
    rest = None if others == _NO_OTHERS else [one if one is None or one is _NOTHING else _fact(one) for one in others]
    return [line.number if line.numbered else None, *_texts_of(line), *numbers, rest]


def _parties(parties: tuple[Party, ...]) -> list[Any]:
    """The parties by what each one is in the order, whatever the sequence in which they were named."""
    known = [(party.qualifier or _fact(party.role) or "", party) for party in parties]
    return [(is_a, _fact(party)) for is_a, party in sorted(known, key=lambda one: one[0])]


@lru_cache(maxsize=4096)
def _number(value: Decimal) -> str:
    """The number as text, the same for equal numbers: quantities and prices are few, and come again and again."""
    text = plain(value)
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def _fact(value: Any) -> Any:
    """The value as JSON takes it, equal for equal values."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is Decimal:
        return _number(value)
    if kind is tuple:
        if not value:
            return value
        return _parties(value) if type(value[0]) is Party else [_fact(one) for one in value]
    read = _READ.get(kind)  # asking whether it is a model takes several times as long
    if read is not None:
        return [one if type(one) in _AS_THEY_ARE or one is _NOTHING else _fact(one) for one in read(value)]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
