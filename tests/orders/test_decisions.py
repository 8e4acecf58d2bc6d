"""Decisions: the worst wins, a duplicate only if all are, and no line is ever lost from the counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.decision import Decision, LineCounts, count, decide, worst
from orders.findings import Finding, Outcome, Severity, finding, finding_kinds
from orders.findings.cases import as_stored
from orders.findings.layouts import LAY008_HIDDEN_ROW
from orders.findings.parameters import RowNumber
from orders.findings.syntax import SYN004_MESSAGES_DIFFER, ControlCount
from tests.orders import seller

DECISIONS = st.lists(st.sampled_from(Decision))
FINDINGS = st.lists(
    st.builds(
        lambda code, severity, after: finding(as_stored(code, ""), after=after).model_copy(
            update={"severity": severity}
        ),
        st.sampled_from(sorted(finding_kinds())),
        st.sampled_from(Severity),
        st.none() | st.just("24"),
    ),
    max_size=5,
)
WORST_FIRST = (Decision.QUARANTINED, Decision.REJECTED, Decision.HELD, Decision.CHANGED, Decision.ACCEPTED)


@given(DECISIONS)
def test_the_worst_wins_and_a_duplicate_only_if_all_are(decisions: list[Decision]) -> None:
    expected = next((one for one in WORST_FIRST if one in decisions), None)
    if expected is None:
        expected = Decision.DUPLICATE if decisions else Decision.ACCEPTED
    assert worst(decisions) is expected


@given(DECISIONS, st.integers(0, 1000))
def test_counts_are_disjoint_and_sum_up_to_what_was_read(decisions: list[Decision], skipped: int) -> None:
    counted = count(decisions, skipped)
    parts = (counted.accepted, counted.changed, counted.held, counted.rejected, counted.skipped)
    assert counted.read == sum(parts) == len(decisions) + skipped
    assert counted.held == decisions.count(Decision.HELD) + decisions.count(Decision.QUARANTINED)
    assert counted.skipped == decisions.count(Decision.DUPLICATE) + skipped


@given(DECISIONS, DECISIONS)
def test_counts_of_two_files_add_up(first: list[Decision], second: list[Decision]) -> None:
    assert count(first) + count(second) == count(first + second)
    assert sum((count(first), count(second)), LineCounts()) == count(first + second)


@given(FINDINGS, FINDINGS)
def test_another_finding_never_makes_a_decision_better(few: list[Finding], more: list[Finding]) -> None:
    assert decide(few + more) is worst([decide(few), decide(more)])


@given(FINDINGS)
def test_what_waits_for_a_person_has_a_finding_that_says_so(findings: list[Finding]) -> None:
    heavy = any(one.severity in (Severity.HOLD, Severity.REJECT) for one in findings)
    assert decide(findings).needs_attention is heavy
    if any(one.severity is Severity.REJECT for one in findings):
        assert decide(findings) in (Decision.REJECTED, Decision.QUARANTINED)


@pytest.mark.parametrize(
    ("code", "severity", "after", "decision"),
    [
        ("DOC003", Severity.HOLD, None, Decision.QUARANTINED),
        ("DOC003", Severity.INFO, None, Decision.ACCEPTED),
        ("ITM001", Severity.REJECT, None, Decision.REJECTED),
        ("QTY005", Severity.HOLD, "24", Decision.HELD),
        ("QTY005", Severity.WARNING, "24", Decision.CHANGED),
        ("QTY005", Severity.WARNING, None, Decision.ACCEPTED),
        ("NRM001", Severity.WARNING, "0042", Decision.CHANGED),
        ("DAT003", Severity.INFO, "2026-11-18", Decision.CHANGED),
        ("PRC003", Severity.INFO, "2.00", Decision.ACCEPTED),
        ("HDR007", Severity.WARNING, "NET30", Decision.ACCEPTED),
    ],
)
def test_decision_of_one_finding(code: str, severity: Severity, after: str | None, decision: Decision) -> None:
    one = finding(as_stored(code, ""), after=after).model_copy(update={"severity": severity})
    assert decide([one]) is decision


def test_the_head_weighs_on_every_line_and_a_line_on_the_order() -> None:
    lines = [seller.line(1), seller.line(2, item="GONE")]
    by_line = seller.check(seller.order(lines))
    assert [one.decision for one in by_line.lines] == [Decision.ACCEPTED, Decision.REJECTED]
    assert by_line.decision is Decision.REJECTED
    assert [one.sent.number for one in by_line.deliverable] == ["1"]
    by_head = seller.check(seller.order(lines, ship_to="ELSEWHERE"))
    assert [one.decision for one in by_head.lines] == [Decision.HELD, Decision.REJECTED]
    assert by_head.deliverable == ()


def test_findings_of_the_file_weigh_on_the_order_without_being_its_own() -> None:
    result = seller.check(
        seller.order([seller.line()]), around=[finding(SYN004_MESSAGES_DIFFER(ControlCount(stated="2", counted=1)))]
    )
    assert result.decision is Decision.HELD
    assert result.findings == ()
    assert result.deliverable == ()


def test_findings_of_reading_decide_the_line_they_name() -> None:
    lines = [seller.line(1), seller.line(2, item="MUG")]
    result = seller.check(seller.order(lines), read=[finding(LAY008_HIDDEN_ROW(RowNumber(row=3)), line=2)])
    assert [one.decision for one in result.lines] == [Decision.ACCEPTED, Decision.HELD]
    assert (result.counts.accepted, result.counts.held, result.counts.read) == (1, 1, 2)


def test_a_duplicate_is_counted_as_skipped_and_never_delivered() -> None:
    result = seller.check(seller.order([seller.line(1), seller.line(2, item="MUG")], skipped=3), earlier="same")
    assert result.decision is Decision.DUPLICATE
    assert (result.counts.read, result.counts.skipped, result.revision) == (5, 5, 1)
    assert result.deliverable == ()


def test_only_outcomes_that_change_or_quarantine_bear_on_a_decision() -> None:
    kinds = finding_kinds().values()
    changing = {kind.code for kind in kinds if kind.outcome is Outcome.CHANGE}
    assert {
        code for code in changing if decide([finding(as_stored(code, ""), after="x")]) is not Decision.CHANGED
    } == set()


@pytest.mark.parametrize("name", ["read", "accepted", "changed", "held", "rejected", "skipped"])
def test_counts_that_do_not_add_up_cannot_be(name: str) -> None:
    with pytest.raises(ValueError, match="accounted for"):
        LineCounts(**{name: 1})


def test_a_line_that_was_read_and_not_decided_is_a_fault() -> None:
    with pytest.raises(ValueError, match="2 lines were read, and 1 are accounted for"):
        count([Decision.ACCEPTED], read=2)
