"""The envelope of an interchange: who sent it, and whether its counts and references hold (UNB, UNG, UNH to UNZ)."""

from typing import BinaryIO

from orders.findings import Statement, finding
from orders.findings.characters import (
    CHR002_NOT_DECLARED,
    CHR002_OTHER_THAN_DECLARED,
    Codec,
    DeclaredAndRead,
)
from orders.findings.documents import DOC006_TEST
from orders.findings.normalised import NRM009_LINE_ENDS_REMOVED
from orders.findings.parameters import LargeNumber, QuotedText
from orders.findings.statement import Case
from orders.findings.syntax import (
    SYN002_UNB_INCOMPLETE,
    SYN002_UNB_MISSING,
    SYN003_UNZ_MISSING,
    SYN004_GROUPS_DIFFER,
    SYN004_MESSAGES_DIFFER,
    SYN005_REFERENCE_DIFFERS,
    SYN006_MESSAGES_DIFFER,
    SYN006_NOT_CLOSED_AT_END,
    SYN006_NOT_CLOSED_AT_GROUP,
    SYN006_NOT_CLOSED_AT_UNZ,
    SYN006_NOT_OPENED,
    SYN006_REFERENCE_DIFFERS,
    SYN009_REFERENCE_TWICE,
    SYN010_CUT_OFF,
    SYN011_TERMINATOR_ALONE,
    SYN012_SEGMENT_TOO_LONG,
    SYN012_TOO_MANY_GROUPS,
    SYN012_TOO_MANY_MESSAGES,
    SYN025_UNKNOWN_CHARACTER_SET,
    SYN025_UNKNOWN_VERSION,
    SYN026_GROUPS_AND_MESSAGES,
    SYN027_BETWEEN_MESSAGES,
    SYN029_GROUP_REFERENCE_TWICE,
    ByteCount,
    CodeSent,
    ControlCount,
    EnvelopePart,
    LackingParts,
    Reference,
    References,
)
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.segment import Cutter, MessageNumber, Segment
from parsers.edifact.skimming import Skimmer
from parsers.edifact.stream import Block, Piece, blocks

MAX_MESSAGES, MAX_GROUPS = 999_999, 10_000
"""More of them are not counted in one interchange: UNZ and UNE hold six digits (0036, 0060), and memory has an end."""
SYNTAX_VERSIONS = ("1", "2", "3", "4")
_NEEDED_OF_UNB = {
    EnvelopePart.SYNTAX: (1, 2),
    EnvelopePart.SENDER: (2, 1),
    EnvelopePart.RECIPIENT: (3, 1),
    EnvelopePart.DATE: (4, 1),
    EnvelopePart.REFERENCE: (5, 1),
}
"""Element and component of what a UNB has to say."""
_NO_MESSAGE = MessageNumber(None)


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
        self.skimmer = Skimmer(interchange.separators)
        self.sample = characters.Sample()
        self.references: set[str] = set()
        self.group_references: set[str] = set()
        self.header: Segment | None = None
        self.group: FunctionalGroup | None = None
        self.groups = 0
        self.outside_group = 0
        self.wrapped = False
        self.in_message = False

    def run(self) -> None:
        closed = self._walk()
        interchange = self.interchange
        self._end_group(interchange.end, SYN006_NOT_CLOSED_AT_END)
        if self.header is None:
            self._report(SYN002_UNB_MISSING(), interchange.start)
        if not closed:
            self._report(SYN003_UNZ_MISSING(), interchange.end)
        if interchange.functional_groups and self.outside_group:
            self._report(SYN026_GROUPS_AND_MESSAGES(), interchange.start)
        codec, noticed = characters.reading(self._declared_codec(), self.sample)
        interchange.codec = codec
        if noticed:
            declared = interchange.syntax_identifier
            other = CHR002_NOT_DECLARED(Codec(codec=codec))
            if declared:
                other = CHR002_OTHER_THAN_DECLARED(DeclaredAndRead(declared=declared, codec=codec))
            self._report(other, interchange.start)
        if self.wrapped:
            self._report(NRM009_LINE_ENDS_REMOVED(), interchange.start)

    def _declared_codec(self) -> str | None:
        identifier = self.interchange.syntax_identifier
        return None if identifier is None else characters.declared_codec(identifier)

    def _walk(self) -> bool:
        """Look at every segment up to the UNZ; False where there is none."""
        for block in blocks(self.stream, self.interchange.body, self.interchange.separators):
            ended = self._look(block) if isinstance(block, Piece) else self._skim(block)
            if ended is not None:
                return ended
        return False

    def _skim(self, block: Block) -> bool | None:
        """Take account of the segments of a block; see ``_look``."""
        position, ended, size = 0, None, len(block.raw)
        while ended is None and position < size:
            # Outside of a message every segment counts.
            notable = self.skimmer.next_notable(block, position) if self.in_message else position
            if notable is None:
                self.interchange.end = block.offset + size
                break
            piece = self.skimmer.piece(block, notable)
            ended = self._look(piece)
            position = piece.end - block.offset
        looked_at = self.interchange.end - block.offset
        self.sample.add(block.raw[:looked_at])
        self.wrapped = self.wrapped or self.skimmer.is_wrapped(block, looked_at)
        return ended

    def _look(self, piece: Piece) -> bool | None:
        """Take account of a segment: True for the UNZ, False where the next interchange begins, None to go on."""
        interchange = self.interchange
        raw, tag = piece.raw, piece.raw[:3]
        if self._begins_another(tag, piece.offset):
            interchange.end = piece.offset
            return False
        interchange.end = piece.end
        if not raw:
            if piece.closed:
                self._report(SYN011_TERMINATOR_ALONE(), piece.offset)
            return None
        if piece.oversize:
            self._report(SYN012_SEGMENT_TOO_LONG(ByteCount(bytes=piece.end - piece.offset)), piece.offset)
            return None
        if not piece.closed:
            self.sample.add(raw)
            self.wrapped = self.wrapped or b"\n" in raw or b"\r" in raw
            self._report(SYN010_CUT_OFF(), piece.offset, tag.decode("ascii", "replace"))
        if tag[:2] == b"UN" and tag != b"UNS":
            if self._service(piece, tag):
                return True
        elif not self.in_message:
            self._between(piece)
        return None

    def _begins_another(self, tag: bytes, offset: int) -> bool:
        """Whether the next interchange begins here, though this one has not ended."""
        if tag == b"UNA":
            return offset > self.interchange.start
        return tag == b"UNB" and (self.header is not None or self.interchange.messages > 0 or self.groups > 0)

    def _service(self, piece: Piece, tag: bytes) -> bool:
        """Take account of a service segment; True for the UNZ that ends the interchange."""
        match tag:
            case b"UNB":
                self._unb(self._segment(piece))
            case b"UNT" if self.in_message:
                self.in_message = False
            case b"UNG":
                self.in_message = False
                self._ung(self._segment(piece))
            case b"UNE":
                self.in_message = False
                self._une(self._segment(piece))
            case b"UNH":
                self._unh(self._segment(piece))
            case b"UNZ":
                self._unz(self._segment(piece))
                return True
            case _ if not self.in_message:
                self._between(piece)
        return False

    def _between(self, piece: Piece) -> None:
        tag = piece.raw[:3].decode("ascii", "replace")
        said = SYN027_BETWEEN_MESSAGES(QuotedText(sent=tag))
        self._report(said, piece.offset, tag if tag.isalnum() else None, tag)

    def _segment(self, piece: Piece) -> Segment:
        text = piece.raw.translate(None, b"\r\n").decode("ascii", "replace")
        return Segment(Cutter(self.interchange.separators).written(text, piece.raw), piece.offset, 0, _NO_MESSAGE)

    def _unb(self, unb: Segment) -> None:
        interchange, self.header = self.interchange, unb
        interchange.syntax_identifier, interchange.syntax_version = unb.value(1, 1), unb.value(1, 2)
        interchange.sender, interchange.sender_qualifier = unb.value(2, 1), unb.value(2, 2)
        interchange.recipient, interchange.recipient_qualifier = unb.value(3, 1), unb.value(3, 2)
        interchange.reference, interchange.application = unb.value(5), unb.value(7)
        interchange.test = (unb.value(11) or "0").strip() not in ("", "0")
        missing = tuple(part for part, place in _NEEDED_OF_UNB.items() if unb.value(*place) is None)
        if missing:
            self._report(SYN002_UNB_INCOMPLETE(LackingParts(parts=missing)), unb.offset, "UNB")
        elif interchange.syntax_version not in SYNTAX_VERSIONS:
            version = interchange.syntax_version
            self._report(SYN025_UNKNOWN_VERSION(CodeSent(sent=version)), unb.offset, "UNB", version)
        if interchange.syntax_identifier and self._declared_codec() is None:
            identifier = interchange.syntax_identifier
            self._report(SYN025_UNKNOWN_CHARACTER_SET(CodeSent(sent=identifier)), unb.offset, "UNB", identifier)
        if interchange.test:
            self._report(DOC006_TEST(), unb.offset, "UNB")
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
            self._report(SYN009_REFERENCE_TWICE(Reference(reference=reference)), unh.offset, "UNH", reference)
        elif len(self.references) < MAX_MESSAGES:
            self.references.add(reference)
        elif self.interchange.messages == MAX_MESSAGES + 1:
            self._report(SYN012_TOO_MANY_MESSAGES(LargeNumber(number=MAX_MESSAGES)), unh.offset, "UNH")

    def _ung(self, ung: Segment) -> None:
        self._end_group(ung.offset, SYN006_NOT_CLOSED_AT_GROUP)
        self._note_group_reference(ung)
        self.groups += 1
        self.group = FunctionalGroup(
            start=ung.offset,
            end=ung.offset,
            reference=ung.value(5),
            sender=ung.value(2, 1),
            sender_qualifier=ung.value(2, 2),
            recipient=ung.value(3, 1),
            recipient_qualifier=ung.value(3, 2),
        )
        if self.groups <= MAX_GROUPS:
            self.interchange.functional_groups.append(self.group)
        elif self.groups == MAX_GROUPS + 1:
            self._report(SYN012_TOO_MANY_GROUPS(LargeNumber(number=MAX_GROUPS)), ung.offset, "UNG")

    def _end_group(self, end: int, not_closed: Case[Reference] | None) -> FunctionalGroup | None:
        """The group that was open up to here, if one was; ``not_closed`` says what stands there in place of its UNE."""
        group, self.group = self.group, None
        if group is None:
            return None
        group.end, group.closed = end, not_closed is None
        if not_closed is not None:
            said = not_closed(Reference(reference=group.reference))
            self._report(said, group.start, "UNG", group.reference)
        return group

    def _note_group_reference(self, ung: Segment) -> None:
        reference = ung.value(5)
        if reference is None:
            return
        if reference in self.group_references:
            self._report(SYN029_GROUP_REFERENCE_TWICE(Reference(reference=reference)), ung.offset, "UNG", reference)
        elif len(self.group_references) < MAX_GROUPS:
            self.group_references.add(reference)

    def _une(self, une: Segment) -> None:
        group = self._end_group(une.offset, None)
        stated, reference = une.value(1), une.value(2)
        if group is None:
            self._report(SYN006_NOT_OPENED(), une.offset, "UNE")
        elif not _same_number(stated, group.messages):
            said = SYN006_MESSAGES_DIFFER(ControlCount(stated=stated, counted=group.messages))
            self._report(said, une.offset, "UNE", stated)
        elif reference != group.reference:
            said = SYN006_REFERENCE_DIFFERS(References(reference=reference, opened=group.reference))
            self._report(said, une.offset, "UNE", reference)

    def _unz(self, unz: Segment) -> None:
        self._end_group(unz.offset, SYN006_NOT_CLOSED_AT_UNZ)
        counted = self.groups or self.interchange.messages
        stated, reference = unz.value(1), unz.value(2)
        if not _same_number(stated, counted):
            differ = SYN004_GROUPS_DIFFER if self.groups else SYN004_MESSAGES_DIFFER
            self._report(differ(ControlCount(stated=stated, counted=counted)), unz.offset, "UNZ", stated)
        if self.header is not None and reference != self.interchange.reference:
            said = SYN005_REFERENCE_DIFFERS(References(reference=reference, opened=self.interchange.reference))
            self._report(said, unz.offset, "UNZ", reference)

    def _report(self, said: Statement, offset: int, tag: str | None = None, before: str | None = None) -> None:
        group = self.groups if self.group is not None else None
        place = SegmentLocation(interchange=self.interchange.number, group=group, offset=offset, tag=tag)
        self.interchange.findings.append(finding(said, location=place, before=before))


def _same_number(stated: str | None, counted: int) -> bool:
    """Whether a control count as sent (n..6, leading zeros allowed) is the number counted."""
    return stated is not None and stated.isascii() and stated.isdigit() and int(stated[:18]) == counted
