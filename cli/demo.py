"""``ordermill demo``: the whole journey on the sample files, in a scratch folder."""

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console, JustifyMethod
from rich.table import Table

import sample_files
from cli.printing import console, decision_text
from cli.sample_home import customers, drop_sample_files, make_home
from connectors.store.records import ReceiptOutcome, WorkKind, WorkStatus
from orders.decision import Decision
from pipelines.poll_table import poll_rows
from pipelines.prefect_environment import environment
from pipelines.settings import Home
from pipelines.wiring import Dock, open_dock

_GAP = 2


def run_demo(folder: Path | None) -> int:
    """Run the demonstration; 0 where every file ended as its expected result says."""
    screen = console()
    home = make_home(folder or Path(tempfile.mkdtemp(prefix="ordermill-demo-")))
    number = drop_sample_files(home)
    screen.print(f"{number} sample orders of {len(customers())} customers lie in {home.folder / 'in'}.")
    with screen.status("Prefect is starting, then the flows read, check, enter and answer every file…"):
        _run_flows(home)
    dock = open_dock(home)
    try:
        outcomes = list(reversed(dock.store.receipts.newest(1000)))
        outcomes.sort(key=lambda outcome: (outcome.receipt.inbox, outcome.receipt.name))
        _print_table(screen, outcomes, dock)
        wrong = [outcome for outcome in outcomes if outcome.decision is not _expected(outcome)]
        _print_places(screen, home, dock)
        owed = sum(dock.store.outgoing.owed().values())
    finally:
        dock.close()
    for outcome in wrong:
        screen.print(
            f"{outcome.receipt.name} of {outcome.receipt.inbox} should have been {_expected(outcome)}.", style="red"
        )
    if owed:
        screen.print(f"{owed} pieces of work are still owed to the ERP or to customers.", style="red")
    return 1 if wrong or owed or len(outcomes) != number else 0


def _run_flows(home: Home) -> None:
    os.environ.update(environment(home))
    from prefect import tags
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from pipelines.flows import deliver_work, receive_files

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        for inbox in home.settings.inboxes:
            with tags(inbox.customer or "any customer", inbox.kind):
                receive_files(inbox.name, return_state=True)
        with tags("delivery"):
            deliver_work(return_state=True)


def _expected(outcome: ReceiptOutcome) -> Decision:
    path = sample_files.expected_of(sample_files.FOLDER / outcome.receipt.inbox / outcome.receipt.name)
    return Decision(json.loads(path.read_text("utf-8"))["decision"])


def _print_table(screen: Console, outcomes: Iterable[ReceiptOutcome], dock: Dock) -> None:
    rows = poll_rows(outcomes, dock.store)
    names = ("customer", "file", "orders", "lines", "value", "outcome")
    widths = [max([len(name), *(len(row[name]) for row in rows)]) + _GAP for name in names]
    room = max(screen.width - sum(widths) - _GAP, len("First reason"))
    table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="dim")
    for name in names:
        justify: JustifyMethod = "right" if name in ("orders", "lines", "value") else "left"
        table.add_column(name.capitalize(), justify=justify, no_wrap=True)
    table.add_column("First reason", no_wrap=True)
    for outcome, row in zip(outcomes, rows, strict=True):
        reason = row["first reason"]
        # Cut here and not by the table, which would take the room from the other columns as well.
        shown = reason if len(reason) <= room else f"{reason[: room - 1]}…"
        decision = decision_text(outcome.decision)
        table.add_row(row["customer"], row["file"], row["orders"], row["lines"], row["value"], decision, shown)
    screen.print()
    screen.print(table)


def _print_places(screen: Console, home: Home, dock: Dock) -> None:
    work = dock.store.outgoing.counts()
    entered = work.get((WorkKind.ERP, WorkStatus.DONE), 0)
    answered = work.get((WorkKind.REPLY, WorkStatus.DONE), 0)
    screen.print()
    for what, place in (
        (f"{entered} orders for the ERP", home.path(home.settings.erp.path)),
        (f"{answered} replies", home.folder / "out"),
        ("the order store", home.folder / "store.sqlite"),
        ("every file as it came", home.path(home.settings.archive)),
    ):
        screen.print(f"  {what:<24} {place}", soft_wrap=True)
    screen.print(f"\nLook at it:  ordermill up --home {home.folder}", soft_wrap=True)
