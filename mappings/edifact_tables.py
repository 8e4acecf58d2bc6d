"""The table turned round for one partner's conventions: by tag and qualifier, ready to look up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mappings.edifact_conventions import EANCOM, Conventions
from mappings.edifact_lookup import ByTag
from mappings.edifact_table import HEADER, ITEM_NUMBERS, LINE, ORDER_FUNCTIONS, ORDER_TYPES, SCHEDULE, Row
from orders.location import Field
from orders.purchase_order import OrderFunction, OrderType


@dataclass(frozen=True)
class Tables:
    """What is needed to read the messages of a partner; made once for a file."""

    conventions: Conventions = EANCOM

    @cached_property
    def header(self) -> ByTag:
        """Fields of segments of the head and foot."""
        return self._by_tag(row for row in HEADER if row.group is None)

    @cached_property
    def header_groups(self) -> ByTag:
        """Fields of groups at message level."""
        return self._by_tag(row for row in HEADER if row.group is not None)

    @cached_property
    def line(self) -> ByTag:
        """Fields of segments of a line."""
        return self._by_tag(row for row in LINE if row.group is None)

    @cached_property
    def line_groups(self) -> ByTag:
        """Fields of groups of a line."""
        return self._by_tag(row for row in LINE if row.group is not None)

    @cached_property
    def schedule(self) -> ByTag:
        """Fields of a part of a split delivery."""
        return self._by_tag(SCHEDULE)

    @cached_property
    def item_numbers(self) -> dict[str, Field]:
        """7143: which field a number in PIA is."""
        return {
            qualifier: field
            for field, choice in ITEM_NUMBERS.items()
            for qualifier in getattr(self.conventions, choice)
        }

    @cached_property
    def order_types(self) -> dict[str, OrderType]:
        """1001, with the partner's own codes."""
        return ORDER_TYPES | dict(self.conventions.order_types)

    @cached_property
    def order_functions(self) -> dict[str, OrderFunction]:
        """1225, with the partner's own codes."""
        return ORDER_FUNCTIONS | dict(self.conventions.order_functions)

    def _by_tag(self, rows: Iterable[Row]) -> ByTag:
        return ByTag(row.by(self.conventions) for row in rows)


STANDARD = Tables()
"""EANCOM's reading."""
