"""The parts of an OOXML package that a reader of rows needs: sheets, shared strings, number formats.

The small parts are read whole by defusedxml, so that no entity is expanded and nothing is fetched; the shared strings,
which can be many, as a stream.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from parsers.limits import Budget, Limits
from parsers.tables.archive import small_part
from parsers.tables.number_formats import BUILTIN_FORMATS
from parsers.tables.table import GENERAL
from parsers.tables.xml_stream import events, local, pieces

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SheetPart(NamedTuple):
    """A worksheet of the workbook: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Package:
    """An opened workbook; ``macros`` and ``links`` say what it carries that is left alone."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.archive = archive
        self.budget = budget
        names = set(archive.namelist())
        self.macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        self.links = any(name.startswith("xl/externalLinks/") for name in names)
        self.epoch_1904 = False
        self.names: dict[str, str] = {}
        self.sheets = tuple(self._sheets(names))

    def _sheets(self, names: set[str]) -> Iterator[SheetPart]:
        workbook = self._workbook_part(names)
        targets = relations(self.archive, workbook, self.budget.limits)
        for element in _elements(self.archive, workbook, ("workbookPr", "sheet", "definedName"), self.budget.limits):
            if local(element.tag) == "workbookPr":
                self.epoch_1904 = element.get("date1904", "0").lower() in ("1", "true")
                continue
            if local(element.tag) == "definedName":
                self.names[element.get("name", "")] = element.text or ""
                continue
            relation = next((value for name, value in element.attrib.items() if local(name) == "id"), "")
            kind, part = targets[relation]
            if kind == "worksheet":
                # Names of parts differ in case at times (ISO/IEC 29500-2 has them equal); a missing one is damage.
                stored = part if part in names else {name.lower(): name for name in names}[part.lower()]
                yield SheetPart(element.get("name", ""), stored, element.get("state", "visible") != "visible")

    def shared_strings(self) -> list[str]:
        """The table of texts, each as one string; phonetic readings are left out."""
        part = next((name for name in self.archive.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
        if part is None:
            return []
        strings = _Strings(self.budget)
        for _ in events(pieces(self.archive.open(part)), strings.start, strings.end, strings.text):
            self.budget.check_time()
        return strings.found

    def number_formats(self) -> list[str]:
        """The number format of every cell style, by its index."""
        part = next((name for name in self.archive.namelist() if name.lower() == "xl/styles.xml"), None)
        if part is None:
            return []
        own: dict[str, str] = {}
        for element in _elements(self.archive, part, ("numFmts", "cellXfs"), self.budget.limits):
            if local(element.tag) == "numFmts":
                own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
            else:
                return [_format(xf.get("numFmtId", "0"), own) for xf in element]
        return []

    def _workbook_part(self, names: set[str]) -> str:
        for element in (
            _elements(self.archive, "_rels/.rels", ("Relationship",), self.budget.limits)
            if "_rels/.rels" in names
            else ()
        ):
            if element.get("Type", "").endswith("/officeDocument"):
                return element.get("Target", "").lstrip("/")
        return "xl/workbook.xml"


def relations(archive: zipfile.ZipFile, part: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """Kind and name of each part that this part relates to, by the identification of the relation."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.namelist():
        return {}
    found = {}
    for element in _elements(archive, path, ("Relationship",), limits):
        target = element.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], full)
    return found


def _elements(archive: zipfile.ZipFile, part: str, tags: tuple[str, ...], limits: Limits) -> Iterator[Element]:
    """Each element with one of these local names."""
    content = small_part(archive, part, limits)
    for _, element in iterparse(io.BytesIO(content), events=("end",), forbid_dtd=True):
        if local(element.tag) in tags:
            yield element


class _Strings:
    """Gathers the shared strings; a rich one is the text of its runs."""

    def __init__(self, budget: Budget) -> None:
        self.found: list[str] = []
        self._budget = budget
        self._parts: list[str] = []
        self._wanted = False
        self._phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "t":
            self._wanted = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(unescaped("".join(self._parts)))
            self._parts.clear()
            self._budget.spend(1)
        elif name == "t":
            self._wanted = False
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        if self._wanted:
            self._parts.append(text)


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written as ``_x000D_`` (ISO/IEC 29500, ST_Xstring)."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    # A NUL or half a surrogate pair is no character that could be passed on; it stays as written.
    return escaped[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _format(identifier: str, own: dict[str, str]) -> str:
    if identifier in own:
        return own[identifier] or GENERAL
    return BUILTIN_FORMATS.get(int(identifier), GENERAL) if identifier.isdigit() else GENERAL
