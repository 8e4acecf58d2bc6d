"""A small ERP in memory that calls back: it cannot amend, cancels what it has not shipped, and gives events."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from connectors.errors import Refused
from connectors.ports import Erp, ErpAct, ErpCapabilities, ErpEvent, ErpEventKind, LineQuantity
from orders.documents.sales_order import SalesOrder


@dataclass
class MemoryErpServer:
    """The ERP itself; what was done under each key, and its events."""

    acts: dict[str, tuple[ErpAct, object, str]] = field(default_factory=dict)
    orders: dict[str, SalesOrder] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    shipped: set[str] = field(default_factory=set)
    told: list[ErpEvent] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def do(self, act: ErpAct, key: str, content: object, on_order: Callable[[], None]) -> str:
        """Do an act under its key, or find that it was done."""
        with self.lock:
            if key not in self.acts:
                on_order()
                self.acts[key] = (act, content, f"SO-{len(self.acts) + 1:05}")
            known, before, reference = self.acts[key]
            if (known, before) != (act, content):
                raise Refused(f"{reference} was made under the key {key!r}, and is something else")
            return reference

    def tell(self, kind: ErpEventKind, key: str, lines: tuple[LineQuantity, ...] = ()) -> None:
        number = len(self.told) + 1
        self.told.append(
            ErpEvent(
                cursor=f"{number:06}",
                kind=kind,
                key=key,
                reference=self.acts[key][2],
                at=datetime(2026, 11, 16, 9, tzinfo=UTC) + timedelta(minutes=number),
                lines=lines,
            )
        )

    def ship(self) -> None:
        """Tell of what is new, and ship every open order."""
        for key, order in self.orders.items():
            if key not in self.shipped | self.cancelled:
                self.shipped.add(key)
                self.tell(ErpEventKind.ENTERED, key)
                lines = (
                    LineQuantity(line=one.number, quantity=one.quantity, unit=one.unit)
                    for one in order.lines
                    if one.quantity
                )
                self.tell(ErpEventKind.SHIPPED, key, tuple(lines))


@dataclass
class MemoryErp:
    """A connection to it."""

    server: MemoryErpServer

    @property
    def capabilities(self) -> ErpCapabilities:
        kinds = (ErpEventKind.ENTERED, ErpEventKind.SHIPPED, ErpEventKind.CANCELLED)
        return ErpCapabilities(amend=False, cancel=True, events=frozenset(kinds))

    def find(self, key: str) -> str | None:
        return self.server.acts[key][2] if key in self.server.acts else None

    def create(self, order: SalesOrder, key: str) -> str:
        return self.server.do(ErpAct.CREATE, key, order, lambda: self.server.orders.update({key: order}))

    def amend(self, order: SalesOrder, key: str, of: str, sequence: int) -> str:
        raise Refused("this ERP does not amend orders")

    def cancel(self, key: str, of: str, sequence: int) -> str:
        def on_order() -> None:
            if of not in self.server.orders or sequence <= 1:
                raise Refused(f"there is no order {of!r} that could be cancelled")
            if of in self.server.cancelled | self.server.shipped:
                raise Refused(f"the order {of!r} is shipped or cancelled")
            self.server.cancelled.add(of)
            self.server.tell(ErpEventKind.CANCELLED, of)

        return self.server.do(ErpAct.CANCEL, key, (of, sequence), on_order)

    def events(self, since: str | None = None) -> Iterator[ErpEvent]:
        return iter([event for event in self.server.told if since is None or event.cursor > since])


@dataclass
class MemoryErpUnderTest:
    """The subject of the contract suite."""

    server: MemoryErpServer = field(default_factory=MemoryErpServer)

    def open(self) -> Erp:
        return MemoryErp(self.server)

    def entered(self) -> list[tuple[ErpAct, str]]:
        return [(act, key) for key, (act, _, _) in self.server.acts.items()]

    def cut_off(self, act: Callable[[Erp], str], step: int) -> bool:
        """A caller dies before it has sent its call, or before it has read the answer."""
        if step > 0:
            act(self.open())
        return step < 2

    def work(self) -> None:
        self.server.ship()
