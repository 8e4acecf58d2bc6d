"""What a buyer reads, in every language that there is a file of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.changes import ChangeSummary, FieldChange, LineChange
from orders.findings import Parameters, Statement, finding
from orders.findings.cases import CASES, as_stored
from orders.findings.documents import DOC008_BYTES, DOC011_PRICES_CHANGED, PricesChanged, SizeAndLimit
from orders.findings.heads import HDR011_BELOW_MINIMUM, HDR017_KEPT_SEGMENTS, KeptSegments, ValueAndMinimum
from orders.findings.items import (
    ITM002_CONTRADICTS_NUMBER,
    ITM002_SEVERAL_ITEMS,
    ITM003_WRONG_CHECK_DIGIT,
    Contradiction,
    Gtin,
    SeveralItems,
)
from orders.findings.layouts import (
    LAY002_NOT_AGREED,
    LAY016_COLUMNS_ALIKE,
    LAY016_DOUBTS,
    LAY016_NO_QUANTITY,
    ColumnsAlike,
    Doubts,
    HeaderRead,
)
from orders.findings.prices import PRC002_DIFFERS, PriceDiffers
from orders.findings.quantities import UOM001_UNKNOWN_OF_ITEM, UnitChoice
from orders.findings.values import (
    AcceptedAs,
    AgreedFor,
    AllOf,
    Count,
    Listed,
    Measure,
    Measures,
    Money,
    Named,
    NamedItem,
    OneOf,
    PriceChange,
    PriceChanges,
    PricePer,
    Quoted,
    ReadColumn,
    ReadColumns,
    SegmentCount,
    SegmentCounts,
)
from orders.location import Field
from orders.purchase_order import LineAction
from replies.annotated_csv import annotated_csv
from replies.letter import letter
from replies.wording.language import english, language
from replies.wording.values import written_values
from replies.wording.word_files import FALLBACK, Wording, languages, word_file
from tests.orders.examples import example, holds_text
from tests.replies import checked

OTHERS = [code for code in languages() if code != FALLBACK]


def in_braces(words: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def of_both(words: Wording) -> list[str]:
    return in_braces(f"{words.problem} {words.advice}")


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_all_words(code: str) -> None:
    ours, other = word_file(FALLBACK), word_file(code)
    assert {key: in_braces(words) for key, words in ours.words.items()} == {
        key: in_braces(words) for key, words in other.words.items()
    }
    assert set(ours.units) == set(other.units)
    for name in ("to_sender", "every_code"):
        mine, theirs = getattr(ours, name), getattr(other, name)
        assert {key: of_both(words) for key, words in mine.items()} == {
            key: of_both(words) for key, words in theirs.items()
        }


def contradiction(sent: str) -> Statement:
    return ITM002_CONTRADICTS_NUMBER(Contradiction(sent=sent, item="HM-1", field=Field.GTIN, known="9"))


def test_a_finding_is_said_with_its_values() -> None:
    german = language("de")
    told = contradiction("7")
    assert german.message(told) == "7 ist nicht HM-1 (GTIN: 9). Sagen Sie uns, welchen Artikel Sie meinen."
    assert german.to_sender(finding(told)).advice == "Sagen Sie uns, welchen Artikel Sie meinen."
    unit = UOM001_UNKNOWN_OF_ITEM(UnitChoice(unit="Bund or so", choice=("PCE", "CT")))
    assert german.message(unit) == "Die Einheit Bund or so kennen wir nicht. Nehmen Sie PCE oder CT."
    stored = as_stored("ITM002", "Something that was stored as a text.")
    assert german.message(stored) == "Something that was stored as a text."


class EveryValue(Parameters):
    """A parameter of each type, and of each way to write one."""

    text: str
    number: int
    share: float
    decimal: Decimal
    day: date
    days: tuple[date, ...]
    count: Count
    quoted: Quoted
    one_of: OneOf
    all_of: AllOf
    listed: Listed
    named: Named
    field: Field
    measure: Measure
    measures: Measures
    money: Money
    price: PricePer
    price_of_one: PricePer
    agreed: AgreedFor
    columns: ReadColumns
    items: tuple[NamedItem, ...]
    prices: PriceChanges
    segments: SegmentCounts
    accepted: AcceptedAs
    change: ChangeSummary
    not_sent: str | None = None


EVERY_VALUE = EveryValue(
    text="1,5 or {0}",
    number=1234,
    share=0.5,
    decimal=Decimal("1234.50"),
    day=date(2026, 11, 13),
    days=(date(2026, 11, 13), date(2026, 12, 1)),
    count=12345678,
    quoted="a\tb",
    one_of=("PCE", "CT"),
    all_of=("a", "b"),
    listed=("a", "b"),
    named="buyer_item",
    field=Field.BUYER_ITEM,
    measure=Measure(quantity=Decimal("2.5"), unit="PCE"),
    measures=Measures(quantities=(Decimal("2.5"), Decimal(10)), unit="PCE"),
    money=Money(amount=Decimal("1234.5"), currency="EUR"),
    price=PricePer(price=Decimal("6.70"), basis=Decimal(100)),
    price_of_one=PricePer(price=Decimal("6.70"), basis=Decimal(1)),
    agreed=AgreedFor(price=Decimal("6.14"), currency="EUR", basis=Decimal(100), unit="PCE"),
    columns=ReadColumns(named=(ReadColumn(heading="Nr. or 1.5", field=Field.BUYER_ITEM),), more=2),
    items=(
        NamedItem(field=Field.GTIN, sent="1.5", item="HM-1"),
        NamedItem(field=Field.BUYER_ITEM, sent="0.5", item="HM-2"),
    ),
    prices=PriceChanges(
        named=(
            PriceChange(item="A-1.5", issued=Decimal("2.40"), now=Decimal("2.50")),
            PriceChange(item="B", now=Decimal("3.00")),
        ),
        more=3,
    ),
    segments=SegmentCounts(named=(SegmentCount(tag="ALI", count=1), SegmentCount(tag="RNG", count=3)), more=4),
    accepted=AcceptedAs(item="HM-1", quantity=Decimal("2.5"), unit="PCE"),
    change=ChangeSummary(
        fields=(FieldChange(field="currency", before="EUR"),),
        lines=(LineChange(line="7", action=LineAction.DELETE),),
    ),
)
WRITTEN = {
    "en": {
        "text": "1,5 or {0}",
        "number": "1234",
        "share": "0.5",
        "decimal": "1234.50",
        "day": "2026-11-13",
        "days": "2026-11-13 or 2026-12-01",
        "count": "12,345,678",
        "quoted": r"'a\tb'",
        "one_of": "PCE or CT",
        "all_of": "a and b",
        "listed": "a, b",
        "named": "buyer item",
        "field": "buyer item",
        "measure": "2.5 PCE",
        "measures": "2.5 or 10 PCE",
        "money": "1,234.50 EUR",
        "price": "6.70 per 100",
        "price_of_one": "6.70",
        "agreed": "6.14 EUR per 100 PCE",
        "columns": "Nr. or 1.5 = buyer item and 2 more",
        "items": "gtin 1.5 is HM-1; buyer_item 0.5 is HM-2",
        "prices": "A-1.5 2.40 → 2.50; B no price → 3.00; …",
        "segments": "ALI, RNG (3) and 4 other tags",
        "accepted": "2.5 PCE HM-1",
        "change": "currency EUR to none; delete line 7",
        "not_sent": "…",
    },
    "de": {
        "text": "1,5 or {0}",
        "number": "1234",
        "decimal": "1234,50",
        "day": "13.11.2026",
        "days": "13.11.2026 oder 01.12.2026",
        "count": "12.345.678",
        "quoted": r"'a\tb'",
        "one_of": "PCE oder CT",
        "all_of": "a und b",
        "named": "Ihre Artikelnummer",
        "field": "Ihre Artikelnummer",
        "measure": "2,5 PCE",
        "measures": "2,5 oder 10 PCE",
        "money": "1.234,50 EUR",
        "price": "6,70 je 100",
        "agreed": "6,14 EUR je 100 PCE",
        "columns": "Nr. or 1.5 = Ihre Artikelnummer und weitere 2",
        "items": "GTIN 1.5 ist HM-1; Ihre Artikelnummer 0.5 ist HM-2",
        "prices": "A-1.5 2,40 → 2,50; B kein Preis → 3,00; …",
        "accepted": "2,5 PCE HM-1",
    },
}


@pytest.mark.parametrize("code", languages())
def test_each_type_of_value_is_written_as_the_language_does(code: str) -> None:
    written = written_values(EVERY_VALUE, language(code))
    assert {name: written[name] for name in WRITTEN[code]} == WRITTEN[code]


@given(st.sampled_from(sorted(CASES)), st.text("0123456789.,-/AZ{}", min_size=1, max_size=12))
def test_what_was_sent_stays_to_the_letter_and_what_we_made_is_said_in_the_language(
    key: tuple[str, str], sent: str
) -> None:
    case = CASES[key]
    said = case(example(case.parameters, sent))
    german = language("de").message(said)
    assert german != english().message(said)
    if holds_text(case.parameters):
        assert sent in german


def test_several_doubts_are_all_said() -> None:
    alike = ColumnsAlike(first="B", second="C", field=Field.BUYER_ITEM, one=90, other=88)
    doubts = LAY016_DOUBTS(Doubts(doubts=(LAY016_COLUMNS_ALIKE(alike), LAY016_NO_QUANTITY())))
    assert language("de").message(doubts) == (
        "Die Spalten B und C passen gleich gut zu: Ihre Artikelnummer (90 und 88 %). In keiner Spalte steht die Menge."
    )


def test_a_sender_is_not_asked_to_mend_what_is_ours_to_mend() -> None:
    read = HeaderRead(row=3, columns=ReadColumns(named=(ReadColumn(heading="Nr.", field=Field.BUYER_ITEM),)))
    told = finding(LAY002_NOT_AGREED(read))
    assert english().told(told) == (
        "How your files are built is not agreed between us yet. We are looking at it; you need not do anything."
    )
    assert english().message(told).endswith("Row 3 was read as the header: Nr. = buyer item.")


def test_values_from_strangers_are_no_words_of_ours() -> None:
    german = language("de")
    odd = "{known} is not {0} \\1, whose is "
    told = ITM003_WRONG_CHECK_DIGIT(Gtin(gtin=odd))
    assert german.message(told) == f"{odd} ist keine GTIN: die Prüfziffer passt nicht. Prüfen Sie die Nummer."
    long = " is not , whose " * 200_000
    assert german.message(contradiction(long)).startswith(long)
    items = SeveralItems(items=(NamedItem(field=Field.GTIN, sent="9 is HM-2; item", item="HM-1"),))
    assert "GTIN 9 is HM-2; item ist HM-1" in german.message(ITM002_SEVERAL_ITEMS(items))


def test_amounts_and_days_in_a_sentence_are_written_as_the_language_does() -> None:
    german = language("de")
    worth = ValueAndMinimum(
        value=Money(amount=Decimal("1234.5"), currency="EUR"), minimum=Money(amount=Decimal(2000), currency="EUR")
    )
    assert "1.234,50 EUR" in german.message(HDR011_BELOW_MINIMUM(worth))
    assert "1.000.000" in german.message(DOC008_BYTES(SizeAndLimit(size=1_000_000, limit=500)))
    gone = PriceChanges(named=(PriceChange(item="A", issued=Decimal("2.40")),))
    changed = PricesChanged(day=date(2026, 11, 2), changes=gone)
    assert "02.11.2026" in german.message(DOC011_PRICES_CHANGED(changed))
    kept = KeptSegments(tags=SegmentCounts(named=(SegmentCount(tag="RNG", count=3),)))
    assert "RNG (3)" in german.message(HDR017_KEPT_SEGMENTS(kept))


def test_a_german_customer_is_answered_in_german() -> None:
    german = language("de")
    answer = checked.answer(sheet=None, code="de")
    rows = annotated_csv(answer).decode("cp1252").splitlines()
    assert rows[1].endswith(";Status;Code;Meldung;Ihre Angabe;verwendet;Vorschlag;Zeile")
    assert any(";Zurückgestellt;HDR011;" in row for row in rows)
    assert any("12 PCE HM-10004; 6,14 EUR je 100 PCE; 25.11.2026" in row for row in rows)
    assert any(row.endswith(";6.70;;6,14;4") for row in rows)
    assert not any("NRM003" in row for row in rows)  # the sender wrote the number just as the language does
    differs = PriceDiffers(
        price=PricePer(price=Decimal("6.70"), basis=Decimal(100)),
        agreed=AgreedFor(price=Decimal("6.14"), currency="EUR", basis=Decimal(100), unit="PCE"),
        price_list="LIST-2026",
    )
    dearer = finding(PRC002_DIFFERS(differs), before="6.70 per 100", line=1, location=answer.findings[2].location)
    told = annotated_csv(replace(answer, findings=(dearer.in_order(1),))).decode("cp1252")
    assert ";6,70 je 100;" in told
    assert "Der Preis 6,70 je 100 weicht" in german.message(dearer)
    text = letter(answer).decode()
    assert text.startswith("Ihre Bestellung konnte so nicht angenommen werden: 4500018261 (R-2026-000123)\n")
    assert "1.234,50 EUR" in text
    assert "Vorerst wird nichts geliefert." in text
