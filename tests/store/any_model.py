"""Any value of a model: each field drawn from its type, each that may be left out set or unset."""

from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from orders.findings import Case, Statement
from orders.findings.cases import CASES

M = TypeVar("M", bound=BaseModel)

_FEW = 2
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=6),
    int: st.integers(min_value=-(2**31), max_value=2**31),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    NoneType: st.none(),
}


def any_of(model: type[M], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """Any value of the model; ``given`` are fields that are not any value of their type."""
    return st.deferred(lambda: _model(model, given))


def _model(model: type[Any], given: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    if issubclass(model, Statement) and "params" not in given:
        return st.sampled_from(sorted(CASES.items())).flatmap(lambda one: _model(model, {**given, **_of_case(*one)}))
    fields = {
        name: given[name] if name in given else _value(field.annotation) for name, field in model.model_fields.items()
    }
    required = {name: one for name, one in fields.items() if model.model_fields[name].is_required()}
    required |= {name: one for name, one in fields.items() if name in given}
    left = {name: one for name, one in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=left).map(lambda values: model(**values))


def _of_case(name: tuple[str, str], case: Case[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """The fields by which a statement says what this case says."""
    return {"code": st.just(name[0]), "case": st.just(name[1]), "params": any_of(case.parameters)}


def _value(annotation: Any) -> st.SearchStrategy[Any]:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of([_value(part) for part in parts])
    if origin is tuple:
        item, rest = parts
        assert rest is ..., f"a tuple of so many has no strategy yet: {annotation}"
        return st.lists(_value(item), max_size=_FEW).map(tuple)
    if origin is frozenset:
        return st.frozensets(_value(parts[0]), max_size=_FEW)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    assert isinstance(annotation, type), f"{annotation} has no strategy yet"
    assert issubclass(annotation, BaseModel), f"{annotation} has no strategy yet"
    return any_of(annotation)
