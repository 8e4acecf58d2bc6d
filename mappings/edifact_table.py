"""Which element of an ORDERS message means which field of a purchase order, after EANCOM and the UN directories.

Read a row as: in this segment (inside of this group, if named), where this component has one of these values, that
component is the field. Earlier qualifiers win over later ones. Elements and components are counted from 1.
"""

from typing import NamedTuple

from orders.location import Field
from orders.purchase_order import LineAction, OrderFunction, OrderType, PartyRole


class Row(NamedTuple):
    """One row of the table; ``qualified`` is the place of the qualifier, ``qualifiers`` in order of preference."""

    field: Field
    tag: str
    element: int
    component: int = 1
    qualified: tuple[int, int] | None = None
    qualifiers: tuple[str, ...] = ()
    group: str | None = None


HEADER: tuple[Row, ...] = (
    Row(Field.TYPE, "BGM", 1),
    Row(Field.PO_NUMBER, "BGM", 2),
    Row(Field.FUNCTION, "BGM", 3),
    Row(Field.ORDER_DATE, "DTM", 1, 2, (1, 1), ("137", "4")),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), ("2", "69", "64", "63", "10")),
    Row(Field.NOTE, "FTX", 4, 1, (1, 1), ("AAI", "PUR", "DEL", "ZZZ")),
    Row(Field.BUYER, "NAD", 2, 1, (1, 1), ("BY", "OB"), "NAD"),
    Row(Field.SHIP_TO, "NAD", 2, 1, (1, 1), ("DP", "ST", "CN"), "NAD"),
    Row(Field.CURRENCY, "CUX", 1, 2, (1, 1), ("2",), "CUX"),
    Row(Field.LINE_COUNT, "CNT", 1, 2, (1, 1), ("2",)),
    Row(Field.QUANTITY_TOTAL, "CNT", 1, 2, (1, 1), ("1",)),
    Row(Field.AMOUNT_TOTAL, "MOA", 1, 2, (1, 1), ("79",)),
)
"""At message level, before the first LIN and after UNS."""

LINE: tuple[Row, ...] = (
    Row(Field.LINE, "LIN", 1),
    Row(Field.GTIN, "LIN", 3, 1, (3, 2), ("SRV", "EN", "UP")),
    Row(Field.ITEM, "LIN", 3, 1, (3, 2), ("SA", "VN")),
    Row(Field.BUYER_ITEM, "LIN", 3, 1, (3, 2), ("IN", "BP")),
    Row(Field.DESCRIPTION, "IMD", 3, 4),
    Row(Field.QUANTITY, "QTY", 1, 2, (1, 1), ("21",)),
    Row(Field.UNIT, "QTY", 1, 3, (1, 1), ("21",)),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), ("2", "69", "64", "63", "10")),
    Row(Field.AMOUNT, "MOA", 1, 2, (1, 1), ("203", "66", "38")),
    Row(Field.NOTE, "FTX", 4, 1, (1, 1), ("AAI", "PUR", "DEL", "LIN", "ZZZ")),
    Row(Field.UNIT_PRICE, "PRI", 1, 2, (1, 1), ("AAA", "NTP", "CON", "CT", "INV", "CAL", "AAB"), "PRI"),
    Row(Field.PRICE_BASIS, "PRI", 1, 5, (1, 1), ("AAA", "NTP", "CON", "CT", "INV", "CAL", "AAB"), "PRI"),
)
"""In a LIN group. Identifiers of PIA come by ``ITEM_QUALIFIERS``, schedules by the groups below."""

SCHEDULE: tuple[Row, ...] = (
    Row(Field.QUANTITY, "QTY", 1, 2, (1, 1), ("21", "11", "1", "113")),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), ("2", "69", "64", "63", "10")),
)
"""In a part of a split delivery: ordered (21), split (11), discrete (1) or to be delivered (113)."""

ITEM_QUALIFIERS: dict[str, Field] = {
    "SRV": Field.GTIN,
    "EN": Field.GTIN,
    "UP": Field.GTIN,
    "SA": Field.ITEM,
    "VN": Field.ITEM,
    "IN": Field.BUYER_ITEM,
    "BP": Field.BUYER_ITEM,
}
"""7143: GTIN (SRV, EN, UP), supplier's number (SA, VN), buyer's number (IN, BP)."""

SCHEDULE_GROUPS = ("SCC", "LOC")
"""Inside a LIN group: quantities by date (SCC with its QTY groups) and by place (LOC with QTY and DTM)."""

ORDER_TYPES: dict[str, OrderType] = {
    "105": OrderType.ORDER,
    "220": OrderType.ORDER,
    "221": OrderType.BLANKET,
    "222": OrderType.SPOT,
    "223": OrderType.LEASE,
    "224": OrderType.RUSH,
    "225": OrderType.REPAIR,
    "226": OrderType.CALL_OFF,
    "227": OrderType.CONSIGNMENT,
    "228": OrderType.SAMPLE,
    "229": OrderType.SWAP,
    "230": OrderType.ORDER,
    "258": OrderType.STANDING,
}
"""1001, document name."""

ORDER_FUNCTIONS: dict[str, OrderFunction] = {
    "1": OrderFunction.CANCELLATION,
    "4": OrderFunction.CHANGE,
    "5": OrderFunction.REPLACEMENT,
    "7": OrderFunction.DUPLICATE,
    "9": OrderFunction.ORIGINAL,
    "31": OrderFunction.DUPLICATE,
}
"""1225, message function."""

LINE_ACTIONS: dict[str, LineAction] = {
    "1": LineAction.ADD,
    "2": LineAction.DELETE,
    "3": LineAction.CHANGE,
    "4": LineAction.NONE,
}
"""1229, action request."""

PARTY_ROLES: dict[str, PartyRole] = {
    "BY": PartyRole.BUYER,
    "OB": PartyRole.BUYER,
    "SU": PartyRole.SUPPLIER,
    "SE": PartyRole.SUPPLIER,
    "DP": PartyRole.DELIVERY_PARTY,
    "ST": PartyRole.DELIVERY_PARTY,
    "CN": PartyRole.DELIVERY_PARTY,
    "IV": PartyRole.INVOICEE,
    "UC": PartyRole.ULTIMATE_CONSIGNEE,
}
"""3035, party function."""
