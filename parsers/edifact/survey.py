"""The survey of a file: where each interchange in it begins, and what belongs to none.

This first pass reads the service segments only. It comes before any message is mapped, because a fault in the last
segment of an interchange can hold the first order in it.
"""

import re
from typing import BinaryIO

from orders.findings import finding
from orders.findings.characters import CHR005_MARK_SKIPPED
from orders.findings.parameters import LargeNumber
from orders.findings.syntax import (
    SYN001_UNA_UNUSABLE,
    SYN002_UNDECLARED_SEPARATORS,
    SYN011_OUTSIDE,
    SYN012_TOO_MANY_INTERCHANGES,
    BytesFrom,
)
from orders.location import SegmentLocation
from parsers.edifact.envelope import look_over
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.separators import STANDARD, from_una, shown_by, written_in
from parsers.edifact.stream import FILL, PADDING

_BOM = b"\xef\xbb\xbf"
_START = re.compile(rb"UNB[^\w\s]|UNA(?:[^a-zA-Z0-9\s]|.{6}\s*UN[BGH][^\w\s])", re.DOTALL)
_WINDOW = 4096
_LONGEST_START = 64
MAX_INTERCHANGES = 2_000
"""Most interchanges of a file that are read: each has findings and groups of its own, and memory has an end."""


def survey(stream: BinaryIO) -> Survey:
    """Find every interchange of the stream and check its envelope. Never raises for what the bytes are."""
    found = Survey()
    stream.seek(0)
    position = 0
    if stream.read(3) == _BOM:
        found.findings.append(finding(CHR005_MARK_SKIPPED(), location=SegmentLocation(offset=0)))
        position = 3
    while (start := _next_start(stream, position, found)) is not None:
        if len(found.interchanges) == MAX_INTERCHANGES:
            said = SYN012_TOO_MANY_INTERCHANGES(LargeNumber(number=MAX_INTERCHANGES))
            found.findings.append(finding(said, location=SegmentLocation(offset=start)))
            break
        interchange = _open(stream, start, len(found.interchanges) + 1)
        interchange.end = interchange.body  # also where nothing stands behind the UNA
        look_over(stream, interchange)
        found.interchanges.append(interchange)
        position = interchange.end
    return found


def _next_start(stream: BinaryIO, position: int, found: Survey) -> int | None:
    """Skip padding; pass over anything that is no interchange, and say so."""
    begin = _skip_padding(stream, position)
    if begin is None:
        return None
    stream.seek(begin)
    window = stream.read(_WINDOW)
    if _START.match(window) or window[:3] in (b"UNG", b"UNH"):
        return begin
    following = _search(stream, begin)
    end = following if following is not None else stream.seek(0, 2)
    excerpt = window[:20].decode("ascii", "replace")
    said = SYN011_OUTSIDE(BytesFrom(bytes=end - begin, excerpt=excerpt))
    found.findings.append(finding(said, location=SegmentLocation(offset=begin), before=excerpt))
    return following


def _skip_padding(stream: BinaryIO, position: int) -> int | None:
    while True:
        stream.seek(position)
        window = stream.read(_WINDOW)
        if not window:
            return None
        rest = window.lstrip(FILL)
        if rest:
            return position + len(window) - len(rest)
        position += len(window)


def _search(stream: BinaryIO, position: int) -> int | None:
    while True:
        stream.seek(position)
        window = stream.read(1 << 20)
        match = _START.search(window)
        if match:
            return position + match.start()
        if len(window) < 1 << 20:
            return None
        position += len(window) - _LONGEST_START


def _open(stream: BinaryIO, start: int, number: int) -> Interchange:
    """Tell the separators of the interchange at ``start``."""
    stream.seek(start)
    window = stream.read(_WINDOW)
    if window[:3] == b"UNA" and len(window) >= 9:
        declared = from_una(window)
        body = start + 9
        if declared.usable:
            return Interchange(number, start, body, declared, declared_separators=True)
        after = window[9:].lstrip(PADDING)
        interchange = Interchange(number, start, body, written_in(after) or STANDARD)
        place = SegmentLocation(interchange=number, offset=start, tag="UNA")
        unusable = window[3:9].decode("ascii", "replace")
        interchange.findings.append(finding(SYN001_UNA_UNUSABLE(), location=place, before=unusable))
        return interchange
    separators = written_in(window) if window[:3] == b"UNB" else STANDARD
    interchange = Interchange(number, start, start, separators or shown_by(window) or STANDARD)
    if separators is None:
        place = SegmentLocation(interchange=number, offset=start, tag="UNB")
        interchange.findings.append(finding(SYN002_UNDECLARED_SEPARATORS(), location=place))
    return interchange
