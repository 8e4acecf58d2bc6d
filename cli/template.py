"""``ordermill template``."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import sample_files
from cli.homes import SAMPLE_ZONE, opened, sample_books
from pipelines.reorder_template import history_since, issue_reorder_workbook
from pipelines.settings import home_folder


def write_template(customer: str, out: Path, as_of: date | None, valid_days: int, home: Path | None) -> int:
    """Write the customer's reorder workbook; without a home, for a customer of the sample seller."""
    if not out.parent.is_dir():
        sys.stderr.write(f"{out.parent}: there is no such folder.\n")
        return 2
    if home_folder(home) is None:
        day = as_of or datetime.now(UTC).astimezone(SAMPLE_ZONE).date()
        content = issue_reorder_workbook(customer, sample_books(day), sample_files.SELLER_NAME, day, {}, valid_days)
    else:
        dock = opened(home, as_of)
        try:
            day = dock.clock.day_of(dock.clock.now())
            history = dock.store.item_histories.of_customer(customer, history_since(day))
            seller = dock.home.settings.seller.name
            content = issue_reorder_workbook(customer, dock.books(), seller, day, history, valid_days)
        finally:
            dock.close()
    out.write_bytes(content)
    sys.stdout.write(f"{out}: the reorder workbook of {customer}, {len(content):,} bytes.\n")
    return 0
