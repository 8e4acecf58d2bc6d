"""The envelope of an interchange: who sent it, and whether its counts and references hold (UNB, UNG, UNH to UNZ)."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import BinaryIO

from orders.findings import finding
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.segment import Segment, split
from parsers.edifact.stream import PADDING, Block, Piece, blocks

_MOST_SAMPLED, _LONGEST_SAMPLED = 4096, 200
_NOTABLE = re.compile(rb"UN[^S]|\Z|[^\r\n\x80-\xff]*[\r\n\x80-\xff]").match
"""Service segments, empty ones, and those with line ends inside or with bytes that are not ASCII."""
SYNTAX_VERSIONS = ("1", "2", "3", "4")


def look_over(stream: BinaryIO, interchange: Interchange) -> None:
    """Fill in who sent the interchange, where it ends and what its envelope says wrong; see ``survey``."""
    _Walk(stream, interchange).run()


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
        self.group: FunctionalGroup | None = None
        self.outside_group = 0
        self.wrapped = False
        self.in_message = False

    def run(self) -> None:
        closed = self._walk()
        interchange = self.interchange
        self._end_group(interchange.end)
        if self.header is None:
            self._report(
                "SYN002", "The interchange has no UNB; its sender is not known. Begin with UNB.", interchange.start
            )
        if not closed:
            self._report("SYN003", "The interchange is not closed by UNZ; a part may be missing.", interchange.end)
        if interchange.functional_groups and self.outside_group:
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
                self._ung(self._segment(piece))
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
            self.group.messages += 1
        else:
            self.outside_group += 1
        reference = unh.value(1) or ""
        if reference in self.references:
            self._report("SYN009", f"Message reference {reference} is used twice.", unh.offset, "UNH", reference)
        self.references.add(reference)

    def _ung(self, ung: Segment) -> None:
        self._end_group(ung.offset)
        self.group = FunctionalGroup(
            start=ung.offset,
            end=ung.offset,
            reference=ung.value(5),
            sender=ung.value(2, 1),
            sender_qualifier=ung.value(2, 2),
            recipient=ung.value(3, 1),
            recipient_qualifier=ung.value(3, 2),
        )
        self.interchange.functional_groups.append(self.group)

    def _end_group(self, end: int) -> FunctionalGroup | None:
        """The group that was open up to here, if one was."""
        group, self.group = self.group, None
        if group is not None:
            group.end = end
        return group

    def _une(self, une: Segment) -> None:
        group = self._end_group(une.offset)
        stated, reference = une.value(1), une.value(2)
        if group is None:
            self._report("SYN006", "UNE closes a group that no UNG opened.", une.offset, "UNE")
        elif not _same_number(stated, group.messages):
            words = f"UNE counts {stated} messages, {group.messages} were received."
            self._report("SYN006", words, une.offset, "UNE", stated)
        elif reference != group.reference:
            words = f"UNE has the reference {reference}, UNG {group.reference}."
            self._report("SYN006", words, une.offset, "UNE", reference)

    def _unz(self, unz: Segment) -> None:
        self._end_group(unz.offset)
        groups = len(self.interchange.functional_groups)
        counted = groups or self.interchange.messages
        stated, reference = unz.value(1), unz.value(2)
        if not _same_number(stated, counted):
            what = "groups" if groups else "messages"
            self._report("SYN004", f"UNZ counts {stated} {what}, {counted} were received.", unz.offset, "UNZ", stated)
        if self.header is not None and reference != self.interchange.reference:
            theirs = self.interchange.reference
            self._report("SYN005", f"UNZ has the reference {reference}, UNB {theirs}.", unz.offset, "UNZ", reference)

    def _report(self, code: str, message: str, offset: int, tag: str | None = None, before: str | None = None) -> None:
        place = SegmentLocation(offset=offset, tag=tag)
        self.interchange.findings.append(finding(code, message, location=place, before=before))


def _same_number(stated: str | None, counted: int) -> bool:
    """Whether a control count as sent (n..6, leading zeros allowed) is the number counted."""
    return stated is not None and stated.isascii() and stated.isdigit() and int(stated[:18]) == counted
