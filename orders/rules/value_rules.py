"""The value of the order, known once its lines are priced."""

from orders.findings.heads import HDR011_BELOW_MINIMUM, ValueAndMinimum
from orders.findings.values import Money
from orders.location import Field
from orders.numbers import plain
from orders.rules.case import NOTHING, OrderCase, Verdict, Verdicts
from orders.rules.rule import Fact, OrderRule, Reach


def worth_delivering(case: OrderCase) -> Verdicts:
    """The order reaches the value from which the seller delivers to this account."""
    least, currency = case.agreement.account.min_order_value, case.agreement.account.currency
    if least is None or case.value is None or not case.order.lines or case.value >= least:
        return NOTHING
    if case.value_open:
        return NOTHING  # a line is unclear; once it is clear the order may well be worth enough
    value, minimum = (Money(amount=one, currency=currency) for one in (case.value, least))
    said = HDR011_BELOW_MINIMUM(ValueAndMinimum(value=value, minimum=minimum))
    return (Verdict(said, Field.AMOUNT_TOTAL, plain(case.value)),)


VALUE_RULES: tuple[OrderRule, ...] = (
    OrderRule(
        worth_delivering,
        ("HDR011",),
        needs=frozenset({Fact.VALUE, Fact.LINES, Fact.ACCOUNT}),
        looks_at=Reach.ORDER,
        why="Below the agreed value a delivery costs more than it earns.",
        good="An order of 180.00 where the minimum is 150.00.",
        bad="An order of 12.40 where the minimum is 150.00.",
    ),
)
