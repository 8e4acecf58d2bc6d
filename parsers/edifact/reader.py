"""The messages of an interchange, one at a time: memory stays as large as the largest message."""

import gc
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from orders.findings import finding
from orders.findings.characters import CHR001_NOT_OF_CHARACTER_SET, CHR003_IN_SEGMENT, SegmentCharacterSet
from orders.findings.log import FindingLog
from orders.findings.parameters import QuotedText, SegmentTag
from orders.findings.statement import Statement
from orders.findings.syntax import (
    SYN007_SEGMENTS_DIFFER,
    SYN008_REFERENCE_DIFFERS,
    SYN012_MESSAGE_TOO_LONG,
    SYN013_NOT_A_TAG,
    SYN016_UNT_MISSING_AT_END,
    SYN016_UNT_MISSING_AT_UNH,
    SYN016_UNT_MISSING_BEFORE,
    ControlCount,
    MessageLimits,
    References,
)
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.message import MAX_MESSAGE_BYTES, MAX_MESSAGE_SEGMENTS, Message
from parsers.edifact.segment import Cutter, MessageNumber, Segment, Written
from parsers.edifact.separators import Separators
from parsers.edifact.shapes import TRIGGER, Shapes
from parsers.edifact.stream import BLANKS, ONE_TO_ONE, Block, blocks
from parsers.pausing import collection_paused

_COLLECT_EVERY = 1000
_ENOUGH_TO_LEARN = 8
"""Messages that an interchange has to have for the shapes of its lines to be worth learning."""
_MOST_KINDS = 16
_MOST_KNOWN, _LONGEST_KNOWN = 8192, 100
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}")
_CLOSING = ("UNZ", "UNE", "UNG")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


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
        self.shapes: dict[str, Shapes] = {}
        """By the kind of message, as UNH identifies it (S009)."""
        self.too_long: Message | None = None
        self.hidden = _not_text(interchange.separators)
        self.cutter = Cutter(interchange.separators)
        self.one_to_one = interchange.codec == ONE_TO_ONE

    def read(self) -> Iterator[Message]:
        for block in blocks(self.stream, self.interchange.body, self.interchange.separators):
            if isinstance(block, Block):
                yield from self._read_parts(block.parts, block.text, block.offset)
            elif not block.oversize:
                text = block.raw.decode(ONE_TO_ONE)
                yield from self._read_parts([text], text, block.offset)
            if block.end >= self.interchange.end:
                break
        yield from self._close(SYN016_UNT_MISSING_AT_END())

    def _read_parts(self, parts: list[str], text: str, start: int) -> Iterator[Message]:
        """Read segments that follow each other from this offset on; ``text`` is all of them."""
        end, known, current = self.interchange.end, self.known, self.current
        index, count, behind = 0, len(parts), start
        while index < count:
            part = parts[index]
            behind += len(part) + 1
            said = known.get(part)
            if said is not None and current is not None:
                begin = behind - len(said.raw) - 1
                if begin < end and current.has_room(begin):
                    current.add(Segment(said, begin, current.count + 1, current.place))
                    index += 1
                    continue
            bare = part.lstrip(BLANKS)
            begin = behind - len(bare) - 1
            if begin >= end:  # where the next interchange begins
                return
            tag = bare[:3]
            if tag == TRIGGER and current is not None and current.shapes is not None:
                shaped = current.shapes.at(text, begin - start, start, current.count + 1, current.place)
                if shaped is not None and current.has_room(start + shaped.match.end(), shaped.shape.length):
                    current.add_shaped(shaped)
                    index += shaped.shape.length
                    behind = start + shaped.match.end()
                    continue
            index += 1
            if tag[:2] == "UN" and tag != "UNS":
                yield from self._take(bare, begin)
                current = self.current
            else:
                self._keep(bare, begin, part)

    def _take(self, bare: str, offset: int) -> Iterator[Message]:
        """Take account of a service segment, which begins or ends something; gives out what it ends."""
        tag = bare[:3]
        if tag == "UNH":
            yield from self._close(SYN016_UNT_MISSING_AT_UNH())
            self._open(bare, offset)
            return
        current = self.current
        if current is None:
            return  # an envelope, or a segment between messages that the survey has reported
        if tag in _CLOSING:
            yield from self._close(SYN016_UNT_MISSING_BEFORE(SegmentTag(tag=tag)))
        else:
            self._keep(bare, offset)
            if tag == "UNT":
                _check_trailer(current, current.last)
                self.current = None
                yield current

    def _open(self, bare: str, offset: int) -> None:
        """Begin a message with its UNH."""
        self.number += 1
        log = FindingLog()
        place = MessageNumber(self.number, self.interchange.number, self.interchange.group_at(offset))
        unh = Segment(self._said(bare, offset, 1, place, log), offset, 1, place)
        self.current = Message(self.interchange, place, unh, self._shapes(unh), findings=log)

    def _shapes(self, unh: Segment) -> Shapes | None:
        """The shapes of lines of this kind of message; None where there are not enough messages to learn any."""
        if self.interchange.messages < _ENOUGH_TO_LEARN or len(unh.elements) < 3:
            return None
        kind = ":".join(unh.elements[2])
        if kind not in self.shapes:
            if len(self.shapes) == _MOST_KINDS:
                return None
            self.shapes[kind] = Shapes(self.interchange.separators, self.one_to_one)
        return self.shapes[kind]

    def _keep(self, bare: str, offset: int, part: str | None = None) -> None:
        """Add a segment to the message that is open; ``part`` is the same with the padding before it."""
        current = self.current
        if current is None or not bare:
            return  # between messages, or a terminator alone: the survey has reported it
        if not current.has_room(offset) and bare[:3] != "UNT":
            self._say_too_long(current, offset)
            return
        said = self._said(bare, offset, current.count + 1, current.place, current.findings)
        current.add(Segment(said, offset, current.count + 1, current.place))
        # What begins a line is met anew each time, for the shape of the whole line may be known.
        if part is not None and said.tidy and len(part) <= _LONGEST_KNOWN and said.tag != TRIGGER:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[part] = said

    def _say_too_long(self, message: Message, offset: int) -> None:
        if self.too_long is message:
            return
        self.too_long = message
        place = SegmentLocation(**message.place._asdict(), offset=offset)
        limits = MessageLimits(segments=MAX_MESSAGE_SEGMENTS, bytes=MAX_MESSAGE_BYTES)
        message.findings.append(finding(SYN012_MESSAGE_TOO_LONG(limits), location=place))

    def _close(self, said: Statement) -> Iterator[Message]:
        """Give out a message that has no UNT, and say what stands in its place."""
        current, self.current = self.current, None
        if current is not None:
            last = current.last.place()
            current.findings.append(finding(said, location=last))
            yield current

    def _said(self, bare: str, offset: int, number: int, place: MessageNumber, log: FindingLog) -> Written:
        """What a segment says, the ``number``-th of its message; what is wrong with it as text goes into the log."""
        raw = bare.encode(ONE_TO_ONE)
        if bare.isprintable() and (self.one_to_one or bare.isascii()):  # nothing has to be told, as of nearly all
            said = self.cutter.written(bare, raw)
            if _is_tag(said.tag):
                return said
        unwrapped = raw.translate(None, b"\r\n") if b"\n" in raw or b"\r" in raw else raw
        undecodable = False
        try:
            text = unwrapped.decode(self.interchange.codec)
        except UnicodeDecodeError:
            text, undecodable = unwrapped.decode(characters.FALLBACK), True
        said = self.cutter.written(text, raw)
        plain = text if self.hidden is None else text.translate(self.hidden)
        if undecodable or not plain.isprintable() or not _is_tag(said.tag):
            undecodable_as = str(self.interchange.syntax_identifier) if undecodable else None
            _check_text(Segment(said, offset, number, place), plain, undecodable_as, log)
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


def _check_text(segment: Segment, text: str, undecodable_as: str | None, log: FindingLog) -> None:
    if undecodable_as is not None:
        misfit = SegmentCharacterSet(tag=segment.tag, character_set=undecodable_as)
        log.append(finding(CHR001_NOT_OF_CHARACTER_SET(misfit), location=segment.place(), before=text[:70]))
    elif _CONTROL.search(text):
        said = CHR003_IN_SEGMENT(SegmentTag(tag=segment.tag))
        log.append(finding(said, location=segment.place(), before=ascii(text[:70])))
    if not _is_tag(segment.tag):
        said = SYN013_NOT_A_TAG(QuotedText(sent=segment.tag[:20]))
        log.append(finding(said, location=segment.place(), before=segment.tag[:70]))


def _check_trailer(message: Message, unt: Segment) -> None:
    stated, reference = unt.value(1), unt.value(2)
    counted = message.count
    if stated is None or not (stated.isascii() and stated.isdigit()) or int(stated[:18]) != counted:
        said = SYN007_SEGMENTS_DIFFER(ControlCount(stated=stated, counted=counted))
        message.findings.append(finding(said, location=unt.place(1), before=stated))
    if reference != message.reference:
        said = SYN008_REFERENCE_DIFFERS(References(reference=reference, opened=message.reference))
        message.findings.append(finding(said, location=unt.place(2), before=reference))
