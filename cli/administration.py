"""``ordermill partners check``, ``ordermill data load`` and ``ordermill db upgrade``."""

import getpass
import sys
from pathlib import Path

from cli.homes import opened
from connectors.reference_files import ReferenceFiles
from mappings.partner_file import Partner, PartnerFileError, load_partner
from mappings.partner_folder import PartnerFolder, broken_file, load_partners
from pipelines.settings import SettingsError, home_folder, open_home


def check_partners(paths: list[Path], home: Path | None) -> int:
    """Check partner files, and say for each whether it can be used.

    Of a home, what its settings say of single inboxes and customers is checked as well.
    """
    folder = home_folder(home)
    problems: list[str] = []
    if not paths:
        if folder is None:
            raise SettingsError("Name partner files, or a home with --home DIR or ORDERMILL_HOME.")
        opened_home = open_home(folder)
        paths = [opened_home.path(opened_home.settings.partners)]
        problems = [*opened_home.broken_inboxes, *opened_home.broken_replies.values()]
    usable: list[Partner] = []
    for path in paths:
        loaded = load_partners(path) if path.is_dir() else _one(path)
        usable += loaded.usable
        problems += [one.problem for one in loaded.broken]
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    for partner in usable:
        sys.stdout.write(f"{partner.partner}: {partner.name}, version {partner.version}, can be used.\n")
    return 1 if problems else 0


def _one(path: Path) -> PartnerFolder:
    """A file that was named, alone."""
    try:
        return PartnerFolder((load_partner(path),))
    except PartnerFileError as error:
        return PartnerFolder((), (broken_file(path, str(error)),))


def load_data(paths: list[Path], home: Path | None) -> int:
    """Load reference data into the store of the home; a table that is not in the load stays as it is."""
    files = ReferenceFiles(paths)
    dock = opened(home)
    try:
        loaded = dock.store.reference.load(files.changes(None), files.name, getpass.getuser(), dock.clock.now())
    finally:
        dock.close()
    counts = ", ".join(f"{number} {_words(table)}" for table, number in loaded.in_force.items())
    sys.stdout.write(f"In force now, as version {loaded.version}: {counts}.\n")
    for table, (added, ended) in loaded.differences.items():
        sys.stdout.write(f"{_words(table).capitalize()}: {added} new or changed, {ended} changed or gone.\n")
    return 0


def _words(table: str) -> str:
    return table.replace("_", " ")


def upgrade_store(home: Path | None) -> int:
    """Bring the tables of the store up to date."""
    dock = opened(home)
    try:
        revision = dock.store.upgrade()
    finally:
        dock.close()
    sys.stdout.write(f"The store {dock.home.database_url} is at revision {revision}.\n")
    return 0
