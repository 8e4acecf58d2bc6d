"""A rule is a function with its codes, its why, and a good and a bad example; the checker runs them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from orders.rules.case import LineCase, OrderCase, Verdicts

Case = TypeVar("Case", OrderCase, LineCase)


@dataclass(frozen=True)
class Rule(Generic[Case]):
    """One check. ``good`` and ``bad`` are sentences that show an operator when it stays silent and when it speaks."""

    judge: Callable[[Case], Verdicts]
    codes: tuple[str, ...]
    why: str
    good: str
    bad: str

    @property
    def name(self) -> str:
        return self.judge.__name__


LineRule = Rule[LineCase]
OrderRule = Rule[OrderCase]
