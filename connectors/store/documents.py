"""A checked order as the JSON document that the store keeps, each line as sent written once.

What is None is left out of a document, which keeps it short. So each field that can be None must be None by default, or
a document would lack it for good. That is made sure of here, before anything can be written: a model that breaks it
stops the program when it starts, not a partner's order when it is to be answered.
"""

import json
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from orders.checked import CheckedOrder
from orders.content import content_fingerprint, is_of_today

_WITHOUT_SENT: Any = {"sent": True, "lines": {"__all__": {"sent"}}}


def document_of(order: CheckedOrder) -> str:
    """The order as JSON; the lines as sent stand in the order as sent, and nowhere else."""
    return f'{{"sent":{order.sent.as_json},{order.model_dump_json(exclude=_WITHOUT_SENT, exclude_none=True)[1:]}'


def order_of(document: str) -> CheckedOrder:
    """The order of a document, equal to the one that was written.

    One with the fingerprint of an earlier version has that of today, so that the order is known when it comes again.
    """
    content = json.loads(document)
    of_today = is_of_today(content["content"])
    for line, sent in zip(content["lines"], content["sent"].get("lines", ()), strict=True):
        if not of_today:  # then nothing said whether the number was the row
            sent["numbered"] = sent["number"] != str((line.get("location") or {}).get("row"))
        line["sent"] = sent
    order = CheckedOrder.model_validate(content)
    return order if of_today else order.model_copy(update={"content": content_fingerprint(order.sent)})


def not_reading_back(model: type[BaseModel]) -> tuple[str, ...]:
    """Fields of the model, and of every model in it, whose None a document would leave out and not give back."""
    return tuple(_not_reading_back(model))


def models_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The model and every model in it, each once."""
    found = {model: None}
    waiting = [model]
    while waiting:
        for field in waiting.pop().model_fields.values():
            for one in _types(field.annotation):
                if isinstance(one, type) and issubclass(one, BaseModel) and one not in found:
                    found[one] = None
                    waiting.append(one)
    return tuple(found)


def _not_reading_back(model: type[BaseModel]) -> Iterator[str]:
    for one in models_of(model):
        for name, field in one.model_fields.items():
            lost = NoneType in _choices(field.annotation) and (field.is_required() or field.get_default() is not None)
            if lost or any(map(_mapping_to_none, _types(field.annotation))):
                yield f"{one.__name__}.{name}"


def _types(annotation: Any) -> Iterator[Any]:
    """The annotation and everything that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def _choices(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _mapping_to_none(annotation: Any) -> bool:
    origin = get_origin(annotation)
    held = get_args(annotation)[1:] if isinstance(origin, type) and issubclass(origin, Mapping) else ()
    return any(NoneType in _choices(one) for one in held)


if _lost := not_reading_back(CheckedOrder):
    raise TypeError(f"None by default is missing, so that a stored order would not read back: {', '.join(_lost)}")
