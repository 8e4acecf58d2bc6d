"""The one place that builds connectors: everything else is handed what it needs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connectors.archive import Archive
from connectors.erp.file import FileErp
from connectors.folder import FolderInbox, FolderOutbox
from connectors.local_files import errors_of
from connectors.ports import Inbox, Outbox
from connectors.sftp import SftpInbox, SftpOutbox
from connectors.store.known_customers import KnownCustomers
from connectors.store.outgoing import Answerable
from connectors.store.store import Store
from mappings.partner_folder import PartnerFolder, PartnerFolderError, load_partners
from pipelines.answering import Answers
from pipelines.books import Books
from pipelines.clock import Clock
from pipelines.delivering import Deliveries
from pipelines.holidays import delivery_calendar
from pipelines.settings import FolderInboxSettings, FolderOutboxSettings, Home, InboxSettings, SettingsError
from pipelines.stamp_key import KEY_FILE, KeyFile

_KNOWN_CUSTOMERS = KnownCustomers()
"""What this process has looked up: a home is opened anew for every file, and its customers send more than one."""


@dataclass(slots=True)
class Dock:
    """A home, opened: the store, the archive, inboxes and outboxes, the books in force, the clock."""

    home: Home
    store: Store
    archive: Archive
    clock: Clock
    _books: Books | None = None

    def books(self) -> Books:
        """Partner files and reference data as they are now; both may change while we run. Errors: SettingsError."""
        version = self.store.reference.current_version()
        if version is None:
            raise SettingsError("The store has no reference data yet. Load some with: ordermill data load PATH")
        folder = self.partner_files()
        known = self._books
        if known is None or (known.reference.version, known.partners, known.broken) != (
            version,
            folder.usable,
            folder.broken,
        ):
            calendar = delivery_calendar(self.home.settings.seller.country, self.clock.day_of(self.clock.now()))
            reference = self.store.reference.at(version, calendar, _KNOWN_CUSTOMERS)
            assert reference is not None
            key = KeyFile(self.home.folder / KEY_FILE)
            self._books = known = Books(folder.usable, reference, key, folder.broken)
        return known

    def partner_files(self) -> PartnerFolder:
        """The partner files as they are now, without the reference data. Errors: SettingsError."""
        try:
            return load_partners(self.home.path(self.home.settings.partners))
        except PartnerFolderError as error:
            raise SettingsError(str(error)) from error

    def answerable(self) -> Answerable:
        """To whom replies can be made now: not to partners whose file, or whose entry in the settings, is broken."""
        never = frozenset(self.home.broken_replies)
        try:
            files = self.partner_files()
        except SettingsError:
            return Answerable(only=frozenset())
        return Answerable(only=frozenset(one.partner for one in files.usable) if files.broken else None, never=never)

    def inbox(self, name: str) -> Inbox:
        """The inbox of this name. Errors: SettingsError."""
        for settings in self.home.settings.inboxes:
            if settings.name == name:
                return _inbox(settings, self.home)
        broken = "".join(f"\n{one}" for one in self.home.broken_inboxes)
        raise SettingsError(f"There is no inbox {name} in {self.home.folder} that can be used.{broken}")

    def outbox_of(self, customer: str) -> Outbox:
        """Where this customer's replies go: as the settings say, else ``out/<customer>`` in the home.

        Errors: SettingsError where they say it in a way that cannot be used.
        """
        if customer in self.home.broken_replies:
            raise SettingsError(self.home.broken_replies[customer])
        settings = self.home.settings.replies.get(customer) or FolderOutboxSettings(
            kind="folder", path=Path("out") / customer
        )
        if isinstance(settings, FolderOutboxSettings):
            return FolderOutbox(folder=_made(self.home.path(settings.path)))
        return SftpOutbox(
            host=settings.host,
            port=settings.port,
            username=settings.username,
            key_file=self.home.path(settings.key_file),
            known_hosts=self.home.path(settings.known_hosts),
            folder=settings.folder,
        )

    def deliveries(self) -> Deliveries:
        """Whoever drains the outbox.

        Errors: Refused, Unreachable where the folder of the ERP cannot be made.
        """
        erp_folder = _made(self.home.path(self.home.settings.erp.path))
        answers = Answers(self.store, self.archive, self.clock, self.books)
        return Deliveries(self.store, FileErp(folder=erp_folder), self.outbox_of, answers, self.answerable, self.clock)

    def close(self) -> None:
        """Give everything back."""
        self.store.close()


def open_dock(home: Home, as_of: date | None = None) -> Dock:
    """Open a home whose store is up to date. Errors: SettingsError, Unreachable."""
    store = Store(home.database_url)
    if not store.is_current:
        store.upgrade()
    clock = Clock(home.settings.seller.zone, as_of or home.settings.fixed_day)
    return Dock(home, store, Archive(folder=home.path(home.settings.archive)), clock)


def _made(folder: Path) -> Path:
    """The folder, made where it is missing. Errors: Refused, Unreachable."""
    with errors_of(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _inbox(settings: InboxSettings, home: Home) -> Inbox:
    if isinstance(settings, FolderInboxSettings):
        folder = home.path(settings.path)
        return FolderInbox(
            name=settings.name, folder=folder, customer=settings.customer, settle_seconds=settings.settle_seconds
        )
    return SftpInbox(
        name=settings.name,
        host=settings.host,
        port=settings.port,
        username=settings.username,
        key_file=home.path(settings.key_file),
        known_hosts=home.path(settings.known_hosts),
        folder=settings.folder,
        customer=settings.customer,
        settle_seconds=settings.settle_seconds,
    )
