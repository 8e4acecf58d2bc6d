"""The message directories: which segments and groups a message has, in which order and how often."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_DIRECTORIES = {"D.93A": "D93A", "D.96A": "D96A", "D.01B": "D01B"}
_SERVICE = ("UNH", "UNS", "UNT")
_FORMAT = re.compile(r"(an|a|n)(\.\.)?(\d+)")
_VERSION = re.compile(r"D\.(\d\d)([A-C])")


@dataclass(frozen=True, slots=True)
class SegmentSlot:
    """A segment at its place in a message."""

    tag: str
    mandatory: bool
    repeat: int


@dataclass(frozen=True, slots=True)
class GroupSlot:
    """A segment group at its place; its first item is the segment that triggers it."""

    name: str
    mandatory: bool
    repeat: int
    items: "tuple[Slot, ...]"

    @property
    def tag(self) -> str:
        return self.items[0].tag


Slot = SegmentSlot | GroupSlot


class Notation(StrEnum):
    """Kinds of characters in an element (ISO 9735: a, n, an)."""

    ALPHABETIC = "a"
    NUMERIC = "n"
    ALPHANUMERIC = "an"


@dataclass(frozen=True, slots=True)
class ComponentDefinition:
    """A component, or an element that has none: its id, notation and length; ``codes`` where values are listed.

    Signs and decimal marks do not count in the length of a numeric component (ISO 9735, 10).
    """

    id: str
    mandatory: bool
    notation: Notation
    shortest: int
    longest: int
    codes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class ElementDefinition:
    """A data element at its place in a segment, with its components; a simple element has one.

    ``repeat`` is how often it may stand there, one after the other behind repetition separators (syntax version 4).
    """

    id: str
    mandatory: bool
    components: tuple[ComponentDefinition, ...]
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Directory:
    """The messages and segments of one directory version, with the service segments of a message.

    ``segments`` are as syntax versions 1 to 3 write them, ``repeating`` as version 4 does: there an element that may be
    repeated takes one place, elsewhere as many places as it may be repeated.
    """

    version: str
    messages: dict[str, tuple[Slot, ...]]
    segments: dict[str, tuple[ElementDefinition, ...]]
    repeating: dict[str, tuple[ElementDefinition, ...]]


@cache
def directory(version: str) -> Directory:
    """The directory of this version, one of those in the package; KeyError for another."""
    content = _read(_DIRECTORIES[version])
    messages = {name: _slots(rows) for name, rows in content["messages"].items()}
    repeating = _segments(content, _read("service_v4"))
    segments = {tag: _one_by_one(elements) for tag, elements in _segments(content, _read("service_v3")).items()}
    return Directory(version, messages, segments, repeating)


def _read(name: str) -> Any:
    return json.loads(files("parsers.edifact").joinpath("directories", f"{name}.json").read_text())


def _segments(content: Any, service: Any) -> dict[str, tuple[ElementDefinition, ...]]:
    own = {tag: _elements(rows, content) for tag, rows in content["segments"].items()}
    return {tag: _elements(service["segments"][tag], service) for tag in _SERVICE} | own


def _elements(rows: list[list[Any]], content: Any) -> tuple[ElementDefinition, ...]:
    found = []
    for identifier, status, repeat in rows:
        parts = content["composites"].get(identifier) or [[identifier, "M"]]
        components = tuple(_component(part[0], part[1] == "M", content) for part in parts)
        found.append(ElementDefinition(identifier, status == "M", components, repeat))
    return tuple(found)


def _one_by_one(elements: tuple[ElementDefinition, ...]) -> tuple[ElementDefinition, ...]:
    """The places without a repetition separator: each occurrence has one, and only the first is mandatory."""
    return tuple(
        ElementDefinition(one.id, one.mandatory and number == 0, one.components)
        for one in elements
        for number in range(one.repeat)
    )


def _component(identifier: str, mandatory: bool, content: Any) -> ComponentDefinition:
    match = _FORMAT.fullmatch(content["elements"][identifier])
    assert match is not None, identifier
    longest = int(match[3])
    codes = content["codes"].get(identifier)
    return ComponentDefinition(
        id=identifier,
        mandatory=mandatory,
        notation=Notation(match[1]),
        shortest=1 if match[2] else longest,
        longest=longest,
        codes=frozenset(codes.split()) if codes else None,
    )


def nearest(version: str) -> str:
    """The directory of the package that is closest to a version as sent: itself, or the nearest by year."""
    if version in _DIRECTORIES:
        return version
    match = _VERSION.fullmatch(version)
    if match is None:
        return "D.96A"
    wanted = _age(match[1], match[2])
    ages = {known: _age(known[2:4], known[4]) for known in _DIRECTORIES}
    return min(ages, key=lambda known: abs(ages[known] - wanted))


def _age(year: str, release: str) -> int:
    century = 1900 if int(year) >= 80 else 2000
    return (century + int(year)) * 3 + "ABC".index(release)


def _slots(rows: list[list[Any]]) -> tuple[Slot, ...]:
    return tuple(
        SegmentSlot(row[0], row[1] == "M", row[2])
        if len(row) == 3
        else GroupSlot(row[0], row[1] == "M", row[2], _slots(row[3]))
        for row in rows
    )
