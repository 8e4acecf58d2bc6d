"""The envelopes of a file: every interchange in it, who sent it, and whether its counts and references hold.

This first pass reads the service segments only. It comes before any message is mapped, because a fault in the last
segment of an interchange can hold the first order in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import BinaryIO

from orders.findings import Finding, finding
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.segment import Segment, split
from parsers.edifact.separators import STANDARD, Separators, from_una, shown_by, written_in
from parsers.edifact.stream import PADDING, Block, Piece, blocks

_BOM = b"\xef\xbb\xbf"
_START = re.compile(rb"UNB[^\w\s]|UNA(?:[^a-zA-Z0-9\s]|.{6}\s*UN[BGH][^\w\s])", re.DOTALL)
_WINDOW = 4096
_MOST_SAMPLED, _LONGEST_SAMPLED = 4096, 200
_NOTABLE = re.compile(rb"UN[^S]|\Z|[^\r\n\x80-\xff]*[\r\n\x80-\xff]").match
"""Service segments, empty ones, and those with line ends inside or with bytes that are not ASCII."""
SYNTAX_VERSIONS = ("1", "2", "3", "4")


@dataclass(slots=True)
class Interchange:
    """One interchange: from its UNA or UNB at ``start`` to behind its UNZ at ``end``; ``number`` counts from 1.

    ``codec`` is the character set in which its text is read. Identifications are those of UNB (S002, S003).
    """

    number: int
    start: int
    body: int
    separators: Separators
    declared_separators: bool = False
    end: int = 0
    codec: str = characters.FALLBACK
    syntax_identifier: str | None = None
    syntax_version: str | None = None
    sender: str | None = None
    sender_qualifier: str | None = None
    recipient: str | None = None
    recipient_qualifier: str | None = None
    reference: str | None = None
    application: str | None = None
    test: bool = False
    messages: int = 0
    groups: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """What a file holds: its interchanges in order, and findings about bytes that belong to none."""

    interchanges: list[Interchange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def survey(stream: BinaryIO) -> Survey:
    """Find every interchange of the stream and check its envelope. Never raises for what the bytes are."""
    found = Survey()
    stream.seek(0)
    position = 0
    if stream.read(3) == _BOM:
        found.findings.append(
            finding("CHR005", "The file begins with a byte order mark; it was skipped.", location=_at(0))
        )
        position = 3
    while (start := _next_start(stream, position, found)) is not None:
        interchange = _open(stream, start, len(found.interchanges) + 1)
        interchange.end = interchange.body  # also where nothing stands behind the UNA
        _Walk(stream, interchange).run()
        found.interchanges.append(interchange)
        position = interchange.end
    return found


def _at(offset: int, tag: str | None = None) -> SegmentLocation:
    return SegmentLocation(offset=offset, tag=tag)


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
    message = f"{end - begin} bytes stand outside of any segment, from {excerpt!r} on. Remove them."
    found.findings.append(finding("SYN011", message, location=_at(begin), before=excerpt))
    return following


def _skip_padding(stream: BinaryIO, position: int) -> int | None:
    while True:
        stream.seek(position)
        window = stream.read(_WINDOW)
        if not window:
            return None
        rest = window.lstrip(PADDING)
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
        position += len(window) - 4


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
        message = "The separators in UNA are letters, digits or equal to each other. Declare usable ones."
        unusable = window[3:9].decode("ascii", "replace")
        interchange.findings.append(finding("SYN001", message, location=_at(start, "UNA"), before=unusable))
        return interchange
    separators = written_in(window) if window[:3] == b"UNB" else STANDARD
    interchange = Interchange(number, start, start, separators or shown_by(window) or STANDARD)
    if separators is None:
        message = "UNB uses separators other than the standard ones, and no UNA declares them. Send a UNA."
        interchange.findings.append(finding("SYN002", message, location=_at(start, "UNB")))
    return interchange


def _located(raw: bytes, end: int) -> Piece:
    return Piece(raw, end - 1 - len(raw), end)


class _Walk:
    """One pass over the service segments of an interchange."""

    def __init__(self, stream: BinaryIO, interchange: Interchange) -> None:
        self.stream = stream
        self.interchange = interchange
        self.sample = characters.Sample()
        self.sampled: set[bytes] = set()  # names and addresses come again in every message, and say nothing new
        self.references: set[str] = set()
        self.header: Segment | None = None
        self.group: Segment | None = None
        self.in_group = 0
        self.outside_group = 0
        self.wrapped = False
        self.in_message = False

    def run(self) -> None:
        closed = self._walk()
        interchange = self.interchange
        if self.header is None:
            self._report(
                "SYN002", "The interchange has no UNB; its sender is not known. Begin with UNB.", interchange.start
            )
        if not closed:
            self._report("SYN003", "The interchange is not closed by UNZ; a part may be missing.", interchange.end)
        if interchange.groups and self.outside_group:
            self._report("SYN026", "Functional groups and messages outside of groups are mixed.", interchange.start)
        codec, noticed = characters.reading(self._declared_codec(), self.sample)
        interchange.codec = codec
        if noticed:
            declared = interchange.syntax_identifier or "no character set"
            self._report(
                "CHR002", f"UNB declares {declared}, the text is {codec}; it was read as that.", interchange.start
            )
        if self.wrapped:
            self._report("NRM009", "Line ends inside segments were taken out.", interchange.start)

    def _declared_codec(self) -> str | None:
        identifier = self.interchange.syntax_identifier
        return None if identifier is None else characters.declared_codec(identifier)

    def _walk(self) -> bool:
        """Look at every segment up to the UNZ; False where there is none."""
        for block in blocks(self.stream, self.interchange.body, self.interchange.separators):
            for piece in (block,) if isinstance(block, Piece) else self._notable(block):
                ended = self._look(piece)
                if ended is not None:
                    return ended
        return False

    def _notable(self, block: Block) -> Iterator[Piece]:
        """The segments of a block that say something about the envelope, or have bytes to be looked at.

        The others, which are nearly all, are passed over by the dozen; no object is made for them.
        """
        ends = list(accumulate((len(part) + 1 for part in block.parts), initial=block.offset))
        raws = [part.lstrip(PADDING) for part in block.parts]
        place = 0
        for notable in (place for place, raw in enumerate(raws) if _NOTABLE(raw)):
            # Outside of a message every segment counts, so those up to the next notable one are given as well.
            for between in range(place, notable if not self.in_message else place):
                yield _located(raws[between], ends[between + 1])
            yield _located(raws[notable], ends[notable + 1])
            place = notable + 1
        for between in range(place, len(raws) if not self.in_message else place):
            yield _located(raws[between], ends[between + 1])
        self.interchange.end = ends[-1]

    def _look(self, piece: Piece) -> bool | None:
        """Take account of a segment: True for the UNZ, False where the next interchange begins, None to go on."""
        interchange = self.interchange
        raw, tag = piece.raw, piece.raw[:3]
        if not raw.isascii():
            self._sample(raw)
        if tag in (b"UNB", b"UNA") and self.header is not None and piece.offset > interchange.body:
            interchange.end = piece.offset
            return False
        interchange.end = piece.end
        if not raw:
            if piece.closed:
                self._report("SYN011", "A segment terminator stands alone.", piece.offset)
            return None
        if piece.oversize:
            size = piece.end - piece.offset
            self._report("SYN012", f"A segment of {size} bytes is longer than we read.", piece.offset)
        elif not piece.closed:
            words = "The file ends inside this segment; send it whole."
            self._report("SYN010", words, piece.offset, tag.decode("ascii", "replace"))
        self.wrapped = self.wrapped or b"\n" in raw or b"\r" in raw
        if tag[:2] == b"UN" and tag != b"UNS":
            if self._service(piece, tag):
                return True
        elif not self.in_message and not piece.oversize:
            self._between(piece)
        return None

    def _sample(self, raw: bytes) -> None:
        if raw in self.sampled:
            return
        self.sample.add(raw)
        if len(self.sampled) < _MOST_SAMPLED and len(raw) <= _LONGEST_SAMPLED:
            self.sampled.add(raw)

    def _service(self, piece: Piece, tag: bytes) -> bool:
        """Take account of a service segment; True for the UNZ that ends the interchange."""
        match tag:
            case b"UNB":
                self._unb(self._segment(piece))
            case b"UNT":
                self.in_message = False
            case b"UNG":
                self.group = self._segment(piece)
                self.interchange.groups += 1
                self.in_group = 0
            case b"UNE":
                self.in_message = False
                self._une(self._segment(piece))
            case b"UNH":
                self._unh(self._segment(piece))
            case b"UNZ":
                self._unz(self._segment(piece))
                return True
        return False

    def _between(self, piece: Piece) -> None:
        tag = piece.raw[:3].decode("ascii", "replace")
        words = f"The segment {tag!r} stands between messages. Put it inside of UNH and UNT."
        self._report("SYN027", words, piece.offset, tag if tag.isalnum() else None, tag)

    def _segment(self, piece: Piece) -> Segment:
        separators = self.interchange.separators
        text = piece.raw.translate(None, b"\r\n").decode("ascii", "replace")
        return Segment(split(text, separators), piece.raw, piece.offset, 0, None, separators)

    def _unb(self, unb: Segment) -> None:
        interchange, self.header = self.interchange, unb
        interchange.syntax_identifier, interchange.syntax_version = unb.value(1, 1), unb.value(1, 2)
        interchange.sender, interchange.sender_qualifier = unb.value(2, 1), unb.value(2, 2)
        interchange.recipient, interchange.recipient_qualifier = unb.value(3, 1), unb.value(3, 2)
        interchange.reference, interchange.application = unb.value(5), unb.value(7)
        interchange.test = unb.value(11) == "1"
        missing = [
            name
            for name, place in (
                ("syntax", (1, 2)),
                ("sender", (2, 1)),
                ("recipient", (3, 1)),
                ("date", (4, 1)),
                ("reference", (5, 1)),
            )
            if unb.value(*place) is None
        ]
        if missing:
            self._report("SYN002", f"UNB lacks {', '.join(missing)}.", unb.offset, "UNB")
        elif interchange.syntax_version not in SYNTAX_VERSIONS:
            version = interchange.syntax_version
            self._report("SYN025", f"Syntax version {version} is not one of 1 to 4.", unb.offset, "UNB", version)
        if interchange.syntax_identifier and self._declared_codec() is None:
            identifier = interchange.syntax_identifier
            self._report("SYN025", f"{identifier} is not a character set of ISO 9735.", unb.offset, "UNB", identifier)
        if interchange.test:
            self._report("DOC006", "The interchange is marked as a test.", unb.offset, "UNB")
        if interchange.syntax_version == "4" and not interchange.declared_separators:
            interchange.separators = interchange.separators._replace(repetition=ord("*"))
        elif interchange.syntax_version != "4":
            interchange.separators = interchange.separators._replace(repetition=None)

    def _unh(self, unh: Segment) -> None:
        self.interchange.messages += 1
        self.in_message = True
        if self.group is not None:
            self.in_group += 1
        else:
            self.outside_group += 1
        reference = unh.value(1) or ""
        if reference in self.references:
            self._report("SYN009", f"Message reference {reference} is used twice.", unh.offset, "UNH", reference)
        self.references.add(reference)

    def _une(self, une: Segment) -> None:
        group, self.group = self.group, None
        stated, reference = une.value(1), une.value(2)
        if group is None:
            self._report("SYN006", "UNE closes a group that no UNG opened.", une.offset, "UNE")
        elif stated != str(self.in_group) and not _same_number(stated, self.in_group):
            self._report(
                "SYN006", f"UNE counts {stated} messages, {self.in_group} were received.", une.offset, "UNE", stated
            )
        elif reference != group.value(5):
            self._report(
                "SYN006", f"UNE has the reference {reference}, UNG {group.value(5)}.", une.offset, "UNE", reference
            )

    def _unz(self, unz: Segment) -> None:
        counted = self.interchange.groups or self.interchange.messages
        stated, reference = unz.value(1), unz.value(2)
        if not _same_number(stated, counted):
            what = "groups" if self.interchange.groups else "messages"
            self._report("SYN004", f"UNZ counts {stated} {what}, {counted} were received.", unz.offset, "UNZ", stated)
        if self.header is not None and reference != self.interchange.reference:
            theirs = self.interchange.reference
            self._report("SYN005", f"UNZ has the reference {reference}, UNB {theirs}.", unz.offset, "UNZ", reference)

    def _report(self, code: str, message: str, offset: int, tag: str | None = None, before: str | None = None) -> None:
        self.interchange.findings.append(finding(code, message, location=_at(offset, tag), before=before))


def _same_number(stated: str | None, counted: int) -> bool:
    """Whether a control count as sent (n..6, leading zeros allowed) is the number counted."""
    return stated is not None and stated.isascii() and stated.isdigit() and int(stated[:18]) == counted
