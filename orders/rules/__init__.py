"""The rules, in the order in which they judge. To add one: a function with its Rule row, and its cases in the tests."""

from orders.rules.change_rules import LINE_ACTION_RULES, LINE_CHANGE_RULES
from orders.rules.date_rules import DATE_LINE_RULES, DATE_ORDER_RULES
from orders.rules.item_rules import ITEM_RULES
from orders.rules.order_rules import ORDER_RULES as HEADER_RULES
from orders.rules.price_rules import PRICE_RULES
from orders.rules.quantity_rules import QUANTITY_RULES
from orders.rules.rule import LineRule, OrderRule
from orders.rules.value_rules import VALUE_RULES

ORDER_RULES: tuple[OrderRule, ...] = (*HEADER_RULES, *DATE_ORDER_RULES)
"""Judged before the lines: they see the order as sent."""

LINE_RULES: tuple[LineRule, ...] = (
    *LINE_ACTION_RULES,
    *ITEM_RULES,
    *QUANTITY_RULES,
    *PRICE_RULES,
    *DATE_LINE_RULES,
)
"""Judged line by line, each seeing what the ones before it settled."""

CHANGE_RULES: tuple[LineRule, ...] = LINE_CHANGE_RULES
"""Judged first of each line of a change, against the order that it speaks of."""

CLOSING_RULES: tuple[OrderRule, ...] = VALUE_RULES
"""Judged after the lines: they need the value of the order."""
