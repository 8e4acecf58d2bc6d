"""Example parameters for every case of a finding, made of the types of their fields."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from orders.findings import Parameters, Statement
from orders.findings.cases import CASES
from orders.findings.documents import DOC001_WORKBOOK_DAMAGED, Damage
from orders.model import Model

DAY = date(2026, 11, 13)
M = TypeVar("M", bound=Model)


def every_statement(text: str) -> Iterator[Statement]:
    """What each case of the catalogue says with this text wherever one can stand."""
    for case in CASES.values():
        yield case(example(case.parameters, text))


def example(model: type[M], text: str) -> M:
    """A model with a value in every field, the text in those that hold one, also deep inside."""
    return model(**{name: _value(field.annotation, text) for name, field in model.model_fields.items()})


def _value(kind: Any, text: str) -> Any:
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        return (_value(get_args(kind)[0], text), _value(get_args(kind)[0], text))
    if kind is Statement:
        return DOC001_WORKBOOK_DAMAGED(Damage(fault=text))
    if kind is Parameters:
        return Damage(fault=text)
    if issubclass(kind, Model):
        return example(kind, text)
    if issubclass(kind, Enum):
        return next(iter(kind))
    return {str: text, int: 1234, float: 30.0, Decimal: Decimal("1234.50"), date: DAY}[kind]


def holds_text(kind: Any) -> bool:
    """Whether a text can stand in a value of this type, also deep inside."""
    if kind in (str, Statement):
        return True
    parts = [one for one in get_args(kind) if one is not NoneType and one is not Ellipsis]
    if parts:
        return any(map(holds_text, parts))
    fields = kind.model_fields.values() if isinstance(kind, type) and issubclass(kind, Model) else ()
    return any(holds_text(field.annotation) for field in fields)
