"""The ports: what the pipelines ask of the outside world. Every connector passes the contract suite in the tests."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from orders.documents.sales_order import SalesOrder
from orders.model import Model
from orders.reference_tables import ReferenceRow


class Channel(StrEnum):
    """The way by which a file comes."""

    FOLDER = "folder"
    SFTP = "sftp"
    MAIL = "mail"
    UPLOAD = "upload"
    COMMAND = "command"


class Claim(Model):
    """A file that is ours to receive: nobody else will take it. ``claim`` is unique, ``name`` the sender's."""

    claim: str
    name: str
    size: int


class PassedOver(Model):
    """A file that lies in an inbox and cannot be claimed: its sender's name for it, and why."""

    name: str
    reason: str


class InboxSession(Protocol):
    """An open inbox. Errors: ``Unreachable`` where the line is lost, ``Gone`` where a file has disappeared."""

    def claims(self) -> Iterator[Claim]:
        """Claim every file that has stopped growing, one atomic rename each, and give out claims that a crash left.

        A file that another poller takes at the same moment is claimed by one of them only. One that cannot be moved is
        passed over. Errors: also ``Refused``, where no file can be moved.
        """
        ...

    def passed_over(self) -> list[PassedOver]:
        """What was passed over since the last call; each file once in this process, as long as it does not change."""
        ...

    def waiting(self) -> bool:
        """Whether anything lies there to be claimed; nothing is touched."""
        ...

    def fetch(self, claim: Claim, into: Path) -> None:
        """Copy the claimed file, whole, to this new local path. Errors: also ``Unreadable``, of this file alone."""
        ...

    def set_aside(self, claim: Claim) -> str:
        """Put an unreadable file out of the way; gives where it lies now, for people.

        Where it cannot be moved it stays where it is, and is not given out again by this process.
        """
        ...

    def finish(self, claim: Claim) -> None:
        """Move the original to ``processed``; to do it again is no error.

        Errors: also ``Unmovable``, of this file alone, which then is not given out again by this process; ``Refused``
        where no file can be moved there.
        """
        ...


class Inbox(Protocol):
    """A place where files arrive. ``customer`` is set where all files of this inbox are one customer's."""

    name: str
    channel: Channel
    customer: str | None

    def open(self) -> AbstractContextManager[InboxSession]:
        """Connect. Errors: ``Unreachable``, ``Refused`` (wrong key, unknown host, no such folder)."""
        ...


class Outbox(Protocol):
    """A place where replies are put for a partner."""

    def put(self, name: str, content: bytes) -> None:
        """Write the document under this name, so that a reader sees it whole or not at all; the same again is no error.

        Errors: ``Unreachable``, ``Refused``.
        """
        ...


class ErpAct(StrEnum):
    """What an ERP is asked to do; an order is created once, and everything else is done to an order that it has."""

    CREATE = "create"
    AMEND = "amend"
    CANCEL = "cancel"


class ErpEventKind(StrEnum):
    """What an ERP tells of an order: ``entered`` and ``cancelled`` by itself, ``confirmed`` and ``shipped`` by line."""

    ENTERED = "entered"
    AMENDED = "amended"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class ErpCapabilities(Model):
    """What an ERP can do beside entering orders. What it cannot, it refuses; it gives events of these kinds alone."""

    amend: bool
    cancel: bool
    events: frozenset[ErpEventKind] = frozenset()


class LineQuantity(Model):
    """A quantity of the line with this number of the sender's."""

    line: str
    quantity: Decimal
    unit: str | None


class ErpEvent(Model):
    """Something that happened to an order in the ERP. ``cursor`` is where to go on behind it.

    ``key`` is that under which the order was created, ``reference`` the ERP's own. ``lines`` are those that it
    concerns, none where it concerns the order as a whole.
    """

    cursor: str
    kind: ErpEventKind
    key: str
    reference: str
    at: datetime
    lines: tuple[LineQuantity, ...] = ()


class Erp(Protocol):
    """The ERP. Each act on it has an idempotency key, so that an unknown outcome is looked up before a retry.

    The same act under the same key once more gives the same reference and does nothing; anything else under a key that
    was used is ``Refused``. All methods may raise ``Unreachable``: nothing is known of the outcome, try again.
    """

    @property
    def capabilities(self) -> ErpCapabilities:
        """What it can do; asked before a sender is promised anything."""
        ...

    def find(self, key: str) -> str | None:
        """The ERP's reference of what was done under this key, whichever act it was; None where nothing was."""
        ...

    def create(self, order: SalesOrder, key: str) -> str:
        """Enter the order and give its reference. Errors: ``Refused``."""
        ...

    def amend(self, order: SalesOrder, key: str, of: str, sequence: int) -> str:
        """Put this order, whole, in the place of the one that was created under the key ``of``; gives a reference.

        ``sequence`` rises from act to act on one order (its creation is 1), and need not be without gaps.
        Errors: ``Refused`` where no order was created under ``of``, where it was cancelled, where a later act was done
        already, or where the ERP cannot.
        """
        ...

    def cancel(self, key: str, of: str, sequence: int) -> str:
        """Cancel the order that was created under the key ``of``; gives a reference. Errors as for ``amend``."""
        ...

    def events(self, since: str | None = None) -> Iterator[ErpEvent]:
        """What happened behind the event with this cursor, in its sequence, each once; None begins with the first."""
        ...


class Whole(NamedTuple):
    """All rows of the table follow: one that the source has given before, and does not give now, is no longer there.

    ``where`` says from what the rows come, for complaints about them. No row of such a table comes twice.
    """

    table: str
    where: str


class Upsert(NamedTuple):
    """A row that is new, or takes the place of the one with the same key (``KEYS``); ``number`` counts them."""

    table: str
    row: ReferenceRow
    number: int


class Removed(NamedTuple):
    """The row with this key is no longer there; to remove one that never was is no error."""

    table: str
    key: tuple[object, ...]
    number: int


class Reached(NamedTuple):
    """Up to here the source has been read: the cursor to ask with the next time."""

    cursor: str


ReferenceChange = Whole | Upsert | Removed | Reached


class ReferenceSource(Protocol):
    """Where reference data comes from: an ERP, files. ``name`` is the source of its rows; no other may have it."""

    name: str

    def changes(self, since: str | None) -> Iterator[ReferenceChange]:
        """What has changed since this cursor, a row at a time; everything there is where it is None.

        Numbers rise within a table. The last change is ``Reached``; with its cursor, and nothing changed meanwhile,
        no row comes. Errors: ``Unreachable``, ``Refused`` where a row cannot be used, which says where it stands.
        """
        ...
