"""What a buyer reads, in every language that there is a file of."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample_files
from orders.findings import Finding, finding
from replies.annotated_csv import annotated_csv
from replies.language import known_sentence, language, values_of
from replies.letter import letter
from replies.row_answers import problem_and_advice
from replies.sentences import HOLE, Kind
from replies.word_files import FALLBACK, languages, word_file
from tests.orders.test_rules import CASES, checked_case
from tests.replies import checked
from tests.replies.sentences_in_source import sentences

OTHERS = [code for code in languages() if code != FALLBACK]
SAMPLES = [path for path in sample_files.order_files() if path.suffix not in (".edi", ".txt")]
ROOT = Path(sample_files.__file__).parents[1]
OF_OTHERS = ("pipelines/flows.py", "mappings/partner_file.py")
"""What these say is for those who run the flows, and for those who write partner files."""


def holes(words: str) -> list[str]:
    return sorted(name for name, _ in HOLE.findall(words))


def readers_and_rules() -> list[Path]:
    """Every module that says something of a file, but for those of EDIFACT, whose senders are answered in it."""
    folders = (ROOT / name for name in ("orders", "mappings", "parsers", "pipelines"))
    paths = (path for folder in folders for path in folder.rglob("*.py"))
    names = {path: path.relative_to(ROOT).as_posix() for path in sorted(paths)}
    return [path for path, name in names.items() if "edifact" not in name and name not in OF_OTHERS]


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_word_and_every_sentence(code: str) -> None:
    english, other = word_file(FALLBACK), word_file(code)
    assert {key: holes(words) for key, words in english.words.items()} == {
        key: holes(words) for key, words in other.words.items()
    }
    assert set(english.units) == set(other.units)
    assert {(kind, number): set(holes(said[number])) for kind, said in english.messages.items() for number in said} == {
        (kind, number): set(holes(said[number])) for kind, said in other.messages.items() for number in said
    }


def of_samples() -> Iterator[Finding]:
    for path in SAMPLES:
        for one in json.loads(sample_files.expected_of(path).read_text("utf-8"))["findings"]:
            yield finding(one["code"], one["message"])


def of_rules() -> Iterator[Finding]:
    """What the rules say; a table never asks for a change of an order."""
    for case in CASES:
        if "function" not in case.content.get("order", {}):
            yield from checked_case(case.content).findings


def test_every_sentence_about_a_table_can_be_said_in_every_language() -> None:
    said = {(one.code, one.message): one for one in (*of_samples(), *of_rules())}
    assert len(said) > 100
    assert [key for key, one in said.items() if not known_sentence(one)] == []


def test_every_sentence_in_the_source_can_be_said_in_every_language() -> None:
    found = set(sentences(ROOT, readers_and_rules()))
    assert len({one.text for one in found}) > 150
    lacking = set()
    for one in found:
        codes = one.codes or set(word_file(FALLBACK).messages)
        if not any(known_sentence(finding(code, one.text)) for code in codes):
            lacking.add(f"{one.place} {', '.join(sorted(one.codes))}: {one.text}")
    assert not lacking, "\n".join(
        ("These have no words in other languages; add them to replies/words/en.yaml and the files beside it:", *lacking)
    )


def _has_words(value: tuple[Kind, str]) -> bool:
    kind, text = value
    ours = {Kind.CHOICE: r"\b(or|per)\b", Kind.NUMBER: r"\b(or|per)\b", Kind.COLUMNS: r".*"}.get(kind, r"\S*\d\S*")
    return re.search("[A-Za-z]{2}", re.sub(ours, "", text)) is not None


def test_no_words_of_ours_hide_in_a_value() -> None:
    """``{what}`` with "macros" in it would be an English word in a German sentence."""
    hidden = set()
    for one in sentences(ROOT, readers_and_rules()):
        known = [finding(code, one.text) for code in one.codes or word_file(FALLBACK).messages]
        if all(any(map(_has_words, values_of(each))) for each in known if known_sentence(each)):
            hidden.add(f"{one.place}: {one.text}")
    assert not hidden, "\n".join(("Write these sentences out, or give the value a kind:", *sorted(hidden)))


def test_a_sentence_is_said_with_its_values() -> None:
    german = language("de")
    told = finding("ITM002", "7 is not HM-1, whose gtin is 9. Tell us which you mean.")
    assert german.message(told) == "7 ist nicht HM-1 (GTIN: 9). Sagen Sie uns, welchen Artikel Sie meinen."
    assert problem_and_advice(told, german)[1] == "Sagen Sie uns, welchen Artikel Sie meinen."
    unit = finding("UOM001", "We do not know the unit Bund or so. Use PCE or CT.")
    assert german.message(unit) == "Die Einheit Bund or so kennen wir nicht. Nehmen Sie PCE oder CT."
    unknown = finding("ITM002", "Something that nobody has translated.")
    assert german.message(unknown) == unknown.message


MADE_BY_US = {
    Kind.DATE: ("2026-11-13 or 2026-12-01", "13.11.2026 oder 01.12.2026"),
    Kind.NUMBER: ("1234.5 EUR per 100 PCE", "1234,5 EUR je 100 PCE"),
    Kind.MONEY: ("1234.50 EUR", "1.234,50 EUR"),
    Kind.COUNT: ("12,345,678", "12.345.678"),
    Kind.CHOICE: ("PCE or CT", "PCE oder CT"),
    Kind.NAME: ("buyer item", "Ihre Artikelnummer"),
    Kind.COLUMNS: ("Menge = quantity, Nr. = buyer item and 2 more", "Nr. = Ihre Artikelnummer und weitere 2"),
    Kind.ITEMS: ("gtin 1.5 is HM-1; buyer_item 0.5 is HM-2", "GTIN 1.5 ist HM-1; Ihre Artikelnummer 0.5 ist HM-2"),
    Kind.CHANGES: ("A-1.5 2.40 → 2.50; B no price → 3.00", "A-1.5 2,40 → 2,50; B kein Preis → 3,00"),
}
SENTENCES = [(code, english) for code, said in word_file(FALLBACK).messages.items() for english in said.values()]


@given(
    st.sampled_from(SENTENCES), st.lists(st.text("0123456789.,-/AZ", min_size=1, max_size=12), min_size=9, max_size=9)
)
def test_what_was_sent_stays_to_the_letter_and_what_we_made_is_said_in_the_language(
    sentence: tuple[str, str], sent: list[str]
) -> None:
    code, english = sentence
    kinds = [Kind(kind) for _, kind in HOLE.findall(english)]
    values = [(one, one) if kind is Kind.AS_SENT else MADE_BY_US[kind] for kind, one in zip(kinds, sent, strict=False)]
    given_values = iter(values)
    told = finding(code, HOLE.sub(lambda _: next(given_values)[0], english))
    german = language("de").message(told)
    assert german != told.message
    for value in values:
        assert value[1] in german


def test_several_sentences_in_a_row_are_all_said() -> None:
    words = "Columns B and C fit buyer item alike (90 and 88 %). No column holds the quantity."
    said = (
        "Die Spalten B und C passen gleich gut zu: Ihre Artikelnummer (90 und 88 %). In keiner Spalte steht die Menge."
    )
    assert language("de").message(finding("LAY016", words)) == said
    assert language("de").message(finding("LAY016", f"{words} And so on.")) == f"{words} And so on."


def test_values_from_strangers_are_no_words_of_ours() -> None:
    german = language("de")
    odd = "{known} is not {0} \\1, whose is "
    told = finding("ITM003", f"{odd} is not a GTIN: its check digit does not fit. Check the number.")
    assert german.message(told) == f"{odd} ist keine GTIN: die Prüfziffer passt nicht. Prüfen Sie die Nummer."
    # With a pattern that tries every place again, this would not end today.
    long = " is not , whose " * 200_000
    assert german.message(finding("ITM002", long)) == long


def test_a_german_customer_is_answered_in_german() -> None:
    answer = checked.answer(sheet=None, code="de")
    rows = annotated_csv(answer).decode("cp1252").splitlines()
    assert rows[1].endswith(";Status;Code;Meldung;Ihre Angabe;verwendet;Vorschlag;Zeile")
    assert any(";Zurückgestellt;HDR011;" in row for row in rows)
    assert any("12 PCE HM-10004; 6,14 EUR je 100 PCE; 25.11.2026" in row for row in rows)
    assert any(row.endswith(";6.70;;6,14;4") for row in rows)
    dearer = finding(
        "PRC002", "The price differs.", before="6.70 per 100", line=1, location=answer.findings[2].location
    )
    told = annotated_csv(replace(answer, findings=(dearer.in_order(1),))).decode("cp1252")
    assert ";6.70 je 100;" in told
    text = letter(answer).decode()
    assert text.startswith("Ihre Bestellung konnte so nicht angenommen werden: 4500018261 (R-2026-000123)\n")
    assert "1.234,50 EUR" in text
    assert "Vorerst wird nichts geliefert." in text
