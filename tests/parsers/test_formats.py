"""Kinds of file, told by content alone."""

import gzip

import pytest

from parsers.formats import Content, Format, recognise
from tests.parsers.interchanges import interchange, message
from tests.parsers.workbooks import with_sheet, zipped

ORDER = interchange(message(b"BGM+220+PO1+9"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
BOOK = with_sheet("<row/>")


@pytest.mark.parametrize(
    ("content", "kind", "codes"),
    [
        (ORDER, Format.EDIFACT, []),
        (b"\xef\xbb\xbf\r\n" + ORDER, Format.EDIFACT, []),
        (b"UNA:+.? '\r\n" + ORDER, Format.EDIFACT, []),
        (ORDER.replace(b":", b"|").replace(b"+", b"*").replace(b"'", b"~"), Format.EDIFACT, []),
        (b"-- forwarded --\r\n" + ORDER, Format.EDIFACT, []),
        (ORDER[ORDER.index(b"UNH") :], Format.EDIFACT, []),
        (ORDER.decode("ascii").encode("cp500"), Format.UNKNOWN, ["DOC001"]),
        (f"UNA:+.? '\r\n{ORDER.decode('ascii')}".encode("utf-16"), Format.UNKNOWN, ["DOC001"]),
        (b"Artikel;Menge\nA;1\n", Format.CSV, []),
        ("Artikel;Menge\nÄ;1\n".encode("utf-16"), Format.CSV, []),
        ("Artikel;Menge\nA;1\n".encode("utf-16-le"), Format.CSV, []),
        ("Größe;Menge\n".encode("cp1252"), Format.CSV, []),
        (b"UNBEKANNT;1\n", Format.CSV, []),
        (BOOK, Format.XLSX, []),
        (BOOK[:-40], Format.UNKNOWN, ["DOC001"]),
        (zipped({"xl/workbook.bin": "x"}), Format.XLSB, []),
        (zipped({"content.xml": "x", "mimetype": "x"}), Format.ODS, []),
        (zipped({"order.csv": "A;B"}), Format.CSV, ["LAY014"]),
        (zipped({"order.csv": "A;B", "__MACOSX/._order.csv": "x"}), Format.CSV, ["LAY014"]),
        (zipped({"order.xlsx": BOOK}), Format.XLSX, ["LAY014"]),
        (gzip.compress(b"A;B", mtime=0), Format.CSV, ["LAY014"]),
        (gzip.compress(b"A;B", mtime=0)[:-9], Format.UNKNOWN, ["DOC001"]),
        (gzip.compress(b"A" * (2 << 20), mtime=0), Format.UNKNOWN, ["DOC008"]),
        (zipped({"order.edi": ORDER}), Format.UNKNOWN, ["DOC001"]),
        (zipped({"a.csv": "A;B", "b.csv": "A;B"}), Format.UNKNOWN, ["DOC001"]),
        (zipped({"inner.zip": zipped({"a.txt": "x", "b.txt": "x"})}), Format.UNKNOWN, ["DOC001"]),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Format.XLSX, ["DOC002"]),
        (OLE + "Workbook".encode("utf-16-le"), Format.XLS, []),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 30, Format.XLS, []),
        (OLE + "WordDocument".encode("utf-16-le"), Format.UNKNOWN, ["DOC001"]),
        (b"<html><table><tr><td>1", Format.XLS, ["LAY014"]),
        (b"<html><p>1", Format.UNKNOWN, ["DOC001"]),
        (b"<?xml version='1.0'?><w xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", Format.XLS, ["LAY014"]),
        (b"\xef\xbb\xbf <?xml version='1.0'?><order/>", Format.UNKNOWN, ["DOC001"]),
        (b'{"order": 1}', Format.UNKNOWN, ["DOC001"]),
        (b"%PDF-1.7 ...", Format.UNKNOWN, ["DOC001"]),
        (bytes(range(256)) * 4, Format.UNKNOWN, ["DOC001"]),
        (b"\x7fELF" + b"\0\1\2\3" * 50, Format.UNKNOWN, ["DOC001"]),
        (b"From: a@b.invalid\r\nSubject: an\r\n order\r\nMIME-Version: 1.0\r\n\r\nA;B\r\n", Format.UNKNOWN, ["DOC001"]),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><table>", Format.UNKNOWN, ["DOC001"]),
        (b"Order: 4711\nItem;Quantity\nA;1\n", Format.CSV, []),
        (zipped({"Index/Document.iwa": "x", "Data/a.png": "x"}), Format.UNKNOWN, ["DOC001"]),
        (zipped({}), Format.UNKNOWN, ["DOC001"]),
        (b"", Format.UNKNOWN, ["DOC001"]),
        (b" \r\n\t ", Format.UNKNOWN, ["DOC001"]),
    ],
)
def test_kind(content: bytes, kind: Format, codes: list[str]) -> None:
    found = recognise(content[: 1 << 16], lambda: content)
    assert (found.format, [one.code for one in found.findings]) == (kind, codes)
    assert found.readable == (not set(codes) & {"DOC001", "DOC002", "DOC008"})


def test_a_workbook_too_large_to_look_into_is_still_one() -> None:
    assert recognise(BOOK, None) == Content(Format.XLSX)


@pytest.mark.parametrize(
    ("name", "codes"),
    [("a.xlsx", []), ("a.XLSM", []), ("a", []), ("a.dat", []), ("a.xls", ["LAY014"]), ("a.csv", ["LAY014"])],
)
def test_a_name_that_says_something_else_is_noted(name: str, codes: list[str]) -> None:
    found = recognise(BOOK, lambda: BOOK, name)
    assert (found.format, [one.code for one in found.findings], found.readable) == (Format.XLSX, codes, True)
