"""Which home a command works on; without one, the sample seller."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sample_files
from connectors.reference_files import load_tables
from mappings.partner_folder import load_partners
from orders.reference import Reference
from pipelines.books import Books
from pipelines.earlier_files import EarlierFiles, NoEarlierFiles, StoredFiles
from pipelines.holidays import delivery_calendar
from pipelines.settings import SettingsError, home_folder, open_home
from pipelines.stamp_key import FixedKey

if TYPE_CHECKING:
    from pipelines.wiring import Dock

SAMPLE_ZONE = ZoneInfo("Europe/Berlin")
SAMPLE_KEY = FixedKey(b"the workbooks of the sample seller can be signed by everybody")
"""No secret: the sample seller does not exist. A home has a key of its own, which nobody else knows."""


def opened(home: Path | None, as_of: date | None = None) -> "Dock":
    """The home of the command. Errors: SettingsError where none is named."""
    from pipelines.wiring import open_dock  # brings the database and the SFTP client, which a mere check does without

    folder = home_folder(home)
    if folder is None:
        raise SettingsError("Name a home with --home DIR or ORDERMILL_HOME; `ordermill demo` makes one to look at.")
    return open_dock(open_home(folder), as_of)


@contextmanager
def known_at(home: Path | None, as_of: date | None) -> Iterator[tuple[Books, date, EarlierFiles]]:
    """The books to check by, the day to check for, and the files that were received before."""
    if home_folder(home) is None:
        day = as_of or datetime.now(UTC).astimezone(SAMPLE_ZONE).date()
        yield sample_books(day), day, NoEarlierFiles()
        return
    dock = opened(home, as_of)
    try:
        yield dock.books(), dock.clock.day_of(dock.clock.now()), StoredFiles(dock.store, dock.archive)
    finally:
        dock.close()


def books_for(home: Path | None, as_of: date | None) -> tuple[Books, date]:
    """The books, and the day to use them for."""
    with known_at(home, as_of) as (books, day, _):
        return books, day


def sample_books(day: date) -> Books:
    """The books of the sample seller."""
    partners = load_partners(Path(str(files("mappings") / "partners")))
    tables = load_tables([sample_files.FOLDER / "reference"])
    return Books(partners.usable, Reference(tables, delivery_calendar("DE", day)), SAMPLE_KEY, partners.broken)
