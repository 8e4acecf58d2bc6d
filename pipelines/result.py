"""What became of one file."""

from collections.abc import Iterable

from orders.checked import CheckedOrder, Versions
from orders.decision import Decision, LineCounts, decide, worst
from orders.findings import Finding
from orders.model import Model
from orders.policy import Policy
from parsers.formats import Format


class FileResult(Model):
    """The result for a file. ``findings`` are all of them, those of orders with their 1-based place in ``orders``."""

    name: str
    sha256: str
    size: int
    format: Format
    customer: str | None
    decision: Decision
    counts: LineCounts
    versions: Versions
    orders: tuple[CheckedOrder, ...]
    findings: tuple[Finding, ...]
    waits_for: str | None = None
    """Why a file that was taken in is not decided yet: something of ours is to be mended first."""


def file_decision(orders: Iterable[Decision], findings: Iterable[Finding], policy: Policy) -> Decision:
    """The worst of the orders and of what was found about the file itself."""
    decisions = list(orders)
    of_file = decide(policy.judged(one) for one in findings)
    if of_file is not Decision.ACCEPTED or not decisions:
        decisions.append(of_file)
    return worst(decisions)


def placed(orders: Iterable[CheckedOrder], first: int = 1) -> tuple[Finding, ...]:
    """The findings of the orders, each with the 1-based position of its order in the file."""
    return tuple(one.in_order(position) for position, order in enumerate(orders, start=first) for one in order.findings)
