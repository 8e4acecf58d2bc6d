"""Where the orders of an EDIFACT file stand, so that an answer to some of them reads those and not the whole file."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO, NamedTuple, Self

from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.reader import Message, messages
from parsers.edifact.survey import survey
from pipelines.interchange_references import note_repeated
from pipelines.reading import is_order

APART = 100
"""So many orders stand between two bookmarks of an interchange, at the most."""

_KEPT = 8
"""Files whose places are known at a time: works of two of them can come by turns."""


class Bookmark(NamedTuple):
    """The order at this 1-based position of the file: its interchange, and the byte where its UNH stands."""

    position: int
    interchange: Interchange
    offset: int


@dataclass(frozen=True, slots=True)
class OrderPlaces:
    """The survey of a file, and bookmarks in it: one at the first order of each interchange, and some further on."""

    survey: Survey
    bookmarks: list[Bookmark] = field(default_factory=list)

    @classmethod
    def found_in(cls, stream: BinaryIO) -> Self:
        """Read the file once from its start to its end."""
        found = cls(survey(stream))
        note_repeated(found.survey)
        position = 0
        for message in messages(stream, found.survey):
            if is_order(message):
                position += 1
                last = found.bookmarks[-1] if found.bookmarks else None
                if last is None or last.interchange is not message.interchange or position - last.position == APART:
                    found.bookmarks.append(Bookmark(position, message.interchange, message.offset))
        return found

    def orders(self, stream: BinaryIO, first: int, number: int) -> Iterator[Message]:
        """So many messages that are orders, from the 1-based position ``first`` on, as far as their interchange goes.

        Their own numbers count from where the reading began; their offsets are those of the file.
        """
        at = bisect_right(self.bookmarks, first, key=lambda one: one.position)
        if at == 0:
            return iter(())
        position, interchange, offset = self.bookmarks[at - 1]
        since = Survey([replace(interchange, body=offset)])
        orders = (message for message in messages(stream, since) if is_order(message))
        return islice(orders, first - position, first - position + number)


class KnownFiles:
    """The places of files that are answered now, by their SHA-256: each is read through once, not for every answer."""

    def __init__(self) -> None:
        self._places: dict[str, OrderPlaces] = {}

    def places(self, sha256: str, stream: BinaryIO) -> OrderPlaces:
        """Those of the file with this hash, which ``stream`` reads."""
        known = self._places.pop(sha256, None) or OrderPlaces.found_in(stream)
        self._places[sha256] = known
        if len(self._places) > _KEPT:
            del self._places[next(iter(self._places))]
        return known
