"""Every case of every code, and the class of its parameters.

The list stands in ``cases.tsv``, so that it can be read without the source; a test compares the two.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from orders.findings import (
    characters,
    dates,
    documents,
    heads,
    items,
    layouts,
    normalised,
    prices,
    quantities,
    syntax,
)
from orders.findings.statement import Case, Parameters, Statement

FAMILIES: tuple[ModuleType, ...] = (
    documents, heads, items, quantities, prices, dates, syntax, characters, normalised, layouts,
)  # fmt: skip
"""One module a family of codes."""

AS_STORED, FURTHER = "as_stored", "further"
"""Cases that every code has: what was stored as a text, and those that are told together."""


class StoredText(Parameters):
    """The words of a finding that was stored before findings were data."""

    text: str


class Further(Parameters):
    """How many more were found that are not told one by one; the first of them, and the byte where the last stands."""

    number: int
    last: int
    first: Statement


_OF_EVERY_CODE: Mapping[str, type[Parameters]] = {AS_STORED: StoredText, FURTHER: Further}

CASES: Mapping[tuple[str, str], Case[Any]] = {
    (case.code, case.name): case for family in FAMILIES for case in vars(family).values() if isinstance(case, Case)
}
"""By code and name."""


def parameters_of(code: str, case: str) -> type[Parameters]:
    """The class of a case's parameters. Errors: ValueError for a case that nobody declares."""
    declared = CASES.get((code, case))
    if declared is not None:
        return declared.parameters
    if case in _OF_EVERY_CODE:
        return _OF_EVERY_CODE[case]
    raise ValueError(f"{code}.{case} is not a case of a finding")


def as_stored(code: str, text: str) -> Statement:
    """What a finding said that was stored as a text."""
    return Statement(code=code, case=AS_STORED, params=StoredText(text=text))


def further(code: str, number: int, last: int, first: Statement) -> Statement:
    """That so many more of a code were found; ``last`` is the byte where the last of them stands."""
    said = Statement(code=first.code, case=first.case, params=first.params)
    return Statement(code=code, case=FURTHER, params=Further(number=number, last=last, first=said))
