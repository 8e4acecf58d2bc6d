"""The one located segment type."""

from orders.location import SegmentLocation
from parsers.edifact.separators import Separators


class Segment:
    """A segment with its place: ``number`` in its message (UNH is 1), ``offset`` of its tag in the file.

    ``elements[0]`` is the tag; each element is the list of its components. They are never changed: segments of the
    same bytes share them. ``raw`` are the bytes without terminator.
    """

    __slots__ = ("elements", "message", "number", "offset", "raw", "separators", "tag")

    def __init__(
        self,
        elements: list[list[str]],
        raw: bytes,
        offset: int,
        number: int,
        message: int | None,
        separators: Separators,
    ) -> None:
        self.tag = elements[0][0]
        self.elements = elements
        self.raw = raw
        self.offset = offset
        self.number = number
        self.message = message
        self.separators = separators

    def value(self, element: int, component: int = 1) -> str | None:
        """Text of a component, both counts 1-based; None where it is absent or empty."""
        elements = self.elements
        if element >= len(elements):
            return None
        components = elements[element]
        if component > len(components):
            return None
        return components[component - 1] or None

    def place(self, element: int | None = None, component: int | None = None) -> SegmentLocation:
        """The place of the segment, of an element or of a component in it."""
        return SegmentLocation(
            message=self.message,
            segment=self.number,
            tag=self.tag,
            element=element,
            component=component,
            offset=self.offset + (self._offset_of(element, component or 1) if element else 0),
        )

    def _offset_of(self, element: int, component: int) -> int:
        """Bytes from the tag to the component; to the end of the segment where it is absent."""
        separators = self.separators
        if separators.release is not None and separators.release in self.raw:
            return self._offset_past_released(element, component)
        position, raw = -1, self.raw
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

    def _offset_past_released(self, element: int, component: int) -> int:
        release, at_element, at_component, escaped = self.separators.release, 0, 1, False
        for position, byte in enumerate(self.raw):
            if at_element == element and at_component == component:
                return position
            if escaped:
                escaped = False
            elif byte == release:
                escaped = True
            elif byte == self.separators.element:
                at_element, at_component = at_element + 1, 1
            elif byte == self.separators.component:
                at_component += 1
        return len(self.raw)

    def __repr__(self) -> str:
        return f"{self.raw!r} at {self.offset}"


def split(text: str, separators: Separators) -> list[list[str]]:
    """Elements and components of a segment's text, with released characters put back."""
    element, component = chr(separators.element), chr(separators.component)
    release = chr(separators.release) if separators.release is not None else None
    if release is None or release not in text:
        return [part.split(component) for part in text.split(element)]
    elements: list[list[str]] = [[]]
    characters: list[str] = []
    following = iter(text)
    for character in following:
        if character == release:
            characters.append(next(following, ""))
        elif character == component:
            elements[-1].append("".join(characters))
            characters = []
        elif character == element:
            elements[-1].append("".join(characters))
            elements.append([])
            characters = []
        else:
            characters.append(character)
    elements[-1].append("".join(characters))
    return elements
