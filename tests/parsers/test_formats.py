"""Kinds of file, told by content alone."""

import pytest

from parsers.formats import Format, recognise
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
        (b"Artikel;Menge\nA;1\n", Format.CSV, []),
        ("Artikel;Menge\nÄ;1\n".encode("utf-16"), Format.CSV, []),
        ("Artikel;Menge\nA;1\n".encode("utf-16-le"), Format.CSV, []),
        ("Größe;Menge\n".encode("cp1252"), Format.CSV, []),
        (b"UNBEKANNT;1\n", Format.CSV, []),
        (BOOK, Format.XLSX, []),
        (BOOK[:-40], Format.UNKNOWN, ["DOC001"]),
        (zipped({"xl/workbook.bin": "x"}), Format.XLSB, ["DOC001"]),
        (zipped({"content.xml": "x", "mimetype": "x"}), Format.ODS, ["DOC001"]),
        (zipped({"order.csv": "A;B"}), Format.UNKNOWN, ["DOC001"]),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Format.XLSX, ["DOC002"]),
        (OLE + "Workbook".encode("utf-16-le"), Format.XLS, ["DOC001"]),
        (OLE + "WordDocument".encode("utf-16-le"), Format.UNKNOWN, ["DOC001"]),
        (b"<html><table><tr><td>1", Format.UNKNOWN, ["DOC001"]),
        (b"\xef\xbb\xbf <?xml version='1.0'?><order/>", Format.UNKNOWN, ["DOC001"]),
        (b'{"order": 1}', Format.UNKNOWN, ["DOC001"]),
        (b"%PDF-1.7 ...", Format.UNKNOWN, ["DOC001"]),
        (bytes(range(256)) * 4, Format.UNKNOWN, ["DOC001"]),
        (b"\x7fELF" + b"\0\1\2\3" * 50, Format.UNKNOWN, ["DOC001"]),
        (b"", Format.UNKNOWN, ["DOC001"]),
        (b" \r\n\t ", Format.UNKNOWN, ["DOC001"]),
    ],
)
def test_kind(content: bytes, kind: Format, codes: list[str]) -> None:
    found, findings = recognise(content[: 1 << 16], lambda: content)
    assert (found, [one.code for one in findings]) == (kind, codes)


def test_a_workbook_too_large_to_look_into_is_still_one() -> None:
    assert recognise(BOOK, None) == (Format.XLSX, [])
