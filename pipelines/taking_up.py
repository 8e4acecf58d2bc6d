"""Take up changes that came before their order, now that it is there: check them again, and answer them again."""

from itertools import islice

from connectors.archive import Archive
from connectors.store.records import ParkedChange, Receipt
from connectors.store.store import Store
from mappings.mapped import MappedOrder
from orders.answers import AnswerKind
from pipelines.books import Books
from pipelines.checking import check_batch
from pipelines.clock import Clock
from pipelines.earlier_files import StoredFiles
from pipelines.incoming import Incoming
from pipelines.reading import Reading
from pipelines.recognising import recognise_file
from pipelines.sent_tables import Sources


def take_up_parked(store: Store, archive: Archive, books: Books, clock: Clock) -> int:
    """Take up every parked change whose order is known; gives how many. Errors: Unreachable.

    The order and its change may be decided by two processes at the same moment: each commits first and looks here
    then, so that one of them sees both; and of two who see both, the store lets one take it up.
    """
    taken = 0
    for parked in store.parked_changes.ready():
        receipt, partner = store.receipts.get(parked.receipt_id), books.partner(parked.customer)
        mapped = None if receipt is None else _message(receipt, parked, StoredFiles(store, archive), books)
        if receipt is None or partner is None or mapped is None:
            continue  # the partner has left the books since: the change stays parked, and is seen as held
        (order,) = check_batch([mapped], partner, books, receipt.as_of, store.orders)
        answers = sorted(set(partner.edifact.answers) - {AnswerKind.CONTRL})
        taken += store.parked_changes.take_up(parked, order, answers, clock.now())
    return taken


def _message(receipt: Receipt, parked: ParkedChange, files: StoredFiles, books: Books) -> MappedOrder | None:
    """The change as it is read from its file again, with the places of its values."""
    path = files.archive.path(receipt.sha256)
    sources = Sources(books, files, receipt.as_of)
    recognised = recognise_file(Incoming(path, receipt.name, receipt.sha256, receipt.size, parked.customer), books)
    return next(islice(Reading(recognised, sources).orders(), parked.position - 1, None), None)
