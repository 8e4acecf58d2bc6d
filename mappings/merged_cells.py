"""Which rows of a table have merged cells in some of its columns, told quickly however many ranges there are."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


class MergedRows:
    """The rows in which a merged range touches some columns, as spans that do not overlap."""

    def __init__(self, merged: Iterable[Range], columns: Collection[int]) -> None:
        ordered = sorted(columns)
        touching = sorted((first, last) for first, left, last, right in merged if _any_within(ordered, left, right))
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in touching:
            if self._lasts and first <= self._lasts[-1] + 1:
                self._lasts[-1] = max(self._lasts[-1], last)
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def __contains__(self, row: int) -> bool:
        span = bisect_right(self._firsts, row) - 1
        return span >= 0 and row <= self._lasts[span]


def _any_within(ordered: list[int], first: int, last: int) -> bool:
    at = bisect_left(ordered, first)
    return at < len(ordered) and ordered[at] <= last
