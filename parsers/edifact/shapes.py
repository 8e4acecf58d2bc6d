"""Learn the shapes of lines while an interchange is read: what was checked for one line holds for all of its shape."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parsers.edifact.definition import Definition, State
from parsers.edifact.directory import ComponentDefinition, ElementDefinition, GroupSlot, Notation
from parsers.edifact.elements import ElementCheck
from parsers.edifact.group_shape import GroupShape, Place, ShapedGroup
from parsers.edifact.groups import AnyGroup, Nested, in_file_order
from parsers.edifact.segment import Cutter, MessageNumber, Segment
from parsers.edifact.separators import Separators
from parsers.edifact.stream import ONE_TO_ONE, PADDING

TRIGGER = "LIN"
"""The group that comes again and again. Another one follows it, or the end of all of them (UNS)."""
_FOLLOWING = (TRIGGER, "UNS")

_SEEN_BEFORE = 4
"""So many lines of a shape are read with care before it is worth an expression."""
_MOST_SHAPES, _MOST_CANDIDATES = 24, 256
"""Shapes that are tried on a line, and shapes that were seen so far; beyond that an interchange has no common ones."""
_LONGEST_CODE = 3
"""A component of so few characters is a code or a qualifier, even where no list names its codes: the shape fixes it."""
_DECIMALS = 4

_UNPRINTABLE, _UNPRINTABLE_OR_NOT_ASCII = r"\x00-\x1f\x7f-\xa0\xad", r"\x00-\x1f\x7f-\xff"


class Shapes:
    """The shapes of one kind of message within one interchange; ``one_to_one`` where each byte is a character."""

    def __init__(self, separators: Separators, one_to_one: bool) -> None:
        self._cutter = Cutter(separators)
        self._known: list[GroupShape] = []
        self._seen: Counter[str] = Counter()
        self._writer = _PatternWriter(separators, one_to_one)

    def at(self, text: str, position: int, start: int, number: int, message: MessageNumber) -> ShapedGroup | None:
        """The group that begins at a position of the text, if it has a known shape.

        ``start`` is the place of the text in the file, ``number`` that of the first segment in its ``message``.
        """
        for shape in self._known:
            match = shape.pattern.match(text, position)
            if match is not None:
                return ShapedGroup(shape, match, start + position, number, message)
        return None

    def learn(self, group: AnyGroup, check: ElementCheck, definition: Definition) -> None:
        """Take note of the shape of a group that was read with care. One with any fault in it is passed over."""
        if len(self._known) == _MOST_SHAPES or len(self._seen) == _MOST_CANDIDATES:
            return
        cut = in_file_order(group)
        segments = [segment for segment, _ in cut]
        if not all(_is_plain(segment, check) for segment in segments):
            return
        pattern = self._writer.pattern([(segment, check.elements_of(segment.tag)) for segment in segments])
        self._seen[pattern] += 1
        if self._seen[pattern] != _SEEN_BEFORE:
            return
        states = _states(segments, definition)
        if states is not None:
            self._known.append(self._shape(pattern, segments, [nested for _, nested in cut], check, states))

    def _shape(
        self,
        pattern: str,
        segments: Sequence[Segment],
        nested: Sequence[Nested],
        check: ElementCheck,
        states: tuple[State, State],
    ) -> GroupShape:
        values, numeric, released = dict[Place, int](), list[int](), list[int]()
        for index, segment in enumerate(segments):
            for element, component, definition in _sent(segment, check.elements_of(segment.tag)):
                if not _is_fixed(definition):
                    place = Place(index, element, component)
                    if self._writer.has_released(segment.elements[element][component - 1]):
                        released.append(len(values))
                    if definition.notation is Notation.NUMERIC:
                        numeric.append(len(values))
                    values[place] = len(values)
        return GroupShape(
            re.compile(pattern),
            values,
            frozenset(numeric),
            tuple(released),
            nested,
            states,
            segments[0].tag,
            self._cutter,
        )


def _is_plain(segment: Segment, check: ElementCheck) -> bool:
    """Whether the segment was read and checked without a word about it, and stands on one line."""
    written = segment.written
    plain = written.tidy and written.checked_by is check and not written.further
    return plain and written.raw.decode(ONE_TO_ONE).isprintable()


def _states(segments: Sequence[Segment], definition: Definition) -> tuple[State, State] | None:
    """Where the first and the last segment of a group lead; None where something in it is missing or out of place."""
    index = next(
        (at for at, slot in enumerate(definition.slots) if isinstance(slot, GroupSlot) and slot.tag == segments[0].tag),
        None,
    )
    if index is None:
        return None
    entry = state = definition.state((index, 0))
    counts = [1, 1]
    for segment in segments[1:]:
        step = definition.step(state, segment.tag)
        if step is None or step.missing or step.depth == 0:
            return None
        del counts[step.depth + 1 :]
        counts[step.depth] = counts[step.depth] + 1 if step.again else 1
        if counts[step.depth] > step.repeat:
            return None
        if step.opens:
            counts.append(1)
        state = step.state
    following = [definition.step(state, tag) for tag in _FOLLOWING]
    return None if any(step is None or step.missing or step.depth for step in following) else (entry, state)


def _sent(segment: Segment, definitions: Sequence[ElementDefinition]) -> Iterator[tuple[int, int, ComponentDefinition]]:
    """The components of a segment that are not empty: element and component, counted from 1, and their definitions."""
    for element, (components, definition) in enumerate(zip(segment.elements[1:], definitions, strict=False), start=1):
        for component, (value, one) in enumerate(zip(components, definition.components, strict=False), start=1):
            if value:
                yield element, component, one


def _is_fixed(component: ComponentDefinition) -> bool:
    """Whether the shape fixes this component: codes and qualifiers say what the values beside them mean."""
    return component.codes is not None or component.longest <= _LONGEST_CODE


class _PatternWriter:
    """Writes the expressions of one interchange's shapes."""

    def __init__(self, separators: Separators, one_to_one: bool) -> None:
        self._separators = separators
        self._element, self._component = (re.escape(chr(mark)) for mark in (separators.element, separators.component))
        self._terminator = re.escape(chr(separators.terminator))
        marks = [chr(one) for one in (*separators[:2], *separators[3:]) if one is not None]
        self._marks = frozenset(marks)
        hidden = _UNPRINTABLE if one_to_one else _UNPRINTABLE_OR_NOT_ASCII
        self._printable = f"[^{hidden}]"
        self._of_text = f"[^{hidden}{re.escape(''.join(marks))}]"
        self._of_letters = f"[^{hidden}{re.escape(''.join(marks))}0-9]"
        padding = "".join(re.escape(chr(one)) for one in PADDING if one != separators.terminator)
        self._between = f"{self._terminator}[{padding}]*"
        following = "|".join(_FOLLOWING)
        self._end = f"{self._terminator}(?=[{padding}]*(?:{following}){self._element})"

    def has_released(self, value: str) -> bool:
        """Whether the value has characters that are written behind a release character."""
        return not self._marks.isdisjoint(value)

    def pattern(self, segments: Sequence[tuple[Segment, Sequence[ElementDefinition]]]) -> str:
        """Matches these segments with any allowed values in place of those that they have."""
        return self._between.join(self._segment(*one) for one in segments) + self._end

    def _segment(self, segment: Segment, definitions: Sequence[ElementDefinition]) -> str:
        elements = [[re.escape(component) for component in components] for components in segment.elements]
        for element, component, definition in _sent(segment, definitions):
            if not _is_fixed(definition):
                value = segment.elements[element][component - 1]
                elements[element][component - 1] = f"({self._value(definition, value)})"
        return self._element.join(self._component.join(components) for components in elements)

    def _value(self, component: ComponentDefinition, example: str) -> str:
        shortest, longest = component.shortest, component.longest
        if component.notation is Notation.NUMERIC:
            if shortest > 1 or longest < 2 * _DECIMALS:
                return f"[0-9]{{{shortest},{longest}}}"
            mark = re.escape(chr(self._separators.decimal_mark))
            return f"-?[0-9]{{1,{longest - _DECIMALS}}}(?:{mark}[0-9]{{1,{_DECIMALS}}})?"
        one = self._of_letters if component.notation is Notation.ALPHABETIC else self._of_text
        if self._separators.release is not None and self.has_released(example):
            one = f"(?:{one}|{re.escape(chr(self._separators.release))}{self._printable})"
        return f"{one}{{{shortest},{longest}}}"
