"""A segment group known at a glance: by the shape of one that was read before and had no fault.

The lines of a partner's orders differ in their values and in nothing else. One regular expression, made from a line
that was read with care, tells whether another has the same segments, qualifiers and codes, and values of allowed kinds
and lengths; it cuts out the values in the same go. What such a line says is decided by its shape and these values.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.edifact.definition import State
from parsers.edifact.groups import AnyGroup, Group, Nested, grown
from parsers.edifact.segment import Cutter, MessageNumber, Segment
from parsers.edifact.stream import BLANKS, ONE_TO_ONE


class Place(NamedTuple):
    """The place of a value in a group: the ``segment``, counted from 0, the element after its tag and the component."""

    segment: int
    element: int
    component: int


class GroupShape:
    """The shape of segment groups with the same segments, qualifiers and codes.

    ``pattern`` matches such a group from its tag to behind its last terminator. Its capturing groups are the values,
    and ``values`` says which stands where; every other component is the same in all such groups. ``numeric`` are those
    that are numbers with the decimal mark of the interchange. ``entry`` is where its first segment leads in the message
    definition, ``leads_to`` where the last one does. ``reading`` is for whoever maps such groups, to know again what it
    found.
    """

    def __init__(
        self,
        pattern: re.Pattern[str],
        values: dict[Place, int],
        numeric: frozenset[int],
        released: tuple[int, ...],
        nested: Sequence[Nested],
        states: tuple[State, State],
        tag: str,
        cutter: Cutter,
    ) -> None:
        self.pattern = pattern
        self.values = values
        self.numeric = numeric
        self.nested = nested
        self.length = len(nested)
        self.entry, self.leads_to = states
        self.tag = tag
        self.cutter = cutter
        self.reading: object = None
        self._released = released

    def said(self, match: re.Match[str]) -> Sequence[str]:
        """The values of a group, in the order of ``values``."""
        values = match.groups()
        if not self._released:
            return values
        bare = list(values)
        for place in self._released:
            bare[place] = self.cutter.unreleased(bare[place])
        return bare


class ShapedGroup:
    """A group of a known shape. Its segments are cut only when somebody asks for them.

    ``number`` is that of its first segment in its ``message``; ``start`` is where the matched text begins in the file.
    """

    __slots__ = ("_grown", "match", "message", "number", "shape", "start")

    def __init__(
        self, shape: GroupShape, match: re.Match[str], start: int, number: int, message: MessageNumber
    ) -> None:
        self.shape = shape
        self.match = match
        self.start = start
        self.number = number
        self.message = message
        self._grown: Group | None = None

    @property
    def tag(self) -> str:
        return self.shape.tag

    @property
    def segments(self) -> Sequence[Segment]:
        return self._whole().segments

    @property
    def groups(self) -> Sequence[AnyGroup]:
        return self._whole().groups

    def cut(self, first: int = 0, last: int | None = None) -> list[Segment]:
        """Its segments from the ``first`` to before the ``last``, counted from 0; all of them unless told."""
        parts = self.shape.cutter.parts(self.match.group())
        offset = self.start + sum(map(len, parts[:first])) + first
        segments = []
        for number, part in enumerate(parts[first:last], start=self.number + first):
            offset += len(part) + 1
            bare = part.lstrip(BLANKS)
            written = self.shape.cutter.written(bare, bare.encode(ONE_TO_ONE))
            segments.append(Segment(written, offset - len(bare) - 1, number, self.message))
        return segments

    def inner(self, first: int) -> Group:
        """The group inside of it that this segment triggers, counted from 0."""
        nested = self.shape.nested
        depth, last = nested[first].depth, first + 1
        while last < len(nested) and nested[last].depth >= depth + nested[last].opens:
            last += 1
        return grown(self.cut(first, last), nested[first:last])

    def _whole(self) -> Group:
        if self._grown is None:
            self._grown = grown(self.cut(), self.shape.nested)
        return self._grown
