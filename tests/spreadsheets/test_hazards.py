"""What is known to go wrong with spreadsheets, each by its name: bytes in, a decided order or a reason out."""

import csv
import gzip
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sample_files
from orders.decision import Decision
from pipelines.settings import Home
from tests.parsers import workbooks
from tests.parsers.workbooks import parts, with_sheet, zipped
from tests.pipelines.dock import at_work, deliver, drop, poll, replies
from tests.spreadsheets import one_order
from tests.spreadsheets.binary_workbooks import FORMULA_ERROR, FORMULA_NUMBER, binary_workbook, record, row
from tests.spreadsheets.checking import checked, codes
from tests.spreadsheets.writing import GOOD, HEADER, STYLES, cells, delimited, line, number, order, rows, text

HAZARDS = {
    "H01": "the header does not stand in the first row",
    "H02": "a header of two rows, or with merged cells",
    "H03": "merged cells among the lines",
    "H04": "several sheets",
    "H05": "a hidden sheet",
    "H06": "a hidden row with a quantity",
    "H07": "leading zeros lost in a number cell",
    "H08": "a GTIN as a number, or shortened",
    "H09": "a number of more than 15 digits",
    "H10": "item numbers that look like numbers, dates or nothing",
    "H11": "decimal comma, or 1.000",
    "H12": "signs and blanks around a number",
    "H13": "noise of binary fractions",
    "H14": "dates in every form",
    "H15": "a formula without a stored result",
    "H16": "a formula with a made-up result of 0",
    "H17": "error cells",
    "H18": "rows of a form without a quantity",
    "H19": "words in the quantity",
    "H20": "total rows and footnotes",
    "H21": "a header that stands there twice",
    "H22": "data under no header",
    "H23": "rows with more or fewer fields",
    "H24": "encodings",
    "H25": "delimiters and line ends",
    "H26": "quotes, line ends in fields, NUL",
    "H27": "formats older and other than xlsx",
    "H28": "files named otherwise, markup as a workbook, archives",
    "H29": "passwords",
    "H30": "macros, links and entities",
    "H31": "sizes that are claimed or packed",
    "H32": "a wrong dimension",
    "H33": "the strict form of OOXML",
    "H34": "parts missing that readers rely on",
    "H35": "blanks and escapes in texts",
    "H36": "units missing or glued to the quantity",
    "H37": "columns moved or deleted in a form",
    "H38": "cells pasted over a form",
    "H39": "the same file twice",
    "H40": "formulas smuggled into the answer",
}
"""The hazards, in the order in which they are numbered wherever they are listed."""


@dataclass
class Case:
    """A file and what must come out: the decision, codes that are there, and values of its first line."""

    content: bytes
    decision: str
    said: set[str] = field(default_factory=set)
    name: str = "order.xlsx"
    customer: str = "lindenladen"
    first: dict[str, Any] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    lines: int | None = None
    counts: dict[str, int] = field(default_factory=dict)


def _csv(content: bytes, decision: str, *said: str, **more: Any) -> Case:
    return Case(content, decision, set(said), "order.csv", **more)


def _book(content: bytes, decision: str, *said: str, **more: Any) -> Case:
    return Case(content, decision, set(said), **more)


def _fields(**changed: str) -> tuple[str, ...]:
    return tuple({**dict(zip(map(str.lower, HEADER), GOOD, strict=True)), **changed}.values())


def _dated(*values: object, header: str = "Liefertermin", **options: object) -> bytes:
    """The good line with one more column."""
    added = [line() + cells(value) for value in values]
    return with_sheet(rows(cells(*HEADER, header), *added), styles=STYLES, **options)


FORMULA = "<c><f>A1*2</f></c>"
ZERO = "<c><f>A1*2</f><v>0</v></c>"
ITEMS_AS_TEXT = ("1E5", "1-2", "MAR1", "TRUE", "NA", "null", "NaN", "0x1F", "12E4567", "-", "#1")
PER_CENT = STYLES.replace('count="3"', 'count="4"').replace("</cellXfs>", '<xf numFmtId="9"/></cellXfs>')
LETTERHEAD = rows(text("Lindenladen Köster e. K."), text("Bestellung"), first=1)
TWO_SHEETS = {
    **parts(rows(cells(*HEADER), line())),
    "xl/workbook.xml": f'<workbook xmlns="{workbooks.MAIN}" xmlns:r="{workbooks.OFFICE}"><sheets>'
    '<sheet name="Eins" sheetId="1" r:id="rId1"/><sheet name="Zwei" sheetId="2" state="visible" r:id="rId2"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{workbooks.RELATIONS}">'
    f'<Relationship Id="rId1" Type="{workbooks.OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{workbooks.OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
    "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{workbooks.MAIN}">'
    f"<sheetData>{rows(cells(*HEADER), line())}</sheetData></worksheet>",
}
SHEETS = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
NO_HEADER = f'<worksheet xmlns="{workbooks.MAIN}"><sheetData>{rows(line())}</sheetData></worksheet>'
MERGED = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Bestellung"><Table><Row>'
    + "".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in HEADER)
    + '</Row><Row ss:Index="4"><Cell><Data ss:Type="String">LL26-1</Data></Cell><Cell><Data ss:Type="String">MITTE'
    '</Data></Cell><Cell><Data ss:Type="String">004409</Data></Cell><Cell><Data ss:Type="Number">18</Data></Cell>'
    '<Cell><Data ss:Type="String">Rolle</Data></Cell><Cell><Data ss:Type="Number">5.61</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
).encode()
WEB_PAGE = (
    "<html><head><meta charset='utf-8'><style>td{color:red}</style></head><body><table><tr>"
    + "".join(f"<th>{name}" for name in HEADER)
    + "<tr>"
    + "".join(f"<td> {value}&nbsp;</td>" for value in GOOD)
    + "</table>"
).encode()
ENCRYPTED_XLS = b"\x09\x08\x10\0\0\x06\x05\0\xbb\x0d\xcc\x07\0\0\0\0\x06\0\0\0" + b"\x2f\0\x06\0\0\0\x5a\xb3\x1c\x8d"
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
ODS = (Path(__file__).parent / "parity" / "order.ods").read_bytes()


def _changed(archive: bytes, part: str, old: str, new: str) -> bytes:
    """The archive with a text in one part replaced."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        content: dict[str, str | bytes] = {name: read.read(name) for name in read.namelist()}
    before = content[part]
    assert isinstance(before, bytes) and old.encode() in before
    content[part] = before.replace(old.encode(), new.encode())
    return zipped(content)


def _with_password(archive: bytes) -> bytes:
    """Every part marked as encrypted."""
    content = bytearray(archive)
    for mark, behind in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + behind] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _form(behind: str = "", **changed: str) -> bytes:
    """The sample reorder form of the customer bohne, in which the cells named here hold other XML."""
    content = (sample_files.FOLDER / "bohne" / "clean.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        sheet = read.read("xl/worksheets/sheet1.xml").decode()
    for place, xml in changed.items():
        (written,) = re.findall(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)', sheet)
        content = _changed(content, "xl/worksheets/sheet1.xml", written, xml.replace("<c", f'<c r="{place}"', 1))
    return _changed(content, "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{behind}")


CASES: dict[str, dict[str, Case]] = {
    "H01": {
        "letterhead": _csv(b"Lindenladen;;;;;\r\n;;;;;\r\n" + delimited(GOOD), "accepted", "LAY017",
                           lines=1),
        "in a workbook": _book(
            with_sheet(LETTERHEAD + rows(cells(*HEADER), line(), first=12), styles=STYLES), "accepted", "LAY017",
            lines=1,
        ),
        "two that fit alike": _csv(
            delimited(HEADER, GOOD, header=("Artikelnummer", "Filiale", "Bestellnummer", *HEADER[3:])), "held",
            "LAY003", lines=1,
        ),
        "no header at all": _csv(delimited(header=GOOD), "rejected", "LAY001"),
    },
    "H02": {
        "two rows": _csv(
            b"Bestell-;Filiale;Artikel-;Menge;Einheit;Einzelpreis\r\nnummer;;nummer;;;\r\n"
            + delimited(header=GOOD), "accepted", lines=1,
        ),
        "merged over two columns": _book(
            with_sheet(
                rows(cells("Bestellung", None, None, "Menge"), cells(*HEADER), line()), styles=STYLES,
                behind=MERGED.format("A1:C1"),
            ),
            "accepted", lines=1,
        ),
    },
    "H03": {
        "quantity": _book(order(line(), line(), behind=MERGED.format("D2:D3")), "held", "LAY009"),
        "item": _book(
            order(line(), line(artikelnummer=None), behind=MERGED.format("C2:C3")), "held", "LAY009", lines=2,
            silent={"ITM001"},
        ),
        "never filled down": _book(
            order(line(), line(menge=None), behind=MERGED.format("D2:D3")), "held", "LAY009", lines=2,
            silent={"QTY001"},
        ),
        "in a form": Case(_form(J11="<c/>", behind=MERGED.format("J10:J11")), "held", {"LAY009"}, customer="bohne",
                          counts={"held": 2}),
        "unit": _book(
            order(line(), line(einheit=None, artikelnummer="004425"), behind=MERGED.format("E2:E3")), "held",
            "LAY009", "UOM003", counts={"accepted": 1, "held": 1},
        ),
        "order number": _book(
            order(line(), line(bestellnummer=None, artikelnummer="004425", einheit="Stk", einzelpreis=None, menge=25),
                  behind=MERGED.format("A2:A3")), "accepted", "LAY009", counts={"accepted": 2},
        ),
        "elsewhere": _book(
            order(line(), behind=MERGED.format("H2:I3")), "accepted", silent={"LAY009"}, lines=1
        ),
    },
    "H04": {
        "two that fit": _book(zipped(TWO_SHEETS), "held", "LAY003"),
        "none of two": _book(
            zipped({**TWO_SHEETS, **dict.fromkeys(SHEETS, NO_HEADER)}), "held", "LAY001", lines=0
        ),
    },
    "H05": {
        state: _book(
            zipped({**TWO_SHEETS, "xl/workbook.xml": TWO_SHEETS["xl/workbook.xml"].replace("visible", state)}),
            "accepted", "LAY007", lines=1,
        )
        for state in ("hidden", "veryHidden")
    },
    "H06": {
        "row": _book(
            with_sheet(rows(cells(*HEADER)) + rows(line(), first=2).replace("<row", '<row hidden="1"'), styles=STYLES),
            "held", "LAY008",
        ),
        "xlsb": Case(binary_workbook([row(1, HEADER), row(2, ["LL26-1", "MITTE", "004409", 18, "Rolle"], True)]),
                     "held", {"LAY008"}, "order.xlsb"),
        "ods": Case(_changed(ODS, "content.xml", '<table:table-row ', '<table:table-row table:visibility="filter" '),
                    "held", {"LAY008"}, "order.ods"),
    },
    "H07": {
        "shown by the format": _book(
            order(line(artikelnummer=number(4409, 1))), "changed", "NRM001", first={"buyer_item": "004409"}
        ),
        "one item fits": _book(order(line(artikelnummer=4409)), "changed", "NRM001"),
        "none fits": _book(order(line(artikelnummer=998877)), "rejected", "ITM001"),
    },
    "H08": {
        "exact": _book(_dated(9524017026163, header="EAN"), "accepted", first={"gtin": "9524017026163"}),
        "shortened": _csv(delimited((*GOOD, "9,52402E+12"), header=(*HEADER, "EAN")), "held", "NRM002"),
        "rounded": _book(_dated(number("9.52402E+12"), header="EAN"), "held", "NRM002"),
    },
    "H09": {"sixteen": _book(order(line(artikelnummer=number("1234567890123456"))), "held", "NRM002")},
    "H10": {
        **{
            f"text {item}": _csv(delimited(_fields(artikelnummer=item)), "rejected", "ITM001",
                                 first={"buyer_item": item})
            for item in ITEMS_AS_TEXT
        },
        "a truth value": _book(order(line(artikelnummer='<c t="b"><v>1</v></c>')), "held", "NRM002"),
        "a date": _book(order(line(artikelnummer=number(46082, 2))), "held", "NRM002"),
        "a date of ISO 8601": _book(order(line(artikelnummer='<c t="d"><v>2026-03-01</v></c>')), "held", "NRM002"),
    },
    "H11": {
        "agreed": _csv(delimited(_fields(menge="1.000")), "accepted", "NRM003", first={"quantity": "1000"}),
        "not agreed": Case(
            _form(J11=text("1.000")),
            "held", {"NRM004"}, customer="bohne",
        ),
    },
    "H12": {
        "currency": _csv(delimited(_fields(einzelpreis="€ 5,61")), "accepted", "NRM003", first={"unit_price": "5.61"}),
        "no-break space": _csv(delimited(_fields(menge="\u00a018")), "accepted", "NRM006", first={"quantity": "18"}),
        "full width": _csv(delimited(_fields(menge="１８")), "accepted", "NRM006", first={"quantity": "18"}),
        "trailing minus": _csv(delimited(_fields(menge="18-")), "rejected", "QTY003", "NRM003"),
        "per cent": _csv(delimited(_fields(menge="18%")), "accepted", "NRM003", first={"quantity": "18"}),
        "stored as per cent": _book(
            with_sheet(rows(cells(*HEADER), line(menge=number("0.18", 3))), styles=PER_CENT), "held", "NRM004"
        ),
        "apostrophe": _csv(delimited(_fields(menge="'18")), "accepted", "NRM003", first={"quantity": "18"}),
        "apostrophe before an item": _csv(delimited(_fields(artikelnummer="'004409")), "accepted", "NRM006",
                                          first={"buyer_item": "004409"}),
    },
    "H13": {
        "price": _book(order(line(einzelpreis=number("5.6100000000000003"))), "accepted", "NRM005",
                       first={"unit_price": "5.61"}),
    },
    "H14": {
        "serial": _book(_dated(number(46350, 2)), "accepted", "NRM007", first={"requested_date": "2026-11-24"}),
        "serial without a format": _book(_dated(46350), "accepted", "NRM007", first={"requested_date": "2026-11-24"}),
        "a number that is no day": _book(_dated(18), "held", "DAT001"),
        "from 1904": _book(_dated(number(44888, 2), settings='<workbookPr date1904="1"/>'), "accepted", "NRM007",
                           first={"requested_date": "2026-11-24"}),
        "a day that never was": _book(_dated(number(60, 2)), "held", "DAT001"),
        "ISO 8601": _book(_dated('<c t="d"><v>2026-11-24T00:00:00</v></c>'), "accepted", "NRM007",
                          first={"requested_date": "2026-11-24"}),
        "text": _csv(delimited((*GOOD, "24.11.2026"), header=(*HEADER, "Liefertermin")), "accepted", "NRM007"),
        "ambiguous": Case(
            _form(B7=text("5/12/2026")),
            "held", {"DAT001"}, customer="bohne",
        ),
        "not a date": _book(_dated("bald"), "held", "DAT001"),
    },
    "H15": {
        "quantity": _book(order(line(menge=FORMULA)), "held", "LAY010", lines=1),
        "in a form": Case(_form(J10=FORMULA), "held", {"LAY010"},
                          customer="bohne"),
    },
    "H16": {"quantity": _book(order(line(menge=ZERO)), "held", "LAY010", lines=1)},
    "H17": {
        "quantity": _book(order(line(menge='<c t="e"><v>#N/A</v></c>')), "held", "LAY011"),
        "xlsb": Case(
            binary_workbook([row(1, HEADER), row(2, ["LL26-1", "MITTE", "004409", record(
                FORMULA_ERROR, b"\3\0\0\0\0\0\0\0\x2a" + b"\0" * 10), "Rolle"])]),
            "held", {"LAY011"}, "order.xlsb",
        ),
        "xlsb without a result": Case(
            binary_workbook([row(1, HEADER), row(2, ["LL26-1", "MITTE", "004409", record(
                FORMULA_NUMBER, b"\3\0\0\0\0\0\0\0" + b"\0" * 18), "Rolle"])]),
            "held", {"LAY010"}, "order.xlsb",
        ),
    },
    "H18": {
        "blank": Case(_form(), "accepted", {"QTY002"}, customer="bohne", lines=38),
        "zero": Case(_form(J11=number(0)), "accepted", {"QTY002"}, customer="bohne", lines=38),
    },
    "H19": {
        written: _csv(delimited(_fields(menge=written)), "held", "QTY001")
        for written in ("asd", "ca. 5", "2x", "5 box", "zwei", "18 oder 20")
    },
    "H20": {
        "total": _csv(delimited(GOOD, ("Summe", "", "", "18", "", "")), "accepted", "LAY012", lines=2),
        "a total beside a quantity that cannot be read": _csv(
            delimited(GOOD, _fields(menge="zwei"), ("Summe", "", "", "20", "", "")), "held", "LAY012", "QTY001",
            counts={"accepted": 1, "held": 1, "skipped": 1}, silent={"HDR016"},
        ),
        "a wrong total": _csv(delimited(GOOD, ("Summe", "", "", "19", "", "")), "held", "LAY012", "HDR016"),
        "footnote": _csv(delimited(GOOD, ("Bitte bald", "", "", "", "", "")), "held", "LAY013"),
        "an item called total": _csv(delimited(_fields(artikelnummer="Summe")), "rejected", "ITM001", "LAY012"),
        "an item described as total": _csv(
            delimited((*GOOD, "Total"), header=(*HEADER, "Bezeichnung")), "held", "LAY012", lines=1
        ),
    },
    "H21": {
        "quantity": _csv(delimited((*GOOD, "20"), header=(*HEADER, "Menge")), "held", "LAY005"),
        "what nothing rests on": _csv(
            delimited((*GOOD, "rot", "blau"), header=(*HEADER, "Bezeichnung", "Bezeichnung")), "accepted", "LAY006",
            silent={"LAY005"},
        ),
    },
    "H22": {"no name": _csv(delimited((*GOOD, "eilig"), header=(*HEADER, "")), "accepted", "LAY006")},
    "H23": {
        "more": _csv(delimited((*GOOD, "eilig")), "held", "LAY013"),
        "fewer": _csv(delimited(GOOD[:5]), "held", "LAY013"),
    },
    "H24": {
        "ambiguous in a key": Case(
            "Pos;Materialnummer;Menge;ME;Lieferstelle\n1;MÜ-1;5;St;ZL-01\n".encode("cp1252"), "rejected",
            {"CHR002", "CHR004"}, "order.csv", "klinikum",
        ),
        "ambiguous in a description": Case(
            "Pos;Materialnummer;Menge;ME;Lieferstelle;Bezeichnung\n1;00041183;2000;St;ZL-01;für\n".encode("cp1252"),
            "rejected", {"CHR002", "HDR001"}, "order.csv", "klinikum", silent={"CHR004"},
        ),
        "agreed": _csv(delimited(_fields(artikelnummer="MÜ-1")).decode().encode("cp1252"), "rejected", "ITM001",
                       silent={"CHR002", "CHR004"}),
        "mark": _csv(b"\xef\xbb\xbf" + delimited(GOOD), "accepted", "CHR005"),
        "UTF-16": _csv(delimited(GOOD).decode().encode("utf-16"), "accepted", "CHR005"),
        "bytes that the mark denies": _csv(b"\xef\xbb\xbf" + delimited(GOOD) + b"\xff", "held", "CHR001"),
    },
    "H25": {
        **{
            f"{delimiter!r} and {end!r}": _csv(
                delimited(tuple(one.replace(",", ".") if delimiter == "," else one for one in _fields(einzelpreis="")),
                          delimiter=delimiter).replace(b"\r\n", end), "accepted", lines=1)
            for delimiter in ";,\t|" for end in (b"\r\n", b"\n", b"\r")
        },
        "sep": _csv(b"sep=|\r\n" + delimited(GOOD, delimiter="|"), "accepted", lines=1),
    },
    "H26": {
        "quotes": _csv(delimited(_fields(artikelnummer='"004409"')), "accepted"),
        "line end in a field": _csv(
            delimited((*GOOD, '"breit\r\nlang"'), header=(*HEADER, "Bezeichnung")), "accepted", lines=1
        ),
        "closed by a later line": _csv(
            delimited(GOOD, _fields(bestellnummer='"LL26-1'), GOOD, _fields(einzelpreis='5,61"')), "held", "LAY013"
        ),
        "never closed": _csv(delimited(GOOD, _fields(bestellnummer='"LL26-1'), GOOD), "held", "LAY013"),
        "text behind a quote": _csv(delimited(_fields(menge='"1"8')), "held", "LAY013"),
        "control characters": _csv(delimited((*GOOD, "a\x07b"), header=(*HEADER, "Bezeichnung")), "accepted", "CHR003"),
        "NUL": _csv(delimited(GOOD) + b"\0", "quarantined", "DOC001"),
    },
    "H27": {
        kind: Case((Path(__file__).parent / "parity" / f"order.{kind}").read_bytes(), "accepted", name=f"order.{kind}",
                   lines=len(one_order.LINES))
        for kind in ("xls", "ods")
    } | {
        "xlsb": Case(binary_workbook(row(at, one) for at, one in enumerate((one_order.HEADER, *one_order.LINES), 1)),
                     "accepted", name="order.xlsb", lines=len(one_order.LINES)),
    },
    "H28": {
        "wrong name": Case(order(line()), "accepted", {"LAY014"}, "order.xls", lines=1),
        "XML of Excel 2003": Case(XML_2003, "accepted", {"LAY014"}, "order.xls", lines=1),
        "web page": Case(WEB_PAGE, "accepted", {"LAY014"}, "order.xls", lines=1),
        "zip": Case(zipped({"order.csv": delimited(GOOD)}), "accepted", {"LAY014"}, "order.zip", lines=1),
        "gzip": Case(gzip.compress(delimited(GOOD), mtime=0), "accepted", {"LAY014"}, "order.gz", lines=1),
        "zip of several": Case(zipped({"a.csv": b"A", "b.csv": b"B"}), "quarantined", {"DOC001"}, "order.zip"),
    },
    "H29": {
        "xlsx": Case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "rejected",
                     {"DOC002"}),
        "xls, the usual password too": Case(ENCRYPTED_XLS, "rejected", {"DOC002"}, "order.xls"),
        "ods": Case(
            _changed(ODS, "META-INF/manifest.xml", "</manifest:manifest>",
                     "<manifest:encryption-data/></manifest:manifest>"), "rejected", {"DOC002"}, "order.ods",
        ),
        "zip": Case(_with_password(zipped({"order.csv": delimited(GOOD)})), "rejected", {"DOC002"}, "order.zip"),
    },
    "H30": {
        "macros": _book(
            zipped({**parts(rows(cells(*HEADER), line())), "xl/vbaProject.bin": "x"}), "accepted", "LAY015"
        ),
        "links": _book(
            zipped({**parts(rows(cells(*HEADER), line())), "xl/externalLinks/externalLink1.xml": "<x/>"}), "accepted",
            "LAY015",
        ),
        "DDE in a text file": _csv(delimited((*GOOD, "=cmd|'/c calc'!A0"), header=(*HEADER, "Bezeichnung")), "accepted",
                                   silent={"LAY010"}),
        "entities in a sheet": _book(
            zipped({**parts(), "xl/worksheets/sheet1.xml": LAUGHS + "<worksheet>&b;&c;</worksheet>"}), "quarantined",
            "DOC001",
        ),
        "entities in the texts": _book(
            zipped({**parts(), "xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&b;</t></si></sst>"}), "quarantined",
            "DOC001",
        ),
        "entities in an ods": Case(
            _changed(ODS, "content.xml", "<office:document-content", LAUGHS + "<office:document-content"),
            "quarantined", {"DOC001"}, "order.ods",
        ),
        "entities in XML of Excel 2003": Case(
            XML_2003.replace(b"<Workbook", LAUGHS.encode() + b"<Workbook"), "quarantined", {"DOC001"}, "order.xls"
        ),
    },
    "H31": {
        "a cell in the last row": _book(
            with_sheet(rows(cells(*HEADER), line()) + rows(line(), first=1_048_576), styles=STYLES), "accepted",
            lines=2, silent={"DOC007", "DOC008"},
        ),
        "packed two hundred times": _book(with_sheet("<row/>" * 300_000), "rejected", "DOC008"),
        "rows repeated in an ods": Case(
            _changed(ODS, "content.xml", "<table:table-row ", '<table:table-row table:number-rows-repeated="1000000" '),
            "rejected", {"DOC008"}, "order.ods",
        ),
        "gzip": Case(gzip.compress(b"A;B\n" * (1 << 20), mtime=0), "rejected", {"DOC008"}, "order.gz"),
        "nested deep": _book(
            zipped({**parts(), "xl/worksheets/sheet1.xml": "<a>" * 5_000 + "</a>" * 5_000}), "quarantined", "DOC001"
        ),
    },
    "H32": {
        "too small": _book(
            order(line(), before='<dimension ref="A1:A1"/>'), "accepted", silent={"DOC007"}, lines=1
        ),
        "a row that stands there twice": _book(
            with_sheet(rows(cells(*HEADER), line()) + rows(line(), first=2), styles=STYLES), "held", "DOC007"
        ),
    },
    "H33": {
        "strict": _book(
            order(line(), main=workbooks.STRICT_MAIN, office=workbooks.STRICT_OFFICE), "accepted", lines=1
        ),
        "no sheets": _book(zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "rejected",
                           "LAY001"),
    },
    "H34": {
        "no styles and no texts": _book(
            zipped({
                name: part for name, part in parts(rows(cells(*HEADER), line())).items()
                if name not in ("xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml")
            } | {"docProps/app.xml": "<x/>"}),
            "accepted", lines=1,
        ),
        "a style that is not there": _book(order(line(menge=number(18, 99))), "accepted", lines=1),
    },
    "H35": {
        "blanks": _csv(delimited(_fields(artikelnummer=" 004409 ")), "accepted", "NRM006",
                       first={"buyer_item": "004409"}),
        "escapes": _book(order(line(artikelnummer="004409_x000D_")), "accepted", "NRM006",
                         first={"buyer_item": "004409"}),
        "entities": _book(order(line(filiale="MITTE &")), "held", "HDR005"),
    },
    "H36": {
        "missing": _csv(delimited(_fields(einheit="")), "held", "UOM003"),
        "another word": _csv(delimited(GOOD), "accepted", "NRM008", first={"unit": "RO"}),
        "unknown": _csv(delimited(_fields(einheit="Hucke")), "held", "UOM001"),
        "glued": _csv(delimited(_fields(menge="18 Rolle", einheit="")), "held", "QTY001"),
    },
    "H37": {
        "moved": _csv(delimited(tuple(reversed(GOOD)), header=tuple(reversed(HEADER))), "accepted", lines=1),
        "deleted": _csv(delimited(GOOD[:3], header=HEADER[:3]), "rejected", "LAY004"),
    },
    "H38": {
        "text over a number": Case(
            _form(J11=text("40")),
            "accepted", customer="bohne",
        ),
        "a price of the buyer's own": Case(
            _form(H11=number(1.35)), "held", {"PRC002"}, customer="bohne",
        ),
    },
}  # fmt: skip
NAMED = [(hazard, name) for hazard, cases in CASES.items() for name in cases]


@pytest.mark.parametrize(
    ("hazard", "name"), NAMED, ids=[f"{hazard} {HAZARDS[hazard]}: {name}" for hazard, name in NAMED]
)
def test_hazard(hazard: str, name: str, tmp_path: Path) -> None:
    case = CASES[hazard][name]
    path = tmp_path / case.name
    path.write_bytes(case.content)
    result = checked(path, case.customer)
    said = set(codes(result))
    assert (result["decision"], case.said - said, case.silent & said) == (case.decision, set(), set()), said
    if case.first:
        first = result["orders"][0]["lines"][0]
        assert {name: first[name] for name in case.first} == case.first
    if case.lines is not None:
        assert result["lines"]["read"] == case.lines
    assert {name: result["lines"][name] for name in case.counts} == case.counts


def test_hazard_h39_the_same_file_twice(home: Home) -> None:
    content = order(line())  # made once: an archive has the time in it
    for name in ("order.xlsx", "order (1).xlsx"):
        drop(home, "lindenladen", name, content)
    first, second = poll(home, "lindenladen")
    with at_work(home) as dock:
        said = {one.code for one in dock.store.receipts.findings(second.receipt.id)}
    assert first.decision is not Decision.DUPLICATE
    assert (second.decision, "DOC004" in said) == (Decision.DUPLICATE, True)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_hazard_h40_formulas_smuggled_into_the_answer(start: str, home: Home) -> None:
    smuggled = f"{start}1+cmd|' /C calc'!A0"
    drop(home, "lindenladen", "order.csv", delimited((*GOOD, smuggled), header=(*HEADER, "Bezeichnung")))
    drop(home, "lindenladen", "order.xlsx", order(line(bestellnummer="LL26-2") + cells(smuggled)))
    poll(home, "lindenladen")
    deliver(home)
    answers = {path.suffix: path.read_bytes() for path in replies(home, "lindenladen", "answer")}
    sheets = openpyxl.load_workbook(io.BytesIO(answers[".xlsx"])).worksheets
    found = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in found)
    fields = [one for row in csv.reader(io.StringIO(answers[".csv"].decode("cp1252")), delimiter=";") for one in row]
    assert any("calc" in one for one in fields) and any("calc" in str(cell.value) for cell in found)
    assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r")) for one in fields)


def test_every_hazard_is_tested() -> None:
    others = [name.removeprefix("test_hazard_")[:3].upper() for name in globals() if name.startswith("test_hazard_")]
    assert [*CASES, *others] == [*HAZARDS] == [f"H{number:02}" for number in range(1, 41)]
    assert all(CASES.values())
