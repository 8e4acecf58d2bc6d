"""The message directories: which segments and groups a message has, in which order and how often."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_DIRECTORIES = {"D.93A": "D93A", "D.96A": "D96A", "D.01B": "D01B"}
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


@dataclass(frozen=True, slots=True)
class Directory:
    """The messages and segments of one directory version."""

    version: str
    messages: dict[str, tuple[Slot, ...]]
    segments: frozenset[str]


@cache
def directory(version: str) -> Directory:
    """The directory of this version, one of those in the package; KeyError for another."""
    content = json.loads(files("parsers.edifact").joinpath("directories", _DIRECTORIES[version] + ".json").read_text())
    messages = {name: _slots(rows) for name, rows in content["messages"].items()}
    return Directory(version, messages, frozenset(content["segments"]) | {"UNH", "UNS", "UNT"})


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
