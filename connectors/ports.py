"""The ports: what the pipelines ask of the outside world. Every connector passes the contract suite in the tests."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

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


class InboxSession(Protocol):
    """An open inbox. Errors: ``Unreachable`` where the line is lost, ``Gone`` where a file has disappeared."""

    def claims(self) -> Iterator[Claim]:
        """Claim every file that has stopped growing, one atomic rename each, and give out claims that a crash left.

        A file that another poller takes at the same moment is claimed by one of them only.
        """
        ...

    def waiting(self) -> bool:
        """Whether anything lies there to be claimed; nothing is touched."""
        ...

    def fetch(self, claim: Claim, into: Path) -> None:
        """Copy the claimed file, whole, to this new local path."""
        ...

    def finish(self, claim: Claim) -> None:
        """Move the original to ``processed``; to do it again is no error."""
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


class Erp(Protocol):
    """The ERP. An order has an idempotency key, so that an unknown outcome is looked up before a retry."""

    def find(self, key: str) -> str | None:
        """The ERP's own reference of the order entered under this key, if there is one. Errors: ``Unreachable``."""
        ...

    def create(self, key: str, document: bytes) -> str:
        """Enter the order (JSON, UTF-8) and give its reference. Errors: ``Unreachable``, ``Refused``."""
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
