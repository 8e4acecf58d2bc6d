"""Lines of a change, against the order that it speaks of."""

from orders.location import Field
from orders.purchase_order import LineAction
from orders.rules.case import NOTHING, LineCase, Verdict, Verdicts
from orders.rules.rule import LineRule

_OF_KNOWN = (LineAction.CHANGE, LineAction.DELETE)


def changed_line_known(case: LineCase) -> Verdicts:
    """A line that is to be changed or deleted is in the order."""
    change, number = case.of.change, case.line.number
    if change is None or case.line.action not in _OF_KNOWN or number in case.of.changed_lines:
        return NOTHING
    message = f"Order {case.of.order.po_number} has no line {number} to change or delete. Check the line number."
    return (Verdict("CHG004", Field.LINE, message, before=number),)


LINE_CHANGE_RULES: tuple[LineRule, ...] = (
    LineRule(
        changed_line_known,
        ("CHG004",),
        why="A change of a line that is not there was meant for another line, or for another order.",
        good="Line 20 of an order with lines 10 and 20.",
        bad="Line 30 of that order.",
    ),
)
