"""EDIFACT files that an earlier build has decided: it kept less than a reply needs, so the file is read once more."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import BinaryIO

from connectors.archive import Archive
from connectors.store.records import Receipt, SentInterchange, SentMessage, SyntaxReportKept
from connectors.store.store import Store
from mappings.partner_file import Partner
from orders.findings import Finding, Outcome
from orders.location import SegmentLocation
from parsers.edifact.headers import known_by
from parsers.edifact.interchange import Interchange, Survey
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from pipelines.interchange_references import note_repeated
from pipelines.reading import tree_of
from pipelines.syntax_reports import SyntaxReports
from replies.contrl_report import SyntaxReport

_AT_ONCE = 200


def complete(receipt: Receipt, partner: Partner, store: Store, archive: Archive, at: datetime) -> None:
    """Read the file of a receipt, and keep headers and syntax reports as if this build had decided it.

    Its findings get the number of the interchange that they are about. What is there already stays as it is, so that
    two may do this at once.
    """
    with archive.open(receipt.sha256) as stream:
        found = survey(stream)
        note_repeated(found)
        if partner.edifact.character_set:
            found.read_as(partner.edifact.character_set)
        store.receipts.place_findings(receipt.id, _placed(found.interchanges))
        kept: list[SyntaxReportKept] = []

        def keep(report: SyntaxReport) -> None:
            stored = archive.put_bytes(report.model_dump_json().encode())
            kept.append(SyntaxReportKept(report.received.number, stored.sha256))

        reports = SyntaxReports(found, partner.policy.judged, _told_again(receipt, found, store), keep)
        headers = [
            SentInterchange(number=one.number, header=one.model_dump_json(exclude_defaults=True))
            for one in reports.headers()
        ]
        store.interchanges.begin(receipt.id, headers, None, at)
        _keep_messages(receipt, stream, found, reports, store)
        reports.close()
        store.interchanges.complete(receipt.id, (), kept)


def _keep_messages(receipt: Receipt, stream: BinaryIO, found: Survey, reports: SyntaxReports, store: Store) -> None:
    read: list[tuple[int, SentMessage]] = []
    position = 0
    for message in messages(stream, found):
        root = tree_of(message)
        header = reports.add(message)
        if root is not None:
            position += 1
            sent = SentMessage(interchange=header.interchange, header=header.model_dump_json(exclude_defaults=True))
            read.append((position, sent))
        if len(read) == _AT_ONCE:
            store.interchanges.complete(receipt.id, read)
            read = []
    store.interchanges.complete(receipt.id, read)


def _told_again(receipt: Receipt, found: Survey, store: Store) -> list[Finding]:
    """What the decision said of the file having been received before; that of an interchange is laid to the others."""
    further = []
    for one in store.receipts.findings_of_file(receipt.id):
        if one.kind.outcome is not Outcome.ANSWER_AGAIN:
            continue
        if one.interchange is None:
            further.append(one)
            continue
        of_interchange = found.interchanges[one.interchange - 1].findings
        if known_by(one) not in set(map(known_by, of_interchange)):
            of_interchange.append(one)
    return further


def _placed(interchanges: Sequence[Interchange]) -> Callable[[Finding], Finding]:
    """Gives a finding the interchange that it is about, by the byte where it stands."""
    said = {one.number: {(each.code, _offset(each)) for each in one.findings} for one in interchanges}

    def placed(one: Finding) -> Finding:
        offset, place = _offset(one), one.location
        if offset is None or not isinstance(place, SegmentLocation) or place.interchange is not None:
            return one
        at = bisect_right(interchanges, offset, key=lambda interchange: interchange.start)
        near = interchanges[max(0, at - 2) : at]
        # That an interchange has no UNZ is said where the next one begins.
        number = next((each.number for each in near if (one.code, offset) in said[each.number]), None)
        if number is None and near and offset < near[-1].end:
            number = near[-1].number
        return one.model_copy(update={"location": place.model_copy(update={"interchange": number})})

    return placed


def _offset(one: Finding) -> int | None:
    return one.location.offset if isinstance(one.location, SegmentLocation) else None
