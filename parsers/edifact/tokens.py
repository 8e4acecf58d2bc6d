"""The bare tokens of a stream: what each segment says, with no place and nothing checked."""

from collections.abc import Iterator
from itertools import repeat
from typing import BinaryIO

from parsers.edifact.segment import Cutter
from parsers.edifact.separators import Separators
from parsers.edifact.stream import ONE_TO_ONE, PADDING, Piece, blocks

_BLANKS = PADDING.decode("ascii")


def tokens(stream: BinaryIO, start: int, separators: Separators) -> Iterator[list[list[str]]]:
    """The components of each element of each segment from an offset on, the tag first, as characters of ``ONE_TO_ONE``.

    What is oversize is passed over.
    """
    cutter, cut_each, split = Cutter(separators), map, str.split
    element, component = chr(separators.element), repeat(chr(separators.component))
    release = separators.release
    # Where no character releases another one, that of the terminator stands for it: it is in no segment.
    releasing = chr(separators.terminator if release is None else release)
    for block in blocks(stream, start, separators):
        if isinstance(block, Piece):
            if not block.oversize:
                yield cutter.written(block.raw.decode(ONE_TO_ONE), b"").elements
        elif separators.repetition is not None:
            for part in block.parts:
                yield cutter.written(part.lstrip(_BLANKS), b"").elements
        else:
            for part in block.parts:
                if releasing in part:
                    yield cutter.written(part.lstrip(_BLANKS), b"").elements
                else:  # written out here, because there are so many that a call for each would be felt
                    yield [*cut_each(split, part.lstrip(_BLANKS).split(element), component)]
