"""The places of an order that did not come from a file."""

from collections.abc import Collection

from orders.location import CellLocation, Field, Location


class NoPlaces:
    """Knows of none, as in the cases of the rules."""

    def of(self, field: Field, line: int | None = None) -> Location | None:
        return None

    def room(self, field: Field, line: int) -> Location | None:
        return None

    def bare(self, line: int) -> Collection[Field]:
        return ()

    def row(self, line: int) -> CellLocation | None:
        return None
