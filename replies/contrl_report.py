"""What a CONTRL tells about one received interchange: findings of its syntax, at the level that each is about."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from orders.findings import Finding, Severity
from orders.location import SegmentLocation
from orders.model import Model
from parsers.edifact.headers import InterchangeHeader, MessageHeader
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.message import Message
from replies.edifact_envelope import can_be_addressed, can_be_written

MOST_FINDINGS = 10_000
"""So many findings of messages are told one by one; those of a million faulty messages would fill our memory."""
IN_MESSAGES = ("message", "segment", "element")
"""Scopes of findings that are about a message, or about a part of one."""
_ANSWER = "CONTRL"


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


class Beyond(Model):
    """Faulty messages that are not told one by one: how many from which byte on, and whether any of them is refused."""

    messages: int = 0
    offset: int | None = None
    refused: bool = False

    def has(self, finding: Finding) -> bool:
        """Whether the finding may be about one of them."""
        return self.offset is not None and _offset(finding) >= self.offset


class SyntaxReport(Model):
    """Findings about one interchange. Messages stand in their groups where it has groups (CONTRL: SG3, else SG1).

    ``first`` is its first message, with findings or without. All that a CONTRL says is in here, and it can be kept.
    """

    received: InterchangeHeader
    first: MessageHeader | None = None
    findings: tuple[Finding, ...] = ()
    messages: tuple[MessageReport, ...] = ()
    groups: tuple[GroupReport, ...] = ()
    beyond: Beyond = Beyond()

    @property
    def answerable(self) -> bool:
        """Whether UNB says all that UCI has to repeat, at a length that it can; where not, tell it by other means."""
        return can_be_written(self.received.reference) and can_be_addressed(self.received)

    @property
    def is_sent(self) -> bool:
        """Whether a CONTRL goes out: somebody can be addressed, and this is no answer itself (ISO 9735)."""
        return self.answerable and (self.first is None or self.first.type != _ANSWER)


def _all_said(*values: str | None) -> bool:
    return all(map(can_be_written, values))


def refused(findings: Iterable[Finding]) -> bool:
    """Whether these findings reject what they are about."""
    return any(one.severity is Severity.REJECT for one in findings)


def as_found(one: Finding) -> Finding:
    """A finding with the severity that it has, where no partner's policy is known."""
    return one


class OpenReport:
    """A report on an interchange whose messages are read now, and handed over one at a time.

    The survey finds some faults of messages before it knows of messages: they are told here at theirs, by their bytes.
    ``judged`` gives a finding the severity that the partner's policy has for it; ``further`` are findings of the
    interchange that no reading of it alone can tell.
    """

    def __init__(
        self, received: Interchange, judged: Callable[[Finding], Finding] = as_found, further: Iterable[Finding] = ()
    ) -> None:
        self._received = received
        self._header = InterchangeHeader.of(received)
        self._judged = judged
        self._of_interchange = [judged(one) for one in (*received.findings, *further)]
        self._of_messages = _Scattered(self._of_interchange, IN_MESSAGES)
        self._of_groups = _Scattered(self._of_interchange, ("group",))
        self._first: MessageHeader | None = None
        self._reports: list[MessageReport] = []
        self._beyond = Beyond()
        self._kept = 0

    def add(self, message: Message) -> MessageReport | None:
        """Take note of the next message; gives what is told of it, None where that is nothing."""
        if self._first is None:
            self._first = MessageHeader.of(message)
        if not message.findings and self._of_messages.is_empty:
            return None
        own = self._of_messages.take(message.offset, message.last.offset)
        own += [self._judged(one) for one in message.findings]
        self._kept += len(own)
        if not own:
            return None
        if self._kept > MOST_FINDINGS:
            self._beyond = Beyond(
                messages=self._beyond.messages + 1,
                offset=message.offset if self._beyond.offset is None else self._beyond.offset,
                refused=self._beyond.refused or refused(own),
            )
            return None
        report = _message_report(message, own)
        self._reports.append(report)
        return report

    def on_message(self, one: MessageReport) -> SyntaxReport:
        """A report on this message of it alone, without what is about the interchange or a group."""
        number = self._received.group_at(one.offset)
        report = SyntaxReport(received=self._header, first=self._first)
        if number is None:
            return report.model_copy(update={"messages": (one,)})
        group = _group_report(self._received.functional_groups[number - 1], (), (one,))
        return report.model_copy(update={"groups": (group,)})

    def on_interchange(self) -> SyntaxReport:
        """A report on the interchange and its groups alone: known before any message is.

        What no message may turn out to have is not yet known, so all that may be of a message stands here as well.
        """
        taken = _Scattered(self._of_interchange, ("group",))
        groups = [(group, taken.of_group(group)) for group in self._received.functional_groups]
        reports = tuple(_group_report(group, own, ()) for group, own in groups if own)
        left = _without(self._of_interchange, taken.taken)
        return SyntaxReport(received=self._header, first=self._first, findings=left, groups=reports)

    def closed(self) -> SyntaxReport:
        """The whole report, when all messages were handed over."""
        reports = self._reports
        groups, alone, grouped = list[GroupReport](), list[MessageReport](), 0
        for group in self._received.functional_groups:
            own = self._of_groups.of_group(group)
            first = bisect_right(reports, group.start, key=lambda one: one.offset)
            last = bisect_right(reports, group.end, key=lambda one: one.offset)
            inside, outside = tuple(reports[first:last]), reports[grouped:first]
            groups += [_group_report(group, own, inside)] if own or inside else []
            alone += outside
            grouped = last
        return SyntaxReport(
            received=self._header,
            first=self._first,
            findings=_without(self._of_interchange, (*self._of_messages.taken, *self._of_groups.taken)),
            messages=(*alone, *reports[grouped:]),
            groups=tuple(groups),
            beyond=self._beyond,
        )


def report_on(
    received: Interchange,
    messages: Iterable[Message],
    judged: Callable[[Finding], Finding] = as_found,
    further: Iterable[Finding] = (),
) -> SyntaxReport:
    """The report on an interchange, with the findings of those of these messages that are in it."""
    report = OpenReport(received, judged, further)
    for message in messages:
        if message.interchange is received:
            report.add(message)
    return report.closed()


def _without(findings: Iterable[Finding], taken: Iterable[Finding]) -> tuple[Finding, ...]:
    known = set(map(id, taken))
    return tuple(one for one in findings if id(one) not in known)


class _Scattered:
    """Findings of these scopes by the byte where they stand, to be taken by those whom they are about."""

    def __init__(self, findings: Iterable[Finding], scopes: Sequence[str]) -> None:
        self._findings = sorted((one for one in findings if one.kind.scope in scopes), key=_offset)
        self.taken: list[Finding] = []

    @property
    def is_empty(self) -> bool:
        return not self._findings

    def of_group(self, group: FunctionalGroup) -> list[Finding]:
        """Those of a group. What stands at the end of one that is not closed, as the next UNG, is not its own."""
        return self.take(group.start, group.end if group.closed else group.end - 1)

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
