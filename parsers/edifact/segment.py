"""The one located segment type."""

import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from orders.location import SegmentLocation
from parsers.edifact.separators import Separators
from parsers.edifact.stream import cut

_MANY = 50
"""Released characters of a segment from which on it is read one by one: joining what they cut takes time."""
_NONE: Mapping[int, Sequence[list[str]]] = {}


class Written:
    """A segment as it was written: its ``raw`` bytes without terminator, and what they say.

    ``elements[0]`` is the tag; each element is the list of its components. Where an element is repeated (syntax
    version 4), its first occurrence stands there and ``further`` has the others, by the place of the element.
    Segments of the same bytes share it, so what it says is never changed. ``tidy``, ``checked_by``, ``claims`` and
    ``reading`` are for the reader, for whoever checks the elements and for whoever maps them, to know again what they
    found.
    """

    __slots__ = ("checked_by", "claims", "elements", "further", "raw", "reading", "separators", "tag", "tidy")

    def __init__(
        self,
        elements: list[list[str]],
        raw: bytes,
        separators: Separators,
        further: Mapping[int, Sequence[list[str]]] = _NONE,
    ) -> None:
        self.tag = elements[0][0]
        self.elements = elements
        self.further = further
        self.raw = raw
        self.separators = separators
        self.tidy = True
        self.checked_by: object = None
        self.claims: tuple[object, tuple[Any, ...]] | None = None
        self.reading: tuple[object, Any] | None = None


class MessageNumber(NamedTuple):
    """Where a message stands: ``message`` and ``interchange`` count in the file, ``group`` in its interchange."""

    message: int | None
    interchange: int | None = None
    group: int | None = None


class Segment:
    """A segment with its place: ``number`` in its message (UNH is 1), ``offset`` of its tag in the file.

    ``elements`` are those of ``written``; see there.
    """

    __slots__ = ("elements", "message", "number", "offset", "tag", "written")

    def __init__(self, written: Written, offset: int, number: int, message: MessageNumber) -> None:
        self.written = written
        self.tag = written.tag
        self.elements = written.elements
        self.offset = offset
        self.number = number
        self.message = message

    @property
    def raw(self) -> bytes:
        return self.written.raw

    def value(self, element: int, component: int = 1) -> str | None:
        """Text of a component, both counts 1-based; None where it is absent or empty."""
        elements = self.elements
        if element >= len(elements):
            return None
        components = elements[element]
        if component > len(components):
            return None
        return components[component - 1] or None

    def repetitions(self, element: int) -> list[list[str]]:
        """The components of each occurrence of a repeated element, the first one included; none where it is absent."""
        if element >= len(self.elements):
            return []
        return [self.elements[element], *self.written.further.get(element, ())]

    def place(self, element: int | None = None, component: int | None = None, repetition: int = 1) -> SegmentLocation:
        """The place of the segment, of an element (of its n-th repetition) or of a component in it."""
        return SegmentLocation(
            interchange=self.message.interchange,
            group=self.message.group,
            message=self.message.message,
            segment=self.number,
            tag=self.tag,
            element=element,
            component=component,
            offset=self.offset + (self._offset_of(element, component or 1, repetition) if element else 0),
        )

    def _offset_of(self, element: int, component: int, repetition: int) -> int:
        """Bytes from the tag to the component; to the end of the segment where it is absent."""
        separators, raw = self.written.separators, self.raw
        if any(mark is not None and mark in raw for mark in (separators.release, separators.repetition)):
            return self._offset_one_by_one(element, component, repetition)
        position = -1
        for _ in range(element):
            position = raw.find(separators.element, position + 1)
            if position < 0:
                return len(raw)
        end = raw.find(separators.element, position + 1)
        for _ in range(component - 1):
            position = raw.find(separators.component, position + 1, end if end >= 0 else len(raw))
            if position < 0:
                return len(raw)
        return position + 1

    def _offset_one_by_one(self, *wanted: int) -> int:
        separators, escaped = self.written.separators, False
        at_element, at_component, at_repetition = 0, 1, 1
        for position, byte in enumerate(self.raw):
            if (at_element, at_component, at_repetition) == wanted:
                return position
            if escaped:
                escaped = False
            elif byte == separators.release:
                escaped = True
            elif byte == separators.element:
                at_element, at_component, at_repetition = at_element + 1, 1, 1
            elif byte == separators.component:
                at_component += 1
            elif byte == separators.repetition and at_element:
                at_component, at_repetition = 1, at_repetition + 1
        return len(self.raw)

    def __repr__(self) -> str:
        return f"{self.raw!r} at {self.offset}"


class Cutter:
    """Cuts segments into elements, repetitions and components by the separators of one interchange."""

    def __init__(self, separators: Separators) -> None:
        self._separators = separators
        self._component, self._element = chr(separators.component), chr(separators.element)
        self._terminator = chr(separators.terminator)
        self._release = None if separators.release is None else chr(separators.release)
        self._repetition = None if separators.repetition is None else chr(separators.repetition)
        # Where no character releases another one, that of the terminator stands for it: it is in no component.
        self._released = re.compile(re.escape(self._release or self._terminator) + "(.)")

    def elements(self, text: str) -> list[list[str]] | None:
        """The components of each element, the tag first, released characters put back.

        None where it takes more: elements are repeated, or nearly everything is released.
        """
        if self._repetition is not None and self._repetition in text:
            return None
        if self._release is not None and self._release in text:
            return self._with_released(text, self._release) if text.count(self._release) <= _MANY else None
        return list(map(str.split, text.split(self._element), repeat(self._component)))

    def _with_released(self, text: str, release: str) -> list[list[str]]:
        element, component = self._element, self._component
        stretches = iter(text.split(release))
        elements = [one.split(component) for one in next(stretches).split(element)]
        for stretch in stretches:
            if stretch:
                released, plain = stretch[0], stretch[1:]
            else:  # one release character behind another, or at the end with nothing to release
                following = next(stretches, None)
                if following is None:
                    break
                released, plain = release, following
            (first, *more), *others = [one.split(component) for one in plain.split(element)]
            elements[-1][-1] += released + first
            elements[-1] += more
            elements += others
        return elements

    def parts(self, text: str) -> list[str]:
        """The segments of a text that ends with a terminator, padding in front included."""
        return cut(text, self._terminator, self._release)[0]

    def unreleased(self, text: str) -> str:
        """The text of a component, released characters put back."""
        return self._released.sub(r"\1", text)

    def written(self, text: str, raw: bytes) -> Written:
        """What a segment says, with released characters put back; ``text`` are its ``raw`` bytes decoded."""
        elements = self.elements(text)
        if elements is not None:
            return Written(elements, raw, self._separators)
        return self._one_by_one(text, raw)

    def _one_by_one(self, text: str, raw: bytes) -> Written:
        elements: list[list[str]] = [[]]
        further: dict[int, list[list[str]]] = {}
        components, characters = elements[-1], list[str]()
        following = iter(text)
        for character in following:
            if character == self._release:
                characters.append(next(following, ""))
                continue
            repeats = character == self._repetition and len(elements) > 1
            if not repeats and character not in (self._component, self._element):
                characters.append(character)
                continue
            components.append("".join(characters))
            characters.clear()
            if character == self._element:
                components = []
                elements.append(components)
            elif repeats:
                components = []
                further.setdefault(len(elements) - 1, []).append(components)
        components.append("".join(characters))
        return Written(elements, raw, self._separators, further)
