"""Which kind of file it is, told by its content and never by its name."""

import io
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum

from orders.findings import Finding, finding

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EDIFACT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(?:UNA.{5}[^\w\s]\s*)?UN[BGH][^\w\s]", re.DOTALL)
_EDIFACT_LATER = re.compile(rb"(?:UNA.{6}\s*)?UNB[+\x1d][A-Z]{4}[:\x1f]\d", re.DOTALL)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAM = "Workbook".encode("utf-16-le")
HEAD = 1 << 16
"""How many bytes of a file are looked at first."""


class Format(StrEnum):
    """Kinds of file, as the outside contracts name them."""

    EDIFACT = "edifact"
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    UNKNOWN = "unknown"


def recognise(head: bytes, whole: Callable[[], bytes] | None) -> tuple[Format, list[Finding]]:
    """The kind of a file by its first bytes, and why it cannot be read where that is plain already.

    ``whole`` gives the whole file where an archive has to be looked into; None where it is too large for that.
    """
    if not head.strip():
        return Format.UNKNOWN, [finding("DOC001", "The file is empty. Send it again.")]
    if _EDIFACT.match(head) or _EDIFACT_LATER.search(head):
        return Format.EDIFACT, []
    if head.startswith(b"PK\x03\x04"):
        return _zipped(whole()) if whole else (Format.XLSX, [])
    if head.startswith(_OLE):
        return _compound(whole() if whole else head)
    if _is_text(head):
        return _text(head)
    words = "The file is neither EDIFACT, CSV nor a workbook. Send one of these."
    return Format.UNKNOWN, [finding("DOC001", words)]


def _zipped(content: bytes) -> tuple[Format, list[Finding]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # the last for a zip version that nobody writes
        words = "The workbook is cut off or damaged. Save it again and send it whole."
        return Format.UNKNOWN, [finding("DOC001", words)]
    if any(name.endswith("workbook.bin") for name in names):
        return Format.XLSB, _not_yet("an xlsb workbook")
    if "content.xml" in names:
        return Format.ODS, _not_yet("an OpenDocument sheet")
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in names:
        return Format.XLSX, []
    return Format.UNKNOWN, [finding("DOC001", "The file is a zip archive, not an order. Send the file inside.")]


def _compound(content: bytes) -> tuple[Format, list[Finding]]:
    if _ENCRYPTED in content:
        return Format.XLSX, [finding("DOC002", "The workbook is protected by a password. Send it without one.")]
    if _WORKBOOK_STREAM in content:
        return Format.XLS, _not_yet("an old xls workbook")
    return Format.UNKNOWN, [finding("DOC001", "The file is an Office file, but not a workbook. Send a workbook.")]


def _not_yet(what: str) -> list[Finding]:
    return [finding("DOC001", f"The file is {what}, which is not read here. Save it as xlsx and send it again.")]


def _text(head: bytes) -> tuple[Format, list[Finding]]:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"{", b"%pdf")):
        return Format.UNKNOWN, [finding("DOC001", "The file is markup, not a table of order lines. Send CSV or xlsx.")]
    return Format.CSV, []


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
