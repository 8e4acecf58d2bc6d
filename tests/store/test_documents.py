"""What the store keeps as JSON reads back equal, whatever of it is set, unset or None."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from connectors.store.documents import document_of, not_reading_back, order_of
from orders.checked import CheckedLine, CheckedOrder, Versions
from orders.content import content_fingerprint
from orders.findings import Finding
from orders.findings.cases import CASES
from orders.model import Model
from orders.purchase_order import PurchaseOrder
from orders.reference import ReferenceTables
from tests.store.any_model import any_of

KEPT_WHOLE = (Finding, Versions, ReferenceTables)
"""Models that are kept as they are; of a checked order each line as sent is kept once."""


@st.composite
def checked_orders(draw: st.DrawFn) -> CheckedOrder:
    sent = draw(any_of(PurchaseOrder))
    lines = tuple(draw(any_of(CheckedLine, sent=st.just(line))) for line in sent.lines)
    content = content_fingerprint(sent)
    return draw(any_of(CheckedOrder, sent=st.just(sent), lines=st.just(lines), content=st.just(content)))


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(checked_orders())
def test_every_checked_order_reads_back_equal(order: CheckedOrder) -> None:
    assert order_of(document_of(order)) == order


@pytest.mark.parametrize("model", KEPT_WHOLE)
def test_everything_else_that_is_kept_reads_back_equal(model: type[BaseModel]) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(any_of(model))
    def reads_back(value: BaseModel) -> None:
        assert model.model_validate_json(value.model_dump_json()) == value

    reads_back()


class Within(Model):
    """A field that may be None, and has to be given."""

    note: str | None


class Kept(Model):
    """One with each fault: inside of another model, None where another value is the default, None in a mapping."""

    lines: tuple[Within, ...] = ()
    basis: Decimal | None = Decimal(1)
    words: Mapping[str, str | None] = {}
    fine: str | None = None


def test_a_field_whose_none_would_be_lost_is_found() -> None:
    assert not_reading_back(Kept) == ("Kept.basis", "Kept.words", "Within.note")
    assert not_reading_back(CheckedOrder) == ()
    # What a finding speaks of is of another class in each case.
    assert [case.name for case in CASES.values() if not_reading_back(case.parameters)] == []
