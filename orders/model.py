"""The base of every model in the house: frozen, and strict about names it does not know."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable value; an unknown field is an error, never dropped in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    _ALL_FIELDS: ClassVar[set[str]]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        cls._ALL_FIELDS = set(cls.model_fields)

    @classmethod
    def of_typed(cls, **fields: Any) -> Self:
        """A value of which every field is given, in the order of the class and of its type already: nothing is checked.

        For what is made by the hundred thousand from values of our own; what comes from outside is validated.
        """
        one = cls.__new__(cls)
        put = object.__setattr__
        put(one, "__dict__", fields)
        put(one, "__pydantic_fields_set__", cls._ALL_FIELDS)  # copies of a model take a copy of it
        put(one, "__pydantic_extra__", None)
        put(one, "__pydantic_private__", None)
        return one

    def replaced(self, **changes: Any) -> Self:
        """The same value but for these fields, which are of their types already."""
        return self.of_typed(**{**self.__dict__, **changes})
