"""Cut a stream of bytes at segment terminators, in bounded memory, every byte accounted for."""

from collections.abc import Iterator
from functools import cached_property
from typing import BinaryIO, NamedTuple

from parsers.edifact.separators import Separators

CHUNK, _FIRST_CHUNK = 1 << 18, 1 << 12
"""Bytes that are read at once: few at first, for most interchanges are small and a file can hold many of them."""

MAX_SEGMENT = 1 << 16
"""Longest segment that is read, in bytes; a longer one is reported with its place and size and passed over."""

PADDING = b" \t\r\n"
"""Between segments these bytes are blanks and line ends, not data."""

BLANKS = PADDING.decode("ascii")
"""The same as text."""

FILL = PADDING + b"\0\x1a"
"""Outside of interchanges also what fills the last record on some systems, NUL, and what ends a text on others."""

ONE_TO_ONE = "iso8859-1"
"""Gives each byte the character of the same number. Cut as text, segments need not be decoded one by one, and lengths
are those of the bytes, whatever their character set."""


class Piece(NamedTuple):
    """Bytes between two terminators: ``raw`` without padding around it; ``offset`` of its first byte in the file.

    ``end`` is the offset behind the terminator. A piece is ``closed`` by a terminator, or the file ended first;
    it is ``oversize`` where it was too long to keep, and ``raw`` is then only its beginning.
    """

    raw: bytes
    offset: int
    end: int
    closed: bool = True
    oversize: bool = False


class Block:
    """Segments that were read together: ``raw`` is all of them, terminators included, from ``offset`` in the file on.

    None of the segments is oversize.
    """

    def __init__(self, raw: bytes, offset: int, separators: Separators) -> None:
        self.raw = raw
        self.offset = offset
        self._separators = separators

    @property
    def end(self) -> int:
        """Offset behind the last of them."""
        return self.offset + len(self.raw)

    @cached_property
    def text(self) -> str:
        """The same as text in ``ONE_TO_ONE``."""
        return self.raw.decode(ONE_TO_ONE)

    @cached_property
    def parts(self) -> list[str]:
        """Of each segment what stands before its terminator, padding in front included."""
        release = self._separators.release
        return cut(self.text, chr(self._separators.terminator), None if release is None else chr(release))[0]

    def pieces(self) -> "Iterator[Piece]":
        """Its segments one by one, empty ones included."""
        return _pieces_of(self.parts, self.offset)


def blocks(stream: BinaryIO, start: int, separators: Separators, most_at_once: int = CHUNK) -> Iterator[Block | Piece]:
    """The stream cut into segments, a block at a time; what is oversize, or not closed, comes as a piece of its own.

    Whoever has to see every segment of a large file goes through blocks: an object for each piece costs more than
    cutting the bytes does.
    """
    ends = Ends(separators)
    offset, rest, size = start, b"", _FIRST_CHUNK
    while chunk := _read_at(stream, offset + len(rest), size):
        size = min(4 * size, most_at_once)
        buffer = rest + chunk
        end = ends.last(buffer, 0, len(buffer))
        rest = buffer[end:]
        if end:
            block = Block(buffer[:end], offset, separators)
            if ends.leave_more_than(MAX_SEGMENT, block.raw):
                yield from block.pieces()
            else:
                yield block
            offset += end
        if len(rest) > MAX_SEGMENT:
            offset, rest = offset + len(rest) - len(rest.lstrip(PADDING)), rest.lstrip(PADDING)
        if len(rest) > MAX_SEGMENT:
            found = ends.first(stream, offset)
            behind = stream.seek(0, 2) if found is None else found
            yield Piece(rest[:MAX_SEGMENT], offset, behind, found is not None, oversize=True)
            offset, rest = behind, b""
    if rest:
        yield _piece(rest, offset, offset + len(rest), False)


def _read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    """The next chunk; the position is set each time, so that two readers can share a stream."""
    stream.seek(offset)
    return stream.read(size)


def _pieces_of(parts: list[str], offset: int) -> Iterator[Piece]:
    for part in parts:
        end = offset + len(part) + 1
        yield _piece(part.encode(ONE_TO_ONE), offset, end, True)
        offset = end


def _piece(part: bytes, offset: int, end: int, closed: bool) -> Piece:
    raw = part.lstrip(PADDING)
    if len(raw) > MAX_SEGMENT:
        return Piece(raw[:MAX_SEGMENT], offset + len(part) - len(raw), end, closed, oversize=True)
    return Piece(raw, offset + len(part) - len(raw), end, closed)


def cut(run: str, terminator: str, release: str | None) -> tuple[list[str], str]:
    """The segments of a run, and what stands behind the last terminator."""
    *released, end = [run] if release is None else run.split(release + terminator)
    if release is None or not released:
        parts = run.split(terminator)
        return parts, parts.pop()
    segments: list[str] = []
    unfinished: list[str] = []
    for piece in released:
        last = _split(piece, terminator, segments, unfinished)
        if _is_odd(last, release):  # the release character is itself released, and the terminator behind it counts
            segments.append("".join((*unfinished, last, release)))
            unfinished.clear()
        else:
            unfinished += (last, release, terminator)
    last = _split(end, terminator, segments, unfinished)
    return segments, "".join((*unfinished, last))


def _split(piece: str, terminator: str, segments: list[str], unfinished: list[str]) -> str:
    """Add the segments of a piece, the first of which goes on where another was ``unfinished``; gives the open end."""
    first, *following = piece.split(terminator)
    if not following:
        return first
    segments.append("".join((*unfinished, first)))
    unfinished.clear()
    segments += following[:-1]
    return following[-1]


def _is_odd(part: str, release: str) -> bool:
    """Whether the run of release characters at its end releases what follows, and not only each other."""
    return (len(part) - len(part.rstrip(release))) % 2 == 1


class Ends:
    """Finds the terminators that end a segment, and are no released ones."""

    def __init__(self, separators: Separators) -> None:
        self._terminator = bytes([separators.terminator])
        self._release = None if separators.release is None else bytes([separators.release])

    def last(self, buffer: bytes, begin: int, end: int) -> int:
        """Where the last segment that ends between these positions does, behind its terminator; ``begin`` if none."""
        at = buffer.rfind(self._terminator, begin, end)
        while at >= 0 and not self.closes(buffer, at):
            at = buffer.rfind(self._terminator, begin, at)
        return at + 1 if at >= 0 else begin

    def closes(self, buffer: bytes, position: int) -> bool:
        """Whether the terminator at this position ends a segment."""
        return self._run_before(buffer, position) % 2 == 0

    def leave_more_than(self, size: int, closed: bytes) -> bool:
        """Whether one of these segments, each with its terminator, is longer than so many bytes without it."""
        position = 0
        while len(closed) - position > size + 1:
            following = self.last(closed, position, position + size + 1)
            if following == position:
                return True
            position = following
        return False

    def first(self, stream: BinaryIO, offset: int) -> int | None:
        """Offset behind the terminator that closes the segment starting here; None where the file ends first."""
        stream.seek(offset)
        position, run = offset, 0
        while chunk := stream.read(CHUNK):
            begin = 0
            while (found := chunk.find(self._terminator, begin)) >= 0:
                before = self._run_before(chunk, found)
                if (before + (run if before == found else 0)) % 2 == 0:
                    return position + found + 1
                begin = found + 1
            tail = self._run_before(chunk, len(chunk))
            run = run + tail if tail == len(chunk) else tail
            position += len(chunk)
        return None

    def _run_before(self, buffer: bytes, position: int) -> int:
        """How many release characters stand one after the other before this position."""
        if self._release is None or buffer[position - 1 : position] != self._release:
            return 0
        begin = position
        while buffer[begin - 1 : begin] == self._release:
            begin -= 1
        return position - begin
