"""Which element means what in the segments that an order keeps beside its fields, after EANCOM and the UN directories.

Read a shape as: a segment with this tag becomes this model, whose field stands in that element and component, counted
from 1. A text of several components is joined by line ends. The positions are the same in D.93A, D.96A and D.01B.
"""

from enum import Enum, auto
from typing import NamedTuple

from orders import order_details as details
from orders.model import Model
from orders.purchase_order import Reference


class Kind(Enum):
    """How the text of a component is read."""

    TEXT = auto()
    NUMBER = auto()
    LINES = auto()
    """This component and those after it."""


class Column(NamedTuple):
    """A field and its place."""

    field: str
    element: int
    component: int = 1
    kind: Kind = Kind.TEXT


class Shape(NamedTuple):
    """What a segment becomes."""

    tag: str
    model: type[Model]
    columns: tuple[Column, ...]


PERIOD = Shape("DTM", details.Period, (Column("qualifier", 1), Column("text", 1, 2), Column("format", 1, 3)))
TEXT = Shape(
    "FTX",
    details.Text,
    (Column("qualifier", 1), Column("code", 3), Column("text", 4, 1, Kind.LINES), Column("language", 5)),
)
QUANTITY = Shape(
    "QTY",
    details.Quantity,
    (Column("qualifier", 1), Column("value", 1, 2, Kind.NUMBER), Column("unit", 1, 3)),
)
CONTROL_TOTAL = QUANTITY._replace(tag="CNT")
AMOUNT = Shape(
    "MOA",
    details.Amount,
    (Column("qualifier", 1), Column("value", 1, 2, Kind.NUMBER), Column("currency", 1, 3)),
)
MEASUREMENT = Shape(
    "MEA",
    details.Measurement,
    (Column("purpose", 1), Column("dimension", 2), Column("unit", 3), Column("value", 3, 2, Kind.NUMBER)),
)
DESCRIPTION = Shape(
    "IMD",
    details.Description,
    (Column("kind", 1), Column("characteristic", 2), Column("code", 3), Column("text", 3, 4, Kind.LINES)),
)
PRICE = Shape(
    "PRI",
    details.Price,
    (
        Column("qualifier", 1),
        Column("value", 1, 2, Kind.NUMBER),
        Column("type", 1, 3),
        Column("kind", 1, 4),
        Column("basis", 1, 5, Kind.NUMBER),
        Column("unit", 1, 6),
    ),
)
PLACE = Shape("LOC", details.Place, (Column("qualifier", 1), Column("code", 2), Column("name", 2, 4)))
REFERENCE = Shape("RFF", Reference, (Column("qualifier", 1), Column("number", 1, 2), Column("line", 1, 3)))
PERCENTAGE = Shape("PCD", details.Percentage, (Column("qualifier", 1), Column("value", 1, 2, Kind.NUMBER)))
RATE = Shape("RTE", details.Quantity, (Column("qualifier", 1), Column("value", 1, 2, Kind.NUMBER)))
EXCHANGE = Shape(
    "CUX",
    details.Exchange,
    (Column("reference", 1, 2), Column("target", 2, 2), Column("rate", 3, 1, Kind.NUMBER)),
)
CONTACT = Shape("CTA", details.Contact, (Column("function", 1), Column("number", 2), Column("name", 2, 2)))
PAYMENT_TERM = Shape(
    "PAT",
    details.PaymentTerm,
    (
        Column("kind", 1),
        Column("reference_day", 3),
        Column("relation", 3, 2),
        Column("period", 3, 3),
        Column("count", 3, 4, Kind.NUMBER),
    ),
)
DELIVERY_TERMS = Shape(
    "TOD",
    details.DeliveryTerms,
    (Column("function", 1), Column("payment", 2), Column("code", 3), Column("text", 3, 4, Kind.LINES)),
)
TRANSPORT = Shape(
    "TDT",
    details.Transport,
    (
        Column("stage", 1),
        Column("number", 2),
        Column("mode", 3),
        Column("means", 4),
        Column("carrier", 5),
        Column("carrier_name", 5, 4),
    ),
)
TAX = Shape(
    "TAX",
    details.Tax,
    (Column("kind", 1), Column("type", 2), Column("rate", 5, 4, Kind.NUMBER), Column("category", 6)),
)
ALLOWANCE = Shape(
    "ALC",
    details.Allowance,
    (
        Column("kind", 1),
        Column("number", 2),
        Column("settlement", 3),
        Column("sequence", 4),
        Column("service", 5),
        Column("text", 5, 4, Kind.LINES),
    ),
)
PACKAGE = Shape(
    "PAC",
    details.Package,
    (Column("count", 1, 1, Kind.NUMBER), Column("level", 2), Column("type", 3), Column("text", 3, 4)),
)

OF_ORDER: dict[str, Shape] = {"DTM": PERIOD, "FTX": TEXT, "MOA": AMOUNT, "CNT": CONTROL_TOTAL}
"""Segments of the message head and foot that stand alone."""
OF_LINE: dict[str, Shape] = {
    "DTM": PERIOD,
    "FTX": TEXT,
    "MOA": AMOUNT,
    "QTY": QUANTITY,
    "MEA": MEASUREMENT,
    "IMD": DESCRIPTION,
    "PRI": PRICE,
    "LOC": PLACE,
}
"""Segments of a line that stand alone."""
INTO: dict[str, str] = {
    "DTM": "dates",
    "FTX": "texts",
    "MOA": "amounts",
    "CNT": "quantities",
    "QTY": "quantities",
    "MEA": "measurements",
    "IMD": "descriptions",
    "PRI": "prices",
    "PIA": "identifiers",
    "LOC": "places",
    "CUX": "exchanges",
    "RFF": "references",
    "NAD": "parties",
    "PAC": "packages",
    "ALC": "allowances",
    "TAX": "taxes",
    "PAT": "payment",
    "TOD": "delivery_terms",
    "TDT": "transports",
}
"""In which field of the details of an order or a line the segments with this tag stand."""
