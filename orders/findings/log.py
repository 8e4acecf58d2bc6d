"""A log of findings in bounded number: a file cannot fill our memory with its faults."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from orders.findings.cases import further
from orders.findings.catalogue import Severity
from orders.findings.finding import Finding, finding
from orders.location import SegmentLocation

MOST_ALIKE = 100
"""So many findings of one code are told one by one; those that follow are counted, and told together."""


@dataclass(slots=True)
class FurtherFindings:
    """Findings of one code that are told together: how many, the first of them, and the byte where the last stands.

    They weigh as much as the heaviest of them.
    """

    count: int
    first: Finding
    last: int
    weight: Severity


class FindingLog:
    """A list of findings that can only grow, and not beyond a bound: each code has so many, and one for the rest.

    Each line of an order has a count of its own, for its findings decide what becomes of it.
    """

    __slots__ = ("_counts", "_told", "further")

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._counts: Counter[tuple[str, int | None]] = Counter()
        self.further: dict[tuple[str, int | None], FurtherFindings] = {}

    def append(self, one: Finding) -> None:
        """Add a finding."""
        alike = one.code, one.line
        self._counts[alike] += 1
        if self._counts[alike] <= MOST_ALIKE:
            self._told.append(one)
            return
        place = one.location
        offset = place.offset if isinstance(place, SegmentLocation) and place.offset is not None else 0
        self._add_further(FurtherFindings(1, one, offset, one.severity))

    def extend(self, findings: "Iterable[Finding] | FindingLog") -> None:
        """Add each of them; those that are told together elsewhere are told together here."""
        if not isinstance(findings, FindingLog):
            for one in findings:
                self.append(one)
            return
        self.extend(iter(findings._told))
        for more in findings.further.values():
            self._add_further(more)

    def at_lines(self, line_of: Callable[[Finding], int | None]) -> "FindingLog":
        """The same, each that is told by itself at the line of the order that it is about."""
        placed = FindingLog()
        for one in self._told:
            placed.append(one.replaced(line=line_of(one)))
        for more in self.further.values():
            placed._add_further(more)
        return placed

    def _add_further(self, more: FurtherFindings) -> None:
        alike = more.first.code, more.first.line
        known = self.further.get(alike)
        if known is None:
            self.further[alike] = FurtherFindings(more.count, more.first, more.last, more.weight)
            return
        known.count += more.count
        known.last = max(known.last, more.last)
        known.weight = max(known.weight, more.weight, key=lambda weight: weight.rank)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._told
        for (code, line), more in self.further.items():
            said = further(code, more.count, more.last, more.first)
            place, before = more.first.location, more.first.before
            yield finding(said, location=place, before=before, line=line, severity=more.weight)

    def __len__(self) -> int:
        return len(self._told) + len(self.further)
