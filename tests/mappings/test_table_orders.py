"""Tables to orders: the header, several orders, totals, blank quantities, and what is doubtful in a row."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.layout import Layout
from mappings.table_orders import MappedTables, map_tables
from orders.location import Field
from parsers.limits import DEFAULT
from parsers.tables.delimited import read_delimited
from parsers.tables.workbook import read_workbook
from tests.parsers.workbooks import with_sheet

COLUMNS = {
    "po_number": ["Order"],
    "item": ["Item"],
    "quantity": ["Quantity"],
    "unit": ["Unit"],
    "unit_price": ["Price"],
}
LINE = "PO1;A-1;5;PCE\n"
HEADER = "Order;Item;Quantity;Unit\n"


def mapped(text: str, **layout: Any) -> MappedTables:
    settings = {"columns": COLUMNS, "cells": {"po_number": ["Order"], "ship_to": ["Ship to"]}, **layout}
    return map_tables(read_delimited(text.encode(), DEFAULT), Layout.model_validate(settings))


def said(result: MappedTables) -> list[tuple[str, int | None]]:
    """Code and row of what was said about the file, then about each order."""
    found = [*result.findings, *(one for order in result.orders for one in order.findings)]
    return [(one.code, getattr(one.location, "row", None)) for one in found]


def test_the_header_is_found_below_a_letterhead() -> None:
    result = mapped("The shop;;;\nOur order;;;\n\n" + HEADER + LINE)
    (one,) = result.orders
    assert one.order.lines[0].item == "A-1"
    assert said(result) == [("LAY017", 4)]
    place = one.places.of(Field.QUANTITY, 0)
    assert place is not None and str(place) == "cell C5"
    assert [str(one.places.of(field, 0)) for field in (Field.UNIT_PRICE, Field.LINE)] == ["None", "row 5"]


def test_labels_beside_the_table_fill_the_head() -> None:
    (one,) = mapped("Order;PO7;;\nShip to;MAIN;;\n" + "Item;Quantity;Unit\nA-1;5;PCE\n").orders
    assert one.order.po_number == "PO7"
    assert [party.identifier for party in one.order.parties] == ["MAIN"]
    assert str(one.places.of(Field.PO_NUMBER)) == "cell B1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name;Town\nA;B\n", [("LAY001", None)]),
        ("", [("LAY001", None)]),
        (HEADER, [("DOC009", 1)]),
        ("Order;Item;Unit\nPO1;A-1;PCE\n", [("LAY004", 1)]),
        ("Order;Quantity;Unit\nPO1;5;PCE\n", [("LAY004", 1)]),
        ("Order;Item;Quantity;Quantity\nPO1;A-1;5;6\n", [("LAY005", 1)]),
        (HEADER.replace("Unit", "Colour") + LINE.replace("PCE", "red"), [("LAY006", 1)]),
        (HEADER + "PO1;A-1;5\n", [("LAY013", 2)]),
        (HEADER + "PO1;A-1;5;PCE;what\n", [("LAY006", 1), ("LAY013", 2)]),
        (HEADER + "PO1;A-1;ca. 5;PCE\n", [("QTY001", 2)]),
        (HEADER + "PO1;A-1;1.000;PCE\n", [("NRM004", 2)]),
        (HEADER + "PO1;A-1;5;Karton\n", [("NRM008", 2)]),
    ],
)
def test_what_is_said(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert said(mapped(text)) == expected


def test_a_note_between_the_lines_is_held_and_one_under_the_total_is_not() -> None:
    assert said(mapped(HEADER + LINE + ";;;urgent\n" + LINE)) == [("LAY013", 3)]
    result = mapped(HEADER + LINE + "Total;;5;\n;;;urgent\n")
    assert said(result) == [("LAY012", 3)]


def test_several_orders_stand_in_one_file() -> None:
    result = mapped(HEADER + LINE + "PO2;A-1;6;PCE\n;A-2;7;PCE\nPO1;A-3;8;PCE\n")
    found = [
        (one.order.po_number, [(line.item, str(line.quantity)) for line in one.order.lines]) for one in result.orders
    ]
    assert found == [("PO1", [("A-1", "5"), ("A-3", "8")]), ("PO2", [("A-1", "6"), ("A-2", "7")])]
    assert [str(one.places.of(Field.ITEM, 1)) for one in result.orders] == ["cell B5", "cell B4"]


def test_a_total_row_is_a_control_total_and_no_line() -> None:
    (one,) = mapped(HEADER + LINE + "Summe;;5;\n").orders
    assert (len(one.order.lines), one.order.skipped, str(one.order.totals.quantity)) == (1, 1, "5")
    assert str(one.places.of(Field.QUANTITY_TOTAL)) == "cell C3"


def test_an_item_called_total_is_a_line() -> None:
    (one,) = mapped(HEADER + "PO1;TOTAL;5;PCE\n").orders
    assert [line.item for line in one.order.lines] == ["TOTAL"]


@pytest.mark.parametrize(
    ("blank", "lines", "skipped", "codes"),
    [("hold", 3, 0, []), ("skip", 1, 2, [("QTY002", 3), ("QTY002", 2)])],
)
def test_blank_and_zero_quantities(blank: str, lines: int, skipped: int, codes: list[tuple[str, int]]) -> None:
    result = mapped(HEADER + "PO1;A-1;;PCE\nPO1;A-2;0;PCE\nPO1;A-3;1;PCE\n", blank_quantity=blank)
    (one,) = result.orders
    assert (len(one.order.lines), one.order.skipped) == (lines, skipped)
    assert said(result) == codes


def test_a_form_without_any_quantity_is_an_order_without_lines() -> None:
    (one,) = mapped(HEADER + "PO1;A-1;;PCE\nPO1;A-2;;PCE\n", blank_quantity="skip").orders
    assert (one.order.po_number, one.order.lines, one.order.skipped) == ("PO1", (), 2)


def _text(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


def test_a_workbook_keeps_what_a_form_would_pass_over() -> None:
    rows = (
        f'<row r="1">{_text("Order", "Item", "Quantity")}</row>'
        f'<row r="2">{_text("PO1", "A-1")}<c><f>B9</f><v>0</v></c></row>'
        f'<row r="3">{_text("PO1", "A-2")}<c><f>B9</f></c></row>'
        f'<row r="4" hidden="1">{_text("PO1", "A-3")}<c><v>5</v></c></row>'
        f'<row r="5">{_text("PO1", "A-4")}<c t="e"><v>#REF!</v></c></row>'
        f'<row r="6">{_text("PO1", "A-5")}<c><v>6</v></c></row>'
    )
    file = read_workbook(with_sheet(rows, behind='<mergeCells><mergeCell ref="C6:C7"/></mergeCells>'), DEFAULT)
    result = map_tables(file, Layout.model_validate({"columns": COLUMNS, "blank_quantity": "skip"}))
    assert said(result) == [("LAY010", 2), ("LAY010", 3), ("LAY008", 4), ("LAY011", 5), ("LAY009", 6)]
    assert [(one.line, one.severity.value) for one in result.orders[0].findings] == [(n, "hold") for n in range(1, 6)]


@pytest.mark.parametrize(("hidden", "codes"), [("3", [("LAY008", 2)]), ("4", [])])
@pytest.mark.parametrize("end", ["", "<!-- read as XML of any shape -->"])
def test_a_quantity_in_a_hidden_column_is_held(hidden: str, codes: list[tuple[str, int]], end: str) -> None:
    rows = f'<row r="1">{_text("Order", "Item", "Quantity")}</row>'
    rows += f'<row r="2">{_text("PO1", "A-1")}<c r="C2"><v>5</v></c></row>{end}'
    columns = f'<cols><col min="{hidden}" max="{hidden}" hidden="1"/></cols>'
    result = map_tables(
        read_workbook(with_sheet(rows, before=columns), DEFAULT), Layout.model_validate({"columns": COLUMNS})
    )
    assert said(result) == codes


def test_a_formula_without_a_result_stands_anywhere() -> None:
    rows = f'<row r="1">{_text("Order", "Item")}</row><row r="2">{_text("PO1")}<c/><c><f>A1</f></c></row>'
    result = map_tables(read_workbook(with_sheet(rows), DEFAULT), Layout.model_validate({"columns": COLUMNS}))
    assert said(result) == [("LAY004", 1)]


def test_a_hidden_sheet_is_not_read_and_said() -> None:
    rows = f'<row r="1">{_text("Order", "Item", "Quantity")}</row><row r="2">{_text("PO1", "A-1", "5")}</row>'
    file = read_workbook(with_sheet(rows, state="hidden"), DEFAULT)
    assert said(map_tables(file, Layout.model_validate({"columns": COLUMNS}))) == [("LAY007", 1), ("LAY001", None)]


TOKENS = st.tuples(
    st.sampled_from(["PO1", "PO2", ""]),
    st.sampled_from(["A-1", "A-2", ""]),
    st.sampled_from(["5", "zwei", "0", ""]),
    st.sampled_from(["PCE", "urgent", ""]),
)


@given(st.lists(TOKENS, min_size=1, max_size=8), st.sampled_from(["hold", "skip"]))
def test_every_row_is_a_line_is_passed_over_or_told(lines: list[tuple[str, ...]], blank: str) -> None:
    result = mapped(HEADER + "".join(";".join(one) + "\n" for one in lines), blank_quantity=blank)
    asking = [number for number, (_, item, many, _) in enumerate(lines, start=2) if item or many]
    others = [number for number, one in enumerate(lines, start=2) if any(one) and number not in asking]
    assert sum(one.order.read for one in result.orders) == len(asking)
    placed = [
        place.row
        for one in result.orders
        for index in range(len(one.order.lines))
        for place in [one.places.row(index)]
        if place
    ]
    passed = [number for number in asking if number not in placed]
    assert len(set(placed)) == len(placed)
    assert all(lines[number - 2][2] in (("", "0") if blank == "skip" else ()) for number in passed)
    assert [row for code, row in sorted(said(result)) if code == "LAY013"] == others
