"""What is offered in place of a wrong value: what may stand in that very cell, and never taken by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.near_numbers import NearNumbers
from tests.orders.test_rules import checked_case

OFFERED: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("ITM001", {"line": {"item": "CPU"}}, ("CUP",)),
    ("ITM001", {"line": {"item": "SOMETHING"}}, ()),
    ("ITM002", {"line": {"item": "CUP", "buyer_item": "B-KUP"}}, ("B-CUP",)),
    ("ITM003", {"line": {"gtin": "9524017001178"}}, ("9524017001177",)),
    ("HDR004", {"order": {"currency": "CHF"}}, ("EUR",)),
]


@pytest.mark.parametrize(("code", "content", "offered"), OFFERED)
def test_what_is_offered(code: str, content: dict[str, Any], offered: tuple[str, ...]) -> None:
    (told,) = (one for one in checked_case(content).findings if one.code == code)
    assert told.candidates == offered


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
