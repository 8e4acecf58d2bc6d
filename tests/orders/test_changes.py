"""What a change would do to the order that it names, as the words that a person reads."""

import pytest

from orders.changes import FieldChange
from orders.purchase_order import PurchaseOrder
from tests.orders import seller


def fields_of(change: PurchaseOrder) -> tuple[FieldChange, ...]:
    """What becomes of the first line of an order for two lines of ten cups."""
    checked = seller.check(change, earlier="stored")
    assert checked.change is not None
    (first, *_) = checked.change.lines
    return first.fields


@pytest.mark.parametrize(
    ("schedules", "words"),
    [
        (
            [{"quantity": "4", "day": "2026-11-24"}, {"quantity": "6", "day": "2026-11-26"}],
            "4 2026-11-24 + 6 2026-11-26",
        ),
        ([{"quantity": "4.50", "ship_to": "MAIN"}, {"day": "2026-11-26"}], "4.50 MAIN + 2026-11-26"),
    ],
)
def test_the_parts_of_a_line_are_told_by_quantity_day_and_place(schedules: list[dict[str, str]], words: str) -> None:
    line = seller.line(1, action="change", item=None, unit=None, schedules=schedules)
    assert fields_of(seller.order([line], function="change")) == (FieldChange(field="schedules", after=words),)
