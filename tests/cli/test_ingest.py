"""``ordermill ingest``: all that is due is delivered, what is still owed is told, and the status says the worst."""

import json
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import cli.ingest
import sample_files
from cli.sample_home import make_home
from connectors.store.records import ReceiptOutcome
from connectors.store.store import Store
from pipelines.deciding import decide_receipt
from pipelines.delivering import BATCH
from pipelines.settings import Home
from tests.command import ordermill
from tests.pipelines.dock import at_work, erp_orders

NORDMARKT = sample_files.FOLDER / "nordmarkt"
CLEAN = NORDMARKT / "clean.edi"


@pytest.fixture
def home_on_each(database_url: str, tmp_path: Path) -> Home:
    return make_home(tmp_path / "home", database_url)


def orders(number: int) -> bytes:
    """So many times the clean order, each under a number of its own, in one interchange."""
    head, rest = CLEAN.read_bytes().split(b"UNH+", 1)
    body, tail = rest.split(b"UNZ+", 1)
    messages = (
        b"UNH+" + body.replace(b"4500018231", b"46%08d" % one).replace(b"+1'\n", b"+%d'\n" % one)
        for one in range(number)
    )
    numbered = b"".join(one.replace(b"UNH+1+", b"UNH+%d+" % at, 1) for at, one in enumerate(messages))
    return head + numbered + b"UNZ+" + tail.replace(b"1+", b"%d+" % number, 1)


def ingest(home: Home, *words: object) -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    result = ordermill("ingest", *map(str, words), "--home", str(home.folder))
    return result.exit_code, result.stdout, result.stderr


def test_all_that_is_due_is_delivered_however_much(home_on_each: Home, tmp_path: Path) -> None:
    home, file, number = home_on_each, tmp_path / "many.edi", 2 * BATCH + 7
    file.write_bytes(orders(number))
    status, _, said = ingest(home, file)
    assert (status, said) == (0, f"{file}: accepted\n")
    assert len(erp_orders(home)) == number
    with at_work(home) as dock:
        assert dock.store.outgoing.owed() == {}


def _silent(erp: Path) -> None:
    """An ERP that does not answer now."""
    (erp / ".entering").mkdir(parents=True)
    (erp / ".entering" / ".lock").symlink_to(".lock")


def _refusing(erp: Path) -> None:
    """An ERP whose folder cannot be used before somebody has mended it."""
    erp.mkdir()
    (erp / ".entering").write_bytes(b"")


@pytest.mark.parametrize(("erp", "told"), [(_silent, "pending"), (_refusing, "parked")])
def test_what_is_still_owed_is_told(home_on_each: Home, tmp_path: Path, erp: Callable[[Path], None], told: str) -> None:
    home, file = home_on_each, tmp_path / "many.edi"
    erp(home.folder / "erp")
    file.write_bytes(orders(BATCH + 3))
    status, _, said = ingest(home, file)
    assert status == 1
    assert re.search(rf"still owed.*: {BATCH + 3} {told}\.", said)
    assert erp_orders(home) == []
    # Still owed when nothing new comes: the next one says so as well.
    status, _, said = ingest(home, CLEAN)
    assert (status, told in said) == (1, True)


def test_the_json_is_one_list_whatever_it_holds(home: Home, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert ingest(home, empty, "--json")[:2] == (0, "[]\n")
    status, printed, _ = ingest(home, CLEAN, NORDMARKT / "warnings.edi", "--json")
    assert status == 0
    results = json.loads(printed)
    assert [one["file"]["name"] for one in results] == ["clean.edi", "warnings.edi"]
    assert printed == json.dumps(results, ensure_ascii=False, indent=2) + "\n"


def test_a_change_before_its_order_is_shown_as_it_stands_at_the_end(home: Home, tmp_path: Path) -> None:
    content = CLEAN.read_bytes()
    (tmp_path / "1.edi").write_bytes(content.replace(b"+4500018231+9'", b"+4500018231+4'"))
    (tmp_path / "2.edi").write_bytes(content)
    _, printed, _ = ingest(home, tmp_path / "1.edi", tmp_path / "2.edi", "--json")
    change, order = json.loads(printed)
    assert "CHG001" not in {one["code"] for one in change["findings"]}
    assert (change["decision"], order["decision"]) == (change["orders"][0]["decision"], "accepted")


def test_the_highest_status_wins(home: Home, tmp_path: Path) -> None:
    nothing = tmp_path / "empty.csv"
    nothing.write_bytes(b"")
    held = sample_files.FOLDER / "lindenladen" / "rejected.csv"
    assert ingest(home, CLEAN)[0] == 0
    assert ingest(home, CLEAN, held, "--customer", "lindenladen")[0] == 1
    assert ingest(home, nothing, CLEAN, held, "--customer", "lindenladen")[0] == 2


def test_a_file_that_may_not_be_read_stops_no_other(home: Home, tmp_path: Path) -> None:
    locked = tmp_path / "a.edi"
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(locked))  # stands there, and nobody can open it, not even root
        status, printed, said = ingest(home, locked, CLEAN, "--json")
        checked = ordermill("check", str(locked.rename(tmp_path / "b.edi")))
    assert status == 2
    assert f"{locked}: cannot be read" in said
    assert [one["decision"] for one in json.loads(printed)] == ["accepted"]
    assert "there is no such file" in checked.stderr  # what is no plain file is none for ``check``


@pytest.mark.parametrize(
    "words", [[], ["check"], ["check", "x", "--nonsense"], ["nonsense"], ["orders", "--limit", "0"]], ids=str
)
def test_wrong_usage_is_64(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "cli.main", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 64
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_in_one_file_stops_no_other(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(receipt: str, store: Store, *others: Any) -> ReceiptOutcome:
        found = store.receipts.get(receipt)
        assert found is not None
        if found.name == "b.edi":
            raise ZeroDivisionError("a fault of ours")
        return decide_receipt(receipt, store, *others)

    monkeypatch.setattr(cli.ingest, "decide_receipt", faulty)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    folder = tmp_path / "files"
    folder.mkdir()
    for number, name in enumerate(("a.edi", "b.edi", "c.edi")):
        (folder / name).write_bytes(CLEAN.read_bytes().replace(b"4500018231", b"450001823%d" % number))
    status, printed, said = ingest(home, folder, "--json")
    assert status == 3
    assert [one["file"]["name"] for one in json.loads(printed)] == ["a.edi", "c.edi"]
    assert f"{folder / 'b.edi'}: not decided. A fault in ordermill: ZeroDivisionError: a fault of ours." in said
    assert said.count("accepted") == 2
    (report,) = tmp_path.glob("ordermill-fault-*.txt")
    assert "in faulty" in report.read_text()
    assert len(erp_orders(home)) == 2
