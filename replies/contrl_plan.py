"""Where in a CONTRL each finding goes (ISO 9735): UCI, UCF and UCM hold one error each, UCS one of a segment.

An error of UNH or UNT belongs into UCM. Where there are several, the worst stands there and the others follow as errors
of those two segments, which have a number in the message as all others have. What finds no place is handed back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from orders.findings import Finding
from replies.contrl_codes import element_position, is_missing_segment, is_told, place_of, segment_position, service_tag
from replies.contrl_report import GroupReport, MessageReport, SyntaxReport

_MAX_UCS, _MAX_UCD = 999, 99


@dataclass(slots=True)
class SegmentErrors:
    """One UCS: the segment's number, the error of the whole segment, and those of its elements (UCD)."""

    position: int
    whole: Finding | None = None
    elements: list[Finding] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        """Whether an error of an element can be added. A UCS that reports a gap is not about the segment it names."""
        gap = self.whole is not None and is_missing_segment(self.whole)
        return len(self.elements) < _MAX_UCD and not gap


@dataclass(frozen=True, slots=True)
class MessageErrors:
    """One UCM and the UCS below it."""

    message: MessageReport
    head: Finding | None
    segments: tuple[SegmentErrors, ...]


@dataclass(frozen=True, slots=True)
class GroupErrors:
    """One UCF and the UCM below it."""

    group: GroupReport
    head: Finding | None
    messages: tuple[MessageErrors, ...]


@dataclass(slots=True)
class Plan:
    """The whole message. ``untold`` are findings that would have a code, but for which CONTRL has no place.

    ``unnamed`` says that a refused message is among them: nothing may then be acknowledged as a whole.
    """

    head: Finding | None = None
    messages: tuple[MessageErrors, ...] = ()
    groups: tuple[GroupErrors, ...] = ()
    untold: list[Finding] = field(default_factory=list)
    unnamed: bool = False


def plan(report: SyntaxReport) -> Plan:
    """Give every finding that is told its place."""
    planned = Plan()
    planned.head = _head(report.findings, planned)
    if report.received.grouped:
        # SG1 and SG3 exclude each other: a message outside of the groups has no place beside them.
        for message in report.messages:
            _leave_out(message, planned)
    else:
        planned.messages = _messages(report.messages, planned)
    groups = []
    for group in report.groups:
        if group.nameable:
            head = _head(group.findings, planned)
            groups.append(GroupErrors(group, head, _messages(group.messages, planned)))
        else:
            planned.untold += filter(is_told, group.findings)
            for message in group.messages:
                _leave_out(message, planned)
    planned.groups = tuple(one for one in groups if one.head or one.messages)
    return planned


def _head(findings: Iterable[Finding], planned: Plan) -> Finding | None:
    """The worst finding, the first of equals; the others are left over."""
    told = [one for one in findings if is_told(one)]
    worst = _worst(told)
    planned.untold += (one for one in told if one is not worst)
    return worst


def _messages(messages: Sequence[MessageReport], planned: Plan) -> tuple[MessageErrors, ...]:
    errors = []
    for message in messages:
        if not message.nameable:
            _leave_out(message, planned)
        elif message.refused or any(map(is_told, message.findings)):
            errors.append(_message(message, planned))
    return tuple(errors)


def _leave_out(message: MessageReport, planned: Plan) -> None:
    planned.untold += filter(is_told, message.findings)
    planned.unnamed = planned.unnamed or message.refused


def _message(message: MessageReport, planned: Plan) -> MessageErrors:
    told = [one for one in message.findings if is_told(one)]
    head = _worst([one for one in told if service_tag(one) or segment_position(one) is None])
    segments: list[SegmentErrors] = []
    by_position: dict[int, list[SegmentErrors]] = {}
    for one in sorted((one for one in told if one is not head), key=_in_order):
        # The survey of an interchange knows no numbers, but that UNH is the first.
        position = 1 if place_of(one).tag == "UNH" else segment_position(one)
        if position is None or not _placed(one, message, position, by_position.setdefault(position, []), segments):
            planned.untold.append(one)
    return MessageErrors(message, head, tuple(segments))


def _in_order(finding: Finding) -> tuple[int, bool, int, int]:
    place = place_of(finding)
    position = segment_position(finding) or 0
    return (position, is_missing_segment(finding), place.element or 0, place.component or 0)


def _placed(
    finding: Finding, message: MessageReport, position: int, here: list[SegmentErrors], segments: list[SegmentErrors]
) -> bool:
    """Put the finding under a UCS of its segment that has room, or under a further one; False where none may follow."""
    if element_position(finding, message):
        for one in here:
            if one.has_room:
                one.elements.append(finding)
                return True
        added = SegmentErrors(position, elements=[finding])
    else:
        added = SegmentErrors(position, whole=finding)
    if len(segments) >= _MAX_UCS:
        return False
    segments.append(added)
    here.append(added)
    return True


def _worst(findings: Sequence[Finding]) -> Finding | None:
    return max(findings, key=lambda one: one.severity.rank, default=None)
