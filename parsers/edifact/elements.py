"""Check the elements of a segment against its directory: presence, length, type, number and codes.

Most segments of a file have the shape of one that was checked before: the same lengths and kinds of characters, and the
same codes. A shape without a fault is remembered, so that only new shapes and faulty segments are looked at closely.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from orders.findings import Finding, finding
from parsers.edifact.directory import ComponentDefinition, ElementDefinition, Notation, directory
from parsers.edifact.segment import Segment
from parsers.edifact.separators import Separators

_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_DIGIT = re.compile(r"\d")
_MOST_SHAPES = 10_000
_SHAPE = bytes(
    ord("0") if chr(one).isdigit() else ord("A") if chr(one).isalpha() and one < 0x80 else one for one in range(256)
)


class ElementCheck:
    """The check for the segments of one directory version."""

    def __init__(self, version: str) -> None:
        self._segments = directory(version).segments
        self._coded = {tag: _coded_places(elements) for tag, elements in self._segments.items()}
        self._clean_shapes: set[tuple[bytes, tuple[str, ...]]] = set()

    def findings(self, segment: Segment) -> list[Finding]:
        """What is wrong with the elements of this segment; nothing for a tag that the directory does not have."""
        raw = segment.raw
        coded = self._coded.get(segment.tag)
        if coded is None:
            return []
        elements, count = segment.elements, len(segment.elements)
        codes = tuple([elements[e][c] for e, c in coded if e < count and c < len(elements[e])])
        shape = (raw.translate(_SHAPE), codes)
        if shape not in self._clean_shapes:
            found = list(_element_findings(segment, self._segments[segment.tag]))
            if found:
                return found
            # Beyond ASCII one character may be several bytes, so that shapes of bytes would not tell lengths.
            if raw.isascii():
                if len(self._clean_shapes) >= _MOST_SHAPES:
                    self._clean_shapes.clear()
                self._clean_shapes.add(shape)
        segment.written.checked_by = self
        return []


@lru_cache(maxsize=8)
def element_check(version: str, separators: Separators, codec: str) -> ElementCheck:
    """The check for a directory version of the package.

    One for all messages that are written alike: what it remembers of bytes holds for these separators and this codec.
    """
    return ElementCheck(version)


def _coded_places(elements: tuple[ElementDefinition, ...]) -> tuple[tuple[int, int], ...]:
    """Places of components with listed codes, as indexes into a segment's elements."""
    return tuple(
        (place, index)
        for place, element in enumerate(elements, start=1)
        for index, component in enumerate(element.components)
        if component.codes is not None
    )


def _element_findings(segment: Segment, definition: tuple[ElementDefinition, ...]) -> Iterator[Finding]:
    sent = segment.elements
    for place, element in enumerate(definition, start=1):
        components = sent[place] if place < len(sent) else []
        if not any(components):
            if element.mandatory:
                words = f"Element {element.id} of {segment.tag} is missing."
                yield finding("SYN018", words, location=segment.place(place))
            continue
        for index, component in enumerate(element.components):
            value = components[index] if index < len(components) else ""
            yield from _component_findings(segment, place, index + 1, component, value)
        if any(components[len(element.components) :]):
            words = (
                f"Element {element.id} of {segment.tag} has more components than the {len(element.components)} defined."
            )
            yield finding("SYN021", words, location=segment.place(place, len(element.components) + 1))
    if any(any(components) for components in sent[len(definition) + 1 :]):
        words = f"{segment.tag} has more elements than the {len(definition)} defined."
        yield finding("SYN021", words, location=segment.place(len(definition) + 1))


def _component_findings(
    segment: Segment, place: int, number: int, component: ComponentDefinition, value: str
) -> Iterator[Finding]:
    name = f"{component.id} of {segment.tag}"
    if not value:
        if component.mandatory:
            yield finding("SYN018", f"Component {name} is missing.", location=segment.place(place, number))
        return
    if not _has_notation(value, component.notation):
        kind = "a number" if component.notation is Notation.NUMERIC else "letters only"
        yield finding("SYN020", f"{name} should be {kind}.", location=segment.place(place, number), before=value)
        return
    length = len(value) if component.notation is not Notation.NUMERIC else sum(one.isdigit() for one in value)
    if length > component.longest:
        yield finding(
            "SYN019", f"{name} is longer than {component.longest}.", location=segment.place(place, number), before=value
        )
    elif length < component.shortest:
        yield finding(
            "SYN019",
            f"{name} is shorter than {component.shortest}.",
            location=segment.place(place, number),
            before=value,
        )
    elif component.codes is not None and value not in component.codes:
        yield finding(
            "SYN022",
            f"{value} is not in the list of codes of {name}.",
            location=segment.place(place, number),
            before=value,
        )


def _has_notation(value: str, notation: Notation) -> bool:
    if notation is Notation.NUMERIC:
        return _NUMBER.fullmatch(value) is not None
    return notation is Notation.ALPHANUMERIC or _DIGIT.search(value) is None
