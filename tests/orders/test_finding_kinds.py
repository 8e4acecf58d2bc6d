"""The list of findings: every code once, well formed, and holding the list that the project was given."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from orders.findings import Outcome, Severity, finding, finding_kinds

GIVEN = Path(__file__).parents[3] / "shared" / "reference" / "findings.tsv"
FAMILIES = ("DOC", "LAY", "SYN", "CHR", "NRM", "HDR", "CHG", "ITM", "QTY", "UOM", "PRC", "DAT")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def test_every_code_stands_once_and_is_well_formed() -> None:
    codes = [row["code"] for row in _rows(files("orders").joinpath("finding_kinds.tsv").read_text("utf-8"))]
    assert len(codes) == len(set(codes)) == len(finding_kinds())
    assert [code for code in codes if not re.fullmatch(f"({'|'.join(FAMILIES)})[0-9]{{3}}", code)] == []


def test_every_kind_is_complete() -> None:
    for kind in finding_kinds().values():
        assert kind.severity in Severity
        assert kind.outcome in Outcome
        assert kind.title.strip() == kind.title != ""
        assert kind.scope.strip() == kind.scope != ""


def test_severities_rise_in_their_order() -> None:
    assert [one.value for one in sorted(Severity, key=lambda one: one.rank)] == ["info", "warning", "hold", "reject"]


def test_control_messages_carry_faults_of_file_syntax_and_characters_only() -> None:
    with_code = {kind.code[:3] for kind in finding_kinds().values() if kind.contrl_code}
    assert with_code <= {"DOC", "SYN", "CHR"}


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        finding("PRC999", "never heard of")


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
