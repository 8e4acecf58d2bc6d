"""Which element of an ORDERS message means which field of a purchase order, after EANCOM and the UN directories.

Read a row as: in this segment (inside of this group, if named), where this component has one of these values, that
component is the field. Earlier qualifiers win over later ones. Elements and components are counted from 1.
"""

from typing import NamedTuple

from mappings.edifact_conventions import Conventions
from orders.location import Field
from orders.purchase_order import LineAction, OrderFunction, OrderType, PartyRole


class Row(NamedTuple):
    """One row of the table; ``qualified`` is the place of the qualifier, ``qualifiers`` in order of preference.

    ``chosen_by`` names the convention of a partner (``Conventions``) that gives the qualifiers instead.
    """

    field: Field
    tag: str
    element: int
    component: int = 1
    qualified: tuple[int, int] | None = None
    qualifiers: tuple[str, ...] = ()
    group: str | None = None
    chosen_by: str | None = None

    def by(self, conventions: Conventions) -> "Row":
        """The row as it is for a partner."""
        return self if self.chosen_by is None else self._replace(qualifiers=getattr(conventions, self.chosen_by))


HEADER: tuple[Row, ...] = (
    Row(Field.TYPE, "BGM", 1),
    Row(Field.PO_NUMBER, "BGM", 2),
    Row(Field.FUNCTION, "BGM", 3),
    Row(Field.ORDER_DATE, "DTM", 1, 2, (1, 1), chosen_by="order_date"),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), chosen_by="delivery_date"),
    Row(Field.BUYER, "NAD", 2, 1, (1, 1), group="NAD", chosen_by="buyer"),
    Row(Field.SHIP_TO, "NAD", 2, 1, (1, 1), group="NAD", chosen_by="ship_to"),
    Row(Field.CURRENCY, "CUX", 1, 2, (1, 1), ("2",), "CUX"),
    Row(Field.PAYMENT_TERMS, "PAT", 3, 4, (1, 1), ("1", "7"), "PAT"),
    Row(Field.LINE_COUNT, "CNT", 1, 2, (1, 1), ("2", "3")),
    Row(Field.QUANTITY_TOTAL, "CNT", 1, 2, (1, 1), ("1",)),
    Row(Field.AMOUNT_TOTAL, "MOA", 1, 2, (1, 1), ("79",)),
)
"""At message level, before the first LIN and after UNS."""

LINE: tuple[Row, ...] = (
    Row(Field.LINE, "LIN", 1),
    Row(Field.GTIN, "LIN", 3, 1, (3, 2), chosen_by="gtin"),
    Row(Field.ITEM, "LIN", 3, 1, (3, 2), chosen_by="our_number"),
    Row(Field.BUYER_ITEM, "LIN", 3, 1, (3, 2), chosen_by="their_number"),
    Row(Field.DESCRIPTION, "IMD", 3, 4, (1, 1), ("F", "A", "E", "B", "C", "D", "S", "X", "")),
    Row(Field.QUANTITY, "QTY", 1, 2, (1, 1), chosen_by="ordered_quantity"),
    Row(Field.UNIT, "QTY", 1, 3, (1, 1), chosen_by="ordered_quantity"),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), chosen_by="delivery_date"),
    Row(Field.AMOUNT, "MOA", 1, 2, (1, 1), chosen_by="line_amount"),
    Row(Field.UNIT_PRICE, "PRI", 1, 2, (1, 1), group="PRI", chosen_by="price"),
    Row(Field.PRICE_BASIS, "PRI", 1, 5, (1, 1), group="PRI", chosen_by="price"),
)
"""In a LIN group. PIA gives the same numbers as LIN in up to five composites; schedules come by the groups below."""

SCHEDULE: tuple[Row, ...] = (
    Row(Field.QUANTITY, "QTY", 1, 2, (1, 1), chosen_by="part_quantity"),
    Row(Field.REQUESTED_DATE, "DTM", 1, 2, (1, 1), chosen_by="delivery_date"),
)
"""In a part of a split delivery: ordered (21), split (11), discrete (1) or to be delivered (113)."""

ITEM_NUMBERS: dict[Field, str] = {
    Field.GTIN: "gtin",
    Field.ITEM: "our_number",
    Field.BUYER_ITEM: "their_number",
}
"""The numbers of an item in PIA, by the convention that names their qualifiers (7143)."""

OWN_NUMBERS = (None, "1", "5")
"""4347 of a PIA with numbers of the ordered item itself; any other speaks of a substitute, or of a part."""

FIRM = (None, "1")
"""4017 of SCC: a firm part of the order. Others are plans and forecasts."""

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
    "SU": PartyRole.SUPPLIER,
    "SE": PartyRole.SUPPLIER,
    "IV": PartyRole.INVOICEE,
    "UC": PartyRole.ULTIMATE_CONSIGNEE,
}
"""3035, party function, beside those that order and take the goods by the partner's convention."""
