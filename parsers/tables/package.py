"""The parts of an OOXML package that a reader of rows needs: sheets, shared strings, number formats.

XML is read by defusedxml, so that no entity is expanded and nothing is fetched. Namespaces are dropped, because the
strict and the transitional form of OOXML (ISO/IEC 29500) differ in nothing else that matters here.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

_BUILTIN_FORMATS = {
    9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    49: "@",
}  # fmt: skip


class SheetPart(NamedTuple):
    """A worksheet of the workbook: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Package:
    """An opened workbook; ``macros`` and ``links`` say what it carries that is left alone."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        names = set(archive.namelist())
        self.macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        self.links = any(name.startswith("xl/externalLinks/") for name in names)
        self.epoch_1904 = False
        self.sheets = tuple(self._sheets(names))

    def _sheets(self, names: set[str]) -> Iterator[SheetPart]:
        workbook = _workbook_part(self.archive, names)
        targets = _relations(self.archive, workbook, names)
        for element in elements(self.archive.open(workbook), ("workbookPr", "sheet")):
            if local(element.tag) == "workbookPr":
                self.epoch_1904 = element.get("date1904", "0").lower() in ("1", "true")
                continue
            relation = next((value for name, value in element.attrib.items() if local(name) == "id"), "")
            kind, part = targets.get(relation, ("", ""))
            if kind == "worksheet":
                # Names of parts differ in case at times (ISO/IEC 29500-2 has them equal); a missing one is damage.
                stored = part if part in names else {name.lower(): name for name in names}[part.lower()]
                yield SheetPart(element.get("name", ""), stored, element.get("state", "visible") != "visible")

    def shared_strings(self) -> list[str]:
        """The table of texts, each as one string; phonetic readings are left out."""
        part = next((name for name in self.archive.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
        if part is None:
            return []
        return [text_of(element) for element in elements(self.archive.open(part), ("si",))]

    def number_formats(self) -> list[str | None]:
        """The number format of every cell style, by its index; None is General."""
        part = next((name for name in self.archive.namelist() if name.lower() == "xl/styles.xml"), None)
        if part is None:
            return []
        own: dict[str, str] = {}
        for element in elements(self.archive.open(part), ("numFmts", "cellXfs")):
            if local(element.tag) == "numFmts":
                own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
            else:
                return [_format(xf.get("numFmtId", "0"), own) for xf in element]
        return []


def _format(identifier: str, own: dict[str, str]) -> str | None:
    if identifier in own:
        return own[identifier]
    return _BUILTIN_FORMATS.get(int(identifier)) if identifier.isdigit() else None


def _workbook_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    for element in elements(archive.open("_rels/.rels"), ("Relationship",)) if "_rels/.rels" in names else ():
        if element.get("Type", "").endswith("/officeDocument"):
            return element.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations(archive: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in names:
        return {}
    found = {}
    for element in elements(archive.open(path), ("Relationship",)):
        target = element.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], full)
    return found


def elements(stream: IO[bytes], tags: tuple[str, ...]) -> Iterator[Element]:
    """Each element with one of these local names, whole, forgotten again after use."""
    with stream:
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            if local(element.tag) in tags:
                yield element
                element.clear()


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def text_of(element: Element) -> str:
    """All text of a rich or plain string, without phonetic readings (rPh)."""
    parts = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(one.text or "" for one in child if local(one.tag) == "t")
    return "".join(parts)
