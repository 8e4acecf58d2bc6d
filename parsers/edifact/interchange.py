"""What a survey finds in a file: interchanges, their functional groups, and the findings about them."""

from bisect import bisect_right
from dataclasses import dataclass, field

from orders.findings.log import FindingLog
from parsers.edifact import characters
from parsers.edifact.separators import Separators


@dataclass(slots=True)
class FunctionalGroup:
    """A functional group: from its UNG at ``start`` to ``end``, where its UNE stands or what comes in its place.

    It is identified as its UNG does (0048, S006, S007); ``closed`` says whether it is its UNE.
    """

    start: int
    end: int
    reference: str | None
    sender: str | None
    sender_qualifier: str | None
    recipient: str | None
    recipient_qualifier: str | None
    messages: int = 0
    closed: bool = False


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
    functional_groups: list[FunctionalGroup] = field(default_factory=list)
    findings: FindingLog = field(default_factory=FindingLog)

    def group_at(self, offset: int) -> int | None:
        """The number of the functional group in which this byte of the file stands, from 1 on."""
        number = bisect_right(self.functional_groups, offset, key=lambda group: group.start)
        return number if number and offset < self.functional_groups[number - 1].end else None


@dataclass(slots=True)
class Survey:
    """What a file holds: its interchanges in order, and findings about bytes that belong to none."""

    interchanges: list[Interchange] = field(default_factory=list)
    findings: FindingLog = field(default_factory=FindingLog)

    def read_as(self, character_set: str) -> None:
        """Have the text of all interchanges read in this character set, whatever they declare."""
        for interchange in self.interchanges:
            interchange.codec = character_set
