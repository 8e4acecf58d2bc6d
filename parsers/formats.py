"""Which kind of file it is, told by its content and never by its name."""

import io
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from orders.findings import Finding, Statement, finding
from orders.findings.documents import (
    DOC001_ARCHIVE_OF_WORKBOOK_DAMAGED,
    DOC001_EDIFACT_IN_ARCHIVE,
    DOC001_EDIFACT_IN_FOREIGN_CODES,
    DOC001_EMPTY,
    DOC001_MAIL,
    DOC001_MARKUP,
    DOC001_NUMBERS_DOCUMENT,
    DOC001_OFFICE_FILE,
    DOC001_UNKNOWN_KIND,
    DOC001_ZIP_ARCHIVE,
    DOC002_WORKBOOK_ENCRYPTED,
)
from orders.findings.layouts import (
    LAY014_IN_ARCHIVE,
    LAY014_OTHER_CONTENT,
    LAY014_WEB_PAGE,
    LAY014_XML_OF_EXCEL_2003,
    ContentKind,
    NameAndContent,
)
from parsers.limits import DEFAULT, Limits
from parsers.wrapping import GZIP, ZIP, Wrapped, unwrapped

_EMPTY_ZIP = b"PK\x05\x06"
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)*?MIME-Version:", re.IGNORECASE)
"""Header fields (RFC 5322) up to the one that every mail with attachments, and every web archive, has."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = re.compile(rb"\x09[\0\x02\x04\x08][\x04\x06\x08\x10]\0[\0-\x07][\0-\x06]")
"""The first record of an old workbook (BOF) that stands in no compound file, as BIFF 2 to 4 do."""
_EDIFACT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(?:UNA.{5}[^\w\s]\s*)?UN[BGH][^\w\s]", re.DOTALL)
_EDIFACT_LATER = re.compile(rb"(?:UNA.{6}\s*)?UNB[+\x1d][A-Z]{4}[:\x1f]\d", re.DOTALL)
_FOREIGN = ("cp500", "utf-16-le", "utf-16-be")
_FOREIGN_EDIFACT = re.compile(r"\ufeff?\s*(?:UNA.{6}\s*)?UNB[^\w\s][A-Z]{4}[^\w\s]\d")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b", re.IGNORECASE
)
_LONGEST_FIELDS = 1 << 14
HEAD = 1 << 16
"""How many bytes of a file are looked at first."""


class Format(StrEnum):
    """Kinds of file, as the outside contracts name them. XLS is also what is named so and is XML or a web page."""

    EDIFACT = "edifact"
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    UNKNOWN = "unknown"


_ENDINGS = {
    "xlsx": Format.XLSX, "xlsm": Format.XLSX, "xltx": Format.XLSX, "xltm": Format.XLSX, "xls": Format.XLS,
    "xlt": Format.XLS, "xlsb": Format.XLSB, "ods": Format.ODS, "csv": Format.CSV, "tsv": Format.CSV, "txt": Format.CSV,
    "psv": Format.CSV, "ssv": Format.CSV, "tab": Format.CSV,
}  # fmt: skip


class Content(NamedTuple):
    """What a file is by its content; ``readable`` is False where a finding says why it cannot be read."""

    format: Format
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def _unreadable(said: Statement, kind: Format = Format.UNKNOWN) -> Content:
    return Content(kind, (finding(said),), readable=False)


def recognise(head: bytes, whole: Callable[[], bytes] | None, name: str = "", limits: Limits = DEFAULT) -> Content:
    """The kind of a file by its first bytes, and why it cannot be read where that is plain already.

    ``whole`` gives the whole file where an archive has to be looked into; None where it is too large for that.
    ``name`` is only compared: LAY014 where it says something else than the content.
    """
    if head.startswith((GZIP, ZIP)) and whole is not None:
        try:
            inside = unwrapped(whole(), limits)
        except Wrapped as fault:
            return _unreadable(fault.said)
        if inside is not None:
            return _packed(inside)
    found = _content(head, whole)
    kind, ending = found.format, name.rpartition(".")[2].lower()
    if not found.findings and kind is not Format.EDIFACT and _ENDINGS.get(ending, kind) is not kind:
        return Content(kind, (finding(LAY014_OTHER_CONTENT(NameAndContent(ending=ending, kind=kind.value))),))
    return found


def _packed(inside: bytes) -> Content:
    found = _content(inside[:HEAD], lambda: inside)
    if found.format is Format.EDIFACT:
        return _unreadable(DOC001_EDIFACT_IN_ARCHIVE())
    if found.format is Format.UNKNOWN:
        return found
    in_archive = finding(LAY014_IN_ARCHIVE(ContentKind(kind=found.format.value)))
    return found._replace(findings=(in_archive, *found.findings))


def _content(head: bytes, whole: Callable[[], bytes] | None) -> Content:
    if not head.strip():
        return _unreadable(DOC001_EMPTY())
    if _EDIFACT.match(head) or _EDIFACT_LATER.search(head):
        return Content(Format.EDIFACT)
    if any(_edifact_in(codec, head) for codec in _FOREIGN):
        return _unreadable(DOC001_EDIFACT_IN_FOREIGN_CODES())
    if head.startswith((ZIP, _EMPTY_ZIP)):
        return _zipped(whole()) if whole else Content(Format.XLSX)
    if head.startswith(_OLE):
        return _compound(whole() if whole else head)
    if _BARE_BIFF.match(head):
        return Content(Format.XLS)
    if _is_text(head):
        return _text(head)
    return _unreadable(DOC001_UNKNOWN_KIND())


def _edifact_in(codec: str, head: bytes) -> bool:
    """Whether the file begins as an interchange in a character set that ISO 9735 does not have."""
    return _FOREIGN_EDIFACT.match(head[:128].decode(codec, "replace")) is not None


def _zipped(content: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # the last for a zip version that nobody writes
        return _unreadable(DOC001_ARCHIVE_OF_WORKBOOK_DAMAGED())
    if any(name.endswith("workbook.bin") for name in names):
        return Content(Format.XLSB)
    if "content.xml" in names or "encrypted-package" in names:
        return Content(Format.ODS)
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in names:
        return Content(Format.XLSX)
    if "index/document.iwa" in names or "index.zip" in names:
        return _unreadable(DOC001_NUMBERS_DOCUMENT())
    return _unreadable(DOC001_ZIP_ARCHIVE())


def _compound(content: bytes) -> Content:
    if _ENCRYPTED in content:
        return _unreadable(DOC002_WORKBOOK_ENCRYPTED(), Format.XLSX)
    if any(stream in content for stream in _WORKBOOK_STREAMS):
        return Content(Format.XLS)
    return _unreadable(DOC001_OFFICE_FILE())


def _text(head: bytes) -> Content:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _MAIL.match(head[:_LONGEST_FIELDS]):
        return _unreadable(DOC001_MAIL())
    if not start.startswith((b"<", b"{", b"%pdf")):
        return Content(Format.CSV)
    if is_xml_workbook(head):
        return Content(Format.XLS, (finding(LAY014_XML_OF_EXCEL_2003()),))
    if is_web_page(head):
        return Content(Format.XLS, (finding(LAY014_WEB_PAGE()),))
    return _unreadable(DOC001_MARKUP())


def is_xml_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a workbook in the XML of Excel 2003."""
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _XML_WORKBOOK in head and b"<html" not in head.lower()
    )


def is_web_page(head: bytes) -> bool:
    """Whether the first bytes are those of a web page with a table."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(_WEB_PAGE.match(start)) and b"<table" in head.lower()


def _is_text(head: bytes) -> bool:
    """No control characters but white space; UTF-16 is known by its byte order mark or by its zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return head[1::2].count(0) > len(head) // 3 or head[::2].count(0) > len(head) // 3 or _mostly_text(head)
    return _mostly_text(head)


def _mostly_text(head: bytes) -> bool:
    controls = sum(byte < 0x20 and byte not in b"\t\n\x0b\x0c\r\x1b" for byte in head)
    return controls * 50 < len(head)
