"""Take up changes that came before their order, now that it is there: check them again, and answer them again."""

from connectors.archive import Archive
from connectors.store.records import ParkedChange, Receipt
from connectors.store.store import Store
from mappings.mapped import MappedOrder
from mappings.partner_file import Partner
from orders.answers import AnswerKind
from orders.findings.log import FindingLog
from pipelines.books import Books
from pipelines.checking import check_batch
from pipelines.clock import Clock
from pipelines.incoming import Incoming
from pipelines.order_places import KnownFiles
from pipelines.reading import order_of, tables_of
from pipelines.recognising import Recognised, recognise_file


def take_up_parked(receipt_id: str, store: Store, archive: Archive, books: Books, clock: Clock) -> int:
    """Take up the parked changes of this receipt, or of orders of it, whose order is known; gives how many.

    The order and its change may be decided by two processes at the same moment: each commits first and looks here
    then, so that one of them sees both; and of two who see both, the store lets one take it up. Errors: Unreachable.
    """
    taken, messages = 0, _ParkedMessages(archive, books)
    for parked in store.parked_changes.ready(receipt_id):
        receipt, partner = store.receipts.get(parked.receipt_id), books.partner(parked.customer)
        mapped = None if receipt is None or partner is None else messages.order(receipt, partner, parked)
        if receipt is None or partner is None or mapped is None:
            continue  # the partner has left the books since: the change stays parked, and is seen as held
        (order,) = check_batch([mapped], partner, books, receipt.as_of, store.orders)
        answers = sorted(set(partner.edifact.answers) - {AnswerKind.CONTRL})
        taken += store.parked_changes.take_up(parked, order, answers, clock.now())
    return taken


class _ParkedMessages:
    """Reads parked changes from their files again; each file is read through once, however many wait in it."""

    def __init__(self, archive: Archive, books: Books) -> None:
        self._archive = archive
        self._books = books
        self._files = KnownFiles()
        self._last: tuple[str, Recognised] | None = None

    def order(self, receipt: Receipt, partner: Partner, parked: ParkedChange) -> MappedOrder | None:
        """The change, with the places of its values; None where the file no longer has it."""
        recognised = self._recognised(receipt, parked.customer)
        with self._archive.open(receipt.sha256) as stream:
            places = self._files.places(receipt.sha256, stream, partner.edifact.character_set)
            message = next(places.orders(stream, parked.position, 1), None)
        return None if message is None else order_of(message, recognised, tables_of(partner), FindingLog())

    def _recognised(self, receipt: Receipt, customer: str) -> Recognised:
        if self._last is None or self._last[0] != receipt.id:
            path = self._archive.path(receipt.sha256)
            file = Incoming(path, receipt.name, receipt.sha256, receipt.size, customer)
            self._last = receipt.id, recognise_file(file, self._books)
        return self._last[1]
