"""Segment groups, as the tree of a message has them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from parsers.edifact.segment import Segment


class AnyGroup(Protocol):
    """A segment group: its trigger and other segments in ``segments``, the groups inside of it in ``groups``."""

    @property
    def tag(self) -> str: ...

    @property
    def segments(self) -> Sequence[Segment]: ...

    @property
    def groups(self) -> "Sequence[AnyGroup]": ...


class Group:
    """A segment group that is at hand."""

    __slots__ = ("groups", "segments", "tag")

    def __init__(self, tag: str, segments: list[Segment]) -> None:
        self.tag = tag
        self.segments = segments
        self.groups: list[AnyGroup] = []

    def of(self, tag: str) -> Iterator[AnyGroup]:
        """The groups directly inside that are triggered by this tag, in the order of the file."""
        return (group for group in self.groups if group.tag == tag)


class Nested(NamedTuple):
    """Where a segment stands in a group: inside how many groups below it, and whether it opens another one."""

    depth: int
    opens: bool


def in_file_order(group: AnyGroup) -> list[tuple[Segment, Nested]]:
    """All segments of a group, its trigger first, each with its nesting."""
    found = _nested(group, 0)
    return sorted(found, key=lambda one: one[0].number)


def _nested(group: AnyGroup, depth: int) -> Iterator[tuple[Segment, Nested]]:
    for segment in group.segments:
        yield segment, Nested(depth, opens=segment is group.segments[0])
    for inner in group.groups:
        yield from _nested(inner, depth + 1)


def grown(segments: Sequence[Segment], nesting: Sequence[Nested]) -> Group:
    """The group that these segments make, nested as ``in_file_order`` tells it; the first one triggers it."""
    root = Group(segments[0].tag, [segments[0]])
    open_groups, outermost = [root], nesting[0].depth
    for segment, (depth, opens) in zip(segments[1:], nesting[1:], strict=True):
        del open_groups[depth - outermost + (0 if opens else 1) :]
        if opens:
            inner = Group(segment.tag, [segment])
            open_groups[-1].groups.append(inner)
            open_groups.append(inner)
        else:
            open_groups[-1].segments.append(segment)
    return root
