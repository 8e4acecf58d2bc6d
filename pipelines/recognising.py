"""Recognise a file: its format by content, its partner by what it says of itself or by the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mappings.partner_file import Partner
from orders.findings import Finding, finding
from orders.findings.documents import (
    DOC003_NO_IDENTIFICATION,
    DOC003_NO_PARTNER_FILE,
    DOC003_SEVERAL_SENDERS,
    DOC003_SEVERAL_SENDERS_UNNAMED,
    DOC003_UNKNOWN_IDENTIFICATION,
    DOC003_UNKNOWN_SENDER,
    DOC008_BYTES,
    DOC008_BYTES_OF_TABLES,
    DOC010_OF_ANOTHER_CUSTOMER,
    DOC010_STAMP_ALTERED,
    CustomerName,
    Identifications,
    SeveralCustomers,
    SeveralSenders,
    SizeAndLimit,
)
from parsers.edifact.interchange import Survey
from parsers.edifact.reader import messages
from parsers.edifact.survey import survey
from parsers.formats import HEAD, Format, recognise
from parsers.limits import DEFAULT, Limits
from parsers.tables.files import read_tables
from parsers.tables.stamp import FalseStamp, Stamp, may_be_stamped, read_stamp
from parsers.tables.table import TableFile
from pipelines.books import Books
from pipelines.incoming import Incoming
from pipelines.interchange_references import note_repeated

_WORKBOOKS = (Format.XLSX, Format.XLS, Format.XLSB, Format.ODS)
"""Kinds of file that may be a file of ours, in the form in which a buyer's program saved it; delimited text may too."""


@dataclass(slots=True)
class Recognised:
    """A file with its format and partner. ``readable`` is False where a finding already says why it cannot be read."""

    incoming: Incoming
    format: Format
    partner: Partner | None
    findings: list[Finding] = field(default_factory=list)
    readable: bool = True
    survey: Survey | None = None
    tables: TableFile | None = None
    stamp: Stamp | None = None
    """That of a file which we issued to this partner; ``tables`` are read already where there may be one."""
    waits_for: str | None = None
    """Why it cannot be told yet whose the file is, or how to read it: a partner file is broken. It stays undecided."""


def recognise_file(file: Incoming, books: Books, limits: Limits = DEFAULT) -> Recognised:
    """Tell format and partner. With no candidate for the partner, or two, a finding quarantines the file.

    While a partner file is broken, a file that may be this partner's has to wait. A table that names no customer, and
    comes by no customer's way, is none of these: a partner file does not tell whose it is.
    """
    found = _recognised(file, books, limits)
    if file.customer is not None and found.waits_for is None:
        found.waits_for = books.why_stopped(file.customer)
    return found


def _recognised(file: Incoming, books: Books, limits: Limits) -> Recognised:
    if file.size > limits.file_bytes:
        said = DOC008_BYTES(SizeAndLimit(size=file.size, limit=limits.file_bytes))
        return Recognised(file, Format.UNKNOWN, None, [finding(said)], readable=False)
    whole = file.content if file.size <= limits.table_bytes else None
    kind, told, readable = recognise(file.head(HEAD), whole, file.name, limits)
    findings = list(told)
    if kind is Format.EDIFACT:
        return _edifact(file, books, findings)
    if kind is not Format.UNKNOWN and file.size > limits.table_bytes:
        findings = [finding(DOC008_BYTES_OF_TABLES(SizeAndLimit(size=file.size, limit=limits.table_bytes)))]
        readable = False
    partner = books.partner(file.customer) if file.customer else None
    ours = readable and (kind in _WORKBOOKS or (kind is Format.CSV and may_be_stamped(file.content())))
    tables = sheets_of(file, kind, partner, limits) if ours else None
    stamp = read_stamp(tables, books.stamp_key.known) if tables is not None else None
    if tables is not None and stamp is not None:
        return _stamped(Recognised(file, kind, partner, findings, tables=tables), stamp, books)
    if readable and partner is None:
        findings = [*findings, _unknown_sender(file)]
    return Recognised(file, kind, partner, findings, readable=readable, tables=tables)


def sheets_of(file: Incoming, kind: Format, partner: Partner | None, limits: Limits) -> TableFile:
    """The tables of a workbook or delimited file, as they are stored in it."""
    layout = partner.layout if partner else None
    return read_tables(
        file.content(),
        kind,
        limits,
        layout.encoding if layout else None,
        layout.delimiter if layout else None,
        counted_before=file.counted_before,
    )


def _stamped(found: Recognised, stamp: Stamp | FalseStamp, books: Books) -> Recognised:
    """A file with a stamp: the stamp names the customer, and nobody else may send it."""
    named = found.incoming.customer
    if isinstance(stamp, Stamp) and named in (None, stamp.customer):
        found.waits_for = books.why_stopped(stamp.customer)
    if isinstance(stamp, FalseStamp):
        said = DOC010_STAMP_ALTERED()
    elif named not in (None, stamp.customer) or books.partner(stamp.customer) is None:
        said = DOC010_OF_ANOTHER_CUSTOMER()
    else:
        found.partner, found.stamp = books.partner(stamp.customer), stamp
        return found
    found.findings.append(finding(said))
    found.readable = False
    return found


def _unknown_sender(file: Incoming) -> Finding:
    if file.customer:
        return finding(DOC003_NO_PARTNER_FILE(CustomerName(customer=file.customer)))
    return finding(DOC003_UNKNOWN_SENDER())


def _edifact(file: Incoming, books: Books, findings: list[Finding]) -> Recognised:
    with file.open() as stream:
        found = survey(stream)
        note_repeated(found)
        senders = [interchange.sender for interchange in found.interchanges]
        candidates, named_in_file = books.by_edifact(senders), senders
        if not candidates:
            named_in_file = [*senders, *_buyers(file, found)]
            candidates = books.by_edifact(named_in_file)
    waits_for = books.why_claimed(named_in_file)
    partner = candidates[0] if len(candidates) == 1 else None
    if file.customer is not None:
        named = books.partner(file.customer)
        if named is None or (candidates and named not in candidates):
            candidates, partner = (*candidates, *((named,) if named else ())), None
        else:
            partner = named
    if partner is None:
        findings = [*findings, _unknown_edifact_sender(senders, candidates)]
        waits_for = waits_for or (None if candidates else books.why_unknown(named_in_file))
    elif partner.edifact.character_set:
        found.read_as(partner.edifact.character_set)
    return Recognised(file, Format.EDIFACT, partner, [*findings, *found.findings], survey=found, waits_for=waits_for)


def _buyers(file: Incoming, found: Survey) -> list[str | None]:
    """Identifications of the buyers that the messages name (NAD+BY), where UNB names nobody we know."""
    buyers: set[str | None] = set()
    with file.open() as stream:
        for message in messages(stream, found):
            buyers.update(nad.value(2) for nad in message.segments if nad.tag == "NAD" and nad.value(1) == "BY")
    return list(buyers)


def _unknown_edifact_sender(senders: Sequence[str | None], candidates: Sequence[Partner]) -> Finding:
    named = tuple(sorted({sender for sender in senders if sender}))
    if len(candidates) > 1:
        several = tuple(sorted({partner.partner for partner in candidates}))
        if named:
            return finding(DOC003_SEVERAL_SENDERS(SeveralSenders(named=named, several=several)))
        return finding(DOC003_SEVERAL_SENDERS_UNNAMED(SeveralCustomers(several=several)))
    if not named:
        return finding(DOC003_NO_IDENTIFICATION())
    return finding(DOC003_UNKNOWN_IDENTIFICATION(Identifications(named=named)), before=", ".join(named))
