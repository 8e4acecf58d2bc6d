"""What the version that is written allows: lengths, types and codes of its elements (UN/EDIFACT, ISO 9735)."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from parsers.edifact.directory import nearest

Component = str | None
Element = Component | list[Component]
"""A data element to be written: simple, or the list of its components."""

_FORMAT = re.compile(r"(an|a|n)(\.\.)?(\d+)")


class _Form(NamedTuple):
    """Representation of an element: whether it holds numbers only, and its most characters."""

    numeric: bool
    length: int


class ElementDirectory:
    """Elements of one directory version. ``version`` is that of UNH, such as ``D.96A``."""

    def __init__(self, version: str, content: dict[str, Any]) -> None:
        self.version = version
        self._messages = frozenset(content["messages"])
        self._codes = {element: frozenset(codes.split()) for element, codes in content["codes"].items()}
        self._forms = {element: _form(text) for element, text in content["elements"].items()}
        composites = {name: [row[0] for row in rows] for name, rows in content["composites"].items()}
        self._segments = {
            tag: [
                [self._forms[part] for part in composites.get(row[0], [row[0]])] for row in rows for _ in range(row[2])
            ]
            for tag, rows in content["segments"].items()
        }

    def has_message(self, message_type: str) -> bool:
        """Whether this version defines the message: APERAK, for one, came after D.93A."""
        return message_type in self._messages

    def has_code(self, element: str, code: str) -> bool:
        """Whether the list of a coded element has the code; an element without a list takes any."""
        return element not in self._codes or code in self._codes[element]

    def length(self, element: str) -> int:
        """Most characters that an element may have."""
        return self._forms[element].length

    def is_numeric(self, element: str) -> bool:
        """Whether an element holds numbers only."""
        return self._forms[element].numeric

    def is_simple(self, tag: str, element: int) -> bool:
        """Whether the element at this 1-based place has no components; False for a place that is not defined."""
        slots = self._segments.get(tag, [])
        return 0 < element <= len(slots) and len(slots[element - 1]) == 1

    def fitted(self, tag: str, elements: list[Element]) -> list[Element]:
        """The elements within their lengths; a number that does not fit is left out, for a cut one would be wrong."""
        slots = self._segments.get(tag)
        if slots is None:
            return elements
        return [
            [_fitted(form, value) for form, value in zip(slot, element, strict=False)]
            if isinstance(element, list)
            else _fitted(slot[0], element)
            for slot, element in zip(slots, elements, strict=False)
        ]


def _form(text: str) -> _Form:
    match = _FORMAT.fullmatch(text)
    assert match is not None, text
    return _Form(match[1] == "n", int(match[3]))


def _fitted(form: _Form, value: Component) -> Component:
    if not value or len(value) <= form.length:
        return value
    if form.numeric:
        # Sign and decimal mark do not count (ISO 9735, 10).
        return value if sum(one.isdigit() for one in value) <= form.length else None
    return value[: form.length]


@cache
def element_directory(version: str) -> ElementDirectory:
    """The directory of this version, or the nearest one that the package has."""
    known = nearest(version)
    return _read(known.replace(".", ""), known)


@cache
def service_directory(syntax_version: str) -> ElementDirectory:
    """The service segments and CONTRL of a syntax version: CONTRL D.3 up to version 3, CONTRL 4.1 from 4 on."""
    return _read("service_v4", "4.1") if syntax_version == "4" else _read("service_v3", "D.3")


def _read(name: str, version: str) -> ElementDirectory:
    content = files("parsers.edifact").joinpath("directories", f"{name}.json").read_text("utf-8")
    return ElementDirectory(version, json.loads(content))
