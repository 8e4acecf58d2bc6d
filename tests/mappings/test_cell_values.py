"""Values of cells in every notation, as ``cells.yaml`` has them, and what holds for all of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from mappings.layout import DateOrder, Notation
from mappings.shown_numbers import is_date_format
from mappings.table_numbers import number_value
from mappings.table_values import Remark, date_value, identifier_value, text_value
from orders.findings import finding_kinds
from orders.findings.dates import DAT001_SEVERAL_READINGS
from parsers.tables.table import Cell, CellKind

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "cells.yaml").read_text("utf-8"))


def _name(case: dict[str, Any]) -> str:
    return " ".join(str(value) for name, value in case.items() if name not in ("value", "codes"))


def _cell(case: dict[str, Any]) -> Cell:
    kind = CellKind(case.get("kind", "text"))
    return Cell(1, 1, case["text"], kind, case.get("format"), case.get("formula", False))


def _notation(case: dict[str, Any]) -> Notation:
    return Notation.model_validate({"decimal_mark": case.get("mark"), "dates": case.get("dates")})


def _codes(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.said.code for remark in remarks]


@pytest.mark.parametrize("case", CASES["numbers"], ids=_name)
def test_number(case: dict[str, Any]) -> None:
    value, remarks = number_value(_cell(case), _notation(case))
    assert (str(value) if value is not None else None) == case.get("value")
    assert _codes(remarks) == case.get("codes", [])


@pytest.mark.parametrize("case", CASES["dates"], ids=_name)
def test_date(case: dict[str, Any]) -> None:
    value, remarks = date_value(_cell(case), _notation(case), case.get("epoch") == 1904)
    assert (value, _codes(remarks)) == (case.get("value"), case.get("codes", []))


@pytest.mark.parametrize("case", CASES["identifiers"], ids=_name)
def test_identifier(case: dict[str, Any]) -> None:
    value, remarks = identifier_value(_cell(case))
    assert (value, _codes(remarks)) == (case.get("value"), case.get("codes", []))


CELLS = st.builds(
    Cell,
    st.just(1),
    st.just(1),
    st.text(max_size=12) | st.from_regex(r"-?[0-9]{1,5}[.,/ ]?[0-9]{0,5}([Ee][+-]?[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(CellKind),
    st.sampled_from([None, "0.00", "000000", "dd.mm.yyyy"]),
    st.booleans(),
)
NOTATIONS = st.builds(
    Notation, decimal_mark=st.sampled_from([None, ".", ","]), dates=st.sampled_from([None, *DateOrder])
)


@given(st.from_regex(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}( EUR)?", fullmatch=True))
def test_each_reading_of_an_uncertain_number_is_offered_so_that_it_is_certain(text: str) -> None:
    value, remarks = number_value(Cell(1, 1, text), Notation())
    assert value is None
    readings = {number_value(Cell(1, 1, text), Notation(decimal_mark=mark)).value for mark in (".", ",")}
    for mark in (".", ","):
        offered = [one.replace(".", mark) for one in remarks[0].candidates]
        assert {number_value(Cell(1, 1, one), Notation()).value for one in offered} == readings


UP_TO_TWELVE = st.integers(1, 12)


@given(
    UP_TO_TWELVE, UP_TO_TWELVE, st.integers(0, 99), st.sampled_from("./"), st.sampled_from(["", "20"]), st.booleans()
)
def test_each_reading_of_an_uncertain_date_is_offered(
    first: int, second: int, year: int, mark: str, century: str, zeros: bool
) -> None:
    assume(first != second)
    one, other = (f"{number:02}" if zeros else str(number) for number in (first, second))
    text = f"{one}{mark}{other}{mark}{century}{year:02}"
    value, remarks = date_value(Cell(1, 1, text), Notation(), epoch_1904=False)
    assert value is None and remarks[0].said.says(DAT001_SEVERAL_READINGS)
    orders = (DateOrder.DMY, DateOrder.MDY)
    readings = {date_value(Cell(1, 1, text), Notation(dates=order), False).value for order in orders}
    assert {date_value(Cell(1, 1, one), Notation(), False).value for one in remarks[0].candidates} == readings


@given(CELLS, NOTATIONS, st.booleans())
def test_a_value_that_is_not_certain_is_never_silent(cell: Cell, notation: Notation, epoch_1904: bool) -> None:
    for value, remarks in (
        number_value(cell, notation),
        date_value(cell, notation, epoch_1904),
        identifier_value(cell),
    ):
        assert set(_codes(remarks)) <= set(finding_kinds())
        if value is None and cell.text.strip():
            assert remarks or not text_value(cell).value
        for remark in remarks:
            assert remark.after is None or value is not None


@given(st.decimals("-99999", "99999", places=3), st.sampled_from([".", ","]))
def test_what_is_written_in_the_customers_notation_is_read_back(number: Decimal, mark: str) -> None:
    written = f"{number:f}".replace(".", mark)
    value, _ = number_value(Cell(1, 1, written), Notation(decimal_mark="," if mark == "," else "."))
    assert value == number


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(DateOrder))
def test_a_date_in_the_customers_order_is_read_back(day: date, order: DateOrder) -> None:
    form = {DateOrder.DMY: "%d.%m.%Y", DateOrder.MDY: "%m/%d/%Y", DateOrder.YMD: "%Y-%m-%d"}[order]
    value, _ = date_value(Cell(1, 1, day.strftime(form)), Notation(dates=order), False)
    assert value == day


@pytest.mark.parametrize(
    ("number_format", "shows_date"),
    [("dd.mm.yyyy", True), ("[$-407]d. mmm yy", True), ("h:mm", True), ("[h]", True), ("[mm]", True), ("[s]", True),
     ("0.00", False), ("@", False), (None, False), ('"[h]"0', False), ('0 "days"', False), ("#,##0.00 [$€-407]", False),
     ("General", False), ("[Red]0", False), ("0.00E+00", False)],
)  # fmt: skip
def test_date_formats(number_format: str | None, shows_date: bool) -> None:
    assert is_date_format(number_format) is shows_date
