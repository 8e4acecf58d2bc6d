"""What is offered in place of a wrong value: what may stand in that very cell, and never taken by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.findings import Finding
from orders.near_numbers import NearNumbers
from tests.orders.test_rules import checked_case

OFFERED: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("ITM001", {"line": {"item": "CPU"}}, ("CUP",)),
    ("ITM001", {"line": {"item": "SOMETHING"}}, ()),
    ("ITM002", {"line": {"item": "CUP", "buyer_item": "B-KUP"}}, ("B-CUP",)),
    ("ITM003", {"line": {"gtin": "9524017001178"}}, ("9524017001177",)),
    ("HDR004", {"order": {"currency": "CHF"}}, ("EUR",)),
    ("UOM003", {"line": {"item": "BOX", "quantity": 24, "unit": None}}, ("PCE", "CT")),
    ("QTY004", {"line": {"quantity": "10.5"}}, ("10", "11")),
    ("QTY005", {"line": {"item": "BOX", "quantity": 30}}, ("24", "36")),
    ("QTY005", {"line": {"item": "BOX", "quantity": 13}}, ("24",)),
    ("QTY005", {"line": {"item": "BOX", "quantity": 250}}, ("240",)),
    ("QTY006", {"line": {"item": "BOX", "quantity": 1, "unit": "CT"}}, ("2",)),
    ("QTY007", {"line": {"item": "BOX", "quantity": 252}}, ("240",)),
    ("QTY007", {"line": {"item": "BOX", "quantity": 25, "unit": "CT"}}, ("20",)),
    ("QTY006", {"line": {"item": "BRICK", "quantity": 12}}, ("36",)),
    ("DAT005", {"order": {"requested_date": "2027-02-15"}}, ("2027-02-12",)),
    ("DAT005", {"order": {"requested_date": "2026-11-20"}, "account": {"horizon_days": 2}}, ("2026-11-18",)),
    ("DAT005", {"order": {"requested_date": "2026-11-20"}, "account": {"horizon_days": 1}}, ()),
    ("DAT005", {"order": {"requested_date": "2027-07-01", "ship_to": "TUESDAYS"}}, ("2027-02-09",)),
]


@pytest.mark.parametrize(("code", "content", "offered"), OFFERED)
def test_what_is_offered(code: str, content: dict[str, Any], offered: tuple[str, ...]) -> None:
    (told,) = (one for one in checked_case(content).findings if one.code == code)
    assert told.candidates == offered


@pytest.mark.parametrize(
    ("item", "unit", "most", "said"),
    [
        ("BOX", "PCE", 260, {"QTY005", "QTY006", "QTY007"}),
        ("BOX", "CT", 25, {"QTY006", "QTY007"}),
        ("BRICK", "PCE", 50, {"QTY005", "QTY006"}),
        ("BRICK", "CT", 5, {"QTY006"}),
    ],
)
def test_a_quantity_that_is_offered_is_one_that_can_be_ordered(item: str, unit: str, most: int, said: set[str]) -> None:
    def judged(quantity: str | int) -> list[Finding]:
        line = {"item": item, "quantity": quantity, "unit": unit}
        return [one for one in checked_case({"line": line}).findings if one.code.startswith("QTY")]

    told = [one for quantity in range(1, most) for one in judged(quantity)]
    assert {one.code for one in told} == said
    assert all(one.candidates for one in told)
    offered = {candidate for one in told for candidate in one.candidates}
    assert {candidate: judged(candidate) for candidate in offered} == {candidate: [] for candidate in offered}


@given(st.text("0123456789HM-", min_size=2, max_size=14), st.data())
def test_a_number_with_one_slip_is_found_again(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    numbers = NearNumbers([number, "0123456789"])
    for slip in (number[:at] + number[at + 1 :], number[:at] + other + number[at:], number.lower()):
        if any(character.isalnum() for character in slip):
            assert number in numbers.of(slip)


def test_a_number_of_any_length_is_searched_for_shortly() -> None:
    assert NearNumbers(["HM-1"]).of("9" * 1_000_000) == ()
