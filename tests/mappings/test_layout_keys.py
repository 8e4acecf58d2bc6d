"""What a customer's layout can say: each key, on a small table that needs it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.layout import Layout
from mappings.table_orders import MappedTables, map_tables
from orders.findings import Severity
from orders.location import Field
from orders.purchase_order import PartyRole, PurchaseOrder
from parsers.limits import DEFAULT
from parsers.tables.delimited import read_delimited
from parsers.tables.table import Cell, CellKind, Row, Table, TableFile
from tests.mappings.test_table_orders import said

COLUMNS = {"item": ["Item"], "quantity": ["Qty"], "unit": ["Unit"], "ship_to": ["Store"], "po_number": ["Order"]}
CELLS = {"po_number": ["Order no."], "ship_to": ["Deliver to"], "order_date": ["Date"]}


def mapped(text: str, **layout: Any) -> MappedTables:
    settings = {"columns": COLUMNS, "cells": CELLS, **layout}
    return map_tables(read_delimited(text.encode(), DEFAULT), Layout.model_validate(settings))


def shown(order: PurchaseOrder) -> tuple[str | None, str | None, list[str]]:
    """Number, place, and each line as item, quantity and schedules in one phrase."""
    lines = []
    for line in order.lines:
        parts = [f"{part.quantity}@{part.ship_to or part.day}" for part in line.schedules]
        lines.append(" ".join([f"{line.item} {line.quantity}", *parts]))
    return order.po_number, order.identifier(PartyRole.DELIVERY_PARTY), lines


def orders(text: str, **layout: Any) -> list[tuple[str | None, str | None, list[str]]]:
    return [shown(one.order) for one in mapped(text, **layout).orders]


def sheets(*names: str) -> TableFile:
    tables = []
    for number, name in enumerate(names, start=1):
        head = {column: Cell(1, column, text) for column, text in ((1, "Item"), (2, "Qty"))}
        line = {1: Cell(2, 1, f"A-{number}"), 2: Cell(2, 2, str(number), CellKind.NUMBER)}
        tables.append(Table(name, [Row(1, head), Row(2, line)]))
    return TableFile(tables)


@pytest.mark.parametrize(
    ("sheet", "items", "codes"),
    [
        (None, [], ["LAY003"]),
        ("South", ["A-2"], []),
        (1, ["A-1"], []),
        (2, ["A-2"], []),
        (3, [], ["LAY001"]),
        ("West", [], ["LAY001"]),
    ],
)
def test_the_sheet_is_named_or_counted(sheet: str | int | None, items: list[str], codes: list[str]) -> None:
    result = map_tables(sheets("North", "South"), Layout.model_validate({"columns": COLUMNS, "sheet": sheet}))
    assert [line.item for one in result.orders for line in one.order.lines] == items
    assert [one.code for one in result.findings] == codes


@pytest.mark.parametrize("sheet", [3, "West", None])
def test_a_sheet_that_is_not_found_among_several_is_held(sheet: str | int | None) -> None:
    file = sheets("North", "South")
    for table in file.tables if sheet is None else ():
        del table.rows[0]
    result = map_tables(file, Layout.model_validate({"columns": COLUMNS, "sheet": sheet}))
    assert [(one.code, one.severity) for one in result.findings] == [("LAY001", Severity.HOLD)]
    assert result.orders == []


def test_a_hidden_sheet_is_not_counted() -> None:
    file = sheets("North", "South", "West")
    file.tables[0].hidden = True
    result = map_tables(file, Layout.model_validate({"columns": COLUMNS, "sheet": 2}))
    assert [line.item for one in result.orders for line in one.order.lines] == ["A-3"]


def test_defaults_hold_where_the_file_is_silent() -> None:
    defaults = {"currency": "CHF", "unit": "CT", "ship_to": "MAIN", "price_basis": 100}
    columns = {**COLUMNS, "unit_price": ["Price"]}
    (one,) = mapped("Item;Qty;Unit;Price\nA-1;2;;5.10\nA-2;3;PCE;\n", defaults=defaults, columns=columns).orders
    assert (one.order.currency, one.order.identifier(PartyRole.DELIVERY_PARTY)) == ("CHF", "MAIN")
    assert [(line.unit, line.price_basis) for line in one.order.lines] == [("CT", 100), ("PCE", None)]


def test_item_numbers_of_a_fixed_width_get_their_zeros_back() -> None:
    result = mapped("Item;Qty\n4711;1\n004712;1\nX-1;1\n", digits={"item": 6})
    assert [line.item for line in result.orders[0].order.lines] == ["004711", "004712", "X-1"]
    (one,) = result.orders[0].findings
    assert (one.code, one.before, one.after, one.line) == ("NRM001", "4711", "004711", 1)


HEADS = {
    "beside": "Order no.;P7;;Deliver to;MAIN\n",
    "below": "Order no.;Deliver to;;;\nP7;MAIN;;;\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_labels_have_their_value_beside_or_below(head: str) -> None:
    assert orders(head + "Item;Qty;;;\nA-1;5;;;\n") == [("P7", "MAIN", ["A-1 5"])]


def test_labels_may_stand_to_the_right_of_the_table_and_under_it() -> None:
    text = "Item;Qty;;;\nA-1;5;;Order no.;P7\nA-2;6;;;\n;;;;\nDate;2026-11-16;;;\n"
    result = mapped(text)
    assert [shown(one.order) for one in result.orders] == [("P7", None, ["A-1 5", "A-2 6"])]
    assert result.findings == []


def test_two_values_for_one_label_are_held() -> None:
    result = mapped("Order no.;P7\nOrder no.;P8\nItem;Qty\nA-1;5\n")
    assert [(one.code, str(one.location)) for one in result.findings] == [("LAY005", "cell B2"), ("LAY017", "row 3")]


def test_cells_without_a_label_are_named_by_their_address() -> None:
    text = "Shop;P7\n;2026-11-16\nItem;Qty\nA-1;5\n"
    (one,) = mapped(text, addresses={"po_number": "B1", "order_date": "B2"}).orders
    assert (one.order.po_number, one.order.order_date) == ("P7", date(2026, 11, 16))
    assert str(one.places.of(Field.ORDER_DATE)) == "cell B2"


@pytest.mark.parametrize(
    "text", ["Order no.;P8\nItem;Qty;;\nA-1;5;;\n;;P7\n", ";;P7\nItem;Qty;Order no.;P8\nA-1;5;;\n"]
)
def test_an_address_goes_before_a_label(text: str) -> None:
    address = "C4" if text.startswith("Order") else "C1"
    (one,) = mapped(text, addresses={"po_number": address}).orders
    assert one.order.po_number == "P7"


def test_a_header_of_two_rows_is_read_as_one() -> None:
    columns = {"item": ["Article number"], "description": ["Article name"], "quantity": ["Qty"]}
    text = "Article;;Qty\nNumber;Name;\nA-1;Broom;5\n"
    (one,) = mapped(text, columns=columns).orders
    assert [(line.item, line.description, str(line.quantity)) for line in one.order.lines] == [("A-1", "Broom", "5")]


def test_a_column_of_places_makes_parts_of_one_order_or_an_order_for_each() -> None:
    text = "Order;Store;Item;Qty\nP1;N;A-1;5\n;S;A-1;6\n;;A-2;7\nP2;N;A-1;8\n"
    assert orders(text) == [
        ("P1", "N", ["A-1 5", "A-1 6 6@S", "A-2 7 7@S"]),
        ("P2", "N", ["A-1 8"]),
    ]
    result = mapped(text, orders_by="ship_to")
    assert [shown(one.order) for one in result.orders] == [
        ("P1/N", "N", ["A-1 5"]),
        ("P1/S", "S", ["A-1 6", "A-2 7"]),
        ("P2/N", "N", ["A-1 8"]),
    ]
    (first, *_) = result.orders[1].findings
    assert (first.code, first.before, first.after) == ("NRM010", "P1", "P1/S")


def test_places_have_orders_of_their_own_where_the_file_has_no_number() -> None:
    result = mapped("Store;Item;Qty\nN;A-1;5\nS;A-1;6\n;A-2;7\n", orders_by="ship_to")
    assert [shown(one.order) for one in result.orders] == [(None, "N", ["A-1 5"]), (None, "S", ["A-1 6", "A-2 7"])]
    assert [one.code for order in result.orders for one in order.findings] == []


MATRIX = "Order no.;P7;;;\nItem;Utrecht;Den Haag;Total;Shelf\nA-1;5;6;11;x\nA-2;;7;7;x\nA-3;0;;;x\nA-4;1;2;9;x\n"
PLACES = {"by": "ship_to", "places": {"utrecht": "NL-UT", "Den Haag": "NL-DH"}}


def test_a_matrix_by_place_is_read_as_parts() -> None:
    columns = {"item": ["Item"], "quantity": ["Total"]}
    result = mapped(MATRIX, matrix=PLACES, columns=columns, ignore=["Shelf"])
    assert [shown(one.order) for one in result.orders] == [
        (
            "P7",
            None,
            ["A-1 11 5@NL-UT 6@NL-DH", "A-2 7 7@NL-DH", "A-3 0 0@NL-UT", "A-4 3 1@NL-UT 2@NL-DH"],
        )
    ]
    assert said(result) == [("LAY017", 2), ("HDR016", 6)]


def test_a_matrix_by_place_can_be_an_order_for_each_place() -> None:
    columns = {"item": ["Item"]}
    layout = {"matrix": PLACES, "columns": columns, "ignore": ["Shelf", "Total"], "blank_quantity": "skip"}
    result = mapped(MATRIX, orders_by="ship_to", **layout)
    assert [shown(one.order) for one in result.orders] == [
        ("P7/NL-UT", "NL-UT", ["A-1 5", "A-4 1"]),
        ("P7/NL-DH", "NL-DH", ["A-1 6", "A-2 7", "A-4 2"]),
    ]
    assert [str(one.places.of(Field.QUANTITY, 0)) for one in result.orders] == ["cell B3", "cell C3"]
    assert [one.order.skipped for one in result.orders] == [1, 0]


def test_a_matrix_by_day_is_read_as_a_schedule() -> None:
    text = "Order no.;P7;;\nItem;23.11.2026;2026-12-01;Shelf\nA-1;5;6;x\nA-2;ca. 3;7;x\n"
    result = mapped(text, matrix={"by": "requested_date"}, notation={"dates": "dmy"}, ignore=["Shelf"])
    (one,) = result.orders
    first, second = one.order.lines
    assert [(str(part.quantity), part.day) for part in first.schedules] == [
        ("5", date(2026, 11, 23)),
        ("6", date(2026, 12, 1)),
    ]
    assert second.quantity is None
    assert said(result) == [("LAY017", 2), ("NRM007", 2), ("QTY001", 4)]


def test_a_day_in_the_header_that_can_be_read_in_two_ways_is_held() -> None:
    result = mapped("Item;03/04/2026\nA-1;5\n", matrix={"by": "requested_date"})
    assert said(result) == [("DAT001", 1)]


SEVERAL = (
    "Order no.;P1;;\nDate;2026-11-16;;\n\nDeliver to;N;;\nItem;Qty;;\nA-1;5;;\nA-2;6;;\n\n"
    "Deliver to;S;;\nOrder no.;P2;;\nQty;Item;Unit;\n7;A-3;PCE;\n"
)


def test_several_tables_stand_on_one_sheet_where_that_is_agreed() -> None:
    result = mapped(SEVERAL, tables="several")
    assert [shown(one.order) for one in result.orders] == [
        ("P1", "N", ["A-1 5", "A-2 6"]),
        ("P2", "S", ["A-3 7"]),
    ]
    assert [one.order.order_date for one in result.orders] == [date(2026, 11, 16)] * 2
    assert said(result) == [("LAY017", 5)]


def test_a_second_table_that_nobody_agreed_on_is_held_with_its_lines() -> None:
    result = mapped(SEVERAL)
    assert said(result) == [("LAY003", 11), ("LAY017", 5)]
    assert sum(len(one.order.lines) for one in result.orders) == 3


def test_a_header_that_is_repeated_on_the_next_page_is_no_line() -> None:
    assert orders("Order no.;P1\nItem;Qty\nA-1;5\nItem;Qty\nA-2;6\n") == [("P1", None, ["A-1 5", "A-2 6"])]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("P1;A-1;5\nTotal;;5\nP2;A-1;6\nTotal;;6\n", ["LAY012", "LAY012"]),
        ("P1;A-1;5\nP2;A-1;6\nTotal;;11\n", ["LAY012"]),
        ("P1;A-1;5\nP1;A-1;6\n;Total;11\n", ["LAY012"]),
        ("P1;A-1;5\nP2;A-1;6\nTotal;;12\n", ["HDR016", "LAY012", "HDR016"]),
        ("P1;A-1;5\nTotal;;5\nP1;A-2;6\nTotal;;6\nTotal;;11\n", ["LAY012"] * 3),
        ("P1;A-1;5\nTotal;;4\nP1;A-2;6\nTotal;;11\n", ["LAY012", "LAY012", "HDR016"]),
    ],
)
def test_totals_are_compared_with_the_lines_above_them(rows: str, codes: list[str]) -> None:
    result = mapped("Order;Item;Qty\n" + rows, columns=COLUMNS)
    assert [one.code for order in result.orders for one in order.findings] == codes


def test_a_row_in_another_currency_than_its_order_is_said() -> None:
    columns = {**COLUMNS, "currency": ["Cur"]}
    result = mapped("Item;Qty;Cur\nA-1;5;EUR\nA-2;6;USD\n", columns=columns)
    assert [(one.code, one.line, one.before) for one in result.orders[0].findings] == [("HDR004", 2, "USD")]


def test_a_column_with_data_and_no_header_is_a_warning() -> None:
    result = mapped("Item;Qty;;Shelf\nA-1;5;7;x\n")
    assert [(one.code, one.severity.value, str(one.location)) for one in result.findings] == [
        ("LAY006", "warning", "cell C1"),
        ("LAY006", "info", "cell D1"),
    ]


NAMES = {"item": "Item", "quantity": "Qty", "unit": "Unit", "description": "Name", "unit_price": "Price"}
LINES = st.lists(
    st.tuples(
        st.sampled_from(["A-1", "A-2", "B-7"]),
        st.integers(1, 9999).map(str),
        st.sampled_from(["PCE", "CT", ""]),
        st.sampled_from(["Broom", "Soap"]),
        st.decimals("0.01", "99", places=2).map(str),
    ),
    min_size=1,
    max_size=6,
)


@given(LINES, st.permutations(range(len(NAMES))), st.integers(0, 4))
def test_the_order_of_columns_never_changes_the_order(
    lines: list[tuple[str, ...]], turned: list[int], letterhead: int
) -> None:
    names = list(NAMES.values())
    layout = {"columns": {name: [word] for name, word in NAMES.items()}}

    def read(columns: list[int], above: int) -> PurchaseOrder:
        rows = [";".join(row[column] for column in columns) for row in (names, *lines)]
        (one,) = mapped("The shop;;;;\n" * above + "\n".join(rows) + "\n", **layout).orders
        moved = [line.model_copy(update={"number": "any"}) for line in one.order.lines]
        return one.order.model_copy(update={"lines": tuple(moved)})

    assert read(turned, letterhead) == read(list(range(len(NAMES))), 0)


@pytest.mark.parametrize(
    "text",
    [
        "Order no.: P7;;\nItem;Qty;Unit\nA-1;5;PCE\n",
        "The shop;;Order no. : P7\nItem;Qty;Unit\nA-1;5;PCE\n",
        "Item;Qty;Unit\nA-1;5;PCE\nOrder no.:P7;;\n",
        "Item;Qty;Unit;Order no.: P7\nA-1;5;PCE;\n",
    ],
)
def test_a_label_and_its_value_may_stand_in_one_cell(text: str) -> None:
    result = mapped(text)
    (one,) = result.orders
    assert shown(one.order) == ("P7", None, ["A-1 5"])
    (told,) = (one for one in result.findings if one.code == "NRM006")
    assert (
        told.after == "P7"
        and told.before
        and told.before.endswith("P7")
        and told.location == one.places.of(Field.PO_NUMBER)
    )


def test_a_label_of_its_own_cell_with_nothing_behind_is_a_label() -> None:
    assert orders("Order no.:;P7;\nItem;Qty;Unit\nA-1;5;PCE\n") == [("P7", None, ["A-1 5"])]


def test_tables_that_would_take_too_long_are_refused() -> None:
    table = "Item;Qty\nA-1;5\n" + "Qty;Item\n5;A-1\n"
    (told,) = mapped(table * 2000, tables="several").findings
    assert (told.code, told.severity) == ("LAY003", "hold")
    (told,) = mapped("Item;Qty\n" + "A-1;5\n" * 120_001).findings
    assert (told.code, told.severity) == ("DOC008", "reject")
