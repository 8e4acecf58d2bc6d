"""Deliver: drain the outbox. Each piece of work is looked up before it is done, retried with back-off, or parked."""

import traceback
from collections.abc import Callable
from datetime import timedelta

from connectors.errors import Refused, Unreachable
from connectors.ports import Erp, Outbox
from connectors.store.outgoing import Answerable
from connectors.store.records import Work, WorkKind, WorkStatus
from connectors.store.store import Store
from orders.model import Model
from pipelines.answering import Answers
from pipelines.books import PartnerStopped
from pipelines.clock import Clock
from pipelines.erp_document import erp_document
from pipelines.settings import SettingsError

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
MAX_ATTEMPTS = 20
"""After so many tries, about half a day, the work is parked for a person to look at."""


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

    def drain(self, limit: int = 1000) -> list[Delivered]:
        """Do all work that is due now, at the most so much. Errors: Unreachable where the store does not answer."""
        return [self.deliver(work) for work in self.take(limit)]

    def take(self, limit: int) -> list[Work]:
        """Work that is due, taken for us."""
        return self._store.outgoing.take(self._clock.now(), limit, self._answerable())

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
        order = self._store.orders.order(work.order_id) if work.order_id is not None else None
        if order is None:
            raise Refused(f"The order of {work.key} is not in the store.")
        return self._erp.create(work.key, erp_document(order, work.key))

    def _to_partner(self, work: Work) -> str:
        assert work.customer is not None
        reply = self._answers.reply(work)
        if reply is None:
            return "nothing to tell"
        outbox = self._outbox_of(work.customer)
        if reply.letter is not None:
            outbox.put(reply.letter.name, reply.letter.content)
        outbox.put(reply.name, reply.content)
        return reply.name

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
