"""Check the elements of a segment against its directory: presence, length, type, number and codes.

Most segments of a file have the shape of one that was checked before: the same lengths and kinds of characters, and the
same codes. A shape without a fault is remembered, so that only new shapes and faulty segments are looked at closely.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from orders.findings import Finding, Statement, finding
from orders.findings.syntax import (
    SYN018_COMPONENT_MISSING,
    SYN018_ELEMENT_MISSING,
    SYN019_TOO_LONG,
    SYN019_TOO_SHORT,
    SYN020_NOT_A_NUMBER,
    SYN020_NOT_LETTERS,
    SYN021_MORE_COMPONENTS,
    SYN021_MORE_ELEMENTS,
    SYN021_REPEATED_OFTEN,
    SYN021_REPEATED_ONCE,
    SYN022_NOT_IN_LIST,
    CodeOfElement,
    ElementDefined,
    ElementLength,
    ElementOf,
    ElementRepeated,
    ElementRepeatedOften,
    TagDefined,
)
from parsers.edifact.directory import ComponentDefinition, ElementDefinition, Notation, directory
from parsers.edifact.segment import Segment
from parsers.edifact.separators import Separators
from parsers.edifact.stream import ONE_TO_ONE

_NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_DIGIT = re.compile(r"\d")
_MOST_SHAPES = 10_000
_DIGITS, _LETTERS = b"0123456789", bytes(one for one in range(0x80) if chr(one).isalpha())
_SHAPE = bytes.maketrans(_DIGITS + _LETTERS, b"0" * len(_DIGITS) + b"A" * len(_LETTERS))
"""Bytes that make no difference to the verdict on a component: one digit is as good as another, and so are letters."""


class ElementCheck:
    """The check for the segments of one directory version; ``repeating`` as syntax version 4 writes them.

    ``byte_wise`` where each byte is a character.
    """

    def __init__(self, version: str, byte_wise: bool, repeating: bool) -> None:
        self._byte_wise = byte_wise
        self._segments = directory(version).repeating if repeating else directory(version).segments
        self._coded = {tag: _coded_places(elements) for tag, elements in self._segments.items()}
        self._clean_shapes: set[tuple[bytes, tuple[str, ...]]] = set()

    def elements_of(self, tag: str) -> Sequence[ElementDefinition]:
        """The elements of a segment, as the directory defines them; none for a tag that it does not have."""
        return self._segments.get(tag, ())

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
            # Where one character may be several bytes, shapes of bytes would not tell lengths.
            if (self._byte_wise or raw.isascii()) and not segment.written.further:
                if len(self._clean_shapes) >= _MOST_SHAPES:
                    self._clean_shapes.clear()
                self._clean_shapes.add(shape)
        segment.written.checked_by = self
        return []


@lru_cache(maxsize=8)
def element_check(version: str, separators: Separators, codec: str, repeating: bool) -> ElementCheck:
    """The check for a directory version of the package.

    One for all messages that are written alike: what it remembers of bytes holds for these separators and this codec.
    """
    return ElementCheck(version, codec == ONE_TO_ONE, repeating)


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
        occurrences = segment.repetitions(place)
        if not any(map(any, occurrences)):
            if element.mandatory:
                missing = SYN018_ELEMENT_MISSING(ElementOf(element=element.id, tag=segment.tag))
                yield finding(missing, location=segment.place(place))
            continue
        if len(occurrences) > element.repeat:
            repeated = _repeated(segment.tag, element, len(occurrences))
            yield finding(repeated, location=segment.place(place, repetition=element.repeat + 1))
        for repetition, components in enumerate(occurrences, start=1):
            if any(components):
                yield from _composite_findings(segment, place, repetition, element, components)
    if any(any(components) for components in sent[len(definition) + 1 :]):
        more = SYN021_MORE_ELEMENTS(TagDefined(tag=segment.tag, defined=len(definition)))
        yield finding(more, location=segment.place(len(definition) + 1))


def _repeated(tag: str, element: ElementDefinition, times: int) -> Statement:
    if element.repeat == 1:
        return SYN021_REPEATED_ONCE(ElementRepeated(element=element.id, tag=tag, times=times))
    often = ElementRepeatedOften(element=element.id, tag=tag, times=times, most=element.repeat)
    return SYN021_REPEATED_OFTEN(often)


def _composite_findings(
    segment: Segment, place: int, repetition: int, element: ElementDefinition, components: list[str]
) -> Iterator[Finding]:
    defined = len(element.components)
    for number, component in enumerate(element.components, start=1):
        value = components[number - 1] if number <= len(components) else ""
        fault = _fault(value, component, segment.tag)
        if fault is not None:
            where = segment.place(place, number, repetition)
            yield finding(fault, location=where, before=value or None)
    if any(components[defined:]):
        more = SYN021_MORE_COMPONENTS(ElementDefined(element=element.id, tag=segment.tag, defined=defined))
        yield finding(more, location=segment.place(place, defined + 1, repetition))


def _fault(value: str, component: ComponentDefinition, tag: str) -> Statement | None:
    """What is wrong with a component; None where nothing is."""
    name = component.id
    if not value:
        return SYN018_COMPONENT_MISSING(ElementOf(element=name, tag=tag)) if component.mandatory else None
    numeric = component.notation is Notation.NUMERIC
    if not _has_notation(value, component.notation):
        return (SYN020_NOT_A_NUMBER if numeric else SYN020_NOT_LETTERS)(ElementOf(element=name, tag=tag))
    length = sum(one.isdigit() for one in value) if numeric else len(value)
    if length > component.longest:
        return SYN019_TOO_LONG(ElementLength(element=name, tag=tag, length=component.longest))
    if length < component.shortest:
        return SYN019_TOO_SHORT(ElementLength(element=name, tag=tag, length=component.shortest))
    if component.codes is not None and value not in component.codes:
        return SYN022_NOT_IN_LIST(CodeOfElement(sent=value, element=name, tag=tag))
    return None


def _has_notation(value: str, notation: Notation) -> bool:
    if notation is Notation.NUMERIC:
        return _NUMBER.fullmatch(value) is not None
    return notation is Notation.ALPHANUMERIC or _DIGIT.search(value) is None
