"""Deliver: drain the outbox. Each piece of work is looked up before it is done, retried with back-off, or parked."""

import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from connectors.errors import Refused, Unreachable
from connectors.ports import Erp, ErpAct, Outbox
from connectors.store.outgoing import Answerable
from connectors.store.records import Work, WorkKind, WorkStatus
from connectors.store.store import Store
from orders.documents.sales_order import SalesOrder, sales_order
from orders.model import Model
from pipelines.answering import Answers
from pipelines.books import PartnerStopped
from pipelines.clock import Clock
from pipelines.settings import SettingsError

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
MAX_ATTEMPTS = 20
"""After so many tries, about half a day, the work is parked for a person to look at."""

BATCH = 50
"""So much work is taken at a time: what is taken must be done within its lease, and nobody holds all of it."""


class Delivered(Model):
    """What became of one piece of work."""

    work: Work
    status: WorkStatus
    reference: str | None = None
    problem: str | None = None


class Deliveries:
    """Delivers to the ERP and to partners.

    ``outbox_of`` gives the place for a customer's replies, ``answerable`` tells to whom replies can be made now.
    """

    def __init__(
        self,
        store: Store,
        erp: Erp,
        outbox_of: Callable[[str], Outbox],
        answers: Answers,
        answerable: Callable[[], Answerable],
        clock: Clock,
    ) -> None:
        self._store = store
        self._erp = erp
        self._outbox_of = outbox_of
        self._answers = answers
        self._answerable = answerable
        self._clock = clock

    def drain(self) -> Counter[WorkStatus]:
        """Do all work that is due now, batch by batch; gives how much of it ended in which status.

        What is postponed meanwhile is left for the next time, however soon it is due again, so that this comes to an
        end. Errors: Unreachable where the store does not answer.
        """
        begun, found = self._clock.now(), Counter[WorkStatus]()
        while delivered := self.batch(begun):
            found.update(one.status for one in delivered)
        return found

    def batch(self, due_by: datetime) -> list[Delivered]:
        """Do a batch of the work that is due since this moment or before; empty where none is left.

        Errors: Unreachable where the store does not answer.
        """
        return [self.deliver(work) for work in self.take(BATCH, due_by)]

    def take(self, limit: int, due_by: datetime | None = None) -> list[Work]:
        """Work that is due, now or by this moment, taken for us."""
        return self._store.outgoing.take(self._clock.now(), limit, due_by, self._answerable())

    def deliver(self, work: Work) -> Delivered:
        """Do one piece of work that was taken; what the outside world says becomes its status."""
        try:
            reference = self._to_erp(work) if work.kind is WorkKind.ERP else self._to_partner(work)
        except Unreachable as error:
            return self._later(work, str(error))
        except (PartnerStopped, SettingsError) as error:
            return self._give_back(work, str(error))
        except Refused as error:
            return self._park(work, str(error))
        except Exception as error:  # noqa: BLE001 a fault of ours in one piece of work must not stop all others
            return self._park(work, f"A fault of ours: {''.join(traceback.format_exception(error))}")
        self._store.outgoing.done(work, reference, self._clock.now())
        return Delivered(work=work, status=WorkStatus.DONE, reference=reference)

    def _to_erp(self, work: Work) -> str:
        known = self._erp.find(work.key)
        if known is not None:
            return known
        if work.act is ErpAct.CREATE:
            return self._erp.create(self._sales_order(work), work.key)
        assert work.erp_order is not None and work.sequence is not None
        if work.act is ErpAct.AMEND:
            return self._erp.amend(self._sales_order(work), work.key, work.erp_order, work.sequence)
        return self._erp.cancel(work.key, work.erp_order, work.sequence)

    def _sales_order(self, work: Work) -> SalesOrder:
        checked = self._store.orders.order(work.order_id) if work.order_id is not None else None
        order = sales_order(checked) if checked is not None else None
        if order is None:
            raise Refused(f"There is no order in the store that {work.key} could deliver.")
        return order

    def _to_partner(self, work: Work) -> str:
        assert work.customer is not None
        documents = self._answers.documents(work)
        if not documents:
            return "nothing to tell"
        outbox = self._outbox_of(work.customer)
        for one in documents:
            outbox.put(one.name, self._answers.content(one))
        return documents[-1].name

    def _later(self, work: Work, problem: str) -> Delivered:
        if work.attempts >= MAX_ATTEMPTS:
            return self._park(work, f"Given up after {work.attempts} tries: {problem}")
        delay = min(FIRST_DELAY * 2 ** (work.attempts - 1), LONGEST_DELAY)
        self._store.outgoing.postpone(work, problem, self._clock.now() + delay)
        return Delivered(work=work, status=WorkStatus.PENDING, problem=problem)

    def _give_back(self, work: Work, problem: str) -> Delivered:
        self._store.outgoing.give_back(work, problem, self._clock.now() + FIRST_DELAY)
        return Delivered(work=work, status=WorkStatus.PENDING, problem=problem)

    def _park(self, work: Work, problem: str) -> Delivered:
        self._store.outgoing.park(work, problem, self._clock.now())
        return Delivered(work=work, status=WorkStatus.PARKED, problem=problem)
