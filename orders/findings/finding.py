"""A finding: one thing noticed, with its place, its weight, and what was made of the value."""

from typing import Self

from orders.findings.catalogue import FindingKind, Severity, default_severity, finding_kinds
from orders.findings.statement import Statement
from orders.location import Location, SegmentLocation


class Finding(Statement):
    """What is said, of what. ``order`` and ``line`` are 1-based positions in the result, None where it is of the whole.

    ``before`` and ``after`` are texts: the value as sent, and as used where it differs. ``candidates`` could stand in
    its place: what the sender may have meant, offered and never chosen for them; what they are stands in the catalogue.
    """

    severity: Severity
    before: str | None = None
    after: str | None = None
    candidates: tuple[str, ...] = ()
    order: int | None = None
    line: int | None = None
    location: Location | None = None

    @property
    def kind(self) -> FindingKind:
        return finding_kinds()[self.code]

    @property
    def interchange(self) -> int | None:
        """The number of the interchange that it is about; None where it is about none alone."""
        return self.location.interchange if isinstance(self.location, SegmentLocation) else None

    def in_order(self, order: int) -> Self:
        """The same finding, placed in the order at this 1-based position of the file."""
        return self.replaced(order=order)


def finding(
    said: Statement,
    *,
    location: Location | None = None,
    before: str | None = None,
    after: str | None = None,
    candidates: tuple[str, ...] = (),
    line: int | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding with the severity of its case, or a higher one where its place makes it weigh more.

    An unknown code is a fault of ours and raises KeyError.
    """
    return Finding.of_typed(  # in the order of the fields, which is that of documents
        code=said.code,
        case=said.case,
        params=said.params,
        severity=severity or default_severity(said.code, said.case),
        before=before,
        after=after,
        candidates=candidates,
        order=None,
        line=line,
        location=location,
    )
