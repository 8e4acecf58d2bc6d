"""The bare tokens of a stream: what each segment says, with no place and nothing checked."""

from collections.abc import Iterator
from itertools import repeat
from typing import BinaryIO

from parsers.edifact.segment import Cutter
from parsers.edifact.separators import Separators
from parsers.edifact.stream import BLANKS, ONE_TO_ONE, PADDING, Block, Piece, blocks
from parsers.pausing import collection_paused

_AT_ONCE = 1 << 15
"""Bytes that are read at once: so few that they, and what they are cut into, stay near the processor."""


def tokens(stream: BinaryIO, start: int, separators: Separators) -> Iterator[list[list[str]]]:
    """The components of each element of each segment from an offset on, the tag first, as characters of ``ONE_TO_ONE``.

    Line ends are taken out, and what is oversize is passed over.
    """
    cutter, cut_each, split = Cutter(separators), map, str.split
    element, component = chr(separators.element), repeat(chr(separators.component))
    release = separators.release
    # Where no character releases another one, that of the terminator stands for it: it is in no segment.
    releasing = chr(separators.terminator if release is None else release)
    terminator = bytes([separators.terminator])
    line_ends = bytes(one for one in b"\r\n" if one != separators.terminator)
    blanks = [bytes([one]) for one in PADDING if one not in line_ends]
    for block in blocks(stream, start, separators, _AT_ONCE):
        if isinstance(block, Piece):
            if not block.oversize:
                yield cutter.written(block.raw.translate(None, line_ends).decode(ONE_TO_ONE), b"").elements
            continue
        bare = block.raw.translate(None, line_ends)
        parts = Block(bare, block.offset, separators).parts
        with collection_paused():
            # A look for the blank itself is a good deal cheaper than one for both.
            padded = bare[:1] in blanks or any(terminator + blank in bare for blank in blanks if blank in bare)
            if padded or separators.repetition is not None:
                for part in parts:
                    yield cutter.written(part.lstrip(BLANKS), b"").elements
                continue
            for part in parts:
                if releasing in part:
                    yield cutter.elements(part) or cutter.written(part, b"").elements
                else:  # written out here, because there are so many that a call for each would be felt
                    yield [*cut_each(split, part.split(element), component)]
