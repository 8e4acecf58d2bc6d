"""Findings: what was noticed in a file, with a code that stays for ever and the answer that it leads to.

The kinds stand in ``finding_kinds.tsv`` beside this module, one row a code. Reply codes are those of UN/EDIFACT:
1229 (line action in ORDRSP), 4465/4295 (reason), 9321 (APERAK), 0085 (CONTRL, ISO 9735).
"""

import csv
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

from orders.location import Location
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


class FindingKind(Model):
    """One row of the finding list: its meaning never changes, a partner's policy may change its severity."""

    code: str
    title: str
    scope: str
    severity: Severity
    outcome: Outcome
    overridable: bool
    ordrsp_action: str | None
    reason_code: str | None
    aperak_code: str | None
    contrl_code: str | None


@cache
def finding_kinds() -> dict[str, FindingKind]:
    """Every kind by its code, read once from the package."""
    text = files("orders").joinpath("finding_kinds.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    kinds = (
        FindingKind.model_validate(
            {name: (value if value or name in ("outcome", "title") else None) for name, value in row.items()}
        )
        for row in rows
    )
    return {kind.code: kind for kind in kinds}


class Finding(Model):
    """One thing noticed. ``order`` and ``line`` are 1-based positions in the result, None where it is about the whole.

    ``before`` and ``after`` are texts: the value as sent, and as used where it differs. ``candidates`` could stand in
    its place: what the sender may have meant, offered and never chosen for them; decimals with a point.
    """

    code: str
    severity: Severity
    message: str
    before: str | None = None
    after: str | None = None
    candidates: tuple[str, ...] = ()
    order: int | None = None
    line: int | None = None
    location: Location | None = None

    @property
    def kind(self) -> FindingKind:
        return finding_kinds()[self.code]

    def in_order(self, order: int) -> Self:
        """The same finding, placed in the order at this 1-based position of the file."""
        return self.model_copy(update={"order": order})


def finding(
    code: str,
    message: str,
    *,
    location: Location | None = None,
    before: str | None = None,
    after: str | None = None,
    candidates: tuple[str, ...] = (),
    line: int | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding with the severity of its kind, or a higher one where its place makes it weigh more.

    An unknown code is a fault of ours and raises KeyError.
    """
    return Finding(
        code=code,
        severity=severity or finding_kinds()[code].severity,
        message=message,
        location=location,
        before=before,
        after=after,
        candidates=candidates,
        line=line,
    )
