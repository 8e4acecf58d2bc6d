"""Findings about one interchange or message, in bounded number: a file cannot fill our memory with its faults."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orders.findings import Finding, finding
from orders.location import SegmentLocation

MOST_ALIKE = 100
"""So many findings of one code are told one by one; those that follow are counted, and told together."""


@dataclass(slots=True)
class Further:
    """Findings of one code that are told together: how many, the first of them, and the byte where the last stands."""

    count: int
    first: Finding
    last: int


class Noticed:
    """A list of findings that can only grow, and not beyond a bound: each code has so many, and one for the rest."""

    __slots__ = ("_counts", "_told", "further")

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._counts: Counter[str] = Counter()
        self.further: dict[str, Further] = {}

    def append(self, one: Finding) -> None:
        """Add a finding."""
        self._counts[one.code] += 1
        if self._counts[one.code] <= MOST_ALIKE:
            self._told.append(one)
            return
        place = one.location
        offset = place.offset if isinstance(place, SegmentLocation) and place.offset is not None else 0
        further = self.further.setdefault(one.code, Further(0, one, offset))
        further.count += 1
        further.last = max(further.last, offset)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add each of them."""
        for one in findings:
            self.append(one)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._told
        for code, further in self.further.items():
            words = (
                f"{further.count} more of this kind are not told one by one; the last stands at byte {further.last}."
                f" The first: {further.first.message}"
            )
            place, weight = further.first.location, further.first.severity
            yield finding(code, words, location=place, before=further.first.before, severity=weight)

    def __len__(self) -> int:
        return len(self._told) + len(self.further)
