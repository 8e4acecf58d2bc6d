"""What one customer has agreed with us about how strictly, and how helpfully, an order is treated."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from orders.findings import Finding, Severity, finding_kinds
from orders.model import Model


class MissingUnit(StrEnum):
    """What a quantity without a unit means."""

    HOLD = "hold"
    BASE = "base"


class Policy(Model):
    """A customer's policy. The defaults are the careful ones: nothing is changed unless the customer opted in."""

    price_tolerance_percent: Decimal = Field(default=Decimal(0), ge=0, le=100)
    round_up_to_pack: bool = False
    take_replacement: bool = False
    missing_unit: MissingUnit = MissingUnit.HOLD
    severities: Mapping[str, Severity] = {}

    @model_validator(mode="after")
    def _only_what_may_be_overridden(self) -> Self:
        kinds = finding_kinds()
        for code in self.severities:
            if code not in kinds:
                raise ValueError(f"severities: {code} is not a finding code")
            if not kinds[code].overridable:
                raise ValueError(f"severities: the severity of {code} cannot be changed")
        return self

    def judged(self, finding: Finding) -> Finding:
        """The finding with the severity that this policy gives it."""
        severity = self.severities.get(finding.code)
        if severity is None or severity is finding.severity:
            return finding
        return finding.model_copy(update={"severity": severity})
