"""What a change, replacement or cancellation would do to the order that it names, worked out and not yet done.

A change message says line by line what to do (UN/EDIFACT 1229) and leaves out what stays; a replacement is the whole
order anew; a cancellation takes all of it back (1225). Lines are the same by the sender's own numbers.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from orders.model import Model
from orders.numbers import plain
from orders.purchase_order import LineAction, OrderFunction, OrderLine, PartyRole, PurchaseOrder

_OF_LINE = (
    "item", "gtin", "buyer_item", "quantity", "unit", "unit_price", "price_basis", "requested_date", "schedules",
    "note",
)  # fmt: skip
_OF_ORDER = ("requested_date", "currency", "payment_terms", "note")
_MOST_TOLD = 8


class FieldChange(Model):
    """A value before and after, as texts; None where there is none."""

    field: str
    before: str | None = None
    after: str | None = None


class LineChange(Model):
    """What becomes of the line with this number of the sender's."""

    line: str
    action: LineAction
    fields: tuple[FieldChange, ...] = ()


class OrderChange(Model):
    """A change against the order's ``revision``. ``unknown`` are lines to change or delete that it does not have."""

    function: OrderFunction
    revision: int
    fields: tuple[FieldChange, ...] = ()
    lines: tuple[LineChange, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def summary(self) -> "ChangeSummary":
        """The first of what it does, for a person."""
        fields = self.fields[:_MOST_TOLD]
        lines = self.lines[: _MOST_TOLD - len(fields)]
        return ChangeSummary(
            fields=fields, lines=lines, more=len(self.fields) + len(self.lines) - len(fields) - len(lines)
        )


class ChangeSummary(Model):
    """The first of what a change does; ``more`` is how much of it is not named."""

    fields: tuple[FieldChange, ...] = ()
    lines: tuple[LineChange, ...] = ()
    more: int = 0


def change_of(stored: PurchaseOrder, revision: int, sent: PurchaseOrder) -> OrderChange:
    """What ``sent`` would do to ``stored``; its function is one of those that speak of another order."""
    function = sent.function or OrderFunction.CHANGE
    before = {line.number: line for line in stored.lines}
    unknown: list[str] = []
    if function is OrderFunction.CANCELLATION:
        lines = [LineChange(line=line.number, action=LineAction.DELETE) for line in stored.lines]
        return OrderChange(function=function, revision=revision, lines=tuple(lines))
    if function is OrderFunction.REPLACEMENT:
        lines = list(_replaced(before, sent.lines))
    else:
        lines = list(_changed(before, sent.lines, unknown))
    return OrderChange(
        function=function,
        revision=revision,
        fields=_fields_of_order(stored, sent, all_of_them=function is OrderFunction.REPLACEMENT),
        lines=tuple(lines),
        unknown=tuple(unknown),
    )


def as_changed(before: OrderLine | None, line: OrderLine) -> OrderLine:
    """A line of a change as it would be: what it leaves out is as it was ``before``."""
    if before is None or line.action in (LineAction.DELETE, LineAction.ADD):
        return line
    same_item = all(getattr(line, name) is None for name in ("item", "gtin", "buyer_item"))
    kept = {
        name: getattr(before, name)
        for name in _OF_LINE
        if getattr(line, name) in (None, ()) and (same_item or name not in ("item", "gtin", "buyer_item"))
    }
    values: dict[str, Any] = {name: getattr(line, name) for name in OrderLine.__annotations__}
    return OrderLine(**(values | kept))


def _changed(before: dict[str, OrderLine], lines: Iterable[OrderLine], unknown: list[str]) -> Iterator[LineChange]:
    for line in lines:
        known = before.get(line.number)
        if line.action is LineAction.NONE:
            continue
        if known is None and line.action in (LineAction.CHANGE, LineAction.DELETE):
            unknown.append(line.number)
        elif known is None:
            yield LineChange(line=line.number, action=LineAction.ADD)
        elif line.action is LineAction.DELETE:
            yield LineChange(line=line.number, action=LineAction.DELETE)
        else:
            fields = _differences(known, line, _OF_LINE, all_of_them=False)
            yield LineChange(line=line.number, action=LineAction.CHANGE, fields=fields)


def _replaced(before: dict[str, OrderLine], lines: Iterable[OrderLine]) -> Iterator[LineChange]:
    left = dict(before)
    for line in lines:
        known = left.pop(line.number, None)
        if known is None:
            yield LineChange(line=line.number, action=LineAction.ADD)
            continue
        fields = _differences(known, line, _OF_LINE, all_of_them=True)
        if fields:
            yield LineChange(line=line.number, action=LineAction.CHANGE, fields=fields)
    for number in left:
        yield LineChange(line=number, action=LineAction.DELETE)


def _fields_of_order(stored: PurchaseOrder, sent: PurchaseOrder, *, all_of_them: bool) -> tuple[FieldChange, ...]:
    found = _differences(stored, sent, _OF_ORDER, all_of_them=all_of_them)
    role = PartyRole.DELIVERY_PARTY
    before, after = stored.identifier(role), sent.identifier(role)
    if before != after and (after is not None or all_of_them):
        found = (*found, FieldChange(field="ship_to", before=before, after=after))
    return found


def _differences(before: object, after: object, names: Iterable[str], *, all_of_them: bool) -> tuple[FieldChange, ...]:
    """The fields that differ. What a change leaves out stays as it is, unless all of them are meant."""
    found = []
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and (all_of_them or new not in (None, ())):
            found.append(FieldChange(field=name, before=_words(old), after=_words(new)))
    return tuple(found)


def _words(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        parts = ((part.quantity, part.day, part.ship_to) for part in value)
        return " + ".join(" ".join(word for word in map(_words, part) if word) for part in parts)
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
