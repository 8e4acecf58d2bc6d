"""``ordermill check``: exit statuses, the outside contract, and an answer for every file that could be sent."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sample_files
from tests.cli.contract import assert_contract
from tests.command import ordermill
from tests.parsers.interchanges import interchange, message
from tests.parsers.workbooks import parts, with_sheet, zipped

DAY = ("--as-of", sample_files.AS_OF.isoformat())
SAMPLES = sample_files.order_files()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ORDER = interchange(
    message(b"BGM+220+PO1+9", b"DTM+137:20261116:102", b"LIN+1++9524017001177:SRV", b"QTY+21:5", b"UNS+S")
)


def check(path: Path, *options: str) -> tuple[int, dict[str, object]]:
    """Exit status and JSON of a check, the contract of which holds."""
    result = ordermill("check", str(path), *DAY, *options, "--json")
    content = json.loads(result.stdout)
    assert_contract(content)
    assert content["file"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert content["file"]["bytes"] == path.stat().st_size
    return result.exit_code, content


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_samples_keep_the_contract(path: Path) -> None:
    status, result = check(path, "--customer", path.parent.name)
    assert result["file"]["customer"] == path.parent.name
    assert status == (0 if result["decision"] in ("accepted", "changed") else 1)


@pytest.mark.parametrize("name", ["clean.edi", "clean.csv", "clean.xlsx"])
def test_for_people_the_result_is_a_text(name: str) -> None:
    path = next(one for one in SAMPLES if one.name == name)
    result = ordermill("check", str(path), *DAY, "--customer", path.parent.name)
    assert result.exit_code == 0
    assert "accepted" in result.stdout.lower()


def _codes(result: dict[str, object]) -> list[str]:
    return [one["code"] for one in result["findings"]]


def _excel(rows: str, **options: str) -> bytes:
    return with_sheet(rows, **options)


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "DOC001"),
    "blank.csv": (b"\r\n \t\r\n", "DOC001"),
    "binary.dat": (bytes(range(256)) * 40, "DOC001"),
    "nul.csv": (b"Artikel;Menge\nA;\0\n", "DOC001"),
    "encrypted.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "DOC002"),
    "old.xls": (OLE + "Workbook".encode("utf-16-le"), "DOC001"),
    "page.xls": (b"<html><body><table><tr><td>Artikel</td></tr></table>", "LAY001"),
    "order.pdf": (b"%PDF-1.7\n1 0 obj", "DOC001"),
    "cut.xlsx": (with_sheet("<row><c><v>1</v></c></row>")[:-50], "DOC001"),
    "no-sheets.xlsx": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "LAY001"),
    "letter.docx": (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}), "DOC001"),
    "bomb.xlsx": (with_sheet("<row/>" * 300_000), "DOC008"),
    "entities.xlsx": (zipped({**parts(), "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY e "x">]><workbook/>'}), "DOC001"),
    "strings.xlsx": (with_sheet('<row><c t="s"><v>9</v></c></row>'), "DOC001"),
    "empty-sheet.xlsx": (with_sheet(""), "LAY001"),
    "no-header.csv": (b"Name;Town\nA;B\n", "LAY001"),
    "long-field.csv": (b'Artikel;Menge\n"' + b"x" * (2 << 20), "DOC001"),
    "only-una.edi": (b"UNA:+.? 'UNB+UNOC:3", "DOC009"),
    "only-unb.edi": (b"UNB+UNOC:3+A+B+261116:0900+1'UNZ+0+1'", "DOC009"),
    "cut.edi": (ORDER[:40], "DOC009"),
    "invoice.edi": (ORDER.replace(b"ORDERS", b"INVOIC"), "SYN023"),
    "letter.txt": (b"Dear all,\n\nplease send five cups.\n", "LAY001"),
}


@pytest.mark.parametrize("customer", [(), ("--customer", "lindenladen")], ids=["", "of-lindenladen"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_ends_in_a_finding(tmp_path: Path, name: str, customer: tuple[str, ...]) -> None:
    content, code = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(content)
    status, result = check(path, *customer)
    if customer or code in ("DOC001", "DOC002", "DOC008", "DOC009", "SYN023"):
        assert code in _codes(result)
    assert (status, result["orders"]) == (2, [])
    assert result["decision"] in ("rejected", "quarantined")
    assert result["lines"] == dict.fromkeys(("read", "accepted", "changed", "held", "rejected", "skipped"), 0)


def _text(*texts: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


HOSTILE: dict[str, bytes] = {
    "formulas.csv": b"Artikelnummer;Menge;Notiz\n=1+1;5;@SUM(A1)\n-2;6;+cmd\n",
    "surrogates.xlsx": _excel(_text("Artikelnummer", "Menge") + _text("_xD800_", "5") + _text("_x0000_", "6")),
    "controls.csv": b"Artikelnummer;Menge\nA\x1b[31m;5\n[31mB;6\n",
    "right-to-left.csv": "Artikelnummer;Menge\n\u202eA-1;5\n".encode(),
    "huge-number.csv": b"Artikelnummer;Menge\nA;" + b"9" * 5000 + b"\n",
    "many-digits.xlsx": _excel(
        _text("Artikelnummer", "Menge") + "<row><c><v>1E+999999</v></c><c><v>1E-999999</v></c></row>"
    ),
    "open-quote.csv": b'Artikelnummer;Menge\nA;5\nB;"6\nC;7\n',
    "latin.csv": "Artikelnummer;Menge\nÄ;5\n".encode("cp1252"),
    "mixed.csv": "Artikelnummer;Menge\nÄ;5\n".encode() + "Ö;6\n".encode("cp1252"),
    "odd-utf16.csv": "Artikelnummer;Menge\nÄ;5\n".encode("utf-16")[:-1],
    "nonsense.edi": ORDER.replace(b"LIN", b"@@@").replace(b"QTY", b"\x00\x01\x02"),
    "numbers.edi": ORDER.replace(b"21:5", b"21:" + b"9" * 4000),
    "nested.edi": ORDER.replace(b"BGM+220+PO1", b"BGM" + b"+" * 5000 + b":" * 5000),
    "umlauts.edi": ORDER.replace(b"PO1", b"\xff\xfe\x80\xe4"),
    "unknown-sender.edi": ORDER,
    "two-bytes-missing.edi": ORDER[:-2],
}


@pytest.mark.parametrize("customer", [(), ("--customer", "lindenladen"), ("--customer", "nobody")], ids=str)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_decision(tmp_path: Path, name: str, customer: tuple[str, ...]) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    status, result = check(path, *customer)
    assert status == 1
    assert result["decision"] in ("held", "rejected", "quarantined")
    assert result["orders"] != []
    if not customer:
        assert ordermill("check", str(path), *DAY).exit_code == status


def test_an_unknown_sender_is_quarantined_and_the_order_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "order.edi"
    path.write_bytes(ORDER)
    _, result = check(path)
    assert result["decision"] == "quarantined"
    assert result["lines"] == {"read": 1, "accepted": 0, "changed": 0, "held": 1, "rejected": 0, "skipped": 0}
    assert result["file"]["customer"] is None
    assert [(order["po_number"], order["customer"]) for order in result["orders"]] == [("PO1", None)]


def test_one_order_twice_in_a_file_is_taken_once(tmp_path: Path) -> None:
    clean = next(path for path in SAMPLES if path.name == "clean.edi" and path.parent.name == "nordmarkt")
    path = tmp_path / "twice.edi"
    path.write_bytes(clean.read_bytes() * 2)
    status, result = check(path)
    assert [order["decision"] for order in result["orders"]] == ["accepted", "duplicate"]
    assert (status, result["lines"]["skipped"]) == (0, 5)


def test_a_file_that_is_not_there() -> None:
    result = ordermill("check", "no/such/file.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no such file" in result.stderr


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cli.main", *arguments], capture_output=True, text=True, check=False)


def test_a_fault_of_the_home_is_a_sentence_and_status_3(tmp_path: Path) -> None:
    result = _run("check", str(SAMPLES[0]), "--home", str(tmp_path / "nowhere"))
    assert (result.returncode, result.stdout) == (3, "")
    assert str(tmp_path / "nowhere") in result.stderr
    assert "Traceback" not in result.stderr
