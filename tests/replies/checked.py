"""Checked orders made by hand, so that a reply's test does not change with the wording of a rule."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from orders.checked import CheckedLine, CheckedOrder
from orders.decision import Decision, worst
from orders.findings import Finding, Severity, finding
from orders.findings.cases import AS_STORED, as_stored
from orders.findings.heads import HDR007_OTHER_TERMS, TermsAgreed
from orders.findings.normalised import NRM003_NUMBER_READ, NumberRead
from orders.findings.quantities import UOM004_CONVERTED, Converted
from orders.findings.values import Measure
from orders.location import CellLocation
from orders.prices import PriceExplanation
from orders.purchase_order import OrderFunction, OrderLine, OrderType, Party, PartyRole, PurchaseOrder, Schedule
from parsers.edifact.separators import Separators
from parsers.tables.table import Cell, CellKind, Row, Table
from replies.answer import Answer
from replies.edifact_envelope import Envelope
from replies.wording.language import Language, language
from replies.wording.word_files import Wording

MONDAY = date(2026, 11, 16)
PREPARED = datetime(2026, 11, 16, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
ODD = "Ä?+:'* \\ = €uro – 猫 \t und ein sehr langes Wort: " + "x" * 90

ACCEPTED, CHANGED, HELD, REJECTED = Decision.ACCEPTED, Decision.CHANGED, Decision.HELD, Decision.REJECTED


def price(amount: str, basis: str = "1", unit: str = "PCE") -> PriceExplanation:
    return PriceExplanation(
        price_list="LIST-2026",
        price=Decimal(amount),
        basis=Decimal(basis),
        unit=unit,
        currency="EUR",
        tier_from=Decimal(0),
        next_tier=None,
        valid_from=None,
        valid_to=None,
        priced_on=MONDAY,
        tolerance_percent=Decimal(1),
    )


def line(
    number: str, decision: Decision, quantity: str | None = "12", used: str | None = None, **sent: object
) -> CheckedLine:
    given = {
        "number": number,
        "item": f"HM-1000{number[:1]}",
        "gtin": "9524017002365",
        "buyer_item": f"700{number[:1]}",
        "description": "Sanitärreiniger sauer 750 ml",
        "quantity": None if quantity is None else Decimal(quantity),
        "unit": "PCE",
        "requested_date": date(2026, 11, 24),
        **sent,
    }
    ordered = OrderLine.model_validate(given)
    confirmed = used or quantity
    return CheckedLine(
        sent=ordered,
        item=ordered.item,
        description=ordered.description,
        quantity=None if confirmed is None else Decimal(confirmed),
        unit="PCE",
        price=None if decision is REJECTED else price("6.14", "100"),
        requested_date=date(2026, 11, 25),
        amount=Decimal("7.37"),
        decision=decision,
    )


def order(*lines: CheckedLine, findings: tuple[Finding, ...] = (), decision: Decision | None = None) -> CheckedOrder:
    parties = (
        Party(role=PartyRole.BUYER, identifier="9522104000010", name="Nordmarkt Handels AG"),
        Party(role=PartyRole.SUPPLIER, identifier="9524017000019", name="Hagedorn & Moll Großhandel"),
        Party(
            role=PartyRole.DELIVERY_PARTY, identifier="W01", name="Lager Göttingen, " + "Halle 7 " * 9, city="Göttingen"
        ),
    )
    sent = PurchaseOrder(
        po_number="4500018261",
        type=OrderType.ORDER,
        function=OrderFunction.ORIGINAL,
        order_date=MONDAY,
        requested_date=date(2026, 11, 24),
        currency="EUR",
        parties=parties,
        lines=tuple(one.sent for one in lines),
    )
    return CheckedOrder(
        sent=sent,
        customer="nordmarkt",
        content="fingerprint",
        requested_date=date(2026, 11, 25),
        value=Decimal("1234.50"),
        lines=lines,
        findings=findings,
        decision=decision or worst(one.decision for one in lines),
    )


def _measure(quantity: int, unit: str = "PCE") -> Measure:
    return Measure(quantity=Decimal(quantity), unit=unit)


def accepted() -> CheckedOrder:
    parts = (Schedule(quantity=Decimal(8), day=MONDAY), Schedule(quantity=Decimal(4), day=date(2026, 11, 30)))
    return order(line("10", ACCEPTED), line("20", ACCEPTED, schedules=parts))


def changed() -> CheckedOrder:
    told = (
        finding(HDR007_OTHER_TERMS(TermsAgreed(sent="NET60", agreed="NET45")), before="NET60"),
        finding(
            as_stored("QTY005", "It comes in packs of 10. 20 are used."), before="12", after="20", line=1
        ).model_copy(update={"severity": Severity.WARNING}),
        finding(
            as_stored("DAT003", "2026-11-24 is too soon; 2026-11-25 is used."),
            before="2026-11-24",
            after="2026-11-25",
            line=2,
        ),
        finding(
            UOM004_CONVERTED(Converted(sent=_measure(1, "CT"), held=_measure(12), used=_measure(12))),
            before="1 CT",
            after="12 PCE",
            line=3,
        ),
        finding(NRM003_NUMBER_READ(NumberRead(sent="1,0", read=Decimal("1.0"))), before="1,0", after="1.0", line=3),
    )
    return order(line("1", CHANGED, used="20"), line("2", CHANGED), line("3", ACCEPTED), findings=told)


def held() -> CheckedOrder:
    told = (
        finding(as_stored("HDR016", "CNT counts 4 lines, 2 are there. Send the order whole."), before="4"),
        finding(as_stored("PRC002", f"The price differs. {ODD}"), before="6.70", after="6.14", line=1),
        finding(as_stored("ITM002", "The identifiers name different items. Tell us which you mean."), line=1),
    )
    return order(line("POS-0001", HELD), line("2", HELD, item=ODD[:30]), findings=told, decision=HELD)


def partly_rejected() -> CheckedOrder:
    told = (
        finding(as_stored("ITM005", "It is no longer sold. Remove the line."), before="HM-10001", line=1),
        finding(as_stored("QTY003", "The quantity -12 is negative. Ask us."), before="-12", line=2),
    )
    return order(line("1", REJECTED), line("2", REJECTED, "-12"), line("3", ACCEPTED), findings=told)


def rejected() -> CheckedOrder:
    told = (finding(as_stored("HDR004", "The order is in CHF; EUR is agreed. Send it in EUR."), before="CHF"),)
    return order(line("1", REJECTED), findings=told, decision=REJECTED)


def duplicate() -> CheckedOrder:
    told = (finding(as_stored("HDR002", "This order was received before.")),)
    return order(line("1", Decision.DUPLICATE), findings=told, decision=Decision.DUPLICATE)


EVERY_ORDER = (accepted(), changed(), held(), partly_rejected(), rejected(), duplicate())


def envelope(directory: str = "D.96A", **other: object) -> Envelope:
    given: dict[str, object] = {
        "sender": "9524017000019",
        "sender_qualifier": "14",
        "recipient": "9522104000010",
        "recipient_qualifier": "14",
        "control_reference": "R000017",
        "prepared": PREPARED,
        "directory": directory,
        "association": "EAN008" if directory == "D.96A" else None,
    }
    return Envelope.model_validate({**given, **other})


SEPARATORS = {
    "standard": Separators(),
    "comma and other marks": Separators(
        component=ord("/"), element=ord("|"), decimal_mark=ord(","), terminator=ord("~")
    ),
    "no release": Separators(release=None),
    "repetition": Separators(repetition=ord("*")),
    "information separators": Separators(component=0x1F, element=0x1D, release=None, terminator=0x1C),
}


def answer(*, sheet: str | None = "Bestellung", encoding: str = "cp1252", code: str = "en") -> Answer:
    """A table with a title, a header in row 3, four lines, a blank order row and a total."""
    texts = [
        (1, ["Klinikum Ilmenhöhe", "", "", "", ""]),
        (3, ["Pos", "Artikel", "Menge", "Preis", "Bemerkung"]),
        (4, ["1", "HM-10001", "12", "6,70", '=HYPERLINK("http://example.org";"x")']),
        (5, ["2", "HM-10002", "-12", "6,14", "@SUM(A1:A9)"]),
        (6, ["3", "HM-10003", "12", "6,14", ODD]),
        (7, ["4", "HM-10004", "12", "6,14", "+49 551 1234"]),
        (8, ["5", "HM-10005", "", "6,14", "\tTabulator"]),
        (10, ["Summe", "", "48", "", ""]),
    ]
    rows = [
        Row(number, {at: Cell(number, at, text) for at, text in enumerate(fields, 1) if text}, None, len(fields))
        for number, fields in texts
    ]
    rows[2].cells[4] = Cell(4, 4, "46350", CellKind.NUMBER, "dd.mm.yyyy")
    table = Table(sheet, rows)

    def at(row: int, column: int) -> CellLocation:
        return table.location(row, column)

    told = (
        finding(
            as_stored("PRC002", f"The price differs. {ODD}"),
            before="6.70",
            after="6.14",
            candidates=("6.14",),
            line=1,
            location=at(4, 4),
        ),
        finding(as_stored("QTY003", "The quantity -12 is negative. Ask us."), before="-12", line=2, location=at(5, 3)),
        finding(
            as_stored("DAT003", "Too soon; 2026-11-25 is used."),
            before="2026-11-24",
            after="2026-11-25",
            line=3,
            location=at(6, 1),
        ),
        finding(as_stored("HDR016", "Summe says 48, the lines make 36. Correct it."), before="48", location=at(10, 3)),
        finding(as_stored("HDR011", "The order is below the minimum. Order more, or ask us.")),
        finding(
            NRM003_NUMBER_READ(NumberRead(sent="6,14", read=Decimal("6.14"))),
            before="6,14",
            after="6.14",
            line=4,
            location=at(7, 4),
        ),
    )
    one = order(line("1", HELD), line("2", REJECTED, "-12"), line("3", CHANGED), line("4", ACCEPTED), findings=told)
    one = standing_in(one, table, (4, 5, 6, 7))
    around = (
        finding(as_stored("LAY007", "The sheet Notizen is hidden; it was not read.")),
        finding(as_stored("QTY002", "No quantity; nothing is ordered."), location=at(8, 3)),
    )
    return Answer(
        file_name="=bestellung.xlsx",
        receipt="R-2026-000123",
        received=PREPARED,
        customer="Klinikum Ilmenhöhe gGmbH",
        decision=one.decision,
        orders=(one,),
        findings=(*around, *(each.in_order(1) for each in told)),
        tables=(table,),
        language=_with_advice(language(code)),
        encoding=encoding,
    )


_IN_TWO_PARTS = {
    "PRC002": ("The price differs.", ODD),
    "QTY003": ("The quantity -12 is negative.", "Ask us."),
    "HDR016": ("Summe says 48, the lines make 36.", "Correct it."),
    "HDR011": ("The order is below the minimum.", "Order more, or ask us."),
}


def _with_advice(known: Language) -> Language:
    """The language with the words of these tests in two parts: a text that was stored as one has no advice."""
    parts = {
        code: {AS_STORED: Wording(problem=problem, advice=advice)} for code, (problem, advice) in _IN_TWO_PARTS.items()
    }
    return Language(known.code, known.file.model_copy(update={"findings": known.file.findings | parts}))


def standing_in(order: CheckedOrder, table: Table, rows: Sequence[int]) -> CheckedOrder:
    """The order with its lines standing in these rows of the table."""
    lines = (
        one.model_copy(update={"location": table.location(row)}) for one, row in zip(order.lines, rows, strict=True)
    )
    return order.model_copy(update={"lines": tuple(lines)})
