"""Skim over the segments of a block for those that say something about the envelope.

Nearly all segments of a file are inside of messages, and the survey passes over them by the thousand: it looks for what
follows a terminator, and makes no object for a segment that it need not see.
"""

import re

from parsers.edifact.separators import Separators
from parsers.edifact.stream import PADDING, Block, Piece

_BLANKS = PADDING.decode("ascii")


class Skimmer:
    """Knows the separators of one interchange."""

    def __init__(self, separators: Separators) -> None:
        self._terminator = bytes([separators.terminator])
        self._release = None if separators.release is None else bytes([separators.release])
        closed = re.escape(self._terminator)
        # A blank or a line end can be the terminator, and is then no padding.
        padding = b"".join(re.escape(bytes([one])) for one in PADDING if one != separators.terminator)
        notable = rb"[%s]*(?=UN[^S]|%s)" % (padding, closed)
        self._here = re.compile(notable).match
        self._next = re.compile(closed + notable).search

    def next_notable(self, block: Block, position: int) -> int | None:
        """Where the next service segment or empty segment begins, from the begin of a segment on; None behind all."""
        if self._here(block.raw, position):
            return position
        search_from = position
        while found := self._next(block.raw, search_from):
            if not self._released(block.raw, position, found.start()):
                return found.start() + 1
            search_from = found.start() + 1
        return None

    def piece(self, block: Block, position: int) -> Piece:
        """The segment that begins at this position of the block, padding in front of it allowed."""
        end = block.raw.index(self._terminator, position)
        while self._released(block.raw, position, end):
            end = block.raw.index(self._terminator, end + 1)
        raw = block.raw[position:end].lstrip(PADDING)
        return Piece(raw, block.offset + end - len(raw), block.offset + end + 1)

    def _released(self, raw: bytes, begin: int, terminator: int) -> bool:
        """Whether the terminator at this position has an odd run of release characters before it."""
        if self._release is None or raw[terminator - 1 : terminator] != self._release:
            return False
        before = raw[begin:terminator]
        return (len(before) - len(before.rstrip(self._release))) % 2 == 1

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
            text = part.lstrip(_BLANKS)
            if "\n" in text or "\r" in text:
                return True
        return False
