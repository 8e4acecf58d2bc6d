"""What a finding says, as data: a code, one of its cases, and typed parameters. Words are made at the edge.

A case is declared once, in the module of its family, with the class of its parameters; so the type checker knows what
each of them speaks of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from pydantic import SerializeAsAny, ValidationInfo, field_validator

from orders.model import Model


class Parameters(Model):
    """The values that a case speaks of. One class serves all cases that have the same ones."""


class NoParameters(Parameters):
    """A case that says all by itself."""


_NONE = NoParameters()


P = TypeVar("P", bound=Parameters)


class Statement(Model):
    """One thing said: ``code`` and ``case`` are stable for ever, ``params`` are of the class that the case declares."""

    code: str
    case: str
    params: SerializeAsAny[Parameters] = _NONE

    @field_validator("params", mode="before")
    @classmethod
    def _of_its_case(cls, params: object, info: ValidationInfo) -> object:
        """Parameters that come as a mapping, from JSON, become those of their case."""
        if not isinstance(params, Mapping):
            return params
        from orders.findings.cases import parameters_of

        return parameters_of(info.data["code"], info.data["case"]).model_validate(params)

    def says(self, case: "Case[Any]") -> bool:
        """Whether this is what is said."""
        return self.case == case.name and self.code == case.code


@dataclass(frozen=True, slots=True)
class Case(Generic[P]):
    """One case of a code, which makes a statement of its parameters."""

    code: str
    name: str
    parameters: type[P]

    @overload
    def __call__(self: "Case[NoParameters]") -> Statement: ...
    @overload
    def __call__(self, params: P) -> Statement: ...
    def __call__(self, params: Parameters | None = None) -> Statement:
        """What the case says of these values."""
        return Statement.of_typed(code=self.code, case=self.name, params=params or _NONE)
