"""The catalogue of findings: every code and case once, well formed, and with words in every language."""

import csv
import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from pydantic import ValidationError

from orders.findings import Outcome, Severity, Statement, finding, finding_cases, finding_kinds
from orders.findings.cases import CASES, FAMILIES, as_stored, further
from orders.findings.items import ITM001_UNKNOWN_ITEM, ItemNumber
from orders.findings.statement import Case
from orders.policy import Policy
from replies.reply_codes import reply_code_table, reply_codes
from replies.wording.word_files import Wording, languages, word_file
from tests.orders.examples import every_statement

GIVEN = Path(__file__).parents[3] / "shared" / "reference" / "findings.tsv"
CODE_FAMILIES = ("DOC", "LAY", "SYN", "CHR", "NRM", "HDR", "CHG", "ITM", "QTY", "UOM", "PRC", "DAT")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _catalogue(name: str) -> list[dict[str, str]]:
    return _rows(files("orders.findings").joinpath(name).read_text("utf-8"))


def _in_braces(words: Wording) -> set[str]:
    parts = Formatter().parse(f"{words.problem} {words.advice}")
    return {f"{name}{conversion or ''}{form}" for _, name, form, conversion in parts if name is not None}


def test_every_code_stands_once_and_is_well_formed() -> None:
    codes = [row["code"] for row in _catalogue("catalogue.tsv")]
    assert len(codes) == len(set(codes)) == len(finding_kinds())
    assert [code for code in codes if not re.fullmatch(f"({'|'.join(CODE_FAMILIES)})[0-9]{{3}}", code)] == []


def test_every_kind_is_complete() -> None:
    for kind in finding_kinds().values():
        assert kind.severity in Severity
        assert kind.outcome in Outcome
        assert kind.title.strip() == kind.title != ""
        assert kind.scope.strip() == kind.scope != ""


def test_the_catalogue_lists_the_cases_that_are_declared_and_their_parameters() -> None:
    declared = [
        (one.code, one.name, one.parameters.__name__)
        for family in FAMILIES
        for one in vars(family).values()
        if isinstance(one, Case)
    ]
    listed = [(row["code"], row["case"], row["parameters"]) for row in _catalogue("cases.tsv")]
    assert len(listed) == len(set(listed))
    assert sorted(declared) == sorted(listed)


def test_a_case_is_declared_under_its_own_name() -> None:
    for family in FAMILIES:
        for name, case in vars(family).items():
            if isinstance(case, Case):
                assert name == f"{case.code}_{case.name.upper()}"
                assert case.code in finding_kinds()
                assert re.fullmatch("[a-z][a-z0-9_]*", case.name)


@pytest.mark.parametrize("code", languages())
def test_every_case_has_words_in_every_language_with_exactly_its_parameters(code: str) -> None:
    words = {(code, case): said for code, cases in word_file(code).findings.items() for case, said in cases.items()}
    assert set(words) == set(CASES)
    wrong = {
        f"{case.code}.{case.name}"
        for case in CASES.values()
        if _in_braces(words[case.code, case.name]) != set(case.parameters.model_fields)
    }
    assert wrong == set()


@pytest.mark.parametrize("text", [". Xx", "{0}"])
def test_what_is_said_comes_back_from_json_as_it_was(text: str) -> None:
    for said in every_statement(text):
        told = finding(further(said.code, 7, 1234, said))
        for one in (said, told):
            assert type(one).model_validate_json(one.model_dump_json()) == one


def test_parameters_of_another_case_are_refused() -> None:
    sent = ITM001_UNKNOWN_ITEM(ItemNumber(item="4711")).model_dump()
    with pytest.raises(ValidationError):
        Statement.model_validate(sent | {"case": "none_named"})
    with pytest.raises(ValidationError):
        Statement.model_validate(sent | {"case": "never_heard_of"})


def test_severities_rise_in_their_order() -> None:
    assert [one.value for one in sorted(Severity, key=lambda one: one.rank)] == ["info", "warning", "hold", "reject"]


def test_the_severity_of_a_case_goes_before_that_of_its_code() -> None:
    for (code, case), listed in finding_cases().items():
        said = next(one for one in every_statement("x") if (one.code, one.case) == (code, case))
        assert finding(said).severity is (listed.severity or finding_kinds()[code].severity)


def test_a_policy_names_a_code_or_a_case() -> None:
    for (code, case), _ in finding_cases().items():
        if finding_kinds()[code].overridable:
            assert Policy(severities={f"{code}.{case}": Severity.HOLD})
    with pytest.raises(ValidationError, match="unknown_item"):
        Policy(severities={"ITM001.unknown_itme": Severity.HOLD})


def test_every_reply_code_is_one_of_a_code_or_of_a_case() -> None:
    table = reply_code_table()
    assert {code for code, _ in table} <= set(finding_kinds())
    assert {key for key in table if key[1]} <= set(CASES)
    assert all((code, "") in table for code, case in table if case)
    lines = files("replies").joinpath("edifact_reply_codes.tsv").read_text("utf-8").splitlines()
    assert len(lines) == len(table) + 1


def test_control_messages_carry_faults_of_file_syntax_and_characters_only() -> None:
    with_code = {code[:3] for (code, _), codes in reply_code_table().items() if codes.contrl_code}
    assert with_code <= {"DOC", "SYN", "CHR"}


def test_what_was_stored_as_a_text_is_answered_by_its_code() -> None:
    assert reply_codes(as_stored("SYN006", "UNE counts 3 messages.")).contrl_code == "29"
    assert reply_codes(as_stored("ITM009", "It does not fit.")).contrl_code is None


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        finding(as_stored("PRC999", "never heard of"))


@pytest.mark.skipif(not GIVEN.exists(), reason="the list that the project was given is not beside the repository")
def test_every_code_that_was_given_keeps_its_meaning() -> None:
    given = _rows(GIVEN.read_text("utf-8"))
    kinds = finding_kinds()
    assert set(kinds) >= {row["code"] for row in given}
    for row in given:
        kind = kinds[row["code"]]
        assert (kind.scope.replace("_", " "), kind.severity.value) == (row["scope"], row["severity"]), kind.code
        if row["overridable"] != "-":
            assert kind.overridable is row["overridable"].startswith("y"), kind.code
