"""Lines of an ORDRSP whose order says less than usual, or whose answer is not yet known."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orders.checked import CheckedLine, CheckedOrder
from orders.findings import Finding, Severity, finding
from orders.findings.cases import as_stored
from orders.purchase_order import Schedule
from parsers.edifact.message import Message
from replies.ordrsp import OrderResponse, order_responses
from tests.replies import checked
from tests.replies.reading import read, values


def answered(order: CheckedOrder) -> Message:
    """The answer to the order, as its sender reads it."""
    (message,), noticed = read(order_responses([OrderResponse(number="1", order=order)], checked.envelope()))
    assert noticed == []
    return message


def with_tag(message: Message, tag: str) -> list[list[list[str]]]:
    return [segment.elements[1:] for segment in message.segments if segment.tag == tag]


@pytest.mark.parametrize(("sent", "used"), [(None, "PCE"), ("PCE", None), ("PCE", "PCE")])
def test_nothing_is_delivered_of_a_refused_line_in_the_unit_that_is_known(sent: str | None, used: str | None) -> None:
    line = checked.line("1", checked.REJECTED, unit=sent).model_copy(update={"unit": used})
    refused = answered(checked.order(line, checked.line("2", checked.ACCEPTED)))
    ordered, delivered, *_ = with_tag(refused, "QTY")
    assert (ordered, delivered) == ([["21", "12", *([sent] if sent else [])]], [["113", "0", "PCE"]])


def test_a_part_without_a_quantity_is_not_confirmed() -> None:
    parts = (Schedule(day=date(2026, 11, 30)), Schedule(quantity=Decimal(12), day=checked.MONDAY))
    confirmed = answered(checked.order(checked.line("1", checked.ACCEPTED, schedules=parts)))
    assert len(with_tag(confirmed, "SCC")) == 1
    assert with_tag(confirmed, "QTY")[2:] == [[["113", "12", "PCE"]]]
    assert with_tag(confirmed, "DTM")[-1] == [["69", "20261116", "102"]]


def replaced(decision: Any) -> CheckedLine:
    """A line for an item in place of which another is used."""
    return checked.line("1", decision, item="HM-OLD").model_copy(update={"item": "HM-NEW"})


def test_an_item_that_replaces_another_is_named_where_it_will_be_delivered() -> None:
    told = finding(as_stored("ITM006", "HM-NEW replaces it."), before="HM-OLD", after="HM-NEW", line=1)
    confirmed = answered(checked.order(replaced(checked.CHANGED), findings=(told,)))
    assert with_tag(confirmed, "PIA") == [[["1"], ["7001", "IN"], ["HM-OLD", "SA"]], [["3"], ["HM-NEW", "SA"]]]


def test_an_item_that_replaces_another_is_no_offer_while_the_order_waits() -> None:
    told = finding(as_stored("ITM006", "HM-NEW replaces it."), before="HM-OLD", after="HM-NEW", line=1)
    order = checked.order(replaced(checked.CHANGED), checked.line("2", checked.HELD), findings=(told,))
    first, *_ = with_tag(answered(order), "PIA")
    assert first == [["1"], ["7001", "IN"], ["HM-NEW", "SA"]]
    assert not [one for one in with_tag(answered(order), "PIA") if one[0] == ["3"]]


def of_head(code: str, severity: Severity) -> Finding:
    return finding(as_stored(code, "It is so."), severity=severity)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([("CHG001", Severity.REJECT)], "10"),
        ([("HDR004", Severity.REJECT)], "27"),
        ([("HDR007", Severity.REJECT)], "27"),
        ([("CHG001", Severity.WARNING), ("HDR007", Severity.REJECT)], "27"),
        ([("CHG001", Severity.REJECT), ("HDR007", Severity.WARNING)], "10"),
    ],
)
def test_a_refused_order_is_answered_by_what_refuses_it(said: list[tuple[str, Severity]], code: str) -> None:
    findings = tuple(of_head(*one) for one in said)
    lines = (checked.line("1", checked.REJECTED), checked.line("2", checked.REJECTED))
    assert values(answered(checked.order(*lines, findings=findings)), "BGM", 3) == [code]


def test_an_order_of_which_a_line_is_confirmed_is_changed_and_not_refused() -> None:
    lines = (checked.line("1", checked.REJECTED), checked.line("2", checked.ACCEPTED))
    order = checked.order(*lines, findings=(of_head("CHG001", Severity.WARNING),))
    assert order.decision is checked.REJECTED
    assert values(answered(order), "BGM", 3) == ["4"]
