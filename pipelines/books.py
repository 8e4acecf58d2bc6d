"""The books an order is judged by: partner files and reference data, with the versions that go with every result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from mappings.partner_file import Partner
from mappings.partner_folder import BrokenFile, PartnerFolder
from orders.checked import Versions
from orders.reference import Agreement, ReferenceSnapshot
from pipelines.stamp_key import StampKey

CODE_VERSION = version("ordermill")


_TOLD = 3


class PartnerStopped(Exception):
    """A partner's file is broken: nothing is done for this partner before it is mended. The message says how.

    The caller leaves the work as it is, for later.
    """


@dataclass(frozen=True, slots=True)
class Books:
    """What is known about partners and prices at one moment, and the key by which our workbooks are known.

    ``broken`` are the partner files that cannot be used.
    """

    partners: tuple[Partner, ...]
    reference: ReferenceSnapshot
    stamp_key: StampKey
    broken: tuple[BrokenFile, ...] = ()

    def partner(self, name: str) -> Partner | None:
        """The partner of this identifier."""
        return next((partner for partner in self.partners if partner.partner == name), None)

    def by_edifact(self, identifiers: Iterable[str | None]) -> tuple[Partner, ...]:
        """Every partner that one of these EDIFACT identifications names."""
        wanted = {identifier for identifier in identifiers if identifier}
        return tuple(partner for partner in self.partners if wanted & set(partner.identifiers.edifact))

    def why_stopped(self, customer: str) -> str | None:
        """Why nothing can be done for this customer now; None where nothing stops it.

        A customer without a partner file may be the one of any that is broken.
        """
        if self.partner(customer) is not None or not self.broken:
            return None
        own = [one for one in self.broken if one.partner == customer]
        return self.reason(own or self.broken)

    def why_unknown(self, identifiers: Iterable[str | None]) -> str | None:
        """Why it cannot be told who these EDIFACT identifications are; None where a broken file has no part in it.

        While a partner file is broken, any sender whom nobody claims may be its partner: also one whom it does not seem
        to name, for the fault may lie in the very identification.
        """
        named = [identifier for identifier in identifiers if identifier]
        if not named or not self.broken:
            return None
        return self.reason([one for one in self.broken if one.names(named)] or self.broken)

    def why_claimed(self, identifiers: Iterable[str | None]) -> str | None:
        """The same, where a broken file counts alone that names an identification which nobody else claims."""
        known = {identifier for partner in self.partners for identifier in partner.identifiers.edifact}
        unclaimed = {identifier for identifier in identifiers if identifier} - known
        named = [one for one in self.broken if one.names(unclaimed)]
        return self.reason(named) if named else None

    @staticmethod
    def reason(broken: Sequence[BrokenFile]) -> str:
        """What is to be mended before work can go on."""
        told = " ".join(" ".join(one.problem.split()) for one in broken[:_TOLD])
        more = f" And {len(broken) - _TOLD} more." if len(broken) > _TOLD else ""
        return f"It waits until the partner file is mended. {told}{more}"

    @property
    def partner_files(self) -> str:
        """The version of all partner files together."""
        return PartnerFolder(self.partners, self.broken).version

    def agreement(self, partner: Partner | None) -> Agreement | None:
        """What is agreed with a partner; None where it is not known, or has no account."""
        return self.reference.agreement(partner.partner) if partner else None

    def versions(self, partner: Partner | None) -> Versions:
        """With what a result for this partner is made; a policy has no file of its own, so it shares its version."""
        made_with = partner.version if partner else None
        return Versions(code=CODE_VERSION, partner=made_with, policy=made_with, reference=self.reference.version)
