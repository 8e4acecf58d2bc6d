"""The envelope of an interchange: who sent it, and whether its counts and references hold (UNB, UNG, UNH to UNZ)."""

from typing import BinaryIO

from orders.findings import finding
from orders.location import SegmentLocation
from parsers.edifact import characters
from parsers.edifact.interchange import FunctionalGroup, Interchange
from parsers.edifact.segment import Cutter, Segment
from parsers.edifact.skimming import Skimmer
from parsers.edifact.stream import Block, Piece, blocks

MAX_MESSAGES, MAX_GROUPS = 999_999, 10_000
"""More of them are not counted in one interchange: UNZ and UNE hold six digits (0036, 0060), and memory has an end."""
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
        self._end_group(interchange.end, "the end of the interchange")
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
                self._report("SYN011", "A segment terminator stands alone.", piece.offset)
            return None
        if piece.oversize:
            size = piece.end - piece.offset
            self._report("SYN012", f"A segment of {size} bytes is longer than we read.", piece.offset)
            return None
        if not piece.closed:
            self.sample.add(raw)
            self.wrapped = self.wrapped or b"\n" in raw or b"\r" in raw
            words = "The file ends inside this segment; send it whole."
            self._report("SYN010", words, piece.offset, tag.decode("ascii", "replace"))
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
        words = f"The segment {tag!r} stands between messages. Put it inside of UNH and UNT."
        self._report("SYN027", words, piece.offset, tag if tag.isalnum() else None, tag)

    def _segment(self, piece: Piece) -> Segment:
        text = piece.raw.translate(None, b"\r\n").decode("ascii", "replace")
        return Segment(Cutter(self.interchange.separators).written(text, piece.raw), piece.offset, 0, None)

    def _unb(self, unb: Segment) -> None:
        interchange, self.header = self.interchange, unb
        interchange.syntax_identifier, interchange.syntax_version = unb.value(1, 1), unb.value(1, 2)
        interchange.sender, interchange.sender_qualifier = unb.value(2, 1), unb.value(2, 2)
        interchange.recipient, interchange.recipient_qualifier = unb.value(3, 1), unb.value(3, 2)
        interchange.reference, interchange.application = unb.value(5), unb.value(7)
        interchange.test = (unb.value(11) or "0").strip() not in ("", "0")
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
            self._report(
                "DOC006", "The interchange is marked as a test; nothing of it is delivered.", unb.offset, "UNB"
            )
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
        elif len(self.references) < MAX_MESSAGES:
            self.references.add(reference)
        elif self.interchange.messages == MAX_MESSAGES + 1:
            words = f"The interchange has more than {MAX_MESSAGES:,} messages. Send them in several."
            self._report("SYN012", words, unh.offset, "UNH")

    def _ung(self, ung: Segment) -> None:
        self._end_group(ung.offset, "the next UNG")
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
            words = f"The interchange has more than {MAX_GROUPS:,} functional groups. Send them in several."
            self._report("SYN012", words, ung.offset, "UNG")

    def _end_group(self, end: int, by: str | None) -> FunctionalGroup | None:
        """The group that was open up to here, if one was; ``by`` is what stands there where it is not its UNE."""
        group, self.group = self.group, None
        if group is None:
            return None
        group.end, group.closed = end, by is None
        if by is not None:
            words = f"The group {group.reference} is not closed by UNE before {by}. Close it."
            self._report("SYN006", words, group.start, "UNG", group.reference)
        return group

    def _note_group_reference(self, ung: Segment) -> None:
        reference = ung.value(5)
        if reference is None:
            return
        if reference in self.group_references:
            words = f"The group reference {reference} is used twice in this interchange."
            self._report("SYN029", words, ung.offset, "UNG", reference)
        elif len(self.group_references) < MAX_GROUPS:
            self.group_references.add(reference)

    def _une(self, une: Segment) -> None:
        group = self._end_group(une.offset, None)
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
        self._end_group(unz.offset, "UNZ")
        counted = self.groups or self.interchange.messages
        stated, reference = unz.value(1), unz.value(2)
        if not _same_number(stated, counted):
            what = "groups" if self.groups else "messages"
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
