"""ORDERS messages to purchase orders: every line by its own group, every value by its qualifier."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mappings.edifact_orders import map_orders
from mappings.edifact_tables import STANDARD, Tables
from mappings.edifact_values import day, number
from mappings.mapped import MappedOrder
from orders.location import Field
from orders.purchase_order import LineAction, OrderFunction, OrderType, PartyRole
from parsers.edifact.structure import tree
from tests.parsers.interchanges import interchange, message, read

HEAD = (b"BGM+220+PO1+9", b"DTM+137:20261116:102")
LINE = (b"LIN+1++9524017001177:SRV", b"QTY+21:5:PCE")
FOOT = (b"UNS+S",)


def mapped(*segments: bytes, una: bytes = b"", tables: Tables = STANDARD) -> MappedOrder:
    """The order of a message with these segments."""
    _, (one,) = read(interchange(message(*segments), una=una))
    root = tree(one)
    assert root is not None
    return map_orders(one, root, tables)


def said(one: MappedOrder) -> list[tuple[str, int | None, str | None]]:
    return [(found.code, found.line, found.before) for found in one.findings]


def test_the_head() -> None:
    order = mapped(
        b"BGM+224+PO1+9", b"DTM+137:20261116:102", b"DTM+2:202611200830:203", b"FTX+AAI+++call first",
        b"RFF+CT:C-9", b"NAD+BY+9522104000010::9", b"NAD+DP+9522104001017::9++The shop+Street 1+Town++12345+DE",
        b"CUX+2:EUR:9", b"PAT+1++5:3:D:30", *LINE, *FOOT, b"MOA+79:12.50", b"CNT+2:1", b"CNT+1:5",
    ).order  # fmt: skip
    assert (order.po_number, order.type, order.function) == ("PO1", OrderType.RUSH, OrderFunction.ORIGINAL)
    assert (order.order_date, order.requested_date) == (date(2026, 11, 16), date(2026, 11, 20))
    assert (order.currency, order.payment_terms, order.note) == ("EUR", "NET30", "call first")
    assert [(one.qualifier, one.number) for one in order.references] == [("CT", "C-9")]
    assert order.identifier(PartyRole.BUYER) == "9522104000010"
    place = order.party(PartyRole.DELIVERY_PARTY)
    assert place is not None
    assert (place.name, place.street, place.city, place.postcode, place.country) == (
        "The shop", "Street 1", "Town", "12345", "DE",
    )  # fmt: skip
    assert (order.totals.lines, order.totals.quantity, order.totals.amount) == (1, 5, Decimal("12.50"))


def test_a_price_that_is_missing_in_line_2_stays_missing() -> None:
    order = mapped(
        *HEAD, b"LIN+10", b"PIA+5+A:SA", b"QTY+21:5:PCE", b"PRI+AAA:1.10", b"LIN+20", b"PIA+5+B:SA", b"QTY+21:6:PCE",
        b"LIN+30", b"PIA+5+C:SA", b"QTY+21:7:PCE", b"PRI+AAA:3.30", *FOOT,
    ).order  # fmt: skip
    found = [(line.number, line.item, str(line.quantity), line.unit_price) for line in order.lines]
    assert found == [("10", "A", "5", Decimal("1.10")), ("20", "B", "6", None), ("30", "C", "7", Decimal("3.30"))]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((b"LIN+1++9524017001177:SRV",), (None, "9524017001177", None)),
        ((b"LIN+1++9524017001177:EN",), (None, "9524017001177", None)),
        ((b"LIN+1", b"PIA+5+A:SA"), ("A", None, None)),
        ((b"LIN+1", b"PIA+5+A:VN+B:BP"), ("A", None, "B")),
        ((b"LIN+1", b"PIA+1+B:IN", b"PIA+5+A:SA"), ("A", None, "B")),
        ((b"LIN+1", b"PIA+5+X:ZZZ+A:SA+B:IN+9524017001177:SRV"), ("A", "9524017001177", "B")),
        ((b"LIN+1++9524017001177:SRV", b"PIA+5+9524017001344:SRV"), (None, "9524017001177", None)),
        ((b"LIN+1++A:SA", b"PIA+5+B:BP"), ("A", None, "B")),
        ((b"LIN+1++X:ZZZ",), (None, None, None)),
        ((b"LIN+1", b"PIA+5+:SA"), (None, None, None)),
    ],
)
def test_item_numbers_by_their_qualifiers(segments: tuple[bytes, ...], expected: tuple[str | None, ...]) -> None:
    (line,) = mapped(*HEAD, *segments, b"QTY+21:5", *FOOT).order.lines
    assert (line.item, line.gtin, line.buyer_item) == expected


@pytest.mark.parametrize(
    ("segments", "quantity", "unit"),
    [
        ((b"QTY+21:5:PCE",), "5", "PCE"),
        ((b"QTY+21:5", b"QTY+59:12:PCE"), "5", None),
        ((b"QTY+59:12:PCE", b"QTY+21:5:CT"), "5", "CT"),
        ((b"QTY+59:12:PCE",), None, None),
        ((b"QTY+52:12:PCE",), None, None),
        ((), None, None),
    ],
)
def test_the_ordered_quantity_and_no_other(segments: tuple[bytes, ...], quantity: str | None, unit: str | None) -> None:
    (line,) = mapped(*HEAD, b"LIN+1", *segments, *FOOT).order.lines
    assert (str(line.quantity) if line.quantity is not None else None, line.unit) == (quantity, unit)


@pytest.mark.parametrize(
    ("segments", "price", "basis", "unit"),
    [
        ((b"PRI+AAA:17.57:CT::100:PCE",), "17.57", "100", "PCE"),
        ((b"PRI+AAA:17.57",), "17.57", "1", None),
        ((b"PRI+AAB:20.00:::100", b"PRI+AAA:0.18"), "0.18", "1", None),
        ((b"PRI+AAA:0.18", b"PRI+AAB:20.00:::100"), "0.18", "1", None),
        ((b"PRI+INF:9.99",), None, None, None),
    ],
)
def test_a_price_with_its_own_basis(
    segments: tuple[bytes, ...], price: str | None, basis: str | None, unit: str | None
) -> None:
    (line,) = mapped(*HEAD, *LINE, *segments, *FOOT).order.lines
    values = [None if value is None else str(value) for value in (line.unit_price, line.price_basis)]
    assert [*values, line.price_unit] == [price, basis, unit]


def test_schedules_by_date_and_by_place() -> None:
    (line,) = mapped(
        *HEAD, *LINE, b"LOC+7+9522104001017::9", b"QTY+11:2", b"DTM+2:20261120:102", b"SCC+1", b"QTY+21:3",
        b"DTM+2:20261121:102", b"SCC+1", b"QTY+113:4", b"DTM+64:20261127:102", *FOOT,
    ).order.lines  # fmt: skip
    assert line.quantity == 5
    assert line.requested_date is None
    assert [(str(one.quantity), one.day, one.ship_to) for one in line.schedules] == [
        ("2", date(2026, 11, 20), "9522104001017"),
        ("3", date(2026, 11, 21), None),
        ("4", date(2026, 11, 27), None),
    ]


@pytest.mark.parametrize(
    ("una", "text", "value", "codes"),
    [
        (b"", b"5.5", "5.5", []),
        (b"UNA:+,? '", b"5,5", "5.5", []),
        (b"UNA:+.? '", b"5,5", "5.5", [("SYN028", 1, "5,5")]),
        (b"UNA:+,? '", b"5.5", "5.5", [("SYN028", 1, "5.5")]),
        (b"", b"1.000,5", None, [("SYN028", 1, "1.000,5")]),
        (b"", b"five", None, [("SYN028", 1, "five")]),
    ],
)
def test_the_decimal_mark_of_una(una: bytes, text: bytes, value: str | None, codes: list[tuple[str, int, str]]) -> None:
    one = mapped(*HEAD, b"LIN+1", b"QTY+21:" + text + b":KGM", *FOOT, una=una)
    quantity = one.order.lines[0].quantity
    assert (None if quantity is None else str(quantity), said(one)) == (value, codes)


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("20261116", "102", date(2026, 11, 16)),
        ("202611161030", "203", date(2026, 11, 16)),
        ("20261116103000", "204", date(2026, 11, 16)),
        ("261116", "101", date(2026, 11, 16)),
        ("991116", "101", date(1999, 11, 16)),
        ("2611161030", "201", date(2026, 11, 16)),
        ("20261116", None, date(2026, 11, 16)),
        ("20261131", "102", None),
        ("261116", "102", None),
        ("20261116", "718", None),
        ("2026-11-16", "102", None),
        ("", "102", None),
    ],
)
def test_dates(text: str, code: str | None, expected: date | None) -> None:
    assert day(text, code) == expected


def test_a_date_that_cannot_be_read_is_said_with_its_place() -> None:
    one = mapped(*HEAD, b"DTM+2:20261399:102", *LINE, b"DTM+2:2026W48:716", *FOOT)
    assert said(one) == [("DAT001", 1, "2026W48"), ("DAT001", None, "20261399")]
    assert [
        (place.segment, place.element, place.component) for place in (f.location for f in one.findings) if place
    ] == [
        (7, 1, 2),
        (4, 1, 2),
    ]


@pytest.mark.parametrize(
    ("bgm", "kind", "function", "codes"),
    [
        (b"BGM+220+PO1+9", OrderType.ORDER, OrderFunction.ORIGINAL, []),
        (b"BGM+221+PO1", OrderType.BLANKET, OrderFunction.ORIGINAL, []),
        (b"BGM+226+PO1+1", OrderType.CALL_OFF, OrderFunction.CANCELLATION, []),
        (b"BGM+220+PO1+5", OrderType.ORDER, OrderFunction.REPLACEMENT, []),
        (b"BGM+230+PO1", OrderType.ORDER, OrderFunction.CHANGE, []),
        (b"BGM+999+PO1+9", None, OrderFunction.ORIGINAL, [("SYN022", None, "999")]),
        (b"BGM+220+PO1+99", OrderType.ORDER, None, [("SYN022", None, "99")]),
    ],
)
def test_type_and_function(
    bgm: bytes, kind: OrderType | None, function: OrderFunction | None, codes: list[tuple[str, int | None, str]]
) -> None:
    one = mapped(bgm, HEAD[1], *LINE, *FOOT)
    assert (one.order.type, one.order.function, said(one)) == (kind, function, codes)


def test_actions_of_lines() -> None:
    order = mapped(*HEAD, b"LIN+1+1", b"LIN+2+2", b"LIN+3+3", b"LIN+4", *FOOT).order
    assert [line.action for line in order.lines] == [LineAction.ADD, LineAction.DELETE, LineAction.CHANGE, None]


def test_places_point_at_the_bytes() -> None:
    data = interchange(message(*HEAD, *LINE, b"PRI+AAA:2.40", *FOOT))
    _, (one,) = read(data)
    root = tree(one)
    assert root is not None
    places = map_orders(one, root).places
    for field, line, text in (
        (Field.PO_NUMBER, None, b"PO1"),
        (Field.GTIN, 0, b"9524017001177"),
        (Field.QUANTITY, 0, b"5:PCE"),
        (Field.UNIT, 0, b"PCE"),
        (Field.UNIT_PRICE, 0, b"2.40"),
    ):
        place = places.of(field, line)
        assert place is not None
        assert data[place.offset :].startswith(text)
    assert places.of(Field.CURRENCY) is None


@given(st.decimals("-999999", "999999", places=4), st.sampled_from(".,"))
def test_a_number_in_the_declared_notation_is_read_back(value: Decimal, mark: str) -> None:
    assert number(f"{value:f}".replace(".", mark), mark) == (value, True)


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    value, as_declared = number(text, ".")
    assert value is not None or not as_declared
    assert day(text, "102") is None or len(text) == 8


def test_a_part_in_another_unit_than_its_line_is_told() -> None:
    part = (b"SCC+1", b"QTY+113:5:CT", b"DTM+2:20261127:102")
    one = mapped(*HEAD, *LINE, *part, *FOOT)
    assert [(said.code, said.before) for said in one.findings] == [("HDR017", "QTY+113:5:CT")]
    assert one.order.details is not None
    assert [kept.text for kept in one.order.details.unmapped] == ["QTY+113:5:CT"]
    same = mapped(*HEAD, *LINE, part[0], b"QTY+113:5:PCE", part[2], *FOOT)
    assert same.findings == []
