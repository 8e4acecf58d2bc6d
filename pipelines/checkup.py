"""`ordermill check`: read, map, check and decide one file, and write nothing."""

from datetime import date

from orders.checked import CheckedOrder
from orders.decision import LineCounts
from orders.policy import Policy
from pipelines.books import Books, PartnerStopped
from pipelines.checking import SeenInFile, batches, check_batch
from pipelines.earlier_files import EarlierFiles, NoEarlierFiles
from pipelines.incoming import Incoming
from pipelines.reading import Reading
from pipelines.recognising import recognise_file
from pipelines.result import FileResult, file_decision, placed
from pipelines.sent_tables import Sources


def check_file(file: Incoming, books: Books, as_of: date, earlier: EarlierFiles | None = None) -> FileResult:
    """The whole result for one file, kept in memory: for a person who looks at one file.

    ``earlier`` are the files received before, which a corrected answer needs.

    Errors: PartnerStopped where a partner file has to be mended first.
    """
    history = SeenInFile()
    recognised = recognise_file(file, books)
    if recognised.waits_for is not None:
        raise PartnerStopped(f"{file.name}: {recognised.waits_for}")
    reading = Reading(recognised, Sources(books, earlier or NoEarlierFiles(), as_of))
    partner = recognised.partner
    checked: list[CheckedOrder] = []
    for batch in batches(reading.orders()):
        checked += check_batch(batch, partner, books, as_of, history)
        history.remember(checked[-len(batch) :])
    orders = tuple(checked)
    policy = partner.policy if partner else Policy()
    of_file = [policy.judged(one) for one in reading.findings]
    return FileResult(
        name=file.name,
        sha256=file.sha256,
        size=file.size,
        format=recognised.format,
        customer=partner.partner if partner else None,
        decision=file_decision((order.decision for order in orders), of_file, policy),
        counts=sum((order.counts for order in orders), LineCounts()),
        versions=books.versions(partner),
        orders=orders,
        findings=(*of_file, *placed(orders)),
    )
