"""The messages of an interchange, one at a time: memory stays as large as the largest message."""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from orders.findings import finding
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.noticed import Noticed
from parsers.edifact.segment import Cutter, Segment, Written
from parsers.edifact.separators import Separators
from parsers.edifact.stream import ONE_TO_ONE, PADDING, Piece, blocks
from parsers.pausing import collection_paused

MAX_MESSAGE_SEGMENTS, MAX_MESSAGE_BYTES = 200_000, 16 << 20
"""Longest message that is read; what follows up to its UNT is reported and passed over."""

_COLLECT_EVERY = 1000
_MOST_KNOWN, _LONGEST_KNOWN = 8192, 100
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}")
_CLOSING = ("UNZ", "UNE", "UNG")
_BLANKS = PADDING.decode("ascii")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Message:
    """A message from UNH, which stands at ``offset``, to UNT; ``number`` counts from 1 in the file.

    Findings are those of its syntax.
    """

    interchange: Interchange
    number: int
    segments: list[Segment]
    offset: int = 0
    findings: Noticed = field(default_factory=Noticed)

    def has_room(self, offset: int) -> bool:
        """Whether a segment at this byte of the file is still read."""
        return len(self.segments) < MAX_MESSAGE_SEGMENTS and offset - self.offset < MAX_MESSAGE_BYTES

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
    def agency(self) -> str | None:
        """Controlling agency, such as UN (0051)."""
        return self.segments[0].value(2, 4)

    @property
    def association(self) -> str | None:
        """Association assigned code, such as EAN008 (0057)."""
        return self.segments[0].value(2, 5)


def messages(stream: BinaryIO, found: Survey, before: int = 0) -> Iterator[Message]:
    """Every message of every interchange of the survey, in the order of the file.

    ``before`` is how many messages of the file stand before those that are read, where the survey is of a part of it.
    """
    number = before
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
        self.known: dict[str, Written] = {}
        """Segments without a fault, by their bytes: parties, items and dates come again in every order of a partner."""
        self.too_long: Message | None = None
        self.hidden = _not_text(interchange.separators)
        self.cutter = Cutter(interchange.separators)
        self.one_to_one = interchange.codec == ONE_TO_ONE

    def read(self) -> Iterator[Message]:
        end, known = self.interchange.end, self.known
        segments: list[Segment] | None = None
        number = most = 0
        for parts, first in self._parts():
            behind = first
            for part in parts:
                behind += len(part) + 1
                said = known.get(part)
                if said is not None and segments is not None and len(segments) < MAX_MESSAGE_SEGMENTS:
                    begin = behind - len(said.raw) - 1
                    if begin < most:
                        segments.append(Segment(said, begin, len(segments) + 1, number))
                        continue
                bare = part.lstrip(_BLANKS)
                begin = behind - len(bare) - 1
                if begin >= end:  # where the next interchange begins; its first segment is never a known one
                    break
                if bare[:2] != "UN" or bare[:3] == "UNS":
                    self._keep(bare, begin, part)
                    continue
                yield from self._take(bare, begin)
                current = self.current
                segments = None
                if current is not None:
                    segments, number, most = current.segments, current.number, current.offset + MAX_MESSAGE_BYTES
            if behind >= end:
                break
        yield from self._close("the end of the interchange")

    def _parts(self) -> Iterator[tuple[list[str], int]]:
        """Segments as ``Block.parts`` has them, with the offset of the first; what is oversize is left out."""
        for block in blocks(self.stream, self.interchange.body, self.interchange.separators):
            if not isinstance(block, Piece):
                yield block.parts, block.offset
            elif not block.oversize:
                yield [block.raw.decode(ONE_TO_ONE)], block.offset

    def _take(self, bare: str, offset: int) -> Iterator[Message]:
        """Take account of a service segment, which begins or ends something; gives out what it ends."""
        tag = bare[:3]
        if tag == "UNH":
            yield from self._close("the next UNH")
            self.number += 1
            self.current = Message(self.interchange, self.number, [], offset)
        current = self.current
        if current is None:
            return  # an envelope, or a segment between messages that the survey has reported
        if tag in _CLOSING:
            yield from self._close(tag)
        else:
            self._keep(bare, offset)
            if tag == "UNT":
                _check_trailer(current, current.segments[-1])
                self.current = None
                yield current

    def _keep(self, bare: str, offset: int, part: str | None = None) -> None:
        """Add a segment to the message that is open; ``part`` is the same with the padding before it."""
        current = self.current
        if current is None or not bare:
            return  # between messages, or a terminator alone: the survey has reported it
        if not current.has_room(offset) and bare[:3] != "UNT":
            self._say_too_long(current, offset)
            return
        said = self._plainly_said(bare) or self._said(bare.encode(ONE_TO_ONE), offset, current)
        current.segments.append(Segment(said, offset, len(current.segments) + 1, current.number))
        if part is not None and said.tidy and len(part) <= _LONGEST_KNOWN:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[part] = said

    def _say_too_long(self, message: Message, offset: int) -> None:
        if self.too_long is message:
            return
        self.too_long = message
        place = SegmentLocation(message=message.number, offset=offset)
        limit = (
            f"The message has more than {MAX_MESSAGE_SEGMENTS:,} segments or {MAX_MESSAGE_BYTES:,} bytes;"
            " the rest was not read. Send it in several."
        )
        message.findings.append(finding("SYN012", limit, location=place))

    def _close(self, by: str) -> Iterator[Message]:
        """Give out a message that has no UNT."""
        current, self.current = self.current, None
        if current is not None:
            last = current.segments[-1].place()
            current.findings.append(finding("SYN016", f"UNT is missing before {by}.", location=last))
            yield current

    def _plainly_said(self, bare: str) -> Written | None:
        """What a segment says of which nothing has to be told as text, as nearly all; None for any other."""
        if not bare.isprintable() or not (self.one_to_one or bare.isascii()):
            return None
        said = self.cutter.written(bare, bare.encode(ONE_TO_ONE))
        return said if _is_tag(said.tag) else None

    def _said(self, raw: bytes, offset: int, message: Message) -> Written:
        """What the bytes of a segment say; what is wrong with them as text goes to the message."""
        unwrapped = raw.translate(None, b"\r\n") if b"\n" in raw or b"\r" in raw else raw
        undecodable = False
        try:
            text = unwrapped.decode(self.interchange.codec)
        except UnicodeDecodeError:
            text, undecodable = unwrapped.decode(characters.FALLBACK), True
        said = self.cutter.written(text, raw)
        plain = text if self.hidden is None else text.translate(self.hidden)
        if undecodable or not plain.isprintable() or not _is_tag(said.tag):
            segment = Segment(said, offset, len(message.segments) + 1, message.number)
            _check_text(segment, plain, undecodable, message)
            said.tidy = False
        return said


def _not_text(separators: Separators) -> dict[int, None] | None:
    """Separators that are control characters, as those of level B, to be left out where the text is looked at."""
    marks = (separators.element, separators.component, separators.release, separators.repetition)
    return {one: None for one in marks if one is not None and not chr(one).isprintable()} or None


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
