"""An order that pydifact writes as ORDERS is read as the same order, in any separators, version and character set."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from mappings.edifact_orders import map_orders
from orders.order_details import (
    Allowance,
    Amount,
    Channel,
    Contact,
    Identifier,
    Percentage,
    Period,
    Place,
    Text,
)
from orders.purchase_order import (
    LineDetails,
    OrderDetails,
    OrderFunction,
    OrderLine,
    OrderType,
    Party,
    PartyRole,
    PurchaseOrder,
    Reference,
    Schedule,
)
from parsers.edifact.reader import messages
from parsers.edifact.separators import Separators
from parsers.edifact.structure import tree
from parsers.edifact.survey import survey
from replies.edifact_envelope import write_interchange
from tests.mappings.writing_orders import order_message
from tests.replies import checked

T = TypeVar("T")
M = TypeVar("M", OrderLine, PurchaseOrder)
WORDS = st.text(st.sampled_from("ABCabc0189 +:'?*,.-ÄßÉ"), min_size=1, max_size=17).map(str.strip).filter(bool)
NUMBERS = st.decimals("0.01", "99999", places=2)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CODES = st.text(st.sampled_from("ABC019"), min_size=1, max_size=3)


def few(one: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def period(qualifier: str, day: date, form: str) -> Period:
    """A day, a day with a time, or the week of a day."""
    if form == "616":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(
            qualifier=qualifier,
            text=f"{year}{week:02}",
            format=form,
            first=monday,
            last=monday + timedelta(days=6),
        )
    text = f"{day:%Y%m%d}" + ("0915" if form == "203" else "")
    return Period(qualifier=qualifier, text=text, format=form, first=day, last=day)


def periods(*qualifiers: str) -> st.SearchStrategy[Period]:
    return st.builds(period, st.sampled_from(qualifiers), DAYS, st.sampled_from(["102", "203", "616"]))


def with_note(made: M) -> M:
    """All free text in one, as an order and a line show it."""
    details = made.details
    note = "\n".join(one.text for one in details.texts if one.text) if details else ""
    return made.model_copy(update={"note": note or None, "details": details if details != type(details)() else None})


PARTS = st.builds(Schedule, quantity=NUMBERS, day=st.none() | DAYS, ship_to=WORDS)
REFERENCES = st.builds(
    Reference,
    qualifier=st.sampled_from(["CT", "PL", "BO", "VA"]),
    number=WORDS,
    line=st.none() | st.integers(1, 999).map(str),
    dates=few(periods("171"), 1),
)
PARTIES = st.sampled_from([*PartyRole, None]).flatmap(
    lambda role: st.builds(
        Party,
        role=st.just(role),
        qualifier=st.just(role.value if role else "MF"),
        identifier=WORDS,
        **dict.fromkeys(("name", "street", "city"), st.none() | WORDS),
        **dict.fromkeys(("region", "postcode", "country"), st.none() | CODES),
        references=few(REFERENCES),
        places=few(st.builds(Place, qualifier=st.sampled_from(["7", "8"]), code=WORDS, name=st.none() | WORDS)),
        contacts=few(
            st.builds(
                Contact,
                function=st.sampled_from(["OC", "PD"]),
                number=st.none() | WORDS,
                name=WORDS,
                channels=few(st.builds(Channel, kind=st.sampled_from(["TE", "EM"]), number=WORDS)),
            )
        ),
    )
)
TEXTS = st.builds(
    Text,
    qualifier=st.sampled_from(["AAI", "PUR"]),
    text=st.lists(WORDS, min_size=1, max_size=5).map("\n".join),
    language=st.none() | st.just("DE"),
)
ALLOWANCES = st.builds(
    Allowance,
    kind=st.sampled_from(["A", "C"]),
    number=st.none() | WORDS,
    sequence=st.sampled_from([None, "1", "2"]),
    service=st.sampled_from([None, "DI", "FC"]),
    text=st.none() | WORDS,
    percentages=few(st.builds(Percentage, qualifier=st.sampled_from(["1", "2"]), value=NUMBERS), 1),
    amounts=few(st.builds(Amount, qualifier=st.sampled_from(["8", "23"]), value=NUMBERS)),
)
OTHER_NUMBERS = st.builds(
    Identifier, qualifier=st.sampled_from(["MF", "HS", "BB"]), number=WORDS, relation=st.sampled_from(["1", "5"])
)
NUMBERS_OF_SUBSTITUTES = st.builds(
    Identifier, qualifier=st.sampled_from(["SA", "IN", "EN"]), number=WORDS, relation=st.sampled_from(["3", "4"])
)
LINE_DETAILS = st.builds(
    LineDetails,
    identifiers=few(OTHER_NUMBERS | NUMBERS_OF_SUBSTITUTES, 3),
    dates=few(periods("36", "94")),
    texts=few(TEXTS),
    references=few(REFERENCES),
    allowances=few(ALLOWANCES),
)
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
    schedules=few(PARTS),
    details=LINE_DETAILS,
).map(with_note)
ORDERS = st.builds(
    PurchaseOrder,
    po_number=WORDS,
    type=st.just(OrderType.ORDER),
    function=st.just(OrderFunction.ORIGINAL),
    order_date=DAYS,
    requested_date=st.none() | DAYS,
    currency=st.sampled_from(["EUR", "USD"]),
    parties=st.lists(PARTIES, max_size=4, unique_by=lambda one: one.qualifier).map(tuple),
    references=few(REFERENCES),
    lines=st.lists(LINES, min_size=1, max_size=3).map(tuple),
    details=st.builds(OrderDetails, dates=few(periods("36", "200")), texts=few(TEXTS), allowances=few(ALLOWANCES)),
).map(with_note)
SEPARATORS = st.sampled_from([one for one in checked.SEPARATORS.values() if one.release is not None])
"""Without a release character the writer has to replace service characters in text."""


@given(ORDERS, SEPARATORS, st.sampled_from(["D.96A", "D.01B"]), st.sampled_from(["UNOC", "UNOY"]))
def test_what_was_written_is_read_again(
    order: PurchaseOrder, separators: Separators, directory: str, identifier: str
) -> None:
    version = "4" if separators.repetition is not None or identifier == "UNOY" else "3"
    envelope = checked.envelope(directory, separators=separators, syntax_identifier=identifier, syntax_version=version)
    content = write_interchange(envelope, [order_message(order, envelope)])
    found = survey(io.BytesIO(content))
    (message,) = messages(io.BytesIO(content), found)
    root = tree(message)
    assert root is not None
    assert map_orders(message, root).order == order
