"""The tables of a file as they are to be read: any file as it is, our own workbooks by their stamps.

A reorder workbook is brought into the shape of a table; a corrected answer is laid over the file that it answers, which
may have been a reorder workbook, or a corrected answer itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mappings.corrected_tables import Place, corrected_tables
from mappings.layout import DateOrder, Layout, Notation
from mappings.reorder_form import ReorderReading, read_reorder_form, shown_part
from orders.checked import CheckedOrder
from orders.findings import Finding, Severity, finding
from orders.findings.documents import (
    DOC010_ANSWERS_UNKNOWN_FILE,
    DOC011_ANSWER_EXPIRED,
    DOC011_CATALOGUE_CHANGED,
    DOC011_FORM_EXPIRED,
    DOC011_OTHER_PRICES_CHANGED,
    DOC011_PRICES_CHANGED,
    Day,
    PricesChanged,
)
from orders.findings.layouts import LAY020_NO_STAMP
from orders.findings.values import PriceChange, PriceChanges
from orders.location import CellLocation
from orders.reference import Agreement
from parsers.limits import Limits
from parsers.tables.stamp import Stamp, StampKind, has_marks_of_ours, without_stamp
from parsers.tables.table import Cell, Table, TableFile
from pipelines.books import Books
from pipelines.earlier_files import EarlierFiles
from pipelines.recognising import Recognised, recognise_file, sheets_of
from replies.cell_display import displayed
from replies.reorder_offer import offer_versions, price_shown
from replies.safe_text import cell_text, not_a_formula
from replies.wording.language import language

_ROUNDS = 20
"""So many times an answer can be corrected and answered again; after that, the order itself is to be sent."""
_TOLD = 8


@dataclass(slots=True)
class SentTables:
    """``file`` is what is mapped, by ``layout`` where it is a form of ours, else by the partner's; ``shown`` is what an
    answer shows. ``remarks`` are about rows; ``corrects`` is the receipt of the file that this one corrects.
    """

    file: TableFile
    shown: TableFile
    layout: Layout | None = None
    findings: list[Finding] = field(default_factory=list)
    remarks: dict[Place, list[Finding]] = field(default_factory=dict)
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What our own workbooks are read with: the books in force, the files before, the day of receipt."""

    books: Books
    files: EarlierFiles
    as_of: date


def sent_tables(recognised: Recognised, sources: Sources, limits: Limits) -> SentTables:
    """The tables of a readable file of tables."""
    remarks: dict[Place, list[Finding]] = {}
    said: list[Finding] = []
    laid = _as_laid(recognised, sources, limits, remarks, said, _ROUNDS)
    stamp = recognised.stamp
    corrects = stamp.receipt if stamp is not None and stamp.kind is StampKind.ANSWER else None
    if laid is None:
        nothing = TableFile()
        return SentTables(nothing, nothing, findings=[finding(DOC010_ANSWERS_UNKNOWN_FILE())])
    file, form = laid
    if stamp is None and has_marks_of_ours(file):
        return SentTables(TableFile([], list(file.findings)), file, findings=[finding(LAY020_NO_STAMP())])
    late = _late(stamp, sources.as_of) if stamp is not None and corrects is not None else []
    if form is None or not file.tables:
        return SentTables(file, file, findings=[*said, *late], remarks=remarks, corrects=corrects)
    notation = _notation(recognised, form)
    reading = read_reorder_form(file, form, notation, is_corrected=corrects is not None)
    for row, told in reading.remarks.items():
        place = told[0].location
        sheet = place.sheet if isinstance(place, CellLocation) else None
        remarks.setdefault((sheet, row), []).extend(told)
    findings = [*said, *late, *reading.findings, *_age(reading, form, sources)]
    return SentTables(reading.file, shown_part(file, form), reading.layout, findings, remarks, corrects)


def _as_laid(
    recognised: Recognised,
    sources: Sources,
    limits: Limits,
    remarks: dict[Place, list[Finding]],
    said: list[Finding],
    rounds: int,
) -> tuple[TableFile, Stamp | None] | None:
    """The tables as the sender wrote them, corrections laid over, and the stamp of the form that they are, if any."""
    tables, stamp = recognised.tables, recognised.stamp
    if tables is None:
        tables = sheets_of(recognised.incoming, recognised.format, recognised.partner, limits)
    if stamp is None:
        return tables, None
    tables = without_stamp(tables)
    if stamp.kind is StampKind.REORDER:
        return tables, stamp
    before = sources.files.file(stamp.receipt)
    if before is None or rounds == 0:
        return None
    earlier = recognise_file(before, sources.books, limits)
    laid = _as_laid(earlier, sources, limits, {}, [], rounds - 1)
    if laid is None:
        return None
    original, form = laid
    right, wrong = _rows(sources.files.orders(stamp.receipt))
    headings = [language(stamp.language).say(name) for name in ("head.row", "csv.row")]
    corrected = corrected_tables(original, tables, _as_written, headings, right, wrong)
    for place, told in corrected.remarks.items():
        remarks.setdefault(place, []).extend(told)
    said += corrected.findings
    return corrected.file, form


def _rows(orders: Iterable[CheckedOrder]) -> tuple[set[Place], set[Place]]:
    """The rows of the lines that were right, and of those that were not."""
    right: set[Place] = set()
    wrong: set[Place] = set()
    for order in orders:
        faulty = {one.line for one in order.findings if one.severity.rank >= Severity.HOLD.rank}
        for number, line in enumerate(order.lines, start=1):
            if isinstance(line.location, CellLocation):
                # A line that shares the lot of its order, and has no fault of its own, is right.
                (wrong if number in faulty else right).add((line.location.sheet, line.location.row))
    return right, wrong


def _as_written(cell: Cell, table: Table) -> tuple[str, str]:
    """The texts that an answer shows for a cell: in a workbook, and in delimited text."""
    return cell_text(displayed(cell, table)), not_a_formula(cell.text)


def _notation(recognised: Recognised, form: Stamp) -> Notation:
    """How the buyer writes numbers and dates: as agreed, else as in the language of the form."""
    layout = recognised.partner.layout if recognised.partner else None
    if layout is not None and layout.notation != Notation():
        return layout.notation
    spoken = language(form.language).notation
    return Notation(
        decimal_mark="," if spoken.decimal_mark == "," else ".",
        dates=DateOrder.DMY if spoken.date.startswith("%d") else None,
    )


def _late(answer: Stamp, day: date) -> list[Finding]:
    """What is to be said where an answer comes back corrected after its time: prices are those of the day it came."""
    if day <= answer.expires:
        return []
    return [finding(DOC011_ANSWER_EXPIRED(Day(day=answer.expires)), before=answer.expires.isoformat())]


def _age(reading: ReorderReading, form: Stamp, sources: Sources) -> list[Finding]:
    """What is to be said where the form is older than the catalogue or the prices: it is priced anew."""
    agreement = sources.books.reference.agreement(form.customer)
    if agreement is None:
        return []
    if sources.as_of > form.expires:
        return [finding(DOC011_FORM_EXPIRED(Day(day=form.expires)), before=form.expires.isoformat())]
    changes = _changes(reading, agreement, sources.as_of)
    catalogue, prices = offer_versions(agreement)
    if changes:
        told = PriceChanges(named=tuple(changes[:_TOLD]), more=max(0, len(changes) - _TOLD))
        said = DOC011_PRICES_CHANGED(PricesChanged(day=form.issued, changes=told))
    elif prices != form.prices:
        said = DOC011_OTHER_PRICES_CHANGED(Day(day=form.issued))
    elif catalogue != form.catalogue:
        said = DOC011_CATALOGUE_CHANGED(Day(day=form.issued))
    else:
        return []
    return [finding(said, before=form.issued.isoformat())]


def _changes(reading: ReorderReading, agreement: Agreement, day: date) -> list[PriceChange]:
    """The ordered items whose price was issued as another one than holds now."""
    changes = []
    agreement.fetch(row.item for row in reading.ordered)
    for row in {one.item: one for one in reading.ordered}.values():
        item = agreement.catalogue.item(row.item)
        shown = price_shown(agreement, item, day) if item is not None else None
        now = shown.price if shown else None
        issued = Decimal(row.price) if row.price else None
        if now != issued:
            changes.append(PriceChange(item=row.item, issued=issued, now=now))
    return changes
