"""Give account of every byte of a file: it is in a segment, is known padding, or a finding tells of it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, BinaryIO, NamedTuple

from orders.findings import Case, Finding
from orders.findings.log import FindingLog
from orders.findings.syntax import (
    SYN012_MESSAGE_TOO_LONG,
    SYN012_SEGMENT_TOO_LONG,
    SYN012_TOO_MANY_GROUPS,
    SYN012_TOO_MANY_INTERCHANGES,
    SYN012_TOO_MANY_MESSAGES,
)
from orders.location import SegmentLocation
from parsers.edifact.interchange import Interchange
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.segment import Segment
from parsers.edifact.stream import FILL, Block, Piece, blocks
from parsers.edifact.survey import survey

_BEYOND_LIMIT: tuple[Case[Any], ...] = (
    SYN012_SEGMENT_TOO_LONG,
    SYN012_MESSAGE_TOO_LONG,
    SYN012_TOO_MANY_MESSAGES,
    SYN012_TOO_MANY_GROUPS,
    SYN012_TOO_MANY_INTERCHANGES,
)
"""Tell of everything from their place on: of the rest of a segment, a message or a file that is beyond a limit."""


class Kind(StrEnum):
    """What became of some bytes. ``LOST`` would be a fault of ours."""

    SEGMENT = "segment"
    PADDING = "padding"
    FINDING = "finding"
    LOST = "lost"


class Stretch(NamedTuple):
    """Bytes from ``start`` to before ``end``; in a segment its terminator counts, and UNA counts as a segment."""

    start: int
    end: int
    kind: Kind


def account(stream: BinaryIO) -> Iterator[Stretch]:
    """The whole file in stretches, from its first byte to its last, without a gap and without an overlap."""
    found = survey(stream)
    read = _Segments(messages(stream, found))
    size, position = stream.seek(0, 2), 0
    for interchange in found.interchanges:
        yield from _outside(stream, position, interchange.start, found.findings)
        yield from _interchange(stream, interchange, read)
        position = interchange.end
    yield from _outside(stream, position, size, found.findings)


def _outside(stream: BinaryIO, start: int, end: int, said: FindingLog) -> Iterator[Stretch]:
    """What belongs to no interchange."""
    stream.seek(start)
    bytes_left = stream.read(end - start)
    if start == 0 and bytes_left.startswith(b"\xef\xbb\xbf"):
        yield Stretch(0, 3, _told_at(0, said))
        start, bytes_left = 3, bytes_left[3:]
    begin = end - len(bytes_left.lstrip(FILL))
    if begin > start:
        yield Stretch(start, begin, Kind.PADDING)
    if end > begin:
        yield Stretch(begin, end, _told_at(begin, said))


def _interchange(stream: BinaryIO, interchange: Interchange, read: "_Segments") -> Iterator[Stretch]:
    position = interchange.start
    if interchange.body > position:
        yield Stretch(position, interchange.body, Kind.SEGMENT)
        position = interchange.body
    for piece in _pieces(stream, interchange):
        begin = min(piece.offset, interchange.end)
        if begin > position:
            yield Stretch(position, begin, Kind.PADDING)
        position = begin
        if begin == interchange.end:
            return
        if piece.end > begin:
            yield Stretch(begin, piece.end, _kind(piece, interchange, read))
        position = piece.end


def _pieces(stream: BinaryIO, interchange: Interchange) -> Iterator[Piece]:
    for block in blocks(stream, interchange.body, interchange.separators):
        if isinstance(block, Block):
            yield from block.pieces()
        else:
            yield block


def _kind(piece: Piece, interchange: Interchange, read: "_Segments") -> Kind:
    if read.has(piece):
        return Kind.SEGMENT
    envelope = piece.raw[:3] in (b"UNB", b"UNG", b"UNE", b"UNZ") and not piece.oversize
    return Kind.SEGMENT if envelope else _told_at(piece.offset, interchange.findings, *read.findings())


def _told_at(offset: int, *said: FindingLog) -> Kind:
    """Whether a finding tells of what begins at this byte."""
    return Kind.FINDING if any(_tells(one, offset) for one in said) else Kind.LOST


def _tells(said: FindingLog, offset: int) -> bool:
    if any(_place(further.first) <= offset <= further.last for further in said.further.values()):
        return True
    return any(_place(one) == offset or (_tells_of_the_rest(one) and 0 <= _place(one) < offset) for one in said)


def _tells_of_the_rest(one: Finding) -> bool:
    return any(map(one.says, _BEYOND_LIMIT))


def _place(one: Finding) -> int:
    location = one.location
    return location.offset if isinstance(location, SegmentLocation) and location.offset is not None else -1


class _Segments:
    """The segments that the reader gives, asked for in the order of the file."""

    def __init__(self, read: Iterable[Message]) -> None:
        self._following = ((message, segment) for message in read for segment in message.segments)
        self._before: Message | None = None
        self._next: tuple[Message, Segment] | None = next(self._following, None)

    def has(self, piece: Piece) -> bool:
        """Whether the segment that begins here was given, with exactly these bytes."""
        if self._next is None or self._next[1].offset != piece.offset:
            return False
        message, segment = self._next
        self._before, self._next = message, next(self._following, None)
        return segment.raw == piece.raw

    def findings(self) -> list[FindingLog]:
        """Those of the messages around the place that was asked for last."""
        messages_around = [self._before, self._next[0] if self._next else None]
        return [message.findings for message in messages_around if message is not None]
