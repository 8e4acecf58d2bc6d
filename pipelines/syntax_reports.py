"""The syntax reports of a file of EDIFACT, gathered in the one pass in which its messages become orders."""

from collections.abc import Callable, Iterable

from orders.findings import Finding
from parsers.edifact.headers import InterchangeHeader, KnownBy, MessageHeader, known_by
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.message import Message
from replies.contrl import told
from replies.contrl_report import IN_MESSAGES, OpenReport, SyntaxReport

Judged = Callable[[Finding], Finding]


class SyntaxReports:
    """Gathers them. ``judged`` gives a finding the severity that the partner's policy has for it; ``further`` are
    findings of the file that are told of each of its interchanges; ``closed`` takes each report when it is whole.
    """

    def __init__(
        self, found: Survey, judged: Judged, further: Iterable[Finding], closed: Callable[[SyntaxReport], None]
    ) -> None:
        self._interchanges = found.interchanges
        self._judged = judged
        self._further = tuple(further)
        self._closed = closed
        self._read = 0
        self._open: OpenReport | None = None

    def headers(self) -> list[InterchangeHeader]:
        """What answers repeat of each interchange, and which findings about it its CONTRL tells."""
        return [
            InterchangeHeader.of(one).model_copy(update={"told": self._told_around(one)}) for one in self._interchanges
        ]

    def add(self, message: Message) -> MessageHeader:
        """Take note of the next message, with all that is wrong with its syntax; gives what answers repeat of it."""
        header, number = MessageHeader.of(message), message.interchange.number
        while self._open is None or self._read < number:
            self._next()
        report = self._open.add(message)
        if report is None:
            return header
        said = tuple(map(known_by, told(self._open.on_message(report))))
        return header.model_copy(update={"told": said}) if said else header

    def close(self) -> None:
        """All messages were read."""
        while self._read < len(self._interchanges):
            self._next()
        if self._open is not None:
            self._closed(self._open.closed())
            self._open = None

    def _next(self) -> None:
        """Close the report that is open, and open that on the following interchange."""
        if self._open is not None:
            self._closed(self._open.closed())
        self._open = self._report(self._interchanges[self._read])
        self._read += 1

    def _report(self, interchange: Interchange) -> OpenReport:
        return OpenReport(interchange, self._judged, self._further)

    def _told_around(self, interchange: Interchange) -> tuple[KnownBy, ...]:
        if not interchange.findings and not self._further:
            return ()
        said = told(self._report(interchange).on_interchange())
        # What the survey has found in a message is told of that message, or of none.
        return tuple(known_by(one) for one in said if one.kind.scope not in IN_MESSAGES)
