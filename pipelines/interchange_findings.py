"""Which interchange of a file a finding is about, told by its place."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from orders.findings import Finding
from orders.location import Location, SegmentLocation
from parsers.edifact.interchange import Interchange, Survey

_Said = set[tuple[str, str, int | None]]


def around(of_file: Iterable[Finding], interchange: Interchange, found: Survey) -> tuple[Finding, ...]:
    """Those that are about this interchange, or about none alone."""
    return tuple(one for number, one in concerned(of_file, found) if number in (None, interchange.number))


def concerned(of_file: Iterable[Finding], found: Survey) -> Iterator[tuple[int | None, Finding]]:
    """Each finding of the file with the number of the interchange that it is about; None where it is none alone."""
    said: dict[int, _Said] = {}
    for one in of_file:
        offset = _offset(one)
        yield None if offset is None else _at(offset, one, found, said), one


def _at(offset: int, one: Finding, found: Survey, said: dict[int, _Said]) -> int | None:
    at = bisect_right(found.interchanges, offset, key=lambda interchange: interchange.start)
    near = found.interchanges[max(0, at - 2) : at]
    for interchange in near:  # that an interchange has no UNZ is said where the next one begins
        if interchange.number not in said:
            said[interchange.number] = {(each.code, each.message, _offset(each)) for each in interchange.findings}
        if (one.code, one.message, offset) in said[interchange.number]:
            return interchange.number
    return near[-1].number if near and offset < near[-1].end else None


def _offset(one: Finding) -> int | None:
    return one.location.offset if isinstance(one.location, SegmentLocation) else None


def known_by(one: Finding) -> tuple[str, Location | None]:
    """Code and place, without the number of the message: that counts from where the reading began."""
    place = one.location
    return one.code, place.model_copy(update={"message": None}) if isinstance(place, SegmentLocation) else place
