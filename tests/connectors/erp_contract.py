"""The contract of an ERP: every module behind the port ``Erp`` has to pass all of it.

A test class for an ERP is a subclass of ``ErpContract`` with a fixture ``subject``. What an ERP says that it cannot do,
it has to refuse.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Protocol

import pytest

from connectors.errors import Refused
from connectors.ports import Erp, ErpAct, ErpEventKind
from orders.documents.sales_order import SalesLine, SalesOrder, SalesPrice
from orders.purchase_order import OrderType, Schedule

KEY = "customer/4711/1"
AMENDMENT, CANCELLATION = f"{KEY}/amend/2", f"{KEY}/cancel"

ODD_KEYS = (
    "a/b", "a-b", "a b", "A-B", "a_b", "a--b", "", "-", "../a", "ä", "a\u0308", "x" * 300, "x" * 301, "con", "\0",
)  # fmt: skip


class ErpUnderTest(Protocol):
    """An ERP of a test, empty at first."""

    def open(self) -> Erp:
        """Connect to it, as a new process would."""
        ...

    def entered(self) -> list[tuple[ErpAct, str]]:
        """What the ERP itself has got, in its sequence: each act with its key."""
        ...

    def cut_off(self, act: Callable[[Erp], str], step: int) -> bool:
        """Do this act in a process that is killed before its step of this number, counted from 0.

        False where it has fewer steps, and was done.
        """
        ...

    def work(self) -> None:
        """Let the ERP do what it does with its orders, so that it has something to tell."""
        ...


def order(quantity: int = 12) -> SalesOrder:
    """An order of one line."""
    price = SalesPrice(
        price=Decimal("2.5"), basis=Decimal(1), unit="PCE", price_list="CUSTOMER-2026", currency="EUR"
    )  # fmt: skip
    line = SalesLine(
        number="10",
        item="40-1107",
        quantity=Decimal(quantity),
        unit="PCE",
        price=price,
        amount=quantity * price.price,
        requested_date=date(2026, 11, 24),
        schedules=(Schedule(quantity=Decimal(quantity), day=date(2026, 11, 24)),),
    )
    return SalesOrder(
        customer="customer",
        po_number="4711",
        revision=1,
        type=OrderType.ORDER,
        order_date=date(2026, 11, 16),
        requested_date=date(2026, 11, 24),
        ship_to="Müller",
        lines=(line,),
    )


def amend(erp: Erp, quantity: int = 18, key: str = AMENDMENT, sequence: int = 2) -> str:
    return erp.amend(order(quantity), key, KEY, sequence)


def cancel(erp: Erp, key: str = CANCELLATION, sequence: int = 3) -> str:
    return erp.cancel(key, KEY, sequence)


ACTS: dict[ErpAct, tuple[str, Callable[[Erp], str]]] = {
    ErpAct.CREATE: (KEY, lambda erp: erp.create(order(), KEY)),
    ErpAct.AMEND: (AMENDMENT, amend),
    ErpAct.CANCEL: (CANCELLATION, cancel),
}


def can(erp: Erp, act: ErpAct) -> bool:
    return {
        ErpAct.CREATE: True,
        ErpAct.AMEND: erp.capabilities.amend,
        ErpAct.CANCEL: erp.capabilities.cancel,
    }[act]


class ErpContract:
    """What each ERP promises."""

    @pytest.fixture
    def subject(self) -> ErpUnderTest:
        raise NotImplementedError("a test class for an ERP has a fixture of this name")

    @pytest.fixture
    def erp(self, subject: ErpUnderTest) -> Erp:
        return subject.open()

    @pytest.fixture(params=list(ErpAct))
    def act(self, request: pytest.FixtureRequest, erp: Erp) -> ErpAct:
        """Each act, the order being there for those that need one."""
        act: ErpAct = request.param
        if act is not ErpAct.CREATE:
            erp.create(order(), KEY)
        return act

    def test_an_order_is_found_after_it_was_created_and_not_before(self, erp: Erp) -> None:
        assert erp.find(KEY) is None
        reference = erp.create(order(), KEY)
        assert erp.find(KEY) == reference
        assert erp.find("customer/4711/2") is None

    def test_what_it_can_is_done_once_and_found_and_what_it_cannot_is_refused(
        self, subject: ErpUnderTest, erp: Erp, act: ErpAct
    ) -> None:
        key, do = ACTS[act]
        before = subject.entered()
        if not can(erp, act):
            with pytest.raises(Refused):
                do(erp)
            assert (erp.find(key), subject.entered()) == (None, before)
            return
        reference = do(erp)
        assert do(erp) == do(subject.open()) == erp.find(key) == subject.open().find(key) == reference
        assert subject.entered() == [*before, (act, key)]

    def test_something_else_under_a_used_key_is_refused(self, subject: ErpUnderTest, erp: Erp) -> None:
        reference = erp.create(order(), KEY)
        with pytest.raises(Refused):
            erp.create(order(13), KEY)
        with pytest.raises(Refused):
            amend(erp, key=KEY)
        with pytest.raises(Refused):
            cancel(erp, key=KEY)
        if erp.capabilities.amend:
            amend(erp)
            with pytest.raises(Refused):
                amend(erp, 19)
        assert erp.find(KEY) == reference
        assert len(subject.entered()) == 1 + erp.capabilities.amend

    def test_keys_that_look_alike_are_different_orders(self, erp: Erp) -> None:
        references = [erp.create(order(number), key) for number, key in enumerate(ODD_KEYS, start=1)]
        assert len({reference.lower() for reference in references}) == len(ODD_KEYS)
        assert [erp.find(key) for key in ODD_KEYS] == references

    def test_of_two_orders_at_the_same_moment_one_is_entered(self, subject: ErpUnderTest) -> None:
        def create(number: int) -> str | None:
            try:
                return subject.open().create(order(number), KEY)
            except Refused:
                return None

        with ThreadPoolExecutor(8) as creators:
            references = list(creators.map(create, range(1, 9)))
        assert len([reference for reference in references if reference is not None]) == 1
        assert subject.entered() == [(ErpAct.CREATE, KEY)]

    @pytest.mark.parametrize("act", [ErpAct.AMEND, ErpAct.CANCEL])
    def test_nothing_comes_before_its_order(self, subject: ErpUnderTest, erp: Erp, act: ErpAct) -> None:
        key, do = ACTS[act]
        with pytest.raises(Refused):
            do(erp)
        assert (erp.find(key), subject.entered()) == (None, [])
        erp.create(order(), KEY)
        if can(erp, act):
            do(erp)
        assert [key for _, key in subject.entered()] == [KEY, key][: 1 + can(erp, act)]

    def test_acts_on_an_order_go_in_their_sequence(self, subject: ErpUnderTest, erp: Erp) -> None:
        erp.create(order(), KEY)
        for sequence in (0, 1):
            with pytest.raises(Refused):
                amend(erp, sequence=sequence)
        if erp.capabilities.amend:
            amend(erp, 20, key=f"{KEY}/amend/4", sequence=4)
            for sequence in (2, 4):
                with pytest.raises(Refused):
                    amend(erp, 18, sequence=sequence)
            with pytest.raises(Refused):
                erp.amend(order(18), "an amendment of an amendment", f"{KEY}/amend/4", 5)
            assert erp.find(AMENDMENT) is None
            amend(erp, 22, key=f"{KEY}/amend/5", sequence=6)
        sequence_of_keys = [key for _, key in subject.entered()]
        assert sequence_of_keys == [KEY, f"{KEY}/amend/4", f"{KEY}/amend/5"][: 3 if erp.capabilities.amend else 1]

    def test_a_cancelled_order_stays_cancelled(self, subject: ErpUnderTest, erp: Erp) -> None:
        reference = erp.create(order(), KEY)
        if not erp.capabilities.cancel:
            with pytest.raises(Refused):
                cancel(erp)
            return
        cancel(erp, sequence=2)
        before = subject.entered()
        with pytest.raises(Refused):
            amend(erp, sequence=3)
        with pytest.raises(Refused):
            cancel(erp, key="another cancellation", sequence=3)
        assert erp.create(order(), KEY) == erp.find(KEY) == reference
        assert subject.entered() == before
        other = erp.create(order(), "another order")
        assert erp.find("another order") == other

    @pytest.mark.parametrize("step", range(12))
    def test_an_act_that_was_cut_off_at_any_step_is_done_once(
        self, subject: ErpUnderTest, erp: Erp, act: ErpAct, step: int
    ) -> None:
        key, do = ACTS[act]
        if not can(erp, act):
            with pytest.raises(Refused):
                do(erp)
            return
        before = subject.entered()
        cut = subject.cut_off(do, step)
        assert cut or step > 0
        found = subject.open().find(key)
        assert cut or found is not None
        # Found: it was done, whole. Not found: it is tried again, and that carries on what was begun.
        assert (found is None) or subject.entered() == [*before, (act, key)]
        assert do(subject.open()) == subject.open().find(key)
        assert subject.entered() == [*before, (act, key)]

    def test_events_come_in_their_sequence_and_none_twice(self, subject: ErpUnderTest, erp: Erp) -> None:
        keys = [f"customer/{number}/1" for number in range(5)]
        references = {key: erp.create(order(), key) for key in keys}
        subject.work()
        told = list(erp.events())
        assert {event.kind for event in told} <= erp.capabilities.events
        if not erp.capabilities.events:
            assert told == []
            return
        assert len({event.cursor for event in told}) == len(told)
        assert [event.at for event in told] == sorted(event.at for event in told)
        assert all(references[event.key] == event.reference for event in told)
        assert all(event.at.tzinfo is not None for event in told)
        if ErpEventKind.ENTERED in erp.capabilities.events:
            assert [event.key for event in told if event.kind is ErpEventKind.ENTERED] == keys
        shipped = [event for event in told if event.kind is ErpEventKind.SHIPPED]
        assert bool(shipped) == (ErpEventKind.SHIPPED in erp.capabilities.events)
        assert all(one.lines and one.lines[0].line == "10" and one.lines[0].quantity > 0 for one in shipped)
        for number, event in enumerate(told, start=1):
            assert list(subject.open().events(event.cursor)) == told[number:]
        erp.create(order(), "customer/later/1")
        subject.work()
        later = list(erp.events(told[-1].cursor))
        assert {event.key for event in later} == {"customer/later/1"}
        assert list(erp.events()) == [*told, *later]
