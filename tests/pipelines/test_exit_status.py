"""The one table of how a command ends."""

import pytest

from orders.decision import Decision
from pipelines.exit_status import ExitStatus, exit_status

CASES = [
    (Decision.ACCEPTED, 2, 0),
    (Decision.CHANGED, 1, 0),
    (Decision.DUPLICATE, 1, 0),
    (Decision.DUPLICATE, 0, 0),
    (Decision.HELD, 1, 1),
    (Decision.REJECTED, 1, 1),
    (Decision.QUARANTINED, 1, 1),
    (None, 1, 1),
    (Decision.ACCEPTED, 0, 2),
    (Decision.CHANGED, 0, 2),
    (Decision.HELD, 0, 2),
    (Decision.REJECTED, 0, 2),
    (Decision.QUARANTINED, 0, 2),
    (None, 0, 2),
]


@pytest.mark.parametrize(("decision", "orders", "status"), CASES)
def test_the_status_for_a_file(decision: Decision | None, orders: int, status: int) -> None:
    assert exit_status(decision, orders) == status


def test_every_decision_stands_in_the_table() -> None:
    assert {decision for decision, _, _ in CASES} == {None, *Decision}


def test_the_numbers_are_those_that_scripts_know() -> None:
    assert [status.value for status in ExitStatus] == [0, 1, 2, 3, 64]
