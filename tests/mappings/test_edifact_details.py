"""What an order says beside the fields that rules judge: nothing of it is lost, and a partner may mean it otherwise."""

from datetime import date
from decimal import Decimal

import pytest

from mappings.edifact_conventions import Conventions
from mappings.edifact_orders import map_orders
from mappings.edifact_tables import Tables
from mappings.edifact_values import span
from orders import order_details as said_of
from orders.purchase_order import (
    LineDetails,
    OrderDetails,
    OrderFunction,
    OrderLine,
    OrderType,
    Party,
    PartyRole,
    Reference,
    Schedule,
)
from parsers.edifact.structure import tree
from tests.mappings.test_edifact_orders import FOOT, HEAD, LINE, mapped, said
from tests.parsers.interchanges import interchange, message, read


def of_order(*segments: bytes) -> OrderDetails:
    """The details of an order that begins with these segments."""
    details = mapped(*HEAD, *segments, *LINE, *FOOT).order.details
    assert details is not None
    return details


def of_line(*segments: bytes) -> LineDetails:
    """The details of a line with these segments."""
    details = line(*segments).details
    assert details is not None
    return details


def line(*segments: bytes, **conventions: object) -> OrderLine:
    """The one line of an order with these segments."""
    tables = Tables(Conventions.model_validate(conventions))
    (one,) = mapped(*HEAD, *LINE, *segments, *FOOT, tables=tables).order.lines
    return one


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        (b"20261120:102", date(2026, 11, 20)),
        (b"261120:101", date(2026, 11, 20)),
        (b"20112026:4", date(2026, 11, 20)),
        (b"202611200830:203", date(2026, 11, 20)),
        (b"20261120", date(2026, 11, 20)),
        (b"20261120:101", None),
        (b"261120:102", None),
    ],
)
def test_the_day_of_a_line_is_read_by_its_own_format(sent: bytes, day: date | None) -> None:
    assert line(b"DTM+2:" + sent).requested_date == day


def test_a_plain_order_has_no_details() -> None:
    order = mapped(*HEAD, *LINE, b"PIA+1+A:SA+B:IN", b"IMD+F++:::Glue", b"PRI+AAA:1.10:::1:PCE", *FOOT).order
    assert (order.details, order.lines[0].details) == (None, None)


def test_a_party_with_everything() -> None:
    order = mapped(
        *HEAD, b"NAD+BY+1::9++Shop:South+Street 1:Yard+Town+BY+12345+DE", b"LOC+7+RAMP 2", b"RFF+VA:DE1",
        b"DTM+171:20260101:102", b"CTA+OC+77:Ms Muster", b"COM+0461:TE", b"COM+a@b.example:EM", b"NAD+CA+X::92",
        *LINE, *FOOT,
    ).order  # fmt: skip
    (since,) = order.parties[0].references[0].dates
    assert since.first == date(2026, 1, 1)
    assert order.parties == (
        Party(
            role=PartyRole.BUYER, qualifier="BY", identifier="1", name="Shop South", street="Street 1 Yard",
            city="Town", region="BY", postcode="12345", country="DE",
            places=(said_of.Place(qualifier="7", code="RAMP 2"),),
            references=(Reference(qualifier="VA", number="DE1", dates=(since,)),),
            contacts=(
                said_of.Contact(
                    function="OC", number="77", name="Ms Muster",
                    channels=(
                        said_of.Channel(kind="TE", number="0461"), said_of.Channel(kind="EM", number="a@b.example"),
                    ),
                ),
            ),
        ),
        Party(role=None, qualifier="CA", identifier="X"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "place"),
    [((b"CN", b"DP"), "1"), ((b"DP", b"CN"), "0"), ((b"ST", b"CN"), "0"), ((b"CN",), "0")],
)
def test_the_preferred_party_takes_the_goods_wherever_it_stands(sent: tuple[bytes, ...], place: str) -> None:
    one = mapped(*HEAD, *(b"NAD+%s+%d" % (code, number) for number, code in enumerate(sent)), *LINE, *FOOT)
    assert one.order.identifier(PartyRole.DELIVERY_PARTY) == place
    assert len(one.order.parties) == len(sent)


def test_terms_of_payment_and_the_discount_before_them() -> None:
    order = mapped(
        *HEAD, b"PAT+22++5:3:D:10", b"PCD+12:2.5", b"PAT+1++5:3:D:45", b"PAT+3", b"DTM+13:20261231:102", *LINE, *FOOT
    ).order
    assert order.payment_terms == "NET45"
    assert order.details is not None
    discount, net, fixed = order.details.payment
    assert (discount.count, discount.percentages[0].value) == (10, Decimal("2.5"))
    assert (net.reference_day, net.relation, net.period, net.count) == ("5", "3", "D", 45)
    assert fixed.dates[0].first == date(2026, 12, 31)


def test_transport_delivery_terms_rate_packages_and_totals() -> None:
    details = of_order(
        b"CUX+2:EUR:9+3:USD:4+1.08", b"TDT+20+V7+30+31+HAUL:::The hauliers", b"LOC+9+DEHAM", b"TOD+6+PP+DAP:::Gate",
        b"LOC+1+X:::Berlin", b"PAC+2++201", b"MEA+PD+G+KGM:12.5",
    )  # fmt: skip
    assert details.exchanges == (said_of.Exchange(reference="EUR", target="USD", rate=Decimal("1.08")),)
    (transport,) = details.transports
    assert (transport.stage, transport.number, transport.mode, transport.means, transport.carrier_name) == (
        "20", "V7", "30", "31", "The hauliers",
    )  # fmt: skip
    assert transport.places == (said_of.Place(qualifier="9", code="DEHAM"),)
    (terms,) = details.delivery_terms
    assert (terms.function, terms.payment, terms.code, terms.text) == ("6", "PP", "DAP", "Gate")
    assert terms.places[0].name == "Berlin"
    (package,) = details.packages
    assert (package.count, package.type, package.measurements[0].value) == (2, "201", Decimal("12.5"))
    order = mapped(*HEAD, *LINE, *FOOT, b"MOA+86:9.50", b"CNT+2:1", b"CNT+7:100:KGM").order
    assert order.details is not None
    assert order.details.amounts == (said_of.Amount(qualifier="86", value=Decimal("9.50")),)
    assert order.details.quantities == (said_of.Quantity(qualifier="7", value=Decimal(100), unit="KGM"),)


def test_allowances_of_order_and_line() -> None:
    charge = (b"ALC+C+7+2+1+FC:::Freight", b"PCD+2:1.5", b"MOA+8:10", b"TAX+7+VAT+++:::19+S", b"MOA+124:1.90")
    for details in (of_order(*charge), of_line(*charge)):
        (one,) = details.allowances
        assert (one.kind, one.number, one.settlement, one.sequence, one.service, one.text) == (
            "C", "7", "2", "1", "FC", "Freight",
        )  # fmt: skip
        assert one.percentages == (said_of.Percentage(qualifier="2", value=Decimal("1.5")),)
        assert one.amounts == (said_of.Amount(qualifier="8", value=Decimal(10)),)
        (tax,) = one.taxes
        assert (tax.type, tax.rate, tax.category, tax.amounts[0].value) == ("VAT", 19, "S", Decimal("1.90"))


def test_every_text_is_kept_with_its_subject_and_the_note_has_them_all() -> None:
    order = mapped(
        *HEAD, b"FTX+AAI+++Ring:twice+EN", b"FTX+DEL++G4", b"FTX+XYZ+++Third", *LINE, b"FTX+PKG+++No wood", *FOOT
    ).order
    assert order.details is not None
    assert order.details.texts == (
        said_of.Text(qualifier="AAI", text="Ring\ntwice", language="EN"),
        said_of.Text(qualifier="DEL", code="G4"),
        said_of.Text(qualifier="XYZ", text="Third"),
    )
    assert (order.note, order.lines[0].note) == ("Ring\ntwice\nThird", "No wood")


def test_everything_else_of_a_line() -> None:
    details = of_line(
        b"PIA+1+X:NB", b"PIA+3+OTHER:SA", b"IMD+C+35+B01", b"IMD+F++:::Glue", b"MEA+AAE+G+KGM:1.1",
        b"QTY+59:12:PCE", b"QTY+192:1:PCE", b"DTM+361:20271231:102", b"MOA+203:5.00:USD", b"PRI+AAA:1.10",
        b"PRI+AAB:1.20:CT:RTP:10:PCE", b"RFF+AAN:S1:7", b"PAC+5++CT",
    )  # fmt: skip
    assert details.identifiers == (
        said_of.Identifier(qualifier="NB", number="X", relation="1"),
        said_of.Identifier(qualifier="SA", number="OTHER", relation="3"),
    )
    assert details.descriptions == (said_of.Description(kind="C", characteristic="35", code="B01"),)
    assert details.measurements[0].value == Decimal("1.1")
    assert [(one.qualifier, one.value) for one in details.quantities] == [("59", 12), ("192", 1)]
    assert details.dates[0].first == date(2027, 12, 31)
    assert details.amounts == (said_of.Amount(qualifier="203", value=Decimal("5.00"), currency="USD"),)
    (price,) = details.prices
    assert (price.qualifier, price.value, price.type, price.kind, price.basis, price.unit) == (
        "AAB", Decimal("1.20"), "CT", "RTP", 10, "PCE",
    )  # fmt: skip
    assert details.references == (Reference(qualifier="AAN", number="S1", line="7"),)
    assert details.packages[0].count == 5


def test_a_substitute_is_not_the_item() -> None:
    assert line(b"PIA+3+OTHER:SA").item is None


def test_a_line_for_another_place_goes_there_as_a_whole() -> None:
    one = line(b"NAD+DP+SHOP 7::92", b"DTM+2:20261120:102")
    assert one.schedules == (Schedule(quantity=Decimal(5), ship_to="SHOP 7"),)


def test_a_planned_part_is_held() -> None:
    one = mapped(*HEAD, *LINE, b"SCC+4", b"QTY+21:3", b"DTM+2:20261121:102", *FOOT)
    assert said(one) == [("SYN022", 1, "4")]
    assert one.order.lines[0].schedules == (Schedule(quantity=Decimal(3), day=date(2026, 11, 21)),)


def test_a_sub_line_is_held_unless_the_partner_orders_by_it() -> None:
    segments = (*HEAD, b"LIN+1", b"QTY+21:1", b"LIN+2+++1:1", b"QTY+21:6", *FOOT)
    one = mapped(*segments)
    assert said(one) == [("ITM010", 2, "1")]
    assert one.order.lines[1].details == LineDetails(parent="1")
    assert said(mapped(*segments, tables=Tables(Conventions(sublines="ordered")))) == []


def test_what_has_no_field_is_kept_as_it_came_and_named() -> None:
    one = mapped(
        *HEAD, b"PAI+::42", b"ALI+DE", *LINE, b"GIN+BN+7?+1", b"PRI+AAA:1", b"RNG+4+PCE:1:9", b"QVR+1:21", *FOOT
    )
    assert one.order.details is not None
    assert [(kept.number, kept.line, kept.text) for kept in one.order.details.unmapped] == [
        (4, None, "PAI+::42"), (5, None, "ALI+DE"), (8, 1, "GIN+BN+7?+1"), (10, 1, "RNG+4+PCE:1:9"),
        (11, 1, "QVR+1:21"),
    ]  # fmt: skip
    assert said(one) == [("HDR017", None, "PAI+::42")]


@pytest.mark.parametrize(
    ("text", "code", "first", "last"),
    [
        ("20261116", "102", date(2026, 11, 16), date(2026, 11, 16)),
        ("161126", "2", date(2026, 11, 16), date(2026, 11, 16)),
        ("16112026", "4", date(2026, 11, 16), date(2026, 11, 16)),
        ("20261116103000", "204", date(2026, 11, 16), date(2026, 11, 16)),
        ("202611161030UTC", "303", date(2026, 11, 16), date(2026, 11, 16)),
        ("202648", "616", date(2026, 11, 23), date(2026, 11, 29)),
        ("2648", "615", date(2026, 11, 23), date(2026, 11, 29)),
        ("202701", "616", date(2027, 1, 4), date(2027, 1, 10)),
        ("202612", "610", date(2026, 12, 1), date(2026, 12, 31)),
        ("2602", "609", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026112320261127", "718", date(2026, 11, 23), date(2026, 11, 27)),
        ("20261123-20261127", "718", date(2026, 11, 23), date(2026, 11, 27)),
        ("202611230800202611271800", "719", date(2026, 11, 23), date(2026, 11, 27)),
        ("261123261127", "717", date(2026, 11, 23), date(2026, 11, 27)),
        ("202648202650", "716", date(2026, 11, 23), date(2026, 12, 13)),
    ],
)
def test_periods(text: str, code: str, first: date, last: date) -> None:
    assert span(text, code) == (first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("202654", "616"), ("2026-W48", "616"), ("202613", "610"), ("2026112720261123", "718"), ("20261127", "718"),
        ("999912", "610"), ("000001", "616"), ("20261116", "999"), ("", "718"), ("999953", "616"),
    ],
)  # fmt: skip
def test_what_is_no_period(text: str, code: str) -> None:
    assert span(text, code) is None


def test_a_week_is_read_as_the_day_that_is_agreed_and_says_so() -> None:
    segments = (*HEAD, b"DTM+2:202648:616", *LINE, b"DTM+2:2026112420261126:718", *FOOT)
    one = mapped(*segments)
    assert (one.order.requested_date, one.order.lines[0].requested_date) == (date(2026, 11, 23), date(2026, 11, 24))
    assert [(found.code, found.before, found.after) for found in one.findings] == [
        ("NRM007", "2026112420261126", "2026-11-24"),
        ("NRM007", "202648", "2026-11-23"),
    ]
    assert one.order.details is not None
    assert [(period.text, period.first, period.last) for period in one.order.details.dates] == [
        ("202648", date(2026, 11, 23), date(2026, 11, 29))
    ]
    last = mapped(*segments, tables=Tables(Conventions(period="last_day"))).order
    assert (last.requested_date, last.lines[0].requested_date) == (date(2026, 11, 29), date(2026, 11, 26))


def test_a_time_is_kept_beside_its_day() -> None:
    order = mapped(*HEAD, b"DTM+2:202611200830:203", *LINE, *FOOT).order
    assert order.requested_date == date(2026, 11, 20)
    assert order.details is not None
    assert [one.text for one in order.details.dates] == ["202611200830"]


@pytest.mark.parametrize(
    ("conventions", "field", "expected"),
    [
        ({}, "quantity", Decimal(5)),
        ({"ordered_quantity": ["59"]}, "quantity", Decimal(12)),
        ({"price": ["AAB", "AAA"]}, "unit_price", Decimal("1.20")),
        ({"price_basis": 100}, "price_basis", Decimal(100)),
        ({"line_amount": ["38"]}, "amount", Decimal("9.00")),
        ({"delivery_date": ["64"]}, "requested_date", date(2026, 11, 21)),
        ({"our_number": ["NB"]}, "item", "N1"),
        ({"units": {"PCE": "EA"}}, "unit", "EA"),
    ],
)
def test_a_partner_may_mean_it_otherwise(conventions: dict[str, object], field: str, expected: object) -> None:
    segments = (
        b"PIA+1+N1:NB", b"QTY+59:12:PCE", b"DTM+2:20261120:102", b"DTM+64:20261121:102", b"MOA+203:8.00",
        b"MOA+38:9.00", b"PRI+AAA:1.10", b"PRI+AAB:1.20",
    )  # fmt: skip
    assert getattr(line(*segments, **conventions), field) == expected


def test_codes_of_the_partner_s_own_in_bgm() -> None:
    tables = Tables(Conventions(order_types={"YA9": OrderType.RUSH}, order_functions={"3": OrderFunction.CANCELLATION}))
    one = mapped(b"BGM+YA9+PO1+3", HEAD[1], *LINE, *FOOT, tables=tables)
    assert (one.order.type, one.order.function, said(one)) == (OrderType.RUSH, OrderFunction.CANCELLATION, [])


def test_a_change_names_its_order_by_reference() -> None:
    for reference, expected in ((b"RFF+ON:PO7", ("PO7", "C1")), (b"RFF+CT:X", ("C1", None))):
        order = mapped(b"BGM+230+C1", HEAD[1], reference, *LINE, *FOOT).order
        assert (order.po_number, order.change_number) == expected
        assert order.function is OrderFunction.CHANGE


def test_repetitions_of_syntax_4_are_read_or_kept() -> None:
    unb, una = b"UNB+UNOC:4+S:14+R:14+20261116:0900+REF1'", b"UNA:+.?*'"
    segments = (
        *HEAD, b"NAD+BY+1", b"CTA+OC+:Eve", b"COM+1:TE*2:FX", *LINE, b"PIA+1+A:SA*B:NB", b"MEA+AAE+G*H+KGM:1", *FOOT,
    )  # fmt: skip
    _, (one,) = read(interchange(message(*segments, kind=b"ORDERS:D:01B:UN"), unb=unb, una=una))
    root = tree(one)
    assert root is not None
    order = map_orders(one, root).order
    assert [channel.number for channel in order.parties[0].contacts[0].channels] == ["1", "2"]
    assert order.lines[0].item == "A"
    assert order.lines[0].details is not None
    assert [number.number for number in order.lines[0].details.identifiers] == ["B"]
    assert order.details is not None
    assert [kept.text for kept in order.details.unmapped] == ["MEA+AAE+G*H+KGM:1"]
