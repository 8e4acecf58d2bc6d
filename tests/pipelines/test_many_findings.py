"""A file cannot fill our memory with findings: those that are alike are counted, and no line loses its own."""

from collections import Counter
from pathlib import Path
from typing import Any

from tests.command import ordermill_json

UNB = b"UNB+UNOC:3+9522104000010:14+9524017000019:14+261116:0610+N1'"
ORDER = (
    b"UNH+O+ORDERS:D:96A:UN:EAN008'BGM+220+4711+9'DTM+137:20261116:102'NAD+BY+9522104000010::9'"
    b"NAD+SU+9524017000019::9'NAD+DP+9522104001017::9'CUX+2:EUR:9'%sUNS+S'UNT+%d+O'"
)
MOST = 100


def checked(tmp_path: Path, messages: bytes, number: int) -> Any:
    path = tmp_path / "many.edi"
    path.write_bytes(UNB + messages + b"UNZ+%d+N1'" % number)
    return ordermill_json("check", str(path), "--as-of", "2026-11-16", "--json")


def test_messages_of_another_kind_are_counted(tmp_path: Path) -> None:
    invoices = b"".join(b"UNH+%d+INVOIC:D:96A:UN'BGM+380'UNT+3+%d'" % (one, one) for one in range(1, 2501))
    lines = b"LIN+1++9524017002365:EN'QTY+21:100:PCE'PRI+AAA:2.19'"
    found = checked(tmp_path, invoices + ORDER % (lines, 12), 2501)
    (told,) = (one for one in found["findings"] if one["code"] == "SYN023" and "more of this kind" in one["message"])
    assert Counter(one["code"] for one in found["findings"] if one["order"] is None) == {"SYN023": MOST + 1}
    assert f"{2500 - MOST} more" in told["message"]
    assert (len(found["orders"]), told["severity"], found["decision"]) == (1, "reject", "rejected")


def test_no_line_loses_the_finding_that_holds_it(tmp_path: Path) -> None:
    lines = b"".join(b"LIN+%d++9524017002365:EN'QTY+21:many:PCE'" % one for one in range(1, 151))
    found = checked(tmp_path, ORDER % (lines, 9 + 300), 1)
    assert [line["decision"] for line in found["orders"][0]["lines"]] == ["held"] * 150
    assert {one["line"] for one in found["findings"] if one["code"] == "SYN028"} == set(range(1, 151))


def test_the_faults_of_one_line_are_counted(tmp_path: Path) -> None:
    lines = b"LIN+1++9524017002365:EN'QTY+21:100:PCE'" + b"QTY+21:many:PCE'" * 250
    found = checked(tmp_path, ORDER % (lines, 9 + 252), 1)
    of_line = [one for one in found["findings"] if one["code"] == "SYN028" and one["line"] == 1]
    assert len(of_line) == MOST + 1
    assert f"{250 - MOST} more" in of_line[-1]["message"]


def test_what_is_told_together_of_a_message_is_told_beside_what_stands_at_its_lines(tmp_path: Path) -> None:
    """The check of elements counts over the message; the first are placed at their lines, the rest stay together."""
    lines = b"".join(b"LIN+%d++9524017002365:EN'QTY+21:100:PCE:::9'" % one for one in range(1, 151))
    found = checked(tmp_path, ORDER % (lines, 9 + 300), 1)
    said = [one for one in found["findings"] if one["code"] == "SYN021"]
    assert [one["line"] for one in said] == [*range(1, MOST + 1), None]
    assert f"{150 - MOST} more" in said[-1]["message"]
