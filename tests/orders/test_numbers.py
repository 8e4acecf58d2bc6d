"""Numbers and identifiers as written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.numbers import is_gtin, money, order_number_key, plain
from orders.units import comparable, is_known, unit_code


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("4500018231", " 4500 018231 ", True),
        ("ll26-0412", "LL26-0412", True),
        ("Ｌ26", "L26", True),
        ("LL26\u00a00412", "LL260412", True),
        ("0042", "42", False),
        ("LL26-0412", "LL260412", False),
    ],
)
def test_two_spellings_of_an_order_number(one: str, other: str, same: bool) -> None:
    assert (order_number_key(one) == order_number_key(other)) is same


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = order_number_key(text)
    assert order_number_key(key) == key


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e30"), max_value=Decimal("1e30")))
def test_plain_has_no_exponent_and_loses_nothing(number: Decimal) -> None:
    text = plain(number)
    assert "E" not in text.upper()
    assert Decimal(text) == number


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("1.005", "EUR", "1.01"),
        ("-1.005", "EUR", "-1.01"),
        ("1.0049", None, "1.00"),
        ("1.5", "JPY", "2"),
        ("1.0005", "KWD", "1.001"),
        ("2", "EUR", "2.00"),
    ],
)
def test_money(amount: str, currency: str | None, rounded: str) -> None:
    assert str(money(Decimal(amount), currency)) == rounded


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("9524017001177", True),
        ("09524017001177", True),
        ("96385074", True),
        ("036000291452", True),
        ("9524017001178", False),
        ("952401700117", False),
        ("９524017001177", False),
        (" 9524017001177", False),
        ("", False),
    ],
)
def test_gtin(text: str, valid: bool) -> None:
    assert is_gtin(text) is valid


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Stk", "PCE"),
        ("Stück", "PCE"),
        ("Stk.", "PCE"),
        (" KARTON ", "CT"),
        ("EA", "EA"),
        ("m²", "MTK"),
        ("Fuder", None),
    ],
)
def test_words_for_units(word: str, code: str | None) -> None:
    assert unit_code(word) == code
    assert code is None or is_known(code)


def test_units_of_single_things_are_comparable_and_others_are_not() -> None:
    assert {comparable(code) for code in ("PCE", "EA", "H87", "C62", "NAR")} == {"PCE"}
    assert comparable("CT") == "CT"
