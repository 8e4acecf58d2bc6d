"""The reference data that an order is checked against, at one version."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Protocol, TypeVar

from orders.catalogue import AssortmentEntry, Catalogue, DeliveryCalendar, Item, ItemIndex, ShipTo
from orders.known_rows import Identifiers, KnownRows, NearItems, Rows
from orders.near_numbers import slips
from orders.numbers import is_gtin
from orders.prices import AgreedPrice, PriceBook, PriceExplanation, price_for
from orders.reference_tables import ReferenceTables

_NEAR_TOGETHER = 20
"""Numbers whose slips are searched for together; each has about a thousand."""


class RowSource(Protocol):
    """Where the rows of one customer come from, at one version."""

    alphabet: str
    """The letters and digits that occur in numbers, in their order."""

    def named(self, numbers: Collection[str]) -> Rows:
        """Every item that one of these numbers can name, and whatever takes its place, with entries and prices.

        A number of ours or of theirs, a GTIN, or one of these that has lost its leading zeros. In a fixed number of
        queries, whatever their number.
        """
        ...

    def near(self, bare: Collection[str]) -> Rows:
        """Every item of the assortment that has one of these numbers in its bare form, in its order."""
        ...

    def parts(self) -> Iterator[Rows]:
        """The whole assortment in its order, a part at a time."""
        ...


class ReferenceSnapshot(Protocol):
    """The reference data at one version, whose name follows from its content."""

    @property
    def version(self) -> str: ...

    def agreement(self, customer: str) -> "Agreement | None":
        """What is agreed with this customer; None where the account is not known."""
        ...


class Agreement:
    """One customer's side of the reference data: account, assortment, places and prices.

    With a source, what a number names is fetched when it is looked up first. Whoever is about to look up many says so
    before, so that they are fetched together: ``fetch`` and ``fetch_lines``.
    """

    def __init__(
        self, version: str, calendar: DeliveryCalendar, known: KnownRows, source: RowSource | None = None
    ) -> None:
        self.version = version
        self.calendar = calendar
        self.account = known.account
        self.places = known.places
        self.assortment = known.assortment
        """The entries that are known, by item; with a source, those of every item that was looked up."""
        self.catalogue = Catalogue(known.items, self._ask if source is not None else None)
        self._known = known
        self._source = source

    def fetch(self, numbers: Iterable[str]) -> None:
        """Fetch together whatever one of these numbers can name."""
        if self._source is None:
            return
        known = self._known
        new = set(numbers) - known.asked
        if not new:
            return
        rows = self._source.named(new)
        with known.lock:
            known.learn(rows)
            known.asked |= new

    def fetch_lines(self, lines: Iterable[Identifiers]) -> None:
        """Fetch together what these lines name and, for those that name nothing, what they may have meant."""
        if self._source is None:
            return
        new = {identifiers for identifiers in lines if identifiers not in self._known.plainly_named}
        self.fetch(number for identifiers in new for number in identifiers if number is not None)
        self._fetch_near(number for identifiers in new for number in self._leading_nowhere(*identifiers))

    def _leading_nowhere(self, item: str | None, gtin: str | None, buyer_item: str | None) -> Iterator[str]:
        """The numbers in place of which something near is offered: none where one of them leads to an item."""
        ours = (number for number in (item, buyer_item) if number is not None)
        gtins = (number for number in (gtin, buyer_item) if number is not None)
        if any(map(self.catalogue.item, ours)) or any(map(self.catalogue.by_gtin, gtins)):
            return
        if buyer_item is not None and self.by_buyer_number(buyer_item):
            return
        if gtin is not None and not is_gtin(gtin):
            yield gtin
        first = next((number for number in (item, gtin, buyer_item) if number is not None), None)
        if first is not None and not self.without_leading_zeros(first):
            yield first

    def _fetch_near(self, numbers: Iterable[str]) -> None:
        assert self._source is not None
        known = self._known
        new = iter([number for number in dict.fromkeys(numbers) if number not in known.near])
        while together := list(islice(new, _NEAR_TOGETHER)):
            rows = self._source.near({slip for number in together for slip in slips(number, self._source.alphabet)})
            with known.lock:
                known.learn(rows)
            items = known.items.items
            near = NearItems((items[entry.item], entry) for _, entry in rows.entries if entry.item in items)
            known.near.update({number: near.of(number) for number in together})

    def _ask(self, number: str) -> None:
        if number not in self._known.asked:
            self.fetch((number,))

    def parts(self) -> Iterator["Agreement"]:
        """The whole assortment in its order: agreements that have a part of it each, and know nothing else."""
        if self._source is None:
            yield self
            return
        for rows in self._source.parts():
            known = KnownRows(self.account, self.places)
            known.learn(rows)
            yield Agreement(self.version, self.calendar, known)

    def plainly_named(self, item: str | None, gtin: str | None, buyer_item: str | None) -> Item | None:
        """The item, where each identifier that was sent leads straight to it, as nearly all do."""
        identifiers = (item, gtin, buyer_item)
        known = self._known.plainly_named.get(identifiers)
        if known is not None:
            return known
        found: list[Item | None] = []
        if item is not None:
            found.append(self.catalogue.item(item))
        if gtin is not None:
            found.append(self.catalogue.by_gtin(gtin))
        if buyer_item is not None:
            theirs = self.by_buyer_number(buyer_item)
            found.append(theirs[0] if len(theirs) == 1 else None)
        if not found or found[0] is None or any(one is not found[0] for one in found):
            return None
        # Only what names an item is kept, so that nobody can fill it.
        self._known.plainly_named[identifiers] = found[0]
        return found[0]

    def by_buyer_number(self, number: str) -> tuple[Item, ...]:
        """Every item that the customer knows under this number of its own."""
        if self._source is not None:
            self._ask(number)
        return tuple(self._known.by_buyer_number.get(number, ()))

    def without_leading_zeros(self, number: str) -> tuple[Item, ...]:
        """Items of ours or of theirs whose number becomes this one when its leading zeros are lost."""
        found = (*self.catalogue.without_leading_zeros(number), *self._known.bare_buyer_numbers.get(number, ()))
        return tuple({item.item: item for item in found}.values())

    def near(self, sent: str) -> tuple[Item, ...]:
        """Items of the assortment that have a number, of any kind, one slip away from this one."""
        if self._source is None:
            return self._near.of(sent)
        self._fetch_near((sent,))
        return self._known.near[sent]

    @cached_property
    def _near(self) -> NearItems:
        known = ((self.catalogue.item(entry.item), entry) for entry in self.assortment.values())
        return NearItems((item, entry) for item, entry in known if item is not None)

    def ship_to(self, identifier: str) -> ShipTo | None:
        """The delivery place by our or their identifier or by GLN."""
        return self._known.ship_tos.get(identifier)

    def agreed_price(
        self, item: Item, quantity: Decimal, day: date, tolerance_percent: Decimal
    ) -> PriceExplanation | None:
        """The price for this many base units on this day, explained."""
        return price_for(quantity, self._known.tiers(item, day, tolerance_percent))

    def price_rows(self, item: Item) -> tuple[AgreedPrice, ...]:
        """Every row of the customer's lists for the item, whatever its tier, validity or currency."""
        return self._known.prices.rows(self.account.price_lists, item.item)


class Reference:
    """A version of which every row is in memory: that of a small seller."""

    def __init__(self, tables: ReferenceTables, calendar: DeliveryCalendar | None = None) -> None:
        self.version = tables.version
        self._calendar = calendar or DeliveryCalendar()
        self._items = ItemIndex(tables.items)
        self._prices = PriceBook(tables.prices)
        self._customers = {customer.customer: customer for customer in tables.customers}
        self._assortments = _by_customer(tables.assortments)
        self._ship_tos = _by_customer(tables.ship_tos)
        self._agreements: dict[str, Agreement] = {}

    def agreement(self, customer: str) -> Agreement | None:
        """What is agreed with this customer; None where the account is not known."""
        account = self._customers.get(customer)
        if account is None:
            return None
        if customer not in self._agreements:
            known = KnownRows(account, self._ship_tos.get(customer, ()), self._items, self._prices)
            known.enter(enumerate(self._assortments.get(customer, ())), self._items.items)
            self._agreements[customer] = Agreement(self.version, self._calendar, known)
        return self._agreements[customer]


_Row = TypeVar("_Row", AssortmentEntry, ShipTo)


def _by_customer(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.customer, []).append(row)
    return found
