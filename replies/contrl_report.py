"""What a CONTRL tells about one received interchange: findings of its syntax, at the level that each is about."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from orders.findings import Finding, Severity
from orders.location import SegmentLocation
from orders.model import Model
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.message import Message
from replies.edifact_envelope import can_be_addressed, can_be_written

MOST_FINDINGS = 10_000
"""So many findings of messages are told one by one; those of a million faulty messages would fill our memory."""
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


@dataclass(slots=True)
class Beyond:
    """Faulty messages that are not told one by one: how many from which byte on, and whether any of them is refused."""

    messages: int = 0
    offset: int | None = None
    refused: bool = False

    def add(self, offset: int, findings: Sequence[Finding]) -> None:
        """Take note of a message that begins at this byte and has these findings."""
        if findings:
            self.messages += 1
            self.offset = offset if self.offset is None else self.offset
            self.refused = self.refused or refused(findings)

    def has(self, finding: Finding) -> bool:
        """Whether the finding may be about one of them."""
        return self.offset is not None and _offset(finding) >= self.offset


@dataclass(frozen=True, slots=True)
class SyntaxReport:
    """Findings about one interchange. Messages stand in their groups where it has groups (CONTRL: SG3, else SG1)."""

    received: Interchange
    findings: tuple[Finding, ...] = ()
    messages: tuple[MessageReport, ...] = ()
    groups: tuple[GroupReport, ...] = ()
    beyond: Beyond = field(default_factory=Beyond)

    @property
    def answerable(self) -> bool:
        """Whether UNB says all that UCI has to repeat, at a length that it can; where not, tell it by other means."""
        return can_be_written(self.received.reference) and can_be_addressed(self.received)


def _all_said(*values: str | None) -> bool:
    return all(map(can_be_written, values))


def refused(findings: Iterable[Finding]) -> bool:
    """Whether these findings reject what they are about."""
    return any(one.severity is Severity.REJECT for one in findings)


def report_on(
    received: Interchange,
    messages: Iterable[Message],
    judged: Callable[[Finding], Finding] = lambda one: one,
    further: Iterable[Finding] = (),
) -> SyntaxReport:
    """Gather the findings of the interchange and of those of these messages that are in it, taken one at a time.

    The survey finds some faults of messages before it knows of messages: they are told here at theirs, by their bytes.
    ``judged`` gives a finding the severity that the partner's policy has for it; ``further`` are findings of the
    interchange that no reading of it alone can tell.
    """
    of_interchange = [judged(one) for one in (*received.findings, *further)]
    of_messages, of_groups = _Scattered(of_interchange, _IN_MESSAGES), _Scattered(of_interchange, ("group",))
    reports: list[MessageReport] = []
    beyond, kept = Beyond(), 0
    for message in messages:
        if message.interchange is not received:
            continue
        start, end = message.offset, message.last.offset
        own = of_messages.take(start, end)
        own += [judged(one) for one in message.findings]
        kept += len(own)
        if kept > MOST_FINDINGS:
            beyond.add(start, own)
        elif own:
            reports.append(_message_report(message, own))
    groups, alone, grouped = list[GroupReport](), list[MessageReport](), 0
    for group in received.functional_groups:
        # What stands at the end of a group that is not closed, as the next UNG, is not its own.
        own = of_groups.take(group.start, group.end) if group.closed else of_groups.take(group.start, group.end - 1)
        first = bisect_right(reports, group.start, key=lambda one: one.offset)
        last = bisect_right(reports, group.end, key=lambda one: one.offset)
        inside, outside = tuple(reports[first:last]), reports[grouped:first]
        groups += [_group_report(group, own, inside)] if own or inside else []
        alone += outside
        grouped = last
    taken = {id(one) for one in (*of_messages.taken, *of_groups.taken)}
    left = tuple(one for one in of_interchange if id(one) not in taken)
    return SyntaxReport(received, left, (*alone, *reports[grouped:]), tuple(groups), beyond)


class _Scattered:
    """Findings of these scopes by the byte where they stand, to be taken by those whom they are about."""

    def __init__(self, findings: Iterable[Finding], scopes: Sequence[str]) -> None:
        self._findings = sorted((one for one in findings if one.kind.scope in scopes), key=_offset)
        self.taken: list[Finding] = []

    def take(self, start: int, end: int) -> list[Finding]:
        """Those between these bytes."""
        first, last = bisect_left(self._findings, start, key=_offset), bisect_right(self._findings, end, key=_offset)
        found = self._findings[first:last]
        self.taken += found
        return found


def _offset(finding: Finding) -> int:
    place = finding.location
    return place.offset if isinstance(place, SegmentLocation) and place.offset is not None else -1


def _message_report(message: Message, findings: Iterable[Finding]) -> MessageReport:
    unh = message.unh
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
