"""Where a partner's reading of the standard differs from EANCOM's: named choices, each with EANCOM's as its default."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Option
from pydantic import StringConstraints

from orders.model import Model
from orders.purchase_order import OrderFunction, OrderType

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,3}$")]
"""A qualifier or code of the UN/EDIFACT lists; in a YAML file in quotes, that ``02`` stays ``02``."""
Codes = Annotated[tuple[Code, ...], Option(min_length=1)]


class Conventions(Model):
    """How the messages of one partner are read.

    The first fields name qualifiers, the preferred one first: which DTM (2005) is the day of delivery and of the order,
    which QTY (6063) the ordered quantity and which a part of it, which PRI (5125) the price, which MOA (5025) the
    amount of a line, whose numbers are in LIN and PIA (7143), and which NAD (3035) orders and takes the goods.

    ``period`` is the day that counts where a week or a period was sent. ``price_basis`` is for how many units a price
    is where PRI does not say. ``sublines`` says whether a line below another one (LIN, C829) is ordered by itself.
    ``units`` are this partner's own words for units; ``order_types`` and ``order_functions`` its own codes in BGM.
    """

    order_date: Codes = ("137", "4")
    delivery_date: Codes = ("2", "69", "64", "63", "10")
    ordered_quantity: Codes = ("21",)
    part_quantity: Codes = ("21", "11", "1", "113")
    price: Codes = ("AAA", "NTP", "CON", "CT", "INV", "CAL", "AAB")
    line_amount: Codes = ("203", "66", "38")
    gtin: Codes = ("SRV", "EN", "UP")
    our_number: Codes = ("SA", "VN")
    their_number: Codes = ("IN", "BP")
    buyer: Codes = ("BY", "OB")
    ship_to: Codes = ("DP", "ST", "CN")
    period: Literal["first_day", "last_day"] = "first_day"
    price_basis: Decimal = Option(default=Decimal(1), gt=0)
    sublines: Literal["hold", "ordered"] = "hold"
    units: Mapping[str, str] = {}
    order_types: Mapping[str, OrderType] = {}
    order_functions: Mapping[str, OrderFunction] = {}


EANCOM = Conventions()
