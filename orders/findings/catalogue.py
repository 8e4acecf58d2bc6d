"""The catalogue of findings: a row a code in ``catalogue.tsv``, a row a case in ``cases.tsv``, both beside this module.

No meaning changes; both grow by rows. How a code is answered in EDIFACT stands beside the EDIFACT writers.
"""

import csv
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files

from orders.model import Model


class Severity(StrEnum):
    """How much a finding weighs, in rising order."""

    INFO = "info"
    WARNING = "warning"
    HOLD = "hold"
    REJECT = "reject"

    @property
    def rank(self) -> int:
        return _SEVERITY_RANK[self]


_SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Outcome(StrEnum):
    """What a finding does beside its severity."""

    NONE = ""
    CHANGE = "change"
    SKIP = "skip"
    ANSWER_AGAIN = "answer_again"
    QUARANTINE = "quarantine"
    DIVERT_TO_TEST = "divert_to_test"
    PARK = "park"
    REPLACE = "replace"


class Candidates(StrEnum):
    """What the candidates of a finding are."""

    NUMBERS = "numbers"
    """Decimals with a point, which each language writes as it does."""
    TEXTS = "texts"
    """Codes, identifiers and days, which are the same in every language."""


class FindingKind(Model):
    """One code: its meaning never changes, a customer's policy may change its severity.

    ``note`` where it asks nothing of anybody while it is information only: it says how something was read.
    """

    code: str
    title: str
    scope: str
    severity: Severity
    outcome: Outcome
    overridable: bool
    note: bool
    candidates: Candidates


class FindingCase(Model):
    """One case of a code: the class of its parameters, and its severity where that is not the one of the code."""

    code: str
    case: str
    parameters: str
    severity: Severity | None


@cache
def finding_kinds() -> dict[str, FindingKind]:
    """Every kind by its code, read once from the package."""
    kinds = (FindingKind.model_validate(row) for row in _rows("catalogue.tsv"))
    return {kind.code: kind for kind in kinds}


@cache
def finding_cases() -> dict[tuple[str, str], FindingCase]:
    """Every case by its code and name, read once from the package."""
    cases = (FindingCase.model_validate({**row, "severity": row["severity"] or None}) for row in _rows("cases.tsv"))
    return {(one.code, one.case): one for one in cases}


@cache
def default_severity(code: str, case: str) -> Severity:
    """The severity of a case, or else of its code. Errors: KeyError for a code that is not in the catalogue."""
    of_code = finding_kinds()[code].severity
    known = finding_cases().get((code, case))
    return known.severity or of_code if known is not None else of_code


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("orders.findings").joinpath(name).read_text("utf-8")
    return iter(csv.DictReader(text.splitlines(), delimiter="\t"))
