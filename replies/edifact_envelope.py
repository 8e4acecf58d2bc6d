"""The envelope of an interchange that we send, and its writing with pydifact (ISO 9735, syntax versions 1 to 4).

Worked around in pydifact 0.2.3, all of it in this module: it knows no repetition separator and no interchange
without a release character, writes a two-digit year in syntax version 4, and keeps empty elements at the end.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Self

from pydantic import Field
from pydifact.control.characters import Characters
from pydifact.segmentcollection import Interchange, Message
from pydifact.segments import Segment
from pydifact.serializer import Serializer

from orders.model import Model
from parsers.edifact.characters import declared_codec
from parsers.edifact.headers import InterchangeHeader
from parsers.edifact.separators import STANDARD, Separators
from replies.edifact_directory import Component, Element, ElementDirectory, element_directory
from replies.edifact_text import CharacterSet

LONGEST_PARTY = 35
"""0004 and 0010 are an..35."""
_INSTEAD = "-/._*#"
"""What stands for a service character in text where the interchange has no release character."""


class Envelope(Model):
    """Everything about an interchange but its messages: we are the sender, the partner is the recipient.

    ``directory`` is the version in which the partner wrote, such as ``D.96A``; ``association`` the association
    assigned code (0057) of the message that is answered. ``prepared`` is in the seller's time zone.
    """

    sender: str = Field(max_length=LONGEST_PARTY)
    sender_qualifier: str | None = None
    recipient: str = Field(max_length=LONGEST_PARTY)
    recipient_qualifier: str | None = None
    syntax_identifier: str = "UNOC"
    syntax_version: str = "3"
    separators: Separators = STANDARD
    control_reference: str = Field(min_length=1, max_length=14)
    prepared: datetime
    test: bool = False
    directory: str
    association: str | None = None

    @classmethod
    def answering(
        cls,
        received: InterchangeHeader,
        *,
        directory: str,
        association: str | None,
        control_reference: str,
        prepared: datetime,
    ) -> Self:
        """The envelope of an answer to a received interchange: sender and recipient change places."""
        identifier = received.syntax_identifier or ""
        return cls(
            sender=received.recipient or "",
            sender_qualifier=received.recipient_qualifier,
            recipient=received.sender or "",
            recipient_qualifier=received.sender_qualifier,
            syntax_identifier=identifier if declared_codec(identifier) else "UNOC",
            syntax_version=received.syntax_version if received.syntax_version in ("1", "2", "3", "4") else "3",
            separators=_usable(received.separators),
            control_reference=control_reference,
            prepared=prepared,
            test=received.test,
            directory=directory,
            association=association,
        )


def _usable(separators: Separators) -> Separators:
    """Those of the partner where they can be used, with a decimal mark that numbers can have (ISO 9735: . or ,)."""
    if not separators.usable:
        return STANDARD
    return separators if chr(separators.decimal_mark) in ".," else separators._replace(decimal_mark=ord("."))


def can_be_written(value: str | None) -> bool:
    """Whether something of a value is left where it is written: control characters and blanks alone are nothing."""
    return bool(value) and any(one.isprintable() and not one.isspace() for one in value or "")


def can_be_addressed(received: InterchangeHeader) -> bool:
    """Whether UNB names sender and recipient as an answer can; where not, tell the sender by other means."""
    parties = (received.sender or "", received.recipient or "")
    return all(map(can_be_written, parties)) and max(map(len, parties)) <= LONGEST_PARTY


class MessageWriter:
    """Gathers the segments of one message, each within the limits of the directory and the character set."""

    def __init__(
        self,
        envelope: Envelope,
        reference: str,
        message_type: str,
        association: str | None = None,
        directory: ElementDirectory | None = None,
    ) -> None:
        """``directory`` is the one to write in where it is not that of the envelope."""
        self.directory = directory or element_directory(envelope.directory)
        self.characters = CharacterSet(envelope.syntax_identifier)
        version, release = self.directory.version.split(".")
        identifier = [message_type, version, release, "UN", *([association] if association else [])]
        self.message = Message(reference, identifier)
        self._decimal_mark = chr(envelope.separators.decimal_mark)

    def add(self, tag: str, *elements: Element) -> None:
        """Add a segment; empty components and elements at its end are not written."""
        written: list[Element] = [self._written(element) for element in elements]
        self.message.add_segment(_segment(tag, self.directory.fitted(tag, written)))

    def number(self, text: str) -> str:
        """A number with the decimal mark of this interchange."""
        return text.replace(".", self._decimal_mark)

    def _written(self, element: Element) -> Element:
        if isinstance(element, list):
            return [self._component(one) for one in element]
        return self._component(element)

    def _component(self, value: Component) -> Component:
        return None if value is None else self.characters.identifier(value).strip()


def write_interchange(envelope: Envelope, messages: Sequence[MessageWriter]) -> bytes:
    """The interchange as bytes, with UNA, in the character set that UNB declares."""
    separators, characters = envelope.separators, CharacterSet(envelope.syntax_identifier)
    interchange = Interchange(
        sender=_party(characters, envelope.sender, envelope.sender_qualifier),
        recipient=_party(characters, envelope.recipient, envelope.recipient_qualifier),
        control_reference=characters.identifier(envelope.control_reference),
        syntax_identifier=(envelope.syntax_identifier, int(envelope.syntax_version)),
        timestamp=envelope.prepared,
        extra_header_elements=["", "", "", "", "", "1"] if envelope.test else [],
    )
    for writer in messages:
        interchange.add_message(writer.message)
    header, footer = interchange.get_header_segment(), interchange.get_footer_segment()
    if envelope.syntax_version == "4":
        header.elements[3] = [f"{envelope.prepared:%Y%m%d}", f"{envelope.prepared:%H%M}"]
    written = _Serializer(separators).serialize([header, *interchange.segments, footer], with_una_header=True)
    return written.encode(characters.codec)


def _party(characters: CharacterSet, identifier: str, qualifier: str | None) -> list[str]:
    return [characters.identifier(one) for one in (identifier, qualifier) if one]


def _segment(tag: str, elements: Iterable[Element]) -> Segment:
    texts: list[str | list[str]] = [
        [one or "" for one in element] if isinstance(element, list) else element or "" for element in elements
    ]
    while texts and not any(texts[-1]):
        texts.pop()
    return Segment(tag, *texts)


class _Serializer(Serializer):
    """pydifact's serializer with every service character of the interchange released, or replaced where none can be."""

    def __init__(self, separators: Separators) -> None:
        marks = (separators.component, separators.element, separators.decimal_mark)
        release, repetition = (32 if one is None else one for one in (separators.release, separators.repetition))
        una = bytes((*marks, release, repetition, separators.terminator))
        super().__init__(Characters.from_str(una.decode("ascii")))
        service = {separators.component, separators.element, separators.terminator}
        service |= {one for one in (separators.release, separators.repetition) if one is not None}
        instead = next(one for one in _INSTEAD if ord(one) not in service)
        self._written = {one: instead if separators.release is None else chr(release) + chr(one) for one in service}

    def escape(self, string: str | None) -> str:
        return (string or "").translate(self._written)
