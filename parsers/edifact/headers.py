"""What an answer has to know of a received interchange and of a message in it, when nobody reads the file any more."""

from typing import NamedTuple, Self

from orders.findings import Finding
from orders.location import SegmentLocation
from orders.model import Model
from parsers.edifact.interchange import Interchange
from parsers.edifact.message import Message
from parsers.edifact.separators import Separators


class KnownBy(NamedTuple):
    """By what a finding of a file is known again, whoever has read the file: its code, and the byte where it stands."""

    code: str
    offset: int | None
    element: int | None
    component: int | None


def known_by(one: Finding) -> KnownBy:
    """By what this finding is known again."""
    place = one.location if isinstance(one.location, SegmentLocation) else SegmentLocation()
    return KnownBy(one.code, place.offset, place.element, place.component)


class InterchangeHeader(Model):
    """An interchange as its UNA and UNB have it (S001 to S005, 0026, 0035); ``number`` counts in the file from 1.

    ``grouped`` says whether its messages stand in functional groups; ``told`` are findings about the interchange, and
    about none of its messages, of which its CONTRL tells.
    """

    number: int
    separators: Separators
    syntax_identifier: str | None = None
    syntax_version: str | None = None
    sender: str | None = None
    sender_qualifier: str | None = None
    recipient: str | None = None
    recipient_qualifier: str | None = None
    reference: str | None = None
    application: str | None = None
    test: bool = False
    grouped: bool = False
    told: tuple[KnownBy, ...] = ()

    @classmethod
    def of(cls, received: Interchange) -> Self:
        """The header of an interchange as it was read, with nothing told yet."""
        return cls(
            number=received.number,
            separators=received.separators,
            syntax_identifier=received.syntax_identifier,
            syntax_version=received.syntax_version,
            sender=received.sender,
            sender_qualifier=received.sender_qualifier,
            recipient=received.recipient,
            recipient_qualifier=received.recipient_qualifier,
            reference=received.reference,
            application=received.application,
            test=received.test,
            grouped=bool(received.functional_groups),
        )


class MessageHeader(Model):
    """A message as its UNH has it (0062, S009), with its number and byte in the file.

    ``told`` are findings about it of which the CONTRL of its interchange tells.
    """

    interchange: int
    number: int
    offset: int
    type: str | None = None
    reference: str | None = None
    directory: str
    association: str | None = None
    told: tuple[KnownBy, ...] = ()

    @classmethod
    def of(cls, message: Message) -> Self:
        """The header of a message as it was read, with nothing told yet."""
        return cls(
            interchange=message.interchange.number,
            number=message.number,
            offset=message.offset,
            type=message.type,
            reference=message.reference,
            directory=message.directory,
            association=message.association,
        )
