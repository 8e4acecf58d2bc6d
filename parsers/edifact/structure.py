"""A message as a tree of segment groups, matched against its directory in one pass.

What has no place is reported and stays with the group that was open, so that nothing is lost.
"""

from collections.abc import Container

from orders.findings import Finding, finding
from orders.findings.parameters import SegmentTag
from orders.findings.syntax import (
    SYN014_UNKNOWN_SEGMENT,
    SYN015_MISPLACED_SEGMENT,
    SYN016_MISSING_AT_END,
    SYN016_MISSING_BEFORE,
    SYN017_GROUP_REPEATED,
    SYN017_SEGMENT_REPEATED,
    SYN024_UNKNOWN_AGENCY,
    SYN024_UNKNOWN_DIRECTORY,
    AgencyUsed,
    DirectoryUsed,
    LackingBefore,
    LackingSegments,
    TagRepeated,
)
from parsers.edifact.definition import Definition, Step, definition_of
from parsers.edifact.directory import directory, nearest
from parsers.edifact.group_shape import ShapedGroup
from parsers.edifact.groups import Group
from parsers.edifact.message import Message
from parsers.edifact.segment import Segment

_AGENCY = "UN"
"""0051, controlling agency: UN/CEFACT, whose directories these are."""


def tree(message: Message) -> Group | None:
    """The message as a tree; findings go to the message. None where its type is not in the directories."""
    version = nearest(message.directory)
    definition = definition_of(version, message.type or "")
    if definition is None:
        return None
    if version != message.directory:
        other = SYN024_UNKNOWN_DIRECTORY(DirectoryUsed(directory=message.directory, used=version))
        place = message.unh.place(2, 3)
        message.findings.append(finding(other, location=place, before=message.directory, after=version))
    if message.agency not in (None, _AGENCY):
        foreign = SYN024_UNKNOWN_AGENCY(AgencyUsed(agency=message.agency, used=version))
        place = message.unh.place(2, 4)
        message.findings.append(finding(foreign, location=place, before=message.agency, after=_AGENCY))
    return _Matching(message, definition, version).matched()


class _Matching:
    """Matches one message: ``stack`` are the open groups, ``counts`` how often the current item of each was there."""

    def __init__(self, message: Message, definition: Definition, version: str) -> None:
        self.message = message
        self.definition = definition
        self.known = directory(version).segments
        self.root = Group(message.type or "", [message.unh])
        self.stack, self.counts = [self.root], [1]
        self.state = definition.state((0,))

    def matched(self) -> Group:
        for part in self.message.parts[1:]:
            if isinstance(part, Segment):
                self._take(part)
            elif not self._take_shaped(part):
                for segment in part.cut():
                    self._take(segment)
        lacking = [name for name in self.definition.unfinished(self.state) if name != "UNT"]
        if lacking:
            said = SYN016_MISSING_AT_END(LackingSegments(tags=tuple(lacking)))
            self.message.findings.append(finding(said, location=self.message.last.place()))
        return self.root

    def _take(self, segment: Segment) -> None:
        """Find the place of a segment."""
        tag, stack = segment.tag, self.stack
        # Tags of no directory are not looked up: the steps are kept, and a sender could invent tags without end.
        step = self.state.steps.get(tag) or (self.definition.step(self.state, tag) if tag in self.known else None)
        if step is None:
            self.message.findings.append(_misplaced(segment, self.known))
            stack[-1].segments.append(segment)
            return
        depth, self.state = step.depth, step.state
        if step.closes:
            del stack[depth + 1 :], self.counts[depth + 1 :]
        self.counts[depth] = self.counts[depth] + 1 if step.again else 1
        if self.counts[depth] == step.repeat + 1 or step.missing:
            self._report(step, segment)
        if step.opens:
            group = Group(tag, [segment])
            stack[-1].groups.append(group)
            stack.append(group)
            self.counts.append(1)
        else:
            stack[-1].segments.append(segment)

    def _take_shaped(self, group: ShapedGroup) -> bool:
        """Take a group whose shape was checked before as a whole; False where it has no place here."""
        step = self.definition.step(self.state, group.tag)
        if step is None or step.depth or step.state is not group.shape.entry:
            return False
        del self.stack[1:], self.counts[1:]
        self.counts[0] = self.counts[0] + 1 if step.again else 1
        if self.counts[0] == step.repeat + 1 or step.missing:
            self._report(step, group.segments[0])
        self.root.groups.append(group)
        self.state = group.shape.leads_to
        return True

    def _report(self, step: Step, segment: Segment) -> None:
        """Tell that the segment, or its group, comes too often, or that something is missing before it."""
        report = self.message.findings.append
        if self.counts[step.depth] == step.repeat + 1:
            repeated = SYN017_GROUP_REPEATED if step.opens else SYN017_SEGMENT_REPEATED
            report(finding(repeated(TagRepeated(tag=segment.tag, most=step.repeat)), location=segment.place()))
        if step.missing:
            missing = SYN016_MISSING_BEFORE(LackingBefore(tags=tuple(step.missing), tag=segment.tag))
            report(finding(missing, location=segment.place()))


def _misplaced(segment: Segment, known: Container[str]) -> Finding:
    said = SYN015_MISPLACED_SEGMENT if segment.tag in known else SYN014_UNKNOWN_SEGMENT
    return finding(said(SegmentTag(tag=segment.tag)), location=segment.place(), before=segment.tag)
