"""An order that pydifact writes as ORDERS is read as the same order, in any separators, version and character set."""

import io
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mappings.edifact_orders import map_orders
from orders.numbers import plain
from orders.purchase_order import OrderFunction, OrderLine, OrderType, PurchaseOrder, Schedule
from parsers.edifact.reader import messages
from parsers.edifact.separators import Separators
from parsers.edifact.structure import tree
from parsers.edifact.survey import survey
from replies.edifact_envelope import Envelope, MessageWriter, write_interchange
from replies.edifact_segments import day_element
from tests.replies import checked

WORDS = st.text(st.sampled_from("ABCabc0189 +:'?*,.-ÄßÉ"), min_size=1, max_size=17).map(str.strip).filter(bool)
NUMBERS = st.decimals("0.01", "99999", places=2)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
PARTS = st.builds(Schedule, quantity=NUMBERS, day=st.none() | DAYS, ship_to=WORDS)
LINES = st.builds(
    OrderLine,
    number=st.integers(1, 999999).map(str),
    item=st.none() | WORDS,
    gtin=st.none() | WORDS,
    buyer_item=st.none() | WORDS,
    description=st.none() | WORDS,
    quantity=NUMBERS,
    unit=st.sampled_from(["PCE", "KGM", None]),
    unit_price=NUMBERS,
    price_basis=st.sampled_from([Decimal(1), Decimal(100)]),
    requested_date=st.none() | DAYS,
    schedules=st.lists(PARTS, max_size=2).map(tuple),
)
ORDERS = st.builds(
    PurchaseOrder,
    po_number=WORDS,
    type=st.just(OrderType.ORDER),
    function=st.just(OrderFunction.ORIGINAL),
    order_date=DAYS,
    requested_date=st.none() | DAYS,
    currency=st.sampled_from(["EUR", "USD"]),
    lines=st.lists(LINES, min_size=1, max_size=4).map(tuple),
)
SEPARATORS = st.sampled_from([one for one in checked.SEPARATORS.values() if one.release is not None])
"""Without a release character the writer has to replace service characters in text."""


def written(order: PurchaseOrder, envelope: Envelope) -> bytes:
    """The order as ORDERS."""
    writer = MessageWriter(envelope, "1", "ORDERS")
    writer.add("BGM", ["220"], [order.po_number], "9")
    for qualifier, day in (("137", order.order_date), ("2", order.requested_date)):
        if day:
            writer.add("DTM", day_element(qualifier, day))
    writer.add("CUX", ["2", order.currency, "9"])
    for line in order.lines:
        _add_line(writer, line)
    writer.add("UNS", "S")
    return write_interchange(envelope, [writer])


def _add_line(writer: MessageWriter, line: OrderLine) -> None:
    writer.add("LIN", line.number, None, [line.gtin, "EN"] if line.gtin else [])
    for number, kind in ((line.item, "SA"), (line.buyer_item, "IN")):
        if number:
            writer.add("PIA", "5", [number, kind])
    if line.description:
        writer.add("IMD", "F", [], [None, None, None, line.description])
    assert line.quantity is not None
    assert line.unit_price is not None
    assert line.price_basis is not None
    writer.add("QTY", ["21", writer.number(plain(line.quantity)), line.unit])
    if line.requested_date:
        writer.add("DTM", day_element("2", line.requested_date))
    writer.add("PRI", ["AAA", writer.number(plain(line.unit_price)), None, None, plain(line.price_basis)])
    for part in line.schedules:
        assert part.quantity is not None
        writer.add("LOC", "7", [part.ship_to])
        writer.add("QTY", ["11", writer.number(plain(part.quantity))])
        if part.day:
            writer.add("DTM", day_element("2", part.day))


@given(ORDERS, SEPARATORS, st.sampled_from(["D.96A", "D.01B"]), st.sampled_from(["UNOC", "UNOY"]))
def test_what_was_written_is_read_again(
    order: PurchaseOrder, separators: Separators, directory: str, identifier: str
) -> None:
    version = "4" if separators.repetition is not None or identifier == "UNOY" else "3"
    envelope = checked.envelope(directory, separators=separators, syntax_identifier=identifier, syntax_version=version)
    content = written(order, envelope)
    found = survey(io.BytesIO(content))
    (message,) = messages(io.BytesIO(content), found)
    root = tree(message)
    assert root is not None
    assert map_orders(message, root).order == order
