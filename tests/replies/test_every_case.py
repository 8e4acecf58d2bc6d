"""Every case of the catalogue is told whole in every answer, whatever somebody sent for its values."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from orders.findings import Finding, Severity, Statement, finding
from orders.findings.cases import CASES
from orders.findings.prices import PRC005_OF_OTHER_PERIOD
from orders.findings.values import PricePer
from parsers.tables.table import Cell, Row, Table
from pipelines.report import finding_report
from replies.annotated_csv import annotated_csv
from replies.annotated_workbook import annotated_workbook
from replies.answer import Answer
from replies.aperak import OrderErrors, application_errors
from replies.letter import letter
from replies.ordrsp import OrderResponse, order_responses
from replies.wording.language import english, language
from replies.wording.word_files import languages
from tests.orders.examples import every_statement, example, holds_text
from tests.replies import checked
from tests.replies.reading import free_text, read

TEXTS = (". Xx", "{0}")
"""What looks like the end of a sentence, and what looks like a place for a value."""


def every_finding(text: str) -> tuple[Finding, ...]:
    """Each case once, held, so that none is a note that some answers leave out."""
    return tuple(finding(said, severity=Severity.HOLD) for said in every_statement(text))


def together(text: str) -> str:
    return "".join(text.split())


def answer(text: str, code: str, sheet: str | None) -> Answer:
    """A table with a row for each case."""
    first = 4
    said = every_finding(text)
    rows = [Row(3, {1: Cell(3, 1, "Pos"), 2: Cell(3, 2, "Artikel")}, None, 2)]
    rows += [Row(at, {1: Cell(at, 1, str(at))}, None, 2) for at in range(first, first + len(said))]
    table = Table(sheet, rows)
    placed = tuple(
        one.model_copy(update={"location": table.location(at, 1)}) for at, one in enumerate(said, start=first)
    )
    return replace(
        checked.answer(sheet=sheet, encoding="utf-8"),
        tables=(table,),
        findings=placed,
        orders=(),
        language=language(code),
    )


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("code", languages())
def test_every_language_says_it_whole(code: str, text: str) -> None:
    for said in every_statement(text):
        words = language(code).wording(said)
        if holds_text(CASES[said.code, said.case].parameters):
            assert text in f"{words.problem} {words.advice}", said.case


@pytest.mark.parametrize("text", TEXTS)
def test_the_json_says_it_whole(text: str) -> None:
    for one in every_finding(text):
        told = finding_report(one)
        assert (told["code"], told["case"]) == (one.code, one.case)
        assert told["message"] == english().message(one)
        again = {name: told[name] for name in ("code", "case", "params")}
        assert Statement.model_validate(again).params == one.params
        assert set(told["params"]) == set(CASES[one.code, one.case].parameters.model_fields)


@pytest.mark.parametrize("text", TEXTS)
def test_edifact_says_it_whole(text: str) -> None:
    said = every_finding(text)
    envelope = checked.envelope("D.01B", syntax_identifier="UNOY", syntax_version="4")
    for start in range(0, len(said), 30):
        some = said[start : start + 30]
        order = checked.order(checked.line("1", checked.HELD), findings=some)
        errors = application_errors([OrderErrors(number="1", order=order, alone=some)], envelope)
        assert errors is not None
        for written in (order_responses([OrderResponse(number="1", order=order)], envelope), errors):
            (message,), noticed = read(written)
            assert noticed == []
            found = together(free_text(message))
            for one in some:
                assert together(f"{one.code}{english().message(one)}") in found, one.case


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("code", languages())
def test_the_workbook_says_it_whole(code: str, text: str) -> None:
    told = answer(text, code, "Bestellung")
    book = load_workbook(io.BytesIO(annotated_workbook(told)), read_only=True)
    problem, advice = (language(code).say(f"head.{name}") for name in ("problem", "advice"))
    sheet = [list(row) for row in book["Bestellung"].iter_rows(values_only=True)]
    heads = next(row for row in sheet if problem in row)
    columns = [heads.index(problem), heads.index(advice)]
    rows = [tuple(row[at] or "" for at in columns) for row in sheet[sheet.index(heads) + 1 :]]
    said = [language(code).to_sender(one) for one in told.findings]
    assert rows == [(one.problem, one.advice) for one in said]
    # The summary has as many of them as fit there.
    name = language(code).say("answer.summary")
    summary = [tuple(cell or "" for cell in row[3:5]) for row in book[name].iter_rows(values_only=True)]
    assert len(set(summary) & set(rows)) > 150


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("code", languages())
def test_delimited_text_says_it_whole(code: str, text: str) -> None:
    told = answer(text, code, None)
    written = list(csv.reader(io.StringIO(annotated_csv(told).decode(), newline=""), delimiter=told.delimiter))
    column = written[0].index(language(code).say("csv.message"))
    assert [row[column] for row in written[1:]] == [language(code).told(one) for one in told.findings]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("code", languages())
def test_the_letter_says_it_whole(code: str, text: str) -> None:
    told = answer(text, code, None)
    lines = letter(told).decode().splitlines()
    for one in told.findings:
        told_of_it = f": {language(code).told(one)}"
        assert any(line.startswith(f"- {one.code}, ") and line.endswith(told_of_it) for line in lines), one.case


def test_decimals_have_no_exponent_and_days_are_texts() -> None:
    period = example(PRC005_OF_OTHER_PERIOD.parameters, "LIST")
    dear = period.model_copy(update={"price": PricePer(price=Decimal("1E+2"))})
    told = finding_report(finding(PRC005_OF_OTHER_PERIOD(dear)))["params"]
    assert told["price"] == {"price": "100", "basis": None}
    assert told["first"] == "2026-11-13"
