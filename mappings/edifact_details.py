"""What an order or a line says beside its fields: the segments and groups of which no field was made."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from mappings.edifact_context import MessageContext
from mappings.edifact_details_table import INTO, Shape
from mappings.edifact_parties import party, reference
from mappings.edifact_terms import TERMS
from orders.order_details import Identifier, Text
from orders.purchase_order import LineDetails, OrderDetails, PartyRole
from parsers.edifact.groups import AnyGroup
from parsers.edifact.segment import Segment

D = TypeVar("D", LineDetails, OrderDetails)


class ItemNumber(NamedTuple):
    """A number of the ordered item that is no field: an element of LIN or PIA, and the components that stand there."""

    segment: Segment
    element: int
    components: list[str]

    @property
    def identifier(self) -> Identifier:
        number, qualifier = self.components[0], self.components[1] if len(self.components) > 1 else None
        relation = self.segment.value(1) if self.segment.tag == "PIA" else None
        return Identifier(qualifier=qualifier or None, number=number, relation=relation)


class PartyGroup(NamedTuple):
    """A NAD group, and what the party is here."""

    group: AnyGroup
    role: PartyRole | None


Rest = Segment | ItemNumber | PartyGroup | AnyGroup
"""What no field was made of, and goes into the details."""


def note(texts: Iterable[str | None]) -> str | None:
    """Free texts in one, in the order in which they were sent."""
    return "\n".join(text for text in texts if text) or None


class Details:
    """Gathers the details of an order, or of one line; ``shapes`` say which segments have a field there."""

    def __init__(self, shapes: dict[str, Shape], context: MessageContext) -> None:
        self._shapes = shapes
        self._context = context
        self._values: dict[str, list[Any]] = {}

    def add(self, tag: str, *values: object) -> None:
        """Add what was read from a segment or group with this tag."""
        if values:
            self._values.setdefault(INTO[tag], []).extend(values)

    def add_rest(self, rest: Iterable[Rest]) -> None:
        """Read what no field was made of."""
        for one in rest:
            if isinstance(one, Segment):
                self.add_segments((one,))
            elif isinstance(one, ItemNumber):
                self.add("PIA", one.identifier)
            elif isinstance(one, PartyGroup):
                self.add_group(one.group, one.role)
            else:
                self.add_group(one)

    def add_segments(self, segments: Iterable[Segment]) -> None:
        """Read segments by their shapes; one that has none is kept as it came."""
        for segment in segments:
            shape = self._shapes.get(segment.tag)
            if shape is None:
                self._context.keep((segment,))
            else:
                self.add(segment.tag, self._context.read(shape, shape.model, segment))

    def add_group(self, group: AnyGroup, role: PartyRole | None = None) -> None:
        """Read a group; one that has no field is kept as it came. ``role`` is that of a party."""
        read = TERMS.get(group.tag)
        if read is not None:
            self.add(group.tag, read(group, self._context))
        elif group.tag == "RFF":
            referred = reference(group, self._context)
            self.add("RFF", *(() if referred is None else (referred,)))
        elif group.tag == "NAD":
            self.add("NAD", party(group, role, self._context))
        else:
            self._context.keep_group(group)

    def of(self, name: str) -> tuple[Any, ...]:
        """What was gathered for a field."""
        return tuple(self._values.get(name, ()))

    def taken(self, name: str) -> tuple[Any, ...]:
        """Take out what was gathered for a field that the order itself has."""
        return tuple(self._values.pop(name, ()))

    @property
    def note(self) -> str | None:
        """All free text in one, in the order in which it was sent."""
        return note(one.text for one in self._values.get("texts", ()) if isinstance(one, Text))

    def made(self, model: type[D], **more: Any) -> D | None:
        """The details, or None where there are none."""
        given = {name: value for name, value in more.items() if value}
        if not self._values and not given:
            return None
        return model(**{name: tuple(values) for name, values in self._values.items()}, **given)
