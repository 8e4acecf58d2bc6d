"""Cut a stream of bytes at segment terminators, in bounded memory, every byte accounted for."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from parsers.edifact.characters import TOGETHER
from parsers.edifact.separators import Separators

CHUNK, _FIRST_CHUNK = 1 << 18, 1 << 12
"""Bytes that are read at once: few at first, for most interchanges are small and a file can hold many of them."""

MAX_SEGMENT = 1 << 16
"""Longest segment that is read, in bytes; a longer one is reported with its place and size and passed over."""

PADDING = b" \t\r\n"
"""Between segments these bytes are blanks and line ends, not data."""


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
    """Segments that were read together: for each the bytes before its terminator, padding in front included.

    ``offset`` is that of the first; ``raw`` is all of it, terminators included. None of the segments is oversize.
    """

    parts: list[bytes]
    offset: int
    raw: bytes

    def texts(self, codec: str, terminator: int) -> Sequence[str | None]:
        """The same as text, the segments of a block decoded together; None for one that is not of the character set.

        A terminator is ASCII, and in every codec that is read so (``characters.TOGETHER``) no part of a character.
        """
        try:
            texts = self.raw.decode(codec).split(chr(terminator))
        except UnicodeDecodeError:
            return [_decoded(part, codec) for part in self.parts]
        del texts[-1]  # behind the last terminator is nothing
        if len(texts) != len(self.parts):  # some terminators are released
            return [_decoded(part, codec) for part in self.parts]
        return texts

    def pieces(self) -> "Iterator[Piece]":
        """Its segments one by one, empty ones included."""
        return _pieces_of(self.parts, self.offset)


def runs(
    stream: BinaryIO, start: int, separators: Separators, codec: str
) -> Iterator[tuple[list[bytes], Sequence[str | None], int]]:
    """Segments from ``start`` on, many at a time: their bytes as in ``Block.parts``, their texts, and the first offset.

    A terminator stands behind each; empty ones are among them, oversize ones are not. A text is None where the bytes
    do not decode, or have to be decoded one segment at a time.
    """
    together = codec in TOGETHER
    for block in blocks(stream, start, separators):
        if not isinstance(block, Piece):
            texts = block.texts(codec, separators.terminator) if together else [None] * len(block.parts)
            yield block.parts, texts, block.offset
        elif not block.oversize:
            yield [block.raw], [None], block.offset


def blocks(stream: BinaryIO, start: int, separators: Separators) -> Iterator[Block | Piece]:
    """The stream cut into segments, a block at a time; what is oversize, or not closed, comes as a piece of its own.

    Whoever has to see every segment of a large file goes through blocks: an object for each piece costs more than
    cutting the bytes does.
    """
    terminator = bytes([separators.terminator])
    release = None if separators.release is None else bytes([separators.release])
    offset, rest, size = start, b"", _FIRST_CHUNK
    while chunk := _read_at(stream, offset + len(rest), size):
        size = min(4 * size, CHUNK)
        buffer = rest + chunk
        parts = buffer.split(terminator)
        rest = parts.pop()
        if release is not None and release + terminator in buffer:
            parts, rest = _rejoined(parts, rest, terminator, release)
        if parts:
            if max(map(len, parts)) > MAX_SEGMENT:
                yield from _pieces_of(parts, offset)
            else:
                yield Block(parts, offset, buffer[: len(buffer) - len(rest)])
            offset += len(parts) + sum(map(len, parts))
        if len(rest) > MAX_SEGMENT:
            offset, rest = offset + len(rest) - len(rest.lstrip(PADDING)), rest.lstrip(PADDING)
        if len(rest) > MAX_SEGMENT:
            found = _end_of_segment(stream, offset, terminator, release)
            end = stream.seek(0, 2) if found is None else found
            yield Piece(rest[:MAX_SEGMENT], offset, end, found is not None, oversize=True)
            offset, rest = end, b""
    if rest:
        yield _piece(rest, offset, offset + len(rest), False)


def _decoded(part: bytes, codec: str) -> str | None:
    try:
        return part.decode(codec)
    except UnicodeDecodeError:
        return None


def _read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    """The next chunk; the position is set each time, so that two readers can share a stream."""
    stream.seek(offset)
    return stream.read(size)


def _pieces_of(parts: list[bytes], offset: int) -> Iterator[Piece]:
    for part in parts:
        end = offset + len(part) + 1
        yield _piece(part, offset, end, True)
        offset = end


def _piece(part: bytes, offset: int, end: int, closed: bool) -> Piece:
    raw = part.lstrip(PADDING)
    if len(raw) > MAX_SEGMENT:
        return Piece(raw[:MAX_SEGMENT], offset + len(part) - len(raw), end, closed, oversize=True)
    return Piece(raw, offset + len(part) - len(raw), end, closed)


def _rejoined(parts: list[bytes], rest: bytes, terminator: bytes, release: bytes) -> tuple[list[bytes], bytes]:
    """Join what was cut at a released terminator: a piece that ends in an odd run of release characters goes on."""
    joined: list[bytes] = []
    open_parts: list[bytes] = []
    for part in parts:
        open_parts.append(part)
        if not _released_end(part, release):
            joined.append(terminator.join(open_parts) if len(open_parts) > 1 else part)
            open_parts = []
    if open_parts:
        rest = terminator.join([*open_parts, rest])
    return joined, rest


def _released_end(part: bytes, release: bytes) -> bool:
    return part.endswith(release) and (len(part) - len(part.rstrip(release))) % 2 == 1


def _end_of_segment(stream: BinaryIO, offset: int, terminator: bytes, release: bytes | None) -> int | None:
    """Offset behind the terminator that closes the segment starting at ``offset``; None where the file ends first."""
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
