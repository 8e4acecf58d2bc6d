"""What a CONTRL tells about one received interchange: findings of its syntax, at the level that each is about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from orders.findings import Finding, Severity
from orders.location import SegmentLocation
from orders.model import Model
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.reader import Message

_LONGEST_PARTY = 35
"""0004 and 0010 are an..35."""
_IN_MESSAGES = ("message", "segment", "element")


class MessageReport(Model):
    """A message with findings, identified as its UNH does (0062, S009); ``offset`` is where that UNH stands."""

    reference: str | None
    type: str | None
    version: str | None
    release: str | None
    agency: str | None
    association: str | None = None
    number: int
    offset: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it is rejected: for one finding of that severity. What is held was received, and is worked on."""
        return refused(self.findings)

    @property
    def nameable(self) -> bool:
        """Whether all is there that CONTRL has to repeat of it."""
        return _all_said(self.reference, self.type, self.version, self.release, self.agency)


class GroupReport(Model):
    """A functional group, identified as its UNG does (0048, S006, S007), with those of its messages that are told."""

    reference: str | None
    sender: str | None
    sender_qualifier: str | None = None
    recipient: str | None
    recipient_qualifier: str | None = None
    findings: tuple[Finding, ...] = ()
    messages: tuple[MessageReport, ...] = ()

    @property
    def nameable(self) -> bool:
        """Whether all is there that CONTRL has to repeat of it."""
        return _all_said(self.reference, self.sender, self.recipient)


@dataclass(frozen=True, slots=True)
class SyntaxReport:
    """Findings about one interchange. Messages stand in their groups where it has groups (CONTRL: SG3, else SG1)."""

    received: Interchange
    findings: tuple[Finding, ...] = ()
    messages: tuple[MessageReport, ...] = ()
    groups: tuple[GroupReport, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether UNB says all that UCI has to repeat, at a length that it can; where not, tell it by other means."""
        parties = (self.received.sender or "", self.received.recipient or "")
        return _all_said(self.received.reference, *parties) and max(map(len, parties)) <= _LONGEST_PARTY


def _all_said(*values: str | None) -> bool:
    """Whether each is there and can be written: control characters and blanks alone are nothing."""
    return all(value and any(one.isprintable() and not one.isspace() for one in value) for value in values)


def refused(findings: Iterable[Finding]) -> bool:
    """Whether these findings reject what they are about."""
    return any(one.severity is Severity.REJECT for one in findings)


def report_on(
    received: Interchange,
    messages: Iterable[Message],
    judged: Callable[[Finding], Finding] = lambda one: one,
) -> SyntaxReport:
    """Gather the findings of the interchange and of those of these messages that are in it, taken one at a time.

    The survey finds some faults of messages before it knows of messages: they are told here at theirs, by their bytes.
    ``judged`` gives a finding the severity that the partner's policy has for it.
    """
    left = [judged(one) for one in received.findings]
    reports = []
    for message in messages:
        if message.interchange is not received:
            continue
        start, end = message.segments[0].offset, message.segments[-1].offset
        own = _taken(left, _IN_MESSAGES, start, end)
        own += [judged(one) for one in message.findings]
        if own:
            reports.append(_message_report(message, own))
    groups = []
    for group in received.functional_groups:
        start, end = group.start, group.end
        own = _taken(left, ("group",), start, end)
        inside = tuple(one for one in reports if start < one.offset <= end)
        reports = [one for one in reports if not start < one.offset <= end]
        if own or inside:
            groups.append(_group_report(group, own, inside))
    return SyntaxReport(received, tuple(left), tuple(reports), tuple(groups))


def _taken(findings: list[Finding], scopes: Sequence[str], start: int, end: int) -> list[Finding]:
    """Take those findings out of the list that are of these scopes and stand at these bytes."""
    taken = [one for one in findings if one.kind.scope in scopes and start <= _offset(one) <= end]
    findings[:] = [one for one in findings if one not in taken]
    return taken


def _offset(finding: Finding) -> int:
    place = finding.location
    return place.offset if isinstance(place, SegmentLocation) and place.offset is not None else -1


def _message_report(message: Message, findings: Iterable[Finding]) -> MessageReport:
    unh = message.segments[0]
    return MessageReport(
        reference=unh.value(1),
        type=unh.value(2, 1),
        version=unh.value(2, 2),
        release=unh.value(2, 3),
        agency=unh.value(2, 4),
        association=unh.value(2, 5),
        number=message.number,
        offset=unh.offset,
        findings=tuple(findings),
    )


def _group_report(
    group: FunctionalGroup, findings: Iterable[Finding], messages: tuple[MessageReport, ...]
) -> GroupReport:
    return GroupReport(
        reference=group.reference,
        sender=group.sender,
        sender_qualifier=group.sender_qualifier,
        recipient=group.recipient,
        recipient_qualifier=group.recipient_qualifier,
        findings=tuple(findings),
        messages=messages,
    )
