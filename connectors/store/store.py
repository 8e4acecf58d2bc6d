"""The order store as the pipelines see it."""

from sqlalchemy import Engine

from connectors.store.database import Database
from connectors.store.engine import current_revision, newest_revision, open_database, upgrade
from connectors.store.interchanges import Interchanges
from connectors.store.item_history import ItemHistories
from connectors.store.order_book import OrderBook
from connectors.store.outgoing import OutgoingWork
from connectors.store.parked_changes import ParkedChanges
from connectors.store.receipts import Receipts
from connectors.store.reference import ReferenceData
from connectors.store.replies import Replies


class Store:
    """One database with its receipts, orders, outgoing work and reference data."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_database(url)
        database = Database(self._engine)
        self.receipts = Receipts(database)
        self.orders = OrderBook(database)
        self.parked_changes = ParkedChanges(database)
        self.interchanges = Interchanges(database)
        self.outgoing = OutgoingWork(database)
        self.replies = Replies(database)
        self.item_histories = ItemHistories(database)
        self.reference = ReferenceData(database, self._engine.url.render_as_string())

    def upgrade(self) -> str:
        """Create or migrate the tables; gives the revision. Errors: Unreachable."""
        return upgrade(self._engine)

    @property
    def is_current(self) -> bool:
        """Whether the tables are those that this code needs."""
        return current_revision(self._engine) == newest_revision()

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()
