"""A message, as the reader gives it: its segments, and what was noticed about them as text."""

from dataclasses import dataclass, field

from orders.findings.log import FindingLog
from parsers.edifact.group_shape import ShapedGroup
from parsers.edifact.interchange import Interchange
from parsers.edifact.segment import MessageNumber, Segment
from parsers.edifact.shapes import Shapes

MAX_MESSAGE_SEGMENTS, MAX_MESSAGE_BYTES = 200_000, 16 << 20
"""Longest message that is read; what follows up to its UNT is reported and passed over."""


@dataclass(slots=True)
class Message:
    """A message from UNH to UNT; ``place`` says where it stands in the file.

    Its ``parts`` are segments, and lines of a known shape, whose segments nobody has cut yet; ``count`` is the number
    of all segments. Findings are those of its syntax. ``shapes`` are those of its kind, where it pays to learn them.
    """

    interchange: Interchange
    place: MessageNumber
    unh: Segment
    shapes: Shapes | None = None
    parts: list[Segment | ShapedGroup] = field(default_factory=list)
    count: int = 0
    findings: FindingLog = field(default_factory=FindingLog)
    directory: str = field(init=False)
    """Version and release, such as ``D.96A`` (0052, 0054)."""

    def __post_init__(self) -> None:
        self.add(self.unh)
        self.directory = f"{(self.unh.value(2, 2) or '').strip()}.{(self.unh.value(2, 3) or '').strip()}"

    def add(self, segment: Segment) -> None:
        """Add the next segment."""
        self.parts.append(segment)
        self.count += 1

    def add_shaped(self, group: ShapedGroup) -> None:
        """Add the next group."""
        self.parts.append(group)
        self.count += group.shape.length

    @property
    def number(self) -> int:
        """Its number in the file, from 1 on."""
        return self.place.message or 0

    @property
    def offset(self) -> int:
        """Byte of the file at which it begins."""
        return self.unh.offset

    @property
    def last(self) -> Segment:
        part = self.parts[-1]
        return part if isinstance(part, Segment) else part.cut()[-1]

    @property
    def segments(self) -> list[Segment]:
        """All segments in the order of the file; those of known shapes are cut for it."""
        found: list[Segment] = []
        for part in self.parts:
            if isinstance(part, Segment):
                found.append(part)
            else:
                found += part.cut()
        return found

    def has_room(self, offset: int, segments: int = 1) -> bool:
        """Whether so many more segments are read, up to this byte of the file."""
        return self.count + segments <= MAX_MESSAGE_SEGMENTS and offset - self.offset < MAX_MESSAGE_BYTES

    @property
    def reference(self) -> str | None:
        return self.unh.value(1)

    @property
    def type(self) -> str | None:
        """Message type, such as ORDERS (0065)."""
        return self.unh.value(2, 1)

    @property
    def agency(self) -> str | None:
        """Controlling agency, such as UN (0051)."""
        return self.unh.value(2, 4)

    @property
    def association(self) -> str | None:
        """Association assigned code, such as EAN008 (0057)."""
        return self.unh.value(2, 5)
