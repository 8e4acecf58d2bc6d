"""The fingerprint of an order: made of named facts, the same for the same order however it is written."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from connectors.store.documents import models_of
from orders.content import FACTS, content_fingerprint
from orders.model import Model
from orders.order_details import KeptSegment, Period
from orders.purchase_order import LineDetails, OrderDetails, OrderFunction, OrderLine, Party, PartyRole, PurchaseOrder
from tests.orders import seller
from tests.store.any_model import any_of

COUNTED_OTHERWISE = {
    PurchaseOrder: {"function", "parties", "lines"},
    OrderLine: {"number", "numbered"},
    Party: {"role", "qualifier"},
}
"""Fields that count in a way of their own, which the tests below show."""
NOT_COUNTED = {PurchaseOrder: {"skipped"}, Period: {"first", "last"}, KeptSegment: {"number"}}
"""Rows that ask for nothing, days that are worked out of a text that counts, and where a segment stood."""

ORDER = seller.order([seller.line(1), seller.line(2, item="MUG")])


def same(one: PurchaseOrder, other: PurchaseOrder) -> bool:
    return content_fingerprint(one) == content_fingerprint(other)


def line(**fields: Any) -> PurchaseOrder:
    first, second = ORDER.lines
    return ORDER.model_copy(update={"lines": (first.model_copy(update=fields), second)})


def test_each_field_that_was_read_is_a_fact_or_left_out_on_purpose() -> None:
    """A field that is added to a model fails here: name it in FACTS and raise the version, or leave it out here."""
    for model in models_of(PurchaseOrder):
        counted = {*FACTS[model], *COUNTED_OTHERWISE.get(model, ()), *NOT_COUNTED.get(model, ())}
        assert counted == set(model.model_fields), model.__name__


def test_the_version_stands_for_these_fingerprints() -> None:
    """Those of stored orders. Where this fails, either nothing should have changed or the version has to be raised."""
    assert content_fingerprint(ORDER) == "2:cb0808e8520da60f1f16ef80b8cebda6f120371a980adc98c85311b9673456"
    assert (
        content_fingerprint(PurchaseOrder(details=OrderDetails(), parties=(Party(qualifier="CA"),)))
        == "2:0dfc4714e80b9cb75086b9e583512b9eebc1be82085c16041794d9c4fd32a6"
    )


def test_it_fits_its_column() -> None:
    assert len(content_fingerprint(ORDER)) == 64


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_of(PurchaseOrder))
def test_any_order_has_one_and_how_it_calls_itself_does_not_count(order: PurchaseOrder) -> None:
    once = order.model_copy(update={"function": OrderFunction.ORIGINAL, "skipped": 0})
    again = order.model_copy(update={"function": OrderFunction.DUPLICATE, "skipped": 7})
    assert same(once, again)
    assert not same(once, order.model_copy(update={"function": OrderFunction.CHANGE}))


class Longer(OrderLine):
    """A line as a later version of the program may know it."""

    colour: str | None = None


def test_a_field_that_is_added_later_does_not_change_it() -> None:
    longer = [Longer(**one.model_dump(), colour="red") for one in ORDER.lines]
    assert same(ORDER, ORDER.model_copy(update={"lines": tuple(longer)}))


def test_the_row_of_a_line_does_not_count_and_the_number_that_it_was_given_does() -> None:
    assert same(line(number="7", numbered=False), line(number="9", numbered=False))
    assert not same(line(number="7"), line(number="9"))
    assert not same(line(number="7", numbered=False), line(number="7"))


def test_the_sequence_of_lines_counts_and_that_of_parties_does_not() -> None:
    first, second = (one.model_copy(update={"numbered": False}) for one in ORDER.lines)
    there, back = ((first, second), (second, first))
    assert not same(ORDER.model_copy(update={"lines": there}), ORDER.model_copy(update={"lines": back}))
    parties = (Party(role=PartyRole.BUYER, identifier="1"), Party(qualifier="CA", identifier="2"))
    both = [ORDER.model_copy(update={"parties": one}) for one in (parties, parties[::-1])]
    assert same(*both)
    assert not same(both[0], ORDER.model_copy(update={"parties": parties[:1]}))


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [("60", "60.00", True), ("100", "1E+2", True), ("0.0", "-0", True), ("60", "6", False), ("100", "1", False)],
)
def test_numbers_count_by_their_value(one: str, other: str, equal: bool) -> None:
    assert same(line(quantity=Decimal(one)), line(quantity=Decimal(other))) is equal


OTHER: dict[str, Any] = {
    "action": "add", "item": "X", "gtin": "1", "buyer_item": "1", "description": "x", "quantity": Decimal(7),
    "unit": "KGM", "unit_price": Decimal(7), "price_basis": Decimal(7), "price_unit": "KGM", "amount": Decimal(7),
    "requested_date": date(2026, 12, 24), "schedules": ({"day": date(2026, 12, 24)},), "note": "x",
    "details": LineDetails(parties=(Party(qualifier="CA", identifier="1"),)),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS[OrderLine])
def test_each_fact_of_a_line_counts(name: str) -> None:
    changed = OrderLine.model_validate({**dict(ORDER.lines[0]), name: OTHER[name]})
    assert not same(ORDER, ORDER.model_copy(update={"lines": (changed, ORDER.lines[1])}))


def test_every_model_of_facts_is_one_of_an_order() -> None:
    known: set[type[Model]] = set(models_of(PurchaseOrder))
    assert set(FACTS) == known
