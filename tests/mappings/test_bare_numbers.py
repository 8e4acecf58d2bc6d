"""Item numbers that a spreadsheet stored as numbers: leading zeros may be gone, and nobody guesses which are meant."""

from typing import Any

import pytest

from mappings.layout import Layout
from mappings.table_orders import map_tables
from orders.check import check_order
from orders.checked import CheckedOrder
from orders.policy import Policy
from orders.reference import Agreement, Reference
from orders.reference_tables import ReferenceTables
from parsers.limits import DEFAULT
from parsers.tables.delimited import read_delimited
from parsers.tables.workbook import read_workbook
from sample_files import AS_OF
from tests.parsers.workbooks import with_sheet
from tests.spreadsheets.writing import STYLES, cells, number, rows

ITEMS = {"4409": "9524017026163", "004409": "9524017026507", "0815": "9524017009333", "77": "9524017005595"}
HEADER = ("Order", "Item", "GTIN", "Theirs", "Quantity", "Unit")
LAYOUT = {
    "columns": {
        "po_number": ["Order"], "item": ["Item"], "gtin": ["GTIN"], "buyer_item": ["Theirs"],
        "quantity": ["Quantity"], "unit": ["Unit"],
    },
}  # fmt: skip


def shop() -> Agreement:
    """A catalogue in which two numbers differ by their leading zeros only; 0077 is what the shop calls another item."""
    tables: dict[str, Any] = {
        "version": "test",
        "items": [
            {"item": item, "gtin": gtin, "description": "A thing", "unit": "PCE"} for item, gtin in ITEMS.items()
        ],
        "customers": [{"customer": "shop", "name": "The shop", "currency": "EUR"}],
        "assortments": [
            {"customer": "shop", "item": item, "buyer_item": "0077" if item == "0815" else None} for item in ITEMS
        ],
    }
    agreement = Reference(ReferenceTables.model_validate(tables)).agreement("shop")
    assert agreement is not None
    return agreement


def checked(item: object, gtin: object = None, theirs: object = None, digits: int | None = None) -> CheckedOrder:
    sheet = rows(cells(*HEADER), cells("P-1", item, gtin, theirs, 5, "PCE"))
    layout = Layout.model_validate({**LAYOUT, "digits": {"item": digits} if digits else {}})
    (mapped,) = map_tables(read_workbook(with_sheet(sheet, styles=STYLES), DEFAULT), layout).orders
    return check_order(mapped.order, mapped.places, mapped.findings, shop(), Policy(), AS_OF)


@pytest.mark.parametrize(
    ("identifiers", "item", "said", "offered"),
    [
        ((4409,), None, "ITM008", ("4409", "004409")),
        (("4409",), "4409", None, ()),
        (("004409",), "004409", None, ()),
        ((number(4409, 1),), "004409", "NRM001", ()),
        ((815,), "0815", "NRM001", ()),
        ((77,), None, "ITM008", ("77", "0815")),
        ((None, None, 77), None, "ITM008", ("77", "0815")),
        ((None, None, "0077"), "0815", None, ()),
        ((4409, ITEMS["4409"]), "4409", None, ()),
        ((4409, ITEMS["004409"]), "004409", "NRM001", ()),
        ((4409, int(ITEMS["004409"])), "004409", "NRM001", ()),
        ((4409, ITEMS["0815"]), None, "ITM002", ("0815", "4409")),
    ],
)
def test_a_bare_number_is_taken_only_where_one_item_fits(
    identifiers: tuple[object, ...], item: str | None, said: str | None, offered: tuple[str, ...]
) -> None:
    result = checked(*identifiers)
    told = {one.code: one for one in result.findings if one.code[:3] in ("ITM", "NRM")}
    assert (result.lines[0].item, set(told)) == (item, {said} if said else set())
    if said and offered:
        assert set(told[said].candidates) == set(offered)
    if said == "ITM008":
        assert told[said].case == "lost_zeros"


def test_where_a_width_is_agreed_zeros_are_put_back_by_it() -> None:
    result = checked(4409, digits=6)
    assert (result.lines[0].item, [one.code for one in result.findings if one.code != "PRC001"]) == (
        "004409",
        ["NRM001"],
    )


def test_in_a_text_file_a_number_is_what_stands_there() -> None:
    text = ";".join(HEADER) + "\nP-1;4409;;;5;PCE\n"
    (mapped,) = map_tables(read_delimited(text.encode(), DEFAULT), Layout.model_validate(LAYOUT)).orders
    (line,) = check_order(mapped.order, mapped.places, mapped.findings, shop(), Policy(), AS_OF).lines
    assert line.item == "4409"
