"""``ordermill partners check``, ``ordermill data load`` and ``ordermill db upgrade``."""

import getpass
import sys
from pathlib import Path

from cli.homes import opened
from mappings.partner_file import PartnerFileError, load_partner, load_partners
from mappings.reference_tables import TABLES, beside, load_tables
from pipelines.settings import SettingsError, home_folder, open_home


def check_partners(paths: list[Path], home: Path | None) -> int:
    """Check partner files, and say for each whether it can be used."""
    folder = home_folder(home)
    if not paths:
        if folder is None:
            raise SettingsError("Name partner files, or a home with --home DIR or ORDERMILL_HOME.")
        opened_home = open_home(folder)
        paths = [opened_home.path(opened_home.settings.partners)]
    status = 0
    for path in paths:
        try:
            loaded = load_partners(path) if path.is_dir() else (load_partner(path),)
        except PartnerFileError as error:
            sys.stdout.write(f"{error}\n")
            status = 1
            continue
        for partner in loaded:
            sys.stdout.write(f"{partner.partner}: {partner.name}, version {partner.version}, can be used.\n")
    return status


def load_data(paths: list[Path], home: Path | None) -> int:
    """Load reference data into the store of the home; a table that is not in the load stays as it is."""
    loaded = load_tables(paths)
    dock = opened(home)
    try:
        version = dock.store.snapshots.current_version()
        tables = beside(loaded, dock.store.snapshots.tables(version) if version else None)
        dock.store.snapshots.load(tables, getpass.getuser(), dock.clock.now())
    finally:
        dock.close()
    counts = ", ".join(f"{len(getattr(tables, name))} {name.replace('_', ' ')}" for name in TABLES)
    sys.stdout.write(f"In force now, as version {tables.version}: {counts}.\n")
    return 0


def upgrade_store(home: Path | None) -> int:
    """Bring the tables of the store up to date."""
    dock = opened(home)
    try:
        revision = dock.store.upgrade()
    finally:
        dock.close()
    sys.stdout.write(f"The store {dock.home.database_url} is at revision {revision}.\n")
    return 0
