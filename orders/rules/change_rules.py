"""What a line is to do: of a change against the order that it speaks of, and of an order that is none."""

from orders.findings.heads import (
    CHG004_NO_ORDER_YET,
    CHG004_UNKNOWN_LINE,
    LineOfOrder,
    SentLine,
)
from orders.location import Field
from orders.purchase_order import LineAction
from orders.rules.case import NOTHING, LineCase, Verdict, Verdicts
from orders.rules.rule import Fact, LineRule, Reach

_ASKING_NOTHING = (LineAction.DELETE, LineAction.NONE)
_OF_KNOWN = (LineAction.CHANGE, LineAction.DELETE)


def changed_line_known(case: LineCase) -> Verdicts:
    """A line that is to be changed or deleted is in the order."""
    change, number = case.of.change, case.line.number
    if change is None or case.line.action not in _OF_KNOWN or number in case.of.changed_lines:
        return NOTHING
    said = CHG004_UNKNOWN_LINE(LineOfOrder(number=case.of.order.po_number, line=number))
    return (Verdict(said, Field.LINE, before=number),)


def line_asked_for(case: LineCase) -> Verdicts:
    """A line of an order that is no change asks for something: there is nothing yet that it could take back."""
    if case.of.order.speaks_of_another or case.line.action not in _ASKING_NOTHING:
        return NOTHING
    number = case.line.number
    return (Verdict(CHG004_NO_ORDER_YET(SentLine(line=number)), Field.LINE, before=number),)


LINE_ACTION_RULES: tuple[LineRule, ...] = (
    LineRule(
        line_asked_for,
        ("CHG004",),
        needs=frozenset({Fact.ACTION, Fact.LINE_NUMBER, Fact.FUNCTION}),
        why="What a sender marks as deleted must not be delivered, whatever kind of message says so.",
        good="A line without an action, or one to add.",
        bad="A line to delete in an order that is no change.",
    ),
)
LINE_CHANGE_RULES: tuple[LineRule, ...] = (
    LineRule(
        changed_line_known,
        ("CHG004",),
        needs=frozenset({Fact.ACTION, Fact.LINE_NUMBER, Fact.CHANGE, Fact.ORDER_NUMBER}),
        looks_at=Reach.CUSTOMER,
        why="A change of a line that is not there was meant for another line, or for another order.",
        good="Line 20 of an order with lines 10 and 20.",
        bad="Line 30 of that order.",
    ),
)
