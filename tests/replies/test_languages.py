"""What a buyer reads, in every language that there is a file of."""

import json
import re
from collections.abc import Iterator

import pytest

import sample_files
from orders.findings import Finding, finding
from replies.annotated_csv import annotated_csv
from replies.language import FALLBACK, known_sentence, language, languages, word_file
from replies.letter import letter
from replies.row_answers import problem_and_advice
from tests.orders.test_rules import CASES, checked_case
from tests.replies import checked

OTHERS = [code for code in languages() if code != FALLBACK]
SAMPLES = [path for path in sample_files.order_files() if path.suffix not in (".edi", ".txt")]
_HOLES = re.compile(r"\{[a-z_]+\}")


def holes(words: str) -> list[str]:
    return sorted(_HOLES.findall(words))


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


def test_a_sentence_is_said_with_its_values() -> None:
    german = language("de")
    told = finding("ITM002", "7 is not HM-1, whose gtin is 9. Tell us which you mean.")
    assert german.message(told) == "7 ist nicht HM-1 (gtin: 9). Sagen Sie uns, welchen Artikel Sie meinen."
    assert problem_and_advice(told, german)[1] == "Sagen Sie uns, welchen Artikel Sie meinen."
    unit = finding("UOM001", "We do not know the unit Bund or so. Use PCE or CT.")
    assert german.message(unit) == "Die Einheit Bund or so kennen wir nicht. Nehmen Sie PCE oder CT."
    unknown = finding("ITM002", "Something that nobody has translated.")
    assert german.message(unknown) == unknown.message


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
    assert rows[1].endswith(";Status;Code;Meldung;Ihre Angabe;verwendet;Vorschlag")
    assert any(";Zurückgestellt;HDR011;" in row for row in rows)
    assert any("12 PCE HM-10004; 6,14 EUR je 100 PCE; 25.11.2026" in row for row in rows)
    assert any(row.endswith(";6.70;;6,14") for row in rows)
    text = letter(answer).decode()
    assert text.startswith("Ihre Bestellung konnte so nicht angenommen werden: 4500018261 (R-2026-000123)\n")
    assert "1.234,50 EUR" in text
    assert "Vorerst wird nichts geliefert." in text
