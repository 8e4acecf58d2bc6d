"""Where the orders of an EDIFACT file stand, so that an answer to some of them reads those and not the whole file."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO, NamedTuple, Self

from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.message import Message
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from pipelines.interchange_references import note_repeated
from pipelines.reading import is_order

APART = 100
"""So many orders stand between two bookmarks of an interchange, at the most."""

_KEPT = 8
"""Files whose places are known at a time: works of two of them can come by turns."""


class Bookmark(NamedTuple):
    """The order at this 1-based position of the file: its interchange, and the byte where its UNH stands.

    ``message`` is its number among all messages of the file.
    """

    position: int
    interchange: Interchange
    offset: int
    message: int


@dataclass(slots=True)
class OrderPlaces:
    """The survey of a file, and bookmarks in it: one at the first order of each interchange, and some further on.

    ``number`` is how many orders the file has; ``told_until`` is, by interchange and once it was worked out, the byte
    from which on its CONTRL does not tell of messages.
    """

    survey: Survey
    bookmarks: list[Bookmark] = field(default_factory=list)
    number: int = 0
    told_until: dict[int, int | None] = field(default_factory=dict)

    @classmethod
    def found_in(cls, stream: BinaryIO, character_set: str | None) -> Self:
        """Read the file once from its start to its end; ``character_set`` where it is agreed with the partner."""
        found = cls(survey(stream))
        note_repeated(found.survey)
        if character_set:
            found.survey.read_as(character_set)
        for message in messages(stream, found.survey):
            if is_order(message):
                found.number += 1
                if found._is_notable(message.interchange):
                    place = Bookmark(found.number, message.interchange, message.offset, message.number)
                    found.bookmarks.append(place)
        return found

    def _is_notable(self, interchange: Interchange) -> bool:
        """Whether the order that was counted last gets a bookmark."""
        last = self.bookmarks[-1] if self.bookmarks else None
        return last is None or last.interchange is not interchange or self.number - last.position == APART

    def positions(self, interchange: Interchange) -> range:
        """The positions of the orders of an interchange."""
        begin, end = (self._first_of(number) for number in (interchange.number, interchange.number + 1))
        return range(begin, end)

    def _first_of(self, number: int) -> int:
        """Position of the first order from the interchange of this number on; behind all where there is none."""
        at = bisect_left(self.bookmarks, number, key=lambda one: one.interchange.number)
        return self.bookmarks[at].position if at < len(self.bookmarks) else self.number + 1

    def orders(self, stream: BinaryIO, first: int, number: int) -> Iterator[Message]:
        """So many orders, from the 1-based position ``first`` on, as far as their interchange goes."""
        at = bisect_right(self.bookmarks, first, key=lambda one: one.position)
        if at == 0:
            return iter(())
        position, interchange, offset, number_in_file = self.bookmarks[at - 1]
        since = Survey([replace(interchange, body=offset)])
        orders = (message for message in messages(stream, since, number_in_file - 1) if is_order(message))
        return islice(orders, first - position, first - position + number)


class KnownFiles:
    """The places of files that are answered now, by their SHA-256: each is read through once, not for every answer."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str | None], OrderPlaces] = {}

    def places(self, sha256: str, stream: BinaryIO, character_set: str | None = None) -> OrderPlaces:
        """Those of the file with this hash, which ``stream`` reads, in the character set that its partner agreed."""
        key = sha256, character_set
        known = self._places.pop(key, None) or OrderPlaces.found_in(stream, character_set)
        self._places[key] = known
        if len(self._places) > _KEPT:
            del self._places[next(iter(self._places))]
        return known
