"""Which codes of UN/EDIFACT answer an order and a line: 1225 in BGM, 1229 in LIN, 4295 in QVR.

While anything of an order waits for a person nothing of it is confirmed: the message says 12, "not processed", which
announces a later answer, and every line that is not refused for good says 4, "no action".
"""

from collections.abc import Iterable, Sequence

from orders.checked import CheckedLine, CheckedOrder
from orders.decision import Decision
from orders.findings import Finding, Outcome, Severity
from replies.edifact_directory import ElementDirectory
from replies.reply_codes import reply_codes

ACCEPTED_AS_SENT, CHANGED, NO_ACTION, LINE_REJECTED = "5", "3", "4", "7"
"""Line actions (1229): accepted without amendment, changed, no action, not accepted."""

_WAITING = (Decision.HELD, Decision.QUARANTINED)
_ACCEPTING = ("3", "6", "24")
_REFUSING = ("7", "10")
_ORDER_REFUSING = ("27", "10")
_ORDER_CHANGED, _DUPLICATE, _NOT_PROCESSED, _REFUSED, _ACCEPTED, _AMENDED_HEAD = "4", "7", "12", "27", "29", "34"


class OrderAnswer:
    """An order with what its answer is made of, worked out once: findings by line, and whether it waits."""

    def __init__(self, order: CheckedOrder, *, repeated: bool = False) -> None:
        """``repeated`` where the order came again, and gets the answer of the first time once more."""
        self.order = order
        self._repeated = repeated
        self.head = tuple(one for one in order.findings if one.line is None)
        self.waits = order.decision in _WAITING or any(line.decision in _WAITING for line in order.lines)
        """Whether somebody has to look at the order before it can be confirmed."""
        self._of_line: dict[int, list[Finding]] = {}
        for one in order.findings:
            if one.line is not None:
                self._of_line.setdefault(one.line, []).append(one)

    def findings(self, position: int) -> list[Finding]:
        """Findings of the line at this 1-based position."""
        return self._of_line.get(position, [])

    def confirmed(self, line: CheckedLine) -> bool:
        """Whether the line will be delivered as it is answered."""
        return not self.waits and line.decision in (Decision.ACCEPTED, Decision.CHANGED)

    def action(self, position: int) -> str:
        """1229 for the line at this 1-based position."""
        line, findings = self.order.lines[position - 1], self.findings(position)
        if line.decision is Decision.REJECTED:
            rejecting = (one for one in findings if one.severity is Severity.REJECT)
            return _action(rejecting, _REFUSING) or LINE_REJECTED
        if not self.confirmed(line):
            return NO_ACTION
        action = _action((one for one in findings if one.after is not None), _ACCEPTING)
        return action or (CHANGED if line.decision is Decision.CHANGED else ACCEPTED_AS_SENT)

    @property
    def code(self) -> str:
        """1225 for the order."""
        return _DUPLICATE if self._repeated or self.order.decision is Decision.DUPLICATE else self._outcome

    @property
    def _outcome(self) -> str:
        order = self.order
        if self.waits:
            return _NOT_PROCESSED
        if order.decision is Decision.REJECTED and not any(self.confirmed(line) for line in order.lines):
            return _action((one for one in self.head if one.severity is Severity.REJECT), _ORDER_REFUSING) or _REFUSED
        actions = {self.action(position) for position in range(1, len(order.lines) + 1)}
        if order.decision is not Decision.ACCEPTED or actions - {ACCEPTED_AS_SENT}:
            return _ORDER_CHANGED
        return _action(self.head, (_AMENDED_HEAD,)) or _ACCEPTED

    @property
    def confirms(self) -> bool:
        """Whether at least a part of the order is confirmed."""
        confirming = self._outcome in (_ACCEPTED, _AMENDED_HEAD, _ORDER_CHANGED)
        return confirming and self.order.decision is not Decision.DUPLICATE


def reasons(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are told to the partner: warnings and worse, and what explains our answer; worst first."""
    told = [one for one in findings if one.severity is not Severity.INFO or _explains_answer(one)]
    return sorted(told, key=lambda one: -one.severity.rank)


def reason_code(told: Sequence[Finding], directory: ElementDirectory) -> str | None:
    """4295 of the worst reason that has one in this directory version; the others are told in FTX alone."""
    codes = (reply_codes(one).reason_code for one in told)
    return next((code for code in codes if code is not None and directory.has_code("4295", code)), None)


def _explains_answer(finding: Finding) -> bool:
    if finding.kind.outcome is Outcome.ANSWER_AGAIN:
        return True
    return finding.after is not None and reply_codes(finding).ordrsp_action in _ACCEPTING


def _action(findings: Iterable[Finding], allowed: tuple[str, ...]) -> str | None:
    worst_first = sorted(findings, key=lambda one: -one.severity.rank)
    actions = (reply_codes(one).ordrsp_action for one in worst_first)
    return next((action for action in actions if action in allowed), None)
