"""A home for the sample seller: settings, partner files, reference data, and an inbox for each customer."""

import shutil
from importlib.resources import files
from pathlib import Path

import sample_files
from connectors.reference_files import ReferenceFiles
from pipelines.settings import SETTINGS_FILE, Home, open_home
from pipelines.wiring import open_dock

_SETTINGS = """\
# The sample seller of ordermill. Paths are relative to this folder.
seller:
  name: {name}
  gln: "{gln}"
  country: DE
  timezone: Europe/Berlin

# The sample files are written for this day. Remove the line to work with today.
fixed_day: {day}

database: {database}
inboxes:
{inboxes}
# Answers lie in out/<customer>, orders for the ERP in erp.
erp: {{kind: file, path: erp}}
deliver_every_seconds: 2
"""


def customers() -> tuple[str, ...]:
    """The sample customers, by the names of their folders."""
    return tuple(sorted({path.parent.name for path in sample_files.order_files()}))


def make_home(folder: Path, database: str = "sqlite:///store.sqlite") -> Home:
    """Make the home; its inboxes are empty, its reference data is loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    # Files are dropped whole here, so that hardly anything has to be waited for.
    times = "every_seconds: 2, settle_seconds: 0.2"
    inboxes = "".join(
        f"  - {{kind: folder, name: {name}, path: in/{name}, customer: {name}, {times}}}\n" for name in customers()
    )
    text = _SETTINGS.format(
        database=database,
        name=sample_files.SELLER_NAME,
        gln=sample_files.SELLER_GLN,
        day=sample_files.AS_OF,
        inboxes=inboxes,
    )
    (folder / SETTINGS_FILE).write_text(text, "utf-8")
    partners = Path(str(files("mappings") / "partners"))
    shutil.copytree(partners, folder / "partners", ignore=shutil.ignore_patterns("__*"), dirs_exist_ok=True)
    for name in customers():
        (folder / "in" / name).mkdir(parents=True, exist_ok=True)
    home = open_home(folder)
    dock = open_dock(home)
    try:
        reference = ReferenceFiles([sample_files.FOLDER / "reference"])
        dock.store.reference.load(reference.changes(None), reference.name, "sample", dock.clock.now())
    finally:
        dock.close()
    return home


def drop_sample_files(home: Home) -> int:
    """Put every sample order into its customer's inbox, whole at once; gives how many."""
    for path in sample_files.order_files():
        inbox = home.folder / "in" / path.parent.name
        part = inbox / f".{path.name}.part"
        shutil.copyfile(path, part)
        part.rename(inbox / path.name)
    return len(sample_files.order_files())
