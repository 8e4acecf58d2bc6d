"""Makes the home of an earlier build that ``test_store_of_883a6ac`` opens, with the code of that build.

Run by hand, in a worktree of that commit with its own environment, and from its folder::

    git worktree add ../base 883a6ac    # and make its environment there
    cd ../base && UPGRADES=../here/tests/upgrades
    PYTHONPATH=. .venv/bin/python $UPGRADES/make_home.py $UPGRADES/home_of_883a6ac

It writes ``home/`` (settings, partner files, key, archive, what the ERP has), ``store/`` (the schema, and the rows of
each table, one in a line) and ``expected/``: what that build shows, what it would deliver for everything that is owed,
and what it makes of the files in ``later/``. What is written has moments in it and random names, so that it is another
one each time. Nothing but the old build may be imported here, beside the standard library and openpyxl.
"""

import csv
import gzip
import io
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

import sample_files
from cli.sample_home import make_home
from connectors.store.records import WorkKind
from pipelines.deciding import decide_receipt
from pipelines.receiving import receive_path
from pipelines.reorder_template import issue_reorder_workbook
from pipelines.report import report
from pipelines.settings import Home, open_home
from pipelines.stored_result import stored_result
from pipelines.wiring import Dock, open_dock

DELIVERED = (
    "nordmarkt/clean.edi", "lindenladen/clean.csv", "bohne/clean.xlsx", "ferrum/clean-schedule.edi",
    "nordmarkt/held-totals.edi",
)  # fmt: skip
"""Entered and answered before the upgrade."""
BLOCKED = ("atlantique/clean-two-orders.csv", "atlantique/held.csv")
"""Decided while the folder of the customer's replies could not be used, so that these are parked."""
CHANGE_BEFORE_ITS_ORDER = "nordmarkt/held-change-before-order.edi"
WORKBOOKS = (
    "bohne/held.xlsx", "bohne/warnings.xlsx", "klinikum/rejected.xlsx", "klinikum/held-total.xlsx",
    "belforno/clean.xlsx", "duinhof/held.xlsx",
)  # fmt: skip
PACKED = ("reference_snapshot", "purchase_order", "order_line")
"""Tables that are long; look at them with ``zcat``."""


class SteppingClock:
    """A clock that goes on by a second whenever it is asked, so that the home does not depend on when it was made."""

    def __init__(self, zone: Any) -> None:
        self.zone = zone
        self._now = datetime(2025, 11, 17, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def day_of(self, _: datetime) -> date:
        return sample_files.AS_OF


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder) / "home")
        clock = SteppingClock(home.settings.seller.zone)
        before(home, clock)
        shutil.rmtree(target, ignore_errors=True)
        write_home(home, target)
        copy = Path(folder) / "copy"
        shutil.copytree(home.folder, copy)
        write_expected(open_home(copy), clock, target)


def opened(home: Home, clock: SteppingClock) -> Dock:
    dock = open_dock(home)
    dock.clock = clock  # type: ignore[assignment]
    return dock


def send(dock: Dock, path: Path, customer: str | None) -> str:
    receipt = receive_path(path, customer, dock.archive, dock.store.receipts, dock.clock)
    decide_receipt(receipt, dock.store, dock.archive, dock.books(), dock.clock)
    return receipt


def send_samples(dock: Dock, names: Iterable[str]) -> None:
    for name in names:
        send(dock, sample_files.FOLDER / name, name.partition("/")[0])


def before(home: Home, clock: SteppingClock) -> None:
    """Everything that happened before the upgrade."""
    blocked = home.folder / "out" / "atlantique"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("a file where a folder should be", "utf-8")
    dock = opened(home, clock)
    send_samples(dock, (*DELIVERED, *BLOCKED))
    dock.deliveries().drain()
    blocked.unlink()
    known = {*DELIVERED, *BLOCKED}
    texts = [f"{one.parent.name}/{one.name}" for one in sample_files.order_files() if one.suffix != ".xlsx"]
    assert CHANGE_BEFORE_ITS_ORDER in texts
    send_samples(dock, (one for one in (*texts, *WORKBOOKS) if one not in known))
    # The same bytes again, and a sender whom nobody knows; bytes that nobody can read, and no order.
    send_samples(dock, ("lindenladen/clean.csv", "nordmarkt/clean.edi"))
    odd = home.folder.parent / "odd"
    odd.mkdir()
    for name, content, customer in (
        ("unknown.csv", b"Artikel;Menge\r\nHM-10168;5\r\n", None),
        ("empty.csv", b"", "lindenladen"),
        ("damaged.xlsx", b"PK\x03\x04 no workbook", "bohne"),
        ("cut.edi", other_interchange(b"CUT1", b"4500018999")[:300], "nordmarkt"),
        ("unknown.edi", b"UNB+UNOC:3+4000000000006:14+9524017000019:14+261116:0700+X1'UNZ+0+X1'", None),
        ("again.csv", changed_again(), "lindenladen"),
    ):
        (odd / name).write_bytes(content)
        send(dock, odd / name, customer)
    # One piece of work was tried once, and the other side did not answer.
    (tried,) = dock.store.outgoing.take(clock.now(), 1)
    dock.store.outgoing.postpone(tried, "The ERP does not answer.", clock.now())
    dock.close()


def changed_again() -> bytes:
    """An order that is known, without its first line."""
    head, _, rest = (sample_files.FOLDER / "lindenladen" / "clean-schrauben.csv").read_bytes().split(b"\n", 2)
    return head + b"\n" + rest


def write_home(home: Home, target: Path) -> None:
    shutil.copytree(home.folder, target / "home", ignore=shutil.ignore_patterns("store.sqlite*", "in", ".lock", "out"))
    store = target / "store"
    store.mkdir(parents=True)
    with sqlite3.connect(home.folder / "store.sqlite") as connection:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name"
        )
        schema = [(name, sql) for name, sql in tables if not name.startswith("sqlite_")]
        (store / "schema.sql").write_text("".join(f"{sql};\n" for _, sql in schema), "utf-8")
        for name, sql in schema:
            if not sql.startswith("CREATE TABLE"):
                continue
            rows = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")  # noqa: S608
            names = [column[0] for column in rows.description]
            text = "".join(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
            text = text.replace(str(home.folder), "HOME")
            if name in PACKED:
                (store / f"{name}.jsonl.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
            else:
                (store / f"{name}.jsonl").write_text(text, "utf-8")


def write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress((json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode(), mtime=0))


def outbox(home: Home) -> list[dict[str, Any]]:
    with sqlite3.connect(home.folder / "store.sqlite") as connection:
        rows = connection.execute("SELECT key, kind, answer, customer, status, reference FROM outbox ORDER BY id")
        return [
            dict(zip(("key", "kind", "answer", "customer", "status", "reference"), row, strict=True)) for row in rows
        ]


def shown(dock: Dock) -> dict[str, Any]:
    """Every receipt by its id, as it is shown."""
    outcomes = dock.store.receipts.newest(1000)
    return {one.receipt.id: report(stored_result(one, dock.store)) for one in outcomes}


def write_expected(home: Home, clock: SteppingClock, target: Path) -> None:
    """What the old build shows, delivers, and makes of later files; on a copy of the home."""
    expected = target / "expected"
    dock = opened(home, clock)
    listed = {
        "receipts": [one.model_dump(mode="json") for one in dock.store.receipts.newest(1000)],
        "orders": [one.model_dump(mode="json") for one in dock.store.orders.newest(1000)],
    }
    write_json(expected / "lists.json.gz", listed)
    write_json(expected / "receipts.json.gz", shown(dock))
    dock.deliveries().drain()
    write_json(expected / "outbox_delivered.json.gz", outbox(home))
    assert dock.store.outgoing.take_up_parked("operator", clock.now()) > 0
    dock.deliveries().drain()
    dock.close()
    work = outbox(home)
    write_json(expected / "outbox_taken_up.json.gz", work)
    assert {one["status"] for one in work} == {"done"}, work
    entered = {one["reference"] for one in work if one["kind"] == WorkKind.ERP.value}
    (expected / "erp").mkdir()
    for name in sorted(entered):
        shutil.copyfile(home.folder / "erp" / name, expected / "erp" / name)
    shutil.copytree(home.folder / "out", expected / "out")
    later(home, clock, target)


def later(home: Home, clock: SteppingClock, target: Path) -> None:
    """Files that come after the upgrade, in this order, and what becomes of each."""
    folder = target / "later"
    folder.mkdir()
    dock = opened(home, clock)
    samples = sample_files.FOLDER
    files: list[tuple[str, bytes, str | None]] = [
        (f"again-{name.replace('/', '-')}", (samples / name).read_bytes(), name.partition("/")[0])
        for name in ("nordmarkt/clean.edi", "lindenladen/clean.csv", "bohne/clean.xlsx", "ferrum/clean-weeks.edi")
    ]
    # Other bytes with the same order: known by its content. Then the order that a parked change has been waiting for.
    files.append(("same-order.edi", other_interchange(b"NEW1", b"4500018231"), "nordmarkt"))
    files.append(("awaited-order.edi", other_interchange(b"NEW2", b"4500018313"), "nordmarkt"))
    agreement, history = dock.books(), dock.store.item_histories.of_customer("bohne", date(2025, 1, 1))
    seller = home.settings.seller.name
    form = issue_reorder_workbook("bohne", agreement, seller, sample_files.AS_OF, history)
    files.append(("form.xlsx", filled_in(form), None))
    files.append(("corrected.xlsx", corrected_workbook(home, "bohne", "held"), None))
    files.append(("corrected.csv", corrected_text(home, "lindenladen", "held-below-minimum"), None))
    results = []
    for name, content, customer in files:
        (folder / name).write_bytes(content)
        receipt = send(dock, folder / name, customer)
        outcome = dock.store.receipts.outcome(receipt)
        assert outcome is not None
        results.append({"name": name, "customer": customer, "result": report(stored_result(outcome, dock.store))})
    write_json(target / "expected" / "later.json.gz", results)
    waited = next(
        one for one in dock.store.receipts.newest(1000) if one.receipt.name == Path(CHANGE_BEFORE_ITS_ORDER).name
    )
    write_json(target / "expected" / "taken_up.json.gz", report(stored_result(waited, dock.store)))
    known = {one["key"] for one in outbox(home)}
    dock.deliveries().drain()
    dock.close()
    work = outbox(home)
    assert {one["status"] for one in work} == {"done"} and known
    already = {path.name for path in (target / "expected" / "erp").iterdir()}
    (target / "expected" / "later_erp").mkdir()
    for one in work:
        if one["kind"] == WorkKind.ERP.value and one["reference"] not in already:
            # The key of an order that comes later names it by customer and number: it is the same one each time.
            shutil.copyfile(
                home.folder / "erp" / one["reference"], target / "expected" / "later_erp" / one["reference"]
            )


def other_interchange(reference: bytes, number: bytes) -> bytes:
    """The clean order of nordmarkt in another interchange, under an order number."""
    order = (sample_files.FOLDER / "nordmarkt" / "clean.edi").read_bytes()
    content = order[order.index(b"UNH+") : order.index(b"UNZ+")].replace(b"4500018231", number)
    head = b"UNA:+.? 'UNB+UNOC:3+9522104000010:14+9524017000019:14+261116:0700+" + reference + b"'"
    return head + content + b"UNZ+1+" + reference + b"'"


def filled_in(form: bytes) -> bytes:
    workbook = load_workbook(io.BytesIO(form))
    sheet = workbook.worksheets[0]
    ids = next(row for row in sheet.iter_rows() if "ordermill:quantity" in [cell.value for cell in row])
    column = {str(cell.value).removeprefix("ordermill:"): cell.column for cell in ids}
    for row in sheet.iter_rows():
        mark, item = row[0].value, row[column["item"] - 1].value
        values = {"HM-30018": 20, "HM-30023": 40}
        if item in values:
            row[column["quantity"] - 1].value = values[item]
        head = {"ordermill:head:po_number": "UP-1", "ordermill:head:ship_to": "CAFE-01"}
        if mark in head:
            row[column["description"] - 1].value = head[mark]
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def answer(home: Home, customer: str, stem: str, suffix: str) -> Path:
    (path,) = (home.folder / "out" / customer).glob(f"{stem}.*.answer.{suffix}")
    return path


def corrected_workbook(home: Home, customer: str, stem: str) -> bytes:
    """The answer as it came, with the first suggestion taken wherever there is one for a commented cell."""
    workbook = load_workbook(answer(home, customer, stem, "xlsx"))
    sheet = workbook.worksheets[1]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "Suggestion" for cell in row))
    column = next(cell.column for cell in heading if cell.value == "Suggestion")
    taken = 0
    for row in sheet.iter_rows(min_row=heading[0].row + 1):
        suggestion = sheet.cell(row[0].row, column).value
        for cell in row:
            if cell.comment is not None and suggestion:
                cell.value, suggestion = str(suggestion).split("\n")[0], None
                taken += 1
    assert taken, "nothing was suggested"
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def corrected_text(home: Home, customer: str, stem: str) -> bytes:
    """The answer as it came, with a larger quantity in the first line, as it asks for."""
    text = answer(home, customer, stem, "csv").read_bytes().decode("cp1252")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    heading = next(row for row in rows if "Vorschlag" in row)
    line = next(row for row in rows if "HDR011" in row[heading.index("Code")])
    line[heading.index("Menge")] = "24"
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("cp1252")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
