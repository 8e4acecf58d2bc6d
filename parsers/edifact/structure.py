"""A message as a tree of segment groups, matched against its directory in one pass.

The matcher never looks back: a segment belongs to the innermost open group that still has a place for it, as
ISO 9735 rules. What has no place is reported and stays with the group that was open, so that nothing is lost.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cache

from orders.findings import Finding, finding
from parsers.edifact.directory import GroupSlot, Slot, directory, nearest
from parsers.edifact.reader import Message
from parsers.edifact.segment import Segment

_AGENCY = "UN"
"""0051, controlling agency: UN/CEFACT, whose directories these are."""


class Group:
    """A segment group: its trigger and other segments in ``segments``, the groups inside of it in ``groups``."""

    __slots__ = ("groups", "segments", "tag")

    def __init__(self, tag: str, segments: list[Segment]) -> None:
        self.tag = tag
        self.segments = segments
        self.groups: list[Group] = []

    def of(self, tag: str) -> "Iterator[Group]":
        """The groups directly inside that are triggered by this tag, in the order of the file."""
        return (group for group in self.groups if group.tag == tag)


@dataclass(slots=True)
class _Step:
    """Where a tag leads from a state: how deep, to which item, and what was passed over on the way.

    ``closes`` where groups deeper than that are open; ``again`` where it is the item that was there before.
    """

    depth: int
    closes: bool
    opens: bool
    repeat: int
    again: bool
    missing: tuple[str, ...]
    state: "_State"


@dataclass(slots=True)
class _State:
    """A position in the message definition: the index of the current item, level by level."""

    path: tuple[int, ...]
    steps: dict[str, "_Step | None"] = field(default_factory=dict)


class _Definition:
    """A message definition with the steps worked out so far; they are the same for every message of the type."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        self._states: dict[tuple[int, ...], _State] = {}

    def state(self, path: tuple[int, ...]) -> _State:
        return self._states.setdefault(path, _State(path))

    def step(self, state: _State, tag: str) -> _Step | None:
        """The step from here for this tag; None where the tag has no place from here on."""
        if tag not in state.steps:
            state.steps[tag] = self._work_out(state, tag)
        return state.steps[tag]

    def _levels(self, path: tuple[int, ...]) -> list[tuple[Slot, ...]]:
        levels = [self.slots]
        for index in path[:-1]:
            slot = levels[-1][index]
            assert isinstance(slot, GroupSlot)
            levels.append(slot.items)
        return levels

    def _work_out(self, state: _State, tag: str) -> _Step | None:
        levels = self._levels(state.path)
        missing: list[str] = []
        for depth in range(len(state.path) - 1, -1, -1):
            items, current = levels[depth], state.path[depth]
            for index in range(current, len(items)):
                slot = items[index]
                if slot.tag == tag and not (index == 0 and depth > 0):
                    passed = missing + [_name(one) for one in items[current + 1 : index] if one.mandatory]
                    opens = isinstance(slot, GroupSlot)
                    path = (*state.path[:depth], index, *((0,) if opens else ()))
                    again = index == current
                    closes = depth < len(state.path) - 1
                    return _Step(depth, closes, opens, slot.repeat, again, tuple(passed), self.state(path))
            missing += [_name(one) for one in items[current + 1 :] if one.mandatory]
        return None

    def unfinished(self, state: _State) -> list[str]:
        """Mandatory items that still lack when the message ends in this state."""
        levels = self._levels(state.path)
        return [
            _name(one)
            for depth in range(len(state.path) - 1, -1, -1)
            for one in levels[depth][state.path[depth] + 1 :]
            if one.mandatory
        ]


def _name(slot: Slot) -> str:
    return f"{slot.name} ({slot.tag})" if isinstance(slot, GroupSlot) else slot.tag


@cache
def _definition(version: str, message_type: str) -> _Definition | None:
    slots = directory(version).messages.get(message_type)
    return None if slots is None else _Definition(slots)


def tree(message: Message) -> Group | None:
    """The message as a tree; findings go to the message. None where its type is not in the directories."""
    version = nearest(message.directory)
    definition = _definition(version, message.type or "")
    if definition is None:
        return None
    if version != message.directory:
        words = f"Directory {message.directory} is not known here; {version} was used."
        place = message.segments[0].place(2, 3)
        message.findings.append(finding("SYN024", words, location=place, before=message.directory, after=version))
    if message.agency not in (None, _AGENCY):
        words = (
            f"The message is of the agency {message.agency}, whose directories are not known here; {version} was used."
        )
        place = message.segments[0].place(2, 4)
        message.findings.append(finding("SYN024", words, location=place, before=message.agency, after=_AGENCY))
    return _matched(message, definition, directory(version).segments)


def _matched(message: Message, definition: _Definition, known: Container[str]) -> Group:
    segments = message.segments
    root = Group(message.type or "", [segments[0]])
    stack, counts = [root], [1]
    state, innermost = definition.state((0,)), root.segments
    report = message.findings.append
    for segment in segments[1:]:
        tag = segment.tag
        # Tags of no directory are not looked up: the steps are kept, and a sender could invent tags without end.
        step = state.steps.get(tag) or (definition.step(state, tag) if tag in known else None)
        if step is None:
            report(_misplaced(segment, known))
            innermost.append(segment)
            continue
        depth, state = step.depth, step.state
        if step.closes:
            del stack[depth + 1 :], counts[depth + 1 :]
            innermost = stack[-1].segments
        counts[depth] = counts[depth] + 1 if step.again else 1
        if counts[depth] == step.repeat + 1:
            what = f"Group {tag}" if step.opens else tag
            words = f"{what} is repeated more often than {step.repeat} times here."
            report(finding("SYN017", words, location=segment.place()))
        if step.missing:
            words = f"{', '.join(step.missing)} should stand before this {tag}."
            report(finding("SYN016", words, location=segment.place()))
        if step.opens:
            innermost = [segment]
            group = Group(tag, innermost)
            stack[-1].groups.append(group)
            stack.append(group)
            counts.append(1)
        else:
            innermost.append(segment)
    lacking = [name for name in definition.unfinished(state) if name != "UNT"]
    if lacking:
        words = f"{', '.join(lacking)} should stand before the message ends."
        report(finding("SYN016", words, location=segments[-1].place()))
    return root


def _misplaced(segment: Segment, known: Container[str]) -> Finding:
    if segment.tag in known:
        words = f"{segment.tag} is not allowed at this place."
        return finding("SYN015", words, location=segment.place(), before=segment.tag)
    words = f"{segment.tag} is not a segment of this directory."
    return finding("SYN014", words, location=segment.place(), before=segment.tag)
