"""Decisions: what becomes of a line, an order and a file. The worst wins."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from orders.findings import Finding, Outcome, Severity
from orders.model import Model


class Decision(StrEnum):
    """What becomes of it."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    HELD = "held"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"

    @property
    def rank(self) -> int:
        return _RANK[self]

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to act before it can go on."""
        return self in (Decision.HELD, Decision.REJECTED, Decision.QUARANTINED)


_RANK = {
    Decision.DUPLICATE: 0,
    Decision.ACCEPTED: 1,
    Decision.CHANGED: 2,
    Decision.HELD: 3,
    Decision.REJECTED: 4,
    Decision.QUARANTINED: 5,
}


def worst(decisions: Iterable[Decision]) -> Decision:
    """The worst of them; a duplicate only if all are, accepted if there are none."""
    return max(decisions, key=lambda decision: decision.rank, default=Decision.ACCEPTED)


def decide(findings: Iterable[Finding]) -> Decision:
    """What these findings, taken together, make of the thing they are about."""
    decision = Decision.ACCEPTED
    for finding in findings:
        decision = max(decision, _decision_of(finding), key=lambda one: one.rank)
    return decision


def _decision_of(finding: Finding) -> Decision:
    if finding.kind.outcome is Outcome.QUARANTINE and finding.severity in (Severity.HOLD, Severity.REJECT):
        return Decision.QUARANTINED
    if finding.severity is Severity.REJECT:
        return Decision.REJECTED
    if finding.severity is Severity.HOLD:
        return Decision.HELD
    if finding.after is not None and finding.kind.outcome is Outcome.CHANGE:
        return Decision.CHANGED
    # A correction that the customer opted in to: the kind holds by itself, the policy has it applied.
    if finding.after is not None and finding.kind.severity is Severity.HOLD:
        return Decision.CHANGED
    return Decision.ACCEPTED


class LineCounts(Model):
    """The accounts of the lines: disjoint, and together what was read. Nothing can hold counts that do not add up."""

    read: int = 0
    accepted: int = 0
    changed: int = 0
    held: int = 0
    rejected: int = 0
    skipped: int = 0

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        counted = self.accepted + self.changed + self.held + self.rejected + self.skipped
        if counted != self.read:
            raise ValueError(f"{self.read} lines were read, and {counted} are accounted for")
        return self

    def __add__(self, other: "LineCounts") -> "LineCounts":
        return LineCounts(**{name: getattr(self, name) + getattr(other, name) for name in LineCounts.model_fields})


def count(decisions: Iterable[Decision], skipped: int = 0, read: int | None = None) -> LineCounts:
    """Count lines by decision: those of a quarantined file are held, those of a duplicate skipped.

    ``read`` is how many were read, where that is known from elsewhere. Errors: ValueError where the two differ.
    """
    counts = {"accepted": 0, "changed": 0, "held": 0, "rejected": 0, "skipped": skipped}
    for decision in decisions:
        counts[_COUNTED_AS[decision]] += 1
    return LineCounts(read=sum(counts.values()) if read is None else read, **counts)


_COUNTED_AS = {
    Decision.ACCEPTED: "accepted",
    Decision.CHANGED: "changed",
    Decision.HELD: "held",
    Decision.REJECTED: "rejected",
    Decision.DUPLICATE: "skipped",
    Decision.QUARANTINED: "held",
}
