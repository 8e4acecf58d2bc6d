"""How lines of one shape are read: worked out from one of them that was read segment by segment.

Tags, qualifiers and codes decide what a line says, and they are the same in all lines of a shape. So it is enough to
know which of its values is the quantity, which the price, and what goes into the details.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from mappings.edifact_context import MessageContext
from mappings.edifact_details import Rest, note
from mappings.edifact_known_details import KnownDetail, known_details
from mappings.edifact_lookup import Claim, Found, Spot, Spots
from mappings.edifact_tables import Tables
from mappings.edifact_values import day, number
from orders.location import Field
from orders.purchase_order import OrderLine
from parsers.edifact.group_shape import Place, ShapedGroup
from parsers.edifact.groups import in_file_order
from parsers.edifact.segment import Segment

_TEXTS = (Field.ITEM, Field.GTIN, Field.BUYER_ITEM)
_NUMBERS = (Field.QUANTITY, Field.UNIT_PRICE, Field.PRICE_BASIS, Field.AMOUNT)
_DESCRIPTION = ((3, 4), (3, 5))
"""Element and component of the two halves of a description (IMD, 7008)."""
_PRICE_UNIT = (1, 6)
_OF_ITEM = {"LIN": ((2, 1), (3, 2)), "PIA": ((1, 1), *((element, 2) for element in range(2, 7)))}
"""What chooses the action and the item numbers; the tables name what chooses the other fields."""


class LinePlan(NamedTuple):
    """Where the fields of a line stand among the values of its shape, each by its index there.

    ``same`` are the fields that the shape fixes, ``places`` where all of them stand: the segment by its index, and the
    claim of the table to it. A day comes with its format (2379), a description in halves. Where the directory has a
    number as text, it is still to be looked at.
    """

    tables: Tables
    same: Mapping[str, Any]
    places: Mapping[Field, tuple[int, Claim]]
    number: int | None
    texts: Sequence[tuple[str, int]]
    numbers: Sequence[tuple[str, int]]
    texts_of_numbers: Sequence[tuple[str, int]]
    day: tuple[int, str | None] | None
    price_unit: int | None
    description: Sequence[int]
    details: Sequence[KnownDetail]

    def line(self, group: ShapedGroup, position: int, context: MessageContext) -> OrderLine | None:
        """The line of a group; None where something is to be said about one of its values: it wants more care."""
        values = group.shape.said(group.match)
        made = dict(self.same)
        made["number"] = (values[self.number].strip() if self.number is not None else None) or str(position)
        for name, at in self.texts:
            made[name] = values[at].strip() or None
        if self.price_unit is not None:
            made["price_unit"] = values[self.price_unit]
        if self.description:
            made["description"] = "".join([values[at] for at in self.description]).strip() or None
        plain = self._read_numbers(made, values, context) and self._read_day(made, values)
        if not plain or (self.details and not self._read_details(made, values, context)):
            return None
        return OrderLine.model_validate(made)

    def _read_numbers(self, made: dict[str, Any], values: Sequence[str], context: MessageContext) -> bool:
        """Add the numbers to what was made; False where one is not written as declared."""
        for name, at in self.numbers:
            made[name] = Decimal(values[at].replace(",", "."))
        for name, at in self.texts_of_numbers:
            made[name], as_declared = number(values[at], context.decimal_mark)
            if not as_declared:
                return False
        if made.get("price_basis") == 0:
            made["price_basis"] = self.tables.conventions.price_basis
        return True

    def _read_day(self, made: dict[str, Any], values: Sequence[str]) -> bool:
        if self.day is not None:
            made["requested_date"] = day(values[self.day[0]], self.day[1])
        return self.day is None or made["requested_date"] is not None

    def _read_details(self, made: dict[str, Any], values: Sequence[str], context: MessageContext) -> bool:
        """Add the details and the note, as ``Details`` makes them."""
        details: dict[str, list[dict[str, Any]]] = {}
        for detail in self.details:
            one = detail.made(values, context)
            if one is None:
                return False
            details.setdefault(detail.into, []).append(one)
        made["details"] = details
        if "texts" in details:
            made["note"] = note(one.get("text") for one in details["texts"])
        return True

    def spots(self, group: ShapedGroup) -> Spots:
        """Where the values of a group stand."""
        return _SpotsInGroup(group, self.places)


class _SpotsInGroup:
    """The places of a line's values; the segment of one is cut when somebody asks for it."""

    def __init__(self, group: ShapedGroup, places: Mapping[Field, tuple[int, Claim]]) -> None:
        self._group = group
        self._places = places

    def get(self, field: Field) -> Spot | None:
        place = self._places.get(field)
        return None if place is None else (self._group.cut(place[0], place[0] + 1)[0], place[1])


def plan_from(
    group: ShapedGroup, line: OrderLine, found: Found, rest: Sequence[Rest], tables: Tables
) -> LinePlan | None:
    """The plan for all lines of a shape, from one of which nothing had to be said.

    None where a value decides what another one means, or where the details take more than a glance.
    """
    segments = [segment for segment, _ in in_file_order(group)]
    index = {id(segment): at for at, segment in enumerate(segments)}
    values = group.shape.values
    details = known_details(rest, index, values)
    if details is None or any(place in values for place in _choosing(segments, found, tables)):
        return None

    def value(field: Field, place: tuple[int, int] | None = None) -> int | None:
        """The index of a field's value, or of what stands in this element and component of its segment."""
        spot = found.get(field)
        if spot is None:
            return None
        return values.get(Place(index[id(spot[0])], *(place or (spot[1].element, spot[1].component))))

    def all_of(fields: Sequence[Field]) -> list[tuple[str, int]]:
        return [(field.value, at) for field in fields if (at := value(field)) is not None]

    day_at = value(Field.REQUESTED_DATE)
    return LinePlan(
        tables=tables,
        same={name: one for name in type(line).model_fields if (one := getattr(line, name)) is not None},
        places={field: (index[id(segment)], claim) for field, (segment, claim) in found.items()},
        number=value(Field.LINE),
        texts=all_of(_TEXTS),
        numbers=[(name, at) for name, at in all_of(_NUMBERS) if at in group.shape.numeric],
        texts_of_numbers=[(name, at) for name, at in all_of(_NUMBERS) if at not in group.shape.numeric],
        day=None if day_at is None else (day_at, _format(found)),
        price_unit=value(Field.UNIT_PRICE, _PRICE_UNIT),
        description=[at for place in _DESCRIPTION if (at := value(Field.DESCRIPTION, place)) is not None],
        details=details,
    )


def _format(found: Found) -> str | None:
    segment, claim = found[Field.REQUESTED_DATE]
    return segment.value(claim.element, claim.component + 1)


def _choosing(segments: Sequence[Segment], found: Found, tables: Tables) -> list[Place]:
    """The places of what decides about the values beside it: their qualifiers, the unit, and the format of a day."""
    places = [
        Place(at, *place)
        for at, segment in enumerate(segments)
        for place in (
            *_OF_ITEM.get(segment.tag, ()),
            *tables.line.qualifiers(segment.tag),
            *tables.line_groups.qualifiers(segment.tag),
        )
    ]
    for field, behind in ((Field.UNIT, 0), (Field.REQUESTED_DATE, 1)):
        if field in found:
            segment, claim = found[field]
            at = next(at for at, one in enumerate(segments) if one is segment)
            places.append(Place(at, claim.element, claim.component + behind))
    return places
