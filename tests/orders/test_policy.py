"""A customer's policy raises or lowers severities, within what may be overridden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from orders.decision import Decision
from orders.findings import Severity, finding, finding_kinds
from orders.findings.cases import as_stored
from orders.findings.layouts import LAY013_TEXT_ROW
from orders.findings.parameters import RowNumber
from orders.findings.syntax import SYN004_MESSAGES_DIFFER, SYN007_SEGMENTS_DIFFER, ControlCount
from orders.policy import Policy
from tests.orders import seller

OVERRIDABLE = sorted(code for code, kind in finding_kinds().items() if kind.overridable)
FIXED = sorted(code for code, kind in finding_kinds().items() if not kind.overridable)

COUNTED = SYN004_MESSAGES_DIFFER(ControlCount(stated="2", counted=1))


@given(st.sampled_from(OVERRIDABLE), st.sampled_from(Severity))
def test_a_severity_is_the_customers_and_of_that_code_alone(code: str, severity: Severity) -> None:
    policy = Policy(severities={code: severity})
    for other in finding_kinds():
        expected = severity if other == code else finding_kinds()[other].severity
        assert policy.judged(finding(as_stored(other, ""))).severity is expected


@pytest.mark.parametrize("code", FIXED)
def test_what_may_not_be_overridden_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match=f"the severity of {code} cannot be changed"):
        Policy(severities={code: Severity.INFO})


@pytest.mark.parametrize("severities", [{"PRC999": "hold"}, {"PRC002": "harmless"}, {"prc002": "hold"}])
def test_what_is_no_code_or_no_severity_is_refused(severities: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate({"severities": severities})


@pytest.mark.parametrize("tolerance", ["-1", "101", "NaN"])
def test_a_tolerance_is_a_percentage(tolerance: str) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate({"price_tolerance_percent": tolerance})


@pytest.mark.parametrize(
    ("severity", "decision"),
    [("info", "accepted"), ("warning", "accepted"), ("hold", "held"), ("reject", "rejected")],
)
def test_raised_and_lowered_in_a_whole_order(severity: str, decision: str) -> None:
    sent = seller.order([seller.line(1), seller.line(2)])
    result = seller.check(sent, policy={"severities": {"QTY009": severity}})
    assert result.decision.value == decision
    assert [one.severity.value for one in result.findings] == [severity]


def test_the_policy_judges_what_was_read_and_the_file_around() -> None:
    sent = seller.order([seller.line()])
    read, around = [finding(LAY013_TEXT_ROW(RowNumber(row=2)), line=1)], [finding(COUNTED)]
    careful = seller.check(sent, read=read, around=around)
    easy = seller.check(sent, read=read, around=around, policy={"severities": {"LAY013": "info", "SYN004": "warning"}})
    assert careful.decision is Decision.HELD
    assert easy.decision is Decision.ACCEPTED


@pytest.mark.parametrize(
    ("word", "severity"),
    [("reject", "reject"), ("hold", "hold"), ("warn", "warning"), ("ignore", "info")],
)
def test_what_a_policy_ignores_is_still_told_as_information(word: str, severity: str) -> None:
    around = [finding(COUNTED)]
    read = [finding(SYN007_SEGMENTS_DIFFER(ControlCount(stated="4", counted=3)), before="4")]
    policy = Policy.model_validate({"severities": {"SYN007": word, "SYN004": word}})
    result = seller.check(seller.order([seller.line()]), read=read, around=around, policy=policy.model_dump())
    assert [(one.code, one.severity.value, one.before) for one in result.findings] == [("SYN007", severity, "4")]
    decisions = {"reject": Decision.REJECTED, "hold": Decision.HELD}
    assert result.decision is decisions.get(word, Decision.ACCEPTED)
