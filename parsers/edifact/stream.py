"""Cut a stream of bytes at segment terminators, in bounded memory, every byte accounted for."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from parsers.edifact.separators import Separators

CHUNK, _FIRST_CHUNK = 1 << 18, 1 << 12
"""Bytes that are read at once: few at first, for most interchanges are small and a file can hold many of them."""

MAX_SEGMENT = 1 << 16
"""Longest segment that is read, in bytes; a longer one is reported with its place and size and passed over."""

PADDING = b" \t\r\n"
"""Between segments these bytes are blanks and line ends, not data."""

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


class Block(NamedTuple):
    """Segments that were read together: for each what stands before its terminator, padding in front included.

    ``parts`` are bytes, held as text in ``ONE_TO_ONE``. ``offset`` is that of the first; ``raw`` is all of it,
    terminators included, and ``text`` the same as text, with what has been read of the next one. None of the segments
    is oversize.
    """

    parts: list[str]
    offset: int
    raw: bytes
    text: str

    def pieces(self) -> "Iterator[Piece]":
        """Its segments one by one, empty ones included."""
        return _pieces_of(self.parts, self.offset)


def blocks(stream: BinaryIO, start: int, separators: Separators) -> Iterator[Block | Piece]:
    """The stream cut into segments, a block at a time; what is oversize, or not closed, comes as a piece of its own.

    Whoever has to see every segment of a large file goes through blocks: an object for each piece costs more than
    cutting the bytes does.
    """
    terminator = chr(separators.terminator)
    release = None if separators.release is None else chr(separators.release)
    offset, rest, size = start, b"", _FIRST_CHUNK
    while chunk := _read_at(stream, offset + len(rest), size):
        size = min(4 * size, CHUNK)
        buffer = rest + chunk
        text = buffer.decode(ONE_TO_ONE)
        parts, behind = cut(text, terminator, release)
        rest = buffer[len(buffer) - len(behind) :]
        if parts:
            if max(map(len, parts)) > MAX_SEGMENT:
                yield from _pieces_of(parts, offset)
            else:
                yield Block(parts, offset, buffer[: len(buffer) - len(rest)], text)
            offset += len(parts) + sum(map(len, parts))
        if len(rest) > MAX_SEGMENT:
            offset, rest = offset + len(rest) - len(rest.lstrip(PADDING)), rest.lstrip(PADDING)
        if len(rest) > MAX_SEGMENT:
            found = _end_of_segment(stream, offset, separators)
            end = stream.seek(0, 2) if found is None else found
            yield Piece(rest[:MAX_SEGMENT], offset, end, found is not None, oversize=True)
            offset, rest = end, b""
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
    """The segments of a run, and what stands behind the last terminator.

    What was cut at a released terminator is joined: a piece that ends in an odd run of release characters goes on.
    """
    parts = run.split(terminator)
    rest = parts.pop()
    if release is None or release + terminator not in run:
        return parts, rest
    joined: list[str] = []
    begin = 0
    going_on = [index for index, part in enumerate(parts) if part.endswith(release) and _is_odd(part, release)]
    for first, last in _stretches(going_on):
        joined += parts[begin:first]
        whole = parts[first : last + 2]
        if last + 1 == len(parts):
            whole.append(rest)
            return joined, terminator.join(whole)
        joined.append(terminator.join(whole))
        begin = last + 2
    joined += parts[begin:]
    return joined, rest


def _is_odd(part: str, release: str) -> bool:
    """Whether the run of release characters at its end releases what follows, and not only each other."""
    return (len(part) - len(part.rstrip(release))) % 2 == 1


def _stretches(indexes: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of indexes without a gap."""
    begin = 0
    for place, index in enumerate(indexes):
        if place + 1 == len(indexes) or indexes[place + 1] != index + 1:
            yield indexes[begin], index
            begin = place + 1


def _end_of_segment(stream: BinaryIO, offset: int, separators: Separators) -> int | None:
    """Offset behind the terminator that closes the segment starting at ``offset``; None where the file ends first."""
    terminator = bytes([separators.terminator])
    release = None if separators.release is None else bytes([separators.release])
    stream.seek(offset)
    position, run = offset, 0
    while chunk := stream.read(CHUNK):
        begin = 0
        while (found := chunk.find(terminator, begin)) >= 0:
            head = chunk[begin:found]  # a run of release characters cannot go back past another terminator
            trailing = 0 if release is None else len(head) - len(head.rstrip(release))
            if (trailing + (run if trailing == found else 0)) % 2 == 0:
                return position + found + 1
            begin = found + 1
        tail = 0 if release is None else len(chunk) - len(chunk.rstrip(release))
        run = run + tail if tail == len(chunk) else tail
        position += len(chunk)
    return None
