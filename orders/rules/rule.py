"""A rule is a function with its codes, its why, a good and a bad example, and what its verdict rests on.

The checker runs the rules in order; each sees what the ones before it settled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from orders.rules.case import LineCase, OrderCase, Verdicts

Case = TypeVar("Case", OrderCase, LineCase)


class Fact(StrEnum):
    """Something that a verdict rests on. What a rule does not name, its verdict does not depend on; a test watches."""

    # of the line, as sent or as settled so far
    ACTION = "what the line is to do"
    LINE_NUMBER = "number of the line"
    IDENTIFIERS = "identifiers as sent, and whether they were stored as numbers"
    ITEM = "the item, with its units, quantities and status"
    QUANTITY = "quantity"
    UNIT = "unit"
    PRICE = "price with its basis and unit, as sent"
    AGREED_PRICE = "the price that holds"
    REQUESTED_DATE = "requested date of the line"
    SCHEDULES = "parts of the line by day and place"
    # of the order
    ORDER_NUMBER = "order number"
    FUNCTION = "what the message does to an order"
    ORDER_DATE = "requested date of the order"
    CURRENCY = "currency of the order"
    PARTIES = "parties of the order"
    TERMS = "terms of payment"
    TOTALS = "totals that the sender states"
    LINES = "the lines of the order as sent"
    VALUE = "value of the order"
    # of other orders
    EARLIER = "what is known under the order's number"
    CHANGE = "the change that the order asks for"
    # of what is agreed
    ACCOUNT = "the account"
    CATALOGUE = "items by their numbers, and the customer's numbers for them"
    ASSORTMENT = "what the customer may order"
    PRICE_LISTS = "price lists"
    PLACES = "delivery places"
    CALENDAR = "days without delivery"
    POLICY = "the customer's policy"
    RECEIVED = "the day on which the order reached us"


class Reach(StrEnum):
    """How far a rule looks: what has to be there before it can judge."""

    LINE = "the line alone"
    SAME_ITEM = "the lines of one item"
    ORDER = "the order"
    CUSTOMER = "the orders of the customer"


@dataclass(frozen=True)
class Rule(Generic[Case]):
    """One check. ``good`` and ``bad`` are sentences that show an operator when it stays silent and when it speaks.

    ``needs`` is all that the verdict rests on, ``settles`` the facts that rules behind this one see as it left them.
    """

    judge: Callable[[Case], Verdicts]
    codes: tuple[str, ...]
    needs: frozenset[Fact]
    why: str
    good: str
    bad: str
    settles: frozenset[Fact] = frozenset()
    looks_at: Reach = Reach.LINE

    @property
    def name(self) -> str:
        return self.judge.__name__


LineRule = Rule[LineCase]
OrderRule = Rule[OrderCase]
