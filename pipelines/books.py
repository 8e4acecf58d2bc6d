"""The books an order is judged by: partner files and reference data, with the versions that go with every result."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from mappings.partner_file import Partner
from orders.checked import Versions
from orders.reference import Agreement, ReferenceSnapshot
from pipelines.stamp_key import StampKey

CODE_VERSION = version("ordermill")


@dataclass(frozen=True, slots=True)
class Books:
    """What is known about partners and prices at one moment, and the key by which our workbooks are known."""

    partners: tuple[Partner, ...]
    reference: ReferenceSnapshot
    stamp_key: StampKey

    def partner(self, name: str) -> Partner | None:
        """The partner of this identifier."""
        return next((partner for partner in self.partners if partner.partner == name), None)

    def by_edifact(self, identifiers: Iterable[str | None]) -> tuple[Partner, ...]:
        """Every partner that one of these EDIFACT identifications names."""
        wanted = {identifier for identifier in identifiers if identifier}
        return tuple(partner for partner in self.partners if wanted & set(partner.identifiers.edifact))

    def agreement(self, partner: Partner | None) -> Agreement | None:
        """What is agreed with a partner; None where it is not known, or has no account."""
        return self.reference.agreement(partner.partner) if partner else None

    def versions(self, partner: Partner | None) -> Versions:
        """With what a result for this partner is made; a policy has no file of its own, so it shares its version."""
        made_with = partner.version if partner else None
        return Versions(code=CODE_VERSION, partner=made_with, policy=made_with, reference=self.reference.version)
