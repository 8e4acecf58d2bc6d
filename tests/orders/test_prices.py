"""The explanation of a price is enough to work the price out again, and the amount with it."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.catalogue import AssortmentEntry, Customer, Item
from orders.check import check_order
from orders.checked import CheckedLine
from orders.numbers import money
from orders.policy import Policy
from orders.prices import AgreedPrice, PriceBook, price_for
from orders.purchase_order import OrderLine, PurchaseOrder
from orders.reference import Reference
from orders.reference_tables import ReferenceTables
from tests.orders.no_places import NoPlaces
from tests.orders.seller import MONDAY

DAYS = st.none() | st.integers(-3, 3).map(lambda days: MONDAY + timedelta(days=days))
ROWS = st.builds(
    AgreedPrice,
    price_list=st.sampled_from(["CONTRACT", "LIST", "OTHER"]),
    item=st.just("CUP"),
    unit=st.sampled_from(["PCE", "CT"]),
    basis=st.sampled_from([Decimal(1), Decimal(100)]),
    min_quantity=st.sampled_from([Decimal(0), Decimal(10), Decimal(100)]),
    price=st.decimals("0.01", "999", places=2),
    currency=st.sampled_from(["EUR", "CHF"]),
    valid_from=DAYS,
    valid_to=DAYS,
)
PRICE_LISTS = ("CONTRACT", "LIST")


def _checked(rows: list[AgreedPrice], quantity: Decimal) -> CheckedLine:
    tables = ReferenceTables(
        version="test",
        items=(Item(item="CUP", description="Cup", unit="PCE", pack_unit="CT", pack_size=Decimal(12)),),
        customers=(Customer(customer="shop", name="Shop", currency="EUR", price_lists=PRICE_LISTS),),
        assortments=(AssortmentEntry(customer="shop", item="CUP"),),
        prices=tuple(rows),
    )
    agreement = Reference(tables).agreement("shop")
    assert agreement is not None
    sent = PurchaseOrder(po_number="1", lines=(OrderLine(number="1", item="CUP", quantity=quantity, unit="PCE"),))
    (line,) = check_order(sent, NoPlaces(), (), agreement, Policy(), MONDAY).lines
    return line


def _holds(row: AgreedPrice, quantity: Decimal, day: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day <= row.valid_to) and row.min_quantity <= quantity


@given(st.lists(ROWS, max_size=8), st.integers(1, 150).map(Decimal))
def test_the_explanation_alone_gives_the_price_again(rows: list[AgreedPrice], quantity: Decimal) -> None:
    line = _checked(rows, quantity)
    price, amount = line.price, line.amount
    possible = [row for row in rows if row.currency == "EUR" and _holds(row, quantity, MONDAY)]
    lists = [name for name in PRICE_LISTS if any(row.price_list == name for row in possible)]
    if not lists:
        assert price is None
        assert amount is None
        return
    assert price is not None
    assert price.price_list == lists[0]
    assert price.tier_from == max(row.min_quantity for row in possible if row.price_list == lists[0])
    # What the explanation names is found in the price book again, and is the only thing that is needed.
    lists = PriceBook(rows).in_force([price.price_list], "CUP", price.priced_on, price.currency, Decimal(0))
    assert line.base_quantity is not None
    again = price_for(line.base_quantity, lists)
    assert again is not None
    assert again.model_copy(update={"tolerance_percent": price.tolerance_percent}) == price
    pieces = {"PCE": 1, "CT": 12}[price.unit]
    assert amount == money(line.base_quantity * price.price / (price.basis * pieces), price.currency)


@given(st.lists(ROWS, max_size=8), st.integers(1, 150).map(Decimal))
def test_the_next_tier_is_of_the_same_list_currency_and_day(rows: list[AgreedPrice], quantity: Decimal) -> None:
    price = _checked(rows, quantity).price
    if price is None:
        return
    further = [
        row.min_quantity
        for row in rows
        if row.price_list == price.price_list and row.currency == "EUR" and row.min_quantity > quantity
        if row.valid_on(MONDAY)
    ]
    assert price.next_tier == min(further, default=None)
