"""What one customer has agreed with us about how strictly, and how helpfully, an order is treated."""

import difflib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from orders.findings import Finding, Severity, finding_cases, finding_kinds
from orders.model import Model

_ALSO = {"warn": Severity.WARNING, "ignore": Severity.INFO}
"""Words for a severity in a partner file, beside its own name."""


def _meant(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as a question; nothing where none is near."""
    near = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


class MissingUnit(StrEnum):
    """What a quantity without a unit means."""

    HOLD = "hold"
    BASE = "base"


class Policy(Model):
    """A customer's policy. The defaults are the careful ones: nothing is changed unless the customer opted in.

    ``severities`` are by code, or by code and case (``ITM008.lost_zeros``), which goes first.
    """

    price_tolerance_percent: Decimal = Field(default=Decimal(0), ge=0, le=100)
    round_up_to_pack: bool = False
    take_replacement: bool = False
    missing_unit: MissingUnit = MissingUnit.HOLD
    severities: Mapping[str, Severity] = {}

    @field_validator("severities", mode="before")
    @classmethod
    def _in_words_of_a_policy(cls, given: object) -> object:
        """A partner file may say what becomes of a finding; what is ignored stays visible, as information."""
        if not isinstance(given, Mapping):
            return given
        known = [one.value for one in Severity] + list(_ALSO)
        for code, word in given.items():
            if word not in known:
                raise ValueError(f"{code}: {word!r} is not a severity.{_meant(str(word), known)}")
        return {code: _ALSO.get(word, word) for code, word in given.items()}

    @model_validator(mode="after")
    def _only_what_may_be_overridden(self) -> Self:
        kinds = finding_kinds()
        for name in self.severities:
            code, _, case = name.partition(".")
            if code not in kinds:
                raise ValueError(f"severities: {code} is not a finding code.{_meant(code.upper(), kinds)}")
            if not kinds[code].overridable:
                raise ValueError(f"severities: the severity of {code} cannot be changed")
            cases = [known for of_code, known in finding_cases() if of_code == code]
            if case and case not in cases:
                raise ValueError(f"severities: {code} has no case {case!r}.{_meant(case, cases)}")
        return self

    def judged(self, finding: Finding) -> Finding:
        """The finding with the severity that this policy gives to its case, or else to its code."""
        if not self.severities:
            return finding
        severity = self.severities.get(f"{finding.code}.{finding.case}") or self.severities.get(finding.code)
        if severity is None or severity is finding.severity:
            return finding
        return finding.replaced(severity=severity)
