"""Findings about one interchange or message, in bounded number: a file cannot fill our memory with its faults."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from orders.findings import Finding, Severity, finding
from orders.location import SegmentLocation

MOST_ALIKE = 100
"""So many findings of one code are told one by one; those that follow are counted, and told together."""


@dataclass(slots=True)
class Further:
    """Findings of one code that are told together: how many, the first of them, and the byte where the last stands.

    They weigh as much as the heaviest of them.
    """

    count: int
    first: Finding
    last: int
    weight: Severity


class Noticed:
    """A list of findings that can only grow, and not beyond a bound: each code has so many, and one for the rest.

    Each line of an order has a count of its own, for its findings decide what becomes of it.
    """

    __slots__ = ("_counts", "_told", "further")

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._counts: Counter[tuple[str, int | None]] = Counter()
        self.further: dict[tuple[str, int | None], Further] = {}

    def append(self, one: Finding) -> None:
        """Add a finding."""
        alike = one.code, one.line
        self._counts[alike] += 1
        if self._counts[alike] <= MOST_ALIKE:
            self._told.append(one)
            return
        place = one.location
        offset = place.offset if isinstance(place, SegmentLocation) and place.offset is not None else 0
        self._add_further(Further(1, one, offset, one.severity))

    def extend(self, findings: "Iterable[Finding] | Noticed") -> None:
        """Add each of them; those that are told together elsewhere are told together here."""
        if not isinstance(findings, Noticed):
            for one in findings:
                self.append(one)
            return
        self.extend(iter(findings._told))
        for further in findings.further.values():
            self._add_further(further)

    def at_lines(self, line_of: Callable[[Finding], int | None]) -> "Noticed":
        """The same, each that is told by itself at the line of the order that it is about."""
        placed = Noticed()
        for one in self._told:
            placed.append(one.model_copy(update={"line": line_of(one)}))
        for further in self.further.values():
            placed._add_further(further)
        return placed

    def _add_further(self, more: Further) -> None:
        alike = more.first.code, more.first.line
        known = self.further.get(alike)
        if known is None:
            self.further[alike] = Further(more.count, more.first, more.last, more.weight)
            return
        known.count += more.count
        known.last = max(known.last, more.last)
        known.weight = max(known.weight, more.weight, key=lambda weight: weight.rank)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._told
        for (code, line), further in self.further.items():
            words = (
                f"{further.count} more of this kind are not told one by one; the last stands at byte {further.last}."
                f" The first: {further.first.message}"
            )
            place, before = further.first.location, further.first.before
            yield finding(code, words, location=place, before=before, line=line, severity=further.weight)

    def __len__(self) -> int:
        return len(self._told) + len(self.further)
