"""The messages of an interchange, one at a time: memory stays as large as the largest message."""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from orders.findings import Finding, finding
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.segment import Segment, split
from parsers.edifact.stream import located
from parsers.pausing import collection_paused

MAX_MESSAGE_SEGMENTS = 200_000
"""Longest message that is read; what follows up to its UNT is reported and passed over."""

_COLLECT_EVERY = 1000
_MOST_KNOWN, _LONGEST_KNOWN = 4096, 100
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}")
_CLOSING = (b"UNZ", b"UNE")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Message:
    """A message from UNH to UNT; ``number`` counts from 1 in the file. Findings are those of its syntax."""

    interchange: Interchange
    number: int
    segments: list[Segment]
    findings: list[Finding] = field(default_factory=list)

    @property
    def reference(self) -> str | None:
        return self.segments[0].value(1)

    @property
    def type(self) -> str | None:
        """Message type, such as ORDERS (0065)."""
        return self.segments[0].value(2, 1)

    @property
    def directory(self) -> str:
        """Version and release, such as ``D.96A`` (0052, 0054)."""
        unh = self.segments[0]
        return f"{(unh.value(2, 2) or '').strip()}.{(unh.value(2, 3) or '').strip()}"

    @property
    def association(self) -> str | None:
        """Association assigned code, such as EAN008 (0057)."""
        return self.segments[0].value(2, 5)


def messages(stream: BinaryIO, found: Survey) -> Iterator[Message]:
    """Every message of every interchange of the survey, in the order of the file."""
    number = 0
    for interchange in found.interchanges:
        with collection_paused():
            for message in _Messages(stream, interchange, number).read():
                number = message.number
                yield message
                if number % _COLLECT_EVERY == 0:
                    gc.collect(1)  # what others have left in cycles meanwhile, among the young objects only


class _Messages:
    def __init__(self, stream: BinaryIO, interchange: Interchange, before: int) -> None:
        self.stream = stream
        self.interchange = interchange
        self.number = before
        self.current: Message | None = None
        self.known: dict[bytes, list[list[str]]] = {}
        """Segments without a fault, by their bytes: parties, items and dates come again in every order of a partner."""

    def read(self) -> Iterator[Message]:
        interchange, end, known = self.interchange, self.interchange.end, self.known
        separators = interchange.separators
        for raw, offset in located(self.stream, interchange.body, separators):
            if offset >= end:
                break
            tag = raw[:3]
            if tag == b"UNH":
                yield from self._close("the next UNH")
                self.number += 1
                self.current = Message(interchange, self.number, [])
            current = self.current
            if current is None:
                continue  # an envelope, or a segment between messages that the survey has reported
            if tag in _CLOSING:
                yield from self._close(tag.decode())
                continue
            if len(current.segments) >= MAX_MESSAGE_SEGMENTS and tag != b"UNT":
                self._too_long(current, offset)
                continue
            segments = current.segments
            elements = known.get(raw)
            if elements is not None:
                segments.append(Segment(elements, raw, offset, len(segments) + 1, current.number, separators))
                continue
            segment = self._segment(raw, offset, current)
            segments.append(segment)
            if tag == b"UNT":
                _check_trailer(current, segment)
                yield current
                self.current = None
        yield from self._close("the end of the interchange")

    def _close(self, by: str) -> Iterator[Message]:
        """Give out a message that has no UNT."""
        current, self.current = self.current, None
        if current is not None:
            last = current.segments[-1].place()
            current.findings.append(finding("SYN016", f"UNT is missing before {by}.", location=last))
            yield current

    def _too_long(self, current: Message, offset: int) -> None:
        if not any(one.code == "SYN012" for one in current.findings):
            place = SegmentLocation(message=current.number, offset=offset)
            limit = f"The message has more than {MAX_MESSAGE_SEGMENTS} segments; the rest was not read."
            current.findings.append(finding("SYN012", limit, location=place))

    def _segment(self, raw: bytes, offset: int, message: Message) -> Segment:
        number, separators = len(message.segments) + 1, self.interchange.separators
        unwrapped = raw.translate(None, b"\r\n") if b"\n" in raw or b"\r" in raw else raw
        undecodable = False
        try:
            text = unwrapped.decode(self.interchange.codec)
        except UnicodeDecodeError:
            text, undecodable = unwrapped.decode(characters.FALLBACK), True
        segment = Segment(split(text, separators), raw, offset, number, message.number, separators)
        if undecodable or not text.isprintable() or not _is_tag(segment.tag):
            _check_text(segment, text, undecodable, message)
        elif len(raw) <= _LONGEST_KNOWN and raw[:2] != b"UN":
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[raw] = segment.elements
        return segment


@lru_cache(maxsize=512)
def _is_tag(text: str) -> bool:
    """Whether this is written as a tag is; remembered, for there are few and each segment has one."""
    return _TAG.fullmatch(text) is not None


def _check_text(segment: Segment, text: str, undecodable: bool, message: Message) -> None:
    if undecodable:
        declared = message.interchange.syntax_identifier
        words = f"Segment {segment.tag} has bytes that the declared character set {declared} does not have."
        message.findings.append(finding("CHR001", words, location=segment.place(), before=text[:70]))
    elif _CONTROL.search(text):
        words = f"Segment {segment.tag} has control characters in its text."
        message.findings.append(finding("CHR003", words, location=segment.place(), before=ascii(text[:70])))
    if not _is_tag(segment.tag):
        words = f"{segment.tag[:20]!r} is not a segment tag: three capitals or digits, a capital first."
        message.findings.append(finding("SYN013", words, location=segment.place(), before=segment.tag[:70]))


def _check_trailer(message: Message, unt: Segment) -> None:
    stated, reference = unt.value(1), unt.value(2)
    counted = len(message.segments)
    if stated is None or not (stated.isascii() and stated.isdigit()) or int(stated[:18]) != counted:
        words = f"UNT counts {stated} segments, {counted} were received."
        message.findings.append(finding("SYN007", words, location=unt.place(1), before=stated))
    if reference != message.reference:
        words = f"UNT has the reference {reference}, UNH {message.reference}."
        message.findings.append(finding("SYN008", words, location=unt.place(2), before=reference))
