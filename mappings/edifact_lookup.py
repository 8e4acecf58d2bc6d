"""Look up where the fields of the table stand in segments: the table turned round, from tag and qualifier."""

from collections.abc import Iterable
from typing import NamedTuple

from mappings.edifact_table import Row
from orders.location import Field
from parsers.edifact.segment import Segment

Spot = tuple[Segment, int, int]
"""A value by its place: segment, element, component."""
Found = dict[Field, Spot]

_Values = tuple[tuple[Field, int, int], ...]


class _Reader(NamedTuple):
    """The rows of a table for one tag that share the place of their qualifier, ready to be looked up by its value."""

    qualified: tuple[int, int] | None
    values: dict[str | None, _Values]
    qualifiers: dict[Field, tuple[str, ...]]


ByTag = dict[str, tuple[_Reader, ...]]


def by_tag(rows: Iterable[Row]) -> ByTag:
    """The table turned round: from tag and qualifier to the fields that stand there."""
    table: dict[str, dict[tuple[int, int] | None, _Reader]] = {}
    for row in rows:
        reader = table.setdefault(row.tag, {}).setdefault(row.qualified, _Reader(row.qualified, {}, {}))
        for qualifier in row.qualifiers if row.qualified is not None else (None,):
            reader.values[qualifier] = (*reader.values.get(qualifier, ()), (row.field, row.element, row.component))
        reader.qualifiers[row.field] = row.qualifiers
    return {tag: tuple(readers.values()) for tag, readers in table.items()}


def find(segments: Iterable[Segment], table: ByTag, found: Found) -> None:
    """Note the place of every field of the table; a preferred qualifier replaces a later one."""
    for segment in segments:
        readers = table.get(segment.tag)
        if readers is None:
            continue
        # Components are taken here as ``Segment.value`` does: this is the innermost loop of all mapping.
        elements = segment.elements
        for reader in readers:
            qualifier = None
            if reader.qualified is not None:
                element, component = reader.qualified
                if element >= len(elements) or component > len(elements[element]):
                    continue
                qualifier = elements[element][component - 1]
            for field, element, component in reader.values.get(qualifier, ()):
                if field in found and _stays(field, found[field][0], segment.tag, qualifier, reader):
                    continue
                if element < len(elements) and component <= len(elements[element]) and elements[element][component - 1]:
                    found[field] = (segment, element, component)


def _stays(field: Field, before: Segment, tag: str, qualifier: str | None, reader: _Reader) -> bool:
    """Whether what was found before stays: it needs no qualifier, or came by an earlier one, or the same one first."""
    if reader.qualified is None or qualifier is None:
        return True
    preferred = reader.qualifiers[field]
    earlier = before.value(*reader.qualified) if before.tag == tag else None
    return earlier not in preferred or preferred.index(earlier) <= preferred.index(qualifier)


def left(segments: list[Segment], found: Found, known: tuple[str, ...]) -> list[Segment]:
    """The segments of which no field was made, and amounts that name a currency of their own."""
    used = {spot[0] for spot in found.values()}
    return [
        segment
        for segment in segments
        if segment.tag not in known and (segment not in used or (segment.tag == "MOA" and segment.value(1, 3)))
    ]


def text(found: Found, field: Field) -> str | None:
    """The text that was found for a field, without blanks around it."""
    spot = found.get(field)
    return None if spot is None else (spot[0].value(spot[1], spot[2]) or "").strip() or None
