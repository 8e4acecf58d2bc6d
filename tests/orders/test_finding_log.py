"""A log of findings tells so many of one code and line one by one, and the rest together."""

from orders.findings import Finding, Severity, finding
from orders.findings.cases import Further
from orders.findings.log import MOST_ALIKE, FindingLog
from orders.findings.syntax import SYN020_NOT_A_NUMBER, ElementOf
from orders.location import SegmentLocation

MANY = MOST_ALIKE + 50


def fault(offset: int, severity: Severity = Severity.WARNING) -> Finding:
    said = SYN020_NOT_A_NUMBER(ElementOf(element="6060", tag="QTY"))
    return finding(
        said, severity=severity, location=SegmentLocation(message=1, segment=offset, tag="QTY", offset=offset)
    )


def log(first: int, severity: Severity = Severity.WARNING) -> FindingLog:
    """As many as are beyond the bound, the last of them of this severity."""
    told = FindingLog()
    told.extend(fault(offset) for offset in range(first, first + MANY - 1))
    told.append(fault(first + MANY - 1, severity))
    return told


def together(told: FindingLog) -> list[tuple[int, int, Severity, int | None]]:
    """How many are told together, the byte of the last, their weight and line."""
    further = [one for one in told if isinstance(one.params, Further)]
    return [(one.params.number, one.params.last, one.severity, one.line) for one in further]


def test_what_is_told_together_weighs_as_much_as_the_heaviest() -> None:
    assert together(log(1)) == [(50, MANY, Severity.WARNING, None)]
    assert together(log(1, Severity.HOLD)) == [(50, MANY, Severity.HOLD, None)]


def test_what_is_told_together_stays_so_where_the_rest_gets_its_lines() -> None:
    placed = log(1, Severity.HOLD).at_lines(lambda one: 3)
    assert [one.line for one in placed][:-1] == [3] * MOST_ALIKE
    assert together(placed) == [(50, MANY, Severity.HOLD, None)]


def test_logs_are_joined_by_what_they_tell_and_by_what_they_count() -> None:
    joined = log(1, Severity.HOLD)
    joined.extend(log(1001))
    assert together(joined) == [(50 + MANY, 1000 + MANY, Severity.HOLD, None)]
    assert len(joined) == len(list(joined)) == MOST_ALIKE + 1
