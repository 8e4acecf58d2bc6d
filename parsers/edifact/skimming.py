"""Skim over the segments of a block for those that say something about the envelope.

Nearly all segments of a file are inside of messages, and the survey passes over them by the thousand: it looks for what
follows a terminator, and makes no object for a segment that it need not see.
"""

import re

from parsers.edifact.separators import Separators
from parsers.edifact.stream import BLANKS, PADDING, Block, Ends, Piece


class Skimmer:
    """Knows the separators of one interchange."""

    def __init__(self, separators: Separators) -> None:
        self._ends = Ends(separators)
        self._terminator = bytes([separators.terminator])
        self._release = None if separators.release is None else bytes([separators.release])
        closed = re.escape(self._terminator)
        # A blank or a line end can be the terminator, and is then no padding.
        self._padding = bytes(one for one in PADDING if one != separators.terminator)
        notable = rb"[%s]*(?=UN[^S]|%s)" % (re.escape(self._padding), closed)
        self._here = re.compile(notable).match
        self._next = re.compile(closed + notable).search
        self._looked_at: Block | None = None
        self._empty = False

    def next_notable(self, block: Block, position: int) -> int | None:
        """Where the next service segment or empty segment begins, from the begin of a segment on; None behind all."""
        if self._here(block.raw, position):
            return position
        if self._has_empty_segments(block):
            return self._next_by_terminator(block.raw, position)
        return self._next_by_tag(block.raw, position)

    def _has_empty_segments(self, block: Block) -> bool:
        """Whether there may be empty segments in a block; they are rare, and looking for them takes its time."""
        if self._looked_at is not block:
            self._looked_at = block
            self._empty = 2 * self._terminator in block.raw.translate(None, self._padding)
        return self._empty

    def _next_by_terminator(self, raw: bytes, position: int) -> int | None:
        search_from = position
        while found := self._next(raw, search_from):
            if self._ends.closes(raw, found.start()):
                return found.start() + 1
            search_from = found.start() + 1
        return None

    def _next_by_tag(self, raw: bytes, position: int) -> int | None:
        found = raw.find(b"UN", position)
        while found >= 0:
            behind = found
            while raw[behind - 1] in self._padding and behind > position:
                behind -= 1
            closed = raw[behind - 1 : behind] == self._terminator and self._ends.closes(raw, behind - 1)
            if closed and raw[found + 2 : found + 3] != b"S":
                return behind
            found = raw.find(b"UN", found + 2)
        return None

    def piece(self, block: Block, position: int) -> Piece:
        """The segment that begins at this position of the block, padding in front of it allowed."""
        end = block.raw.index(self._terminator, position)
        while not self._ends.closes(block.raw, end):
            end = block.raw.index(self._terminator, end + 1)
        raw = block.raw[position:end].lstrip(PADDING)
        return Piece(raw, block.offset + end - len(raw), block.offset + end + 1)

    def is_wrapped(self, block: Block, end: int) -> bool:
        """Whether line ends stand inside of segments, up to this position of the block."""
        closed = self._terminator
        rest = closed + block.raw[:end]  # the line may have ended behind the block before
        if self._release is not None and self._release in rest:
            rest = rest.replace(2 * self._release, b"").replace(self._release + closed, b"")
        rest = rest.replace(closed + b"\r\n", b"").replace(closed + b"\n", b"")
        if b"\n" not in rest and b"\r" not in rest:
            return False
        position = 0
        for part in block.parts:
            position += len(part) + 1
            if position > end:
                break
            text = part.lstrip(BLANKS)
            if "\n" in text or "\r" in text:
                return True
        return False
