"""How a language writes the values of a finding: a formatter for each type. What somebody sent stays to the letter."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from orders.changes import ChangeSummary, FieldChange, LineChange
from orders.findings.statement import Parameters, Statement
from orders.findings.values import (
    AcceptedAs,
    AgreedFor,
    Measure,
    Measures,
    Money,
    NamedItem,
    PriceChanges,
    PricePer,
    ReadColumns,
    SegmentCounts,
    Written,
)
from orders.purchase_order import LineAction

_NOT_SENT = "…"
"""Stands for what is not there or not named: an open end, a reference that lacks, further changes."""


class Speaker(Protocol):
    """How a language writes what is ours."""

    def number(self, number: Decimal) -> str: ...
    def count(self, number: int) -> str: ...
    def money(self, amount: Decimal, currency: str) -> str: ...
    def day(self, day: date) -> str: ...
    def message(self, said: Statement) -> str: ...

    def say(self, key: str, **values: object) -> str:
        """The words of this key with the values in their places."""
        ...

    def word(self, key: str) -> str | None:
        """The words of this key; None where there are none."""
        ...


def written_values(params: Parameters, speaker: Speaker) -> dict[str, str]:
    """Each parameter by its name, as the language writes it."""
    return {
        name: _written(getattr(params, name), _as_declared(field.metadata), speaker)
        for name, field in type(params).model_fields.items()
    }


def _as_declared(metadata: Iterable[object]) -> Written | None:
    return next((one for one in metadata if isinstance(one, Written)), None)


def _written(value: Any, as_declared: Written | None, speaker: Speaker) -> str:
    if value is None:
        return _NOT_SENT
    if as_declared is not None:
        return _BY_DECLARATION[as_declared](value, speaker)
    if isinstance(value, tuple):
        return _several(value, speaker)
    if isinstance(value, StrEnum):
        return _name(value.value, speaker)
    return _BY_TYPE[type(value)](value, speaker)


def _several(values: tuple[Any, ...], speaker: Speaker) -> str:
    first = values[0] if values else None
    texts = [_written(one, None, speaker) for one in values]
    if isinstance(first, date):
        return _joined("or", texts, speaker)
    if isinstance(first, Statement):
        return " ".join(texts)
    return ("; " if isinstance(first, NamedItem) else ", ").join(texts)


def _joined(word: str, texts: Iterable[str], speaker: Speaker) -> str:
    return f" {speaker.say(f'value.{word}')} ".join(texts)


def _name(name: str, speaker: Speaker) -> str:
    return speaker.word(f"name.{name}") or name.replace("_", " ")


def _measure(value: Measure, speaker: Speaker) -> str:
    return f"{speaker.number(value.quantity)} {value.unit}"


def written_price(value: PricePer, speaker: Speaker) -> str:
    """A price as the language writes it, with the number of units where it is not for one."""
    price = speaker.number(value.price)
    return price if value.basis in (None, 1) else _joined("per", (price, speaker.number(value.basis)), speaker)


def _agreed_for(value: AgreedFor, speaker: Speaker) -> str:
    unit = value.unit if value.basis == 1 else f"{speaker.number(value.basis)} {value.unit}"
    return _joined("per", (f"{speaker.number(value.price)} {value.currency}", unit), speaker)


def _columns(value: ReadColumns, speaker: Speaker) -> str:
    named = ", ".join(f"{one.heading} = {_name(one.field.value, speaker)}" for one in value.named)
    return f"{named} {speaker.say('value.more', number=value.more)}" if value.more else named


def _segments(value: SegmentCounts, speaker: Speaker) -> str:
    named = ", ".join(f"{one.tag} ({one.count})" if one.count > 1 else one.tag for one in value.named)
    return f"{named} {speaker.say('value.more_tags', number=value.more)}" if value.more else named


def _named_item(value: NamedItem, speaker: Speaker) -> str:
    field = speaker.word(f"identifier.{value.field.value}") or _name(value.field.value, speaker)
    return f"{field} {value.sent} {speaker.say('value.is')} {value.item}"


def _price_changes(value: PriceChanges, speaker: Speaker) -> str:
    def price(one: Decimal | None) -> str:
        return speaker.say("value.no_price") if one is None else speaker.number(one)

    named = [f"{one.item} {price(one.issued)} → {price(one.now)}" for one in value.named]
    return "; ".join([*named, *([_NOT_SENT] if value.more else [])])


def _accepted(value: AcceptedAs, speaker: Speaker) -> str:
    if value.quantity is None:
        return value.item
    return f"{speaker.number(value.quantity)} {value.unit} {value.item}"


def _change(value: ChangeSummary, speaker: Speaker) -> str:
    told = [
        *(_field_change(one, speaker) for one in value.fields),
        *(_line_change(one, speaker) for one in value.lines),
    ]
    if not told:
        return speaker.say("change.nothing")
    further = [speaker.say("value.more", number=value.more)] if value.more else []
    return ", ".join(["; ".join(told), *further])


def _field_change(value: FieldChange, speaker: Speaker) -> str:
    before, after = (one or speaker.say("change.none") for one in (value.before, value.after))
    return speaker.say("change.field", field=_name(value.field, speaker), before=before, after=after)


def _line_change(value: LineChange, speaker: Speaker) -> str:
    if value.action is not LineAction.CHANGE:
        return speaker.say(f"change.{value.action.value}", line=value.line)
    fields = ", ".join(_field_change(one, speaker) for one in value.fields) or speaker.say("change.nothing_acted_on")
    return speaker.say("change.line", line=value.line, fields=fields)


_BY_DECLARATION: Mapping[Written, Callable[[Any, Speaker], str]] = {
    Written.GROUPED: lambda value, speaker: speaker.count(value),
    Written.QUOTED: lambda value, speaker: repr(value),
    Written.ONE_OF: lambda value, speaker: _joined("or", value, speaker),
    Written.ALL_OF: lambda value, speaker: _joined("and", value, speaker),
    Written.LISTED: lambda value, speaker: ", ".join(value),
    Written.NAME: _name,
}
_BY_TYPE: Mapping[type, Callable[[Any, Speaker], str]] = {
    str: lambda value, speaker: value,
    int: lambda value, speaker: str(value),
    float: lambda value, speaker: f"{value:g}",
    Decimal: lambda value, speaker: speaker.number(value),
    date: lambda value, speaker: speaker.day(value),
    Measure: _measure,
    Measures: lambda value, speaker: f"{_joined('or', map(speaker.number, value.quantities), speaker)} {value.unit}",
    Money: lambda value, speaker: speaker.money(value.amount, value.currency),
    PricePer: written_price,
    AgreedFor: _agreed_for,
    ReadColumns: _columns,
    SegmentCounts: _segments,
    NamedItem: _named_item,
    PriceChanges: _price_changes,
    AcceptedAs: _accepted,
    ChangeSummary: _change,
    Statement: lambda value, speaker: speaker.message(value),
}
