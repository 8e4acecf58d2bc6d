"""Work for the ERP goes in a sequence for each order: no act overtakes another, and nothing else waits for it."""

import threading
from datetime import timedelta
from importlib.resources import files
from typing import Any, Literal

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData

from connectors.errors import Refused
from connectors.ports import ErpAct
from connectors.store.database import Raced
from connectors.store.engine import open_database
from connectors.store.outgoing import LEASE
from connectors.store.records import Batch, ErpChange, Work, WorkKind, WorkStatus
from connectors.store.store import Store
from orders.answers import AnswerKind
from orders.checked import CheckedOrder
from orders.decision import Decision
from tests.store.test_store import NOW, checked, receipt

KEY = "nordmarkt/4500018231/1"


@pytest.fixture(scope="module")
def order() -> CheckedOrder:
    (order,) = checked("nordmarkt", "clean.edi")
    return order


def revised(order: CheckedOrder, revision: int) -> CheckedOrder:
    return order.model_copy(update={"revision": revision, "content": f"{revision:064}"})


def commit(
    store: Store,
    name: str,
    order: CheckedOrder,
    act: Literal[ErpAct.AMEND, ErpAct.CANCEL] | None = None,
    answers: tuple[AnswerKind, ...] = (),
    of: str = KEY,
) -> None:
    one = receipt(name)
    store.receipts.add(one)
    changes = (ErpChange(position=1, act=act, erp_order=of),) if act else ()
    batch = Batch(first=1, orders=(order,), customer="nordmarkt", answers=answers, erp_changes=changes)
    for work in store.orders.commit(one.id, batch, NOW):
        store.replies.keep(work, (), NOW)


def acts(work: list[Work]) -> list[tuple[ErpAct | None, int | None]]:
    return [(one.act, one.sequence) for one in work]


def test_each_act_on_an_order_waits_for_those_before_it(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    commit(store, "2", revised(order, 2), ErpAct.AMEND)
    commit(store, "3", revised(order, 3), ErpAct.AMEND)
    commit(store, "4", revised(order, 4), ErpAct.CANCEL)
    keys = []
    for act, sequence in ((ErpAct.CREATE, 1), (ErpAct.AMEND, 2), (ErpAct.AMEND, 3), (ErpAct.CANCEL, 4)):
        assert store.outgoing.is_due(NOW)
        (work,) = store.outgoing.take(NOW, 10)
        assert (work.act, work.sequence, work.erp_order) == (act, sequence, KEY)
        assert store.outgoing.take(NOW, 10) == []
        assert not store.outgoing.is_due(NOW)
        store.outgoing.done(work, "done", NOW)
        keys.append(work.key)
    assert keys == [KEY, f"{KEY}/amend/2", f"{KEY}/amend/3", f"{KEY}/cancel"]
    assert not store.outgoing.is_due(NOW + timedelta(days=1))


def test_what_is_postponed_or_parked_holds_up_its_own_order_alone(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order, answers=(AnswerKind.ORDRSP,))
    commit(store, "2", revised(order, 2), ErpAct.AMEND, answers=(AnswerKind.ORDRSP,))
    (other,) = checked("nordmarkt", "warnings.edi")
    commit(store, "3", other)
    taken = store.outgoing.take(NOW, 10)
    assert acts(taken) == [(ErpAct.CREATE, 1), (None, None), (None, None), (ErpAct.CREATE, 1)]
    for work in taken[1:]:
        store.outgoing.done(work, "done", NOW)
    store.outgoing.postpone(taken[0], "not reachable", NOW + timedelta(hours=1))
    assert (store.outgoing.take(NOW, 10), store.outgoing.is_due(NOW)) == ([], False)
    (again,) = store.outgoing.take(NOW + timedelta(hours=1), 10)
    store.outgoing.park(again, "refused", NOW)
    later = NOW + timedelta(days=30)
    assert (store.outgoing.take(later, 10), store.outgoing.is_due(later)) == ([], False)
    assert store.outgoing.take_up_parked("operator", later) == 1
    (again,) = store.outgoing.take(later, 10)
    assert again.id == taken[0].id
    store.outgoing.done(again, "done", later)
    assert acts(store.outgoing.take(later, 10)) == [(ErpAct.AMEND, 2)]


def test_a_limit_is_filled_with_what_may_go(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    for revision in range(2, 6):
        commit(store, str(revision), revised(order, revision), ErpAct.AMEND)
    (other,) = checked("nordmarkt", "warnings.edi")
    commit(store, "9", other)
    taken = store.outgoing.take(NOW, 2)
    assert [work.erp_order for work in taken] == [KEY, f"nordmarkt/{(other.sent.po_number or '').lower()}/1"]


def test_one_whose_lease_ran_out_does_not_park_what_another_has_done(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    (slow,) = store.outgoing.take(NOW, 10)
    (quick,) = store.outgoing.take(NOW + LEASE, 10)
    store.outgoing.done(quick, "done", NOW + LEASE)
    store.outgoing.park(slow, "refused", NOW + LEASE)
    assert store.outgoing.counts() == {(WorkKind.ERP, WorkStatus.DONE): 1}


def test_an_order_that_the_erp_was_never_owed_cannot_be_changed(store: Store, order: CheckedOrder) -> None:
    with pytest.raises(Refused, match=KEY):
        commit(store, "1", order, ErpAct.AMEND)
    assert (store.orders.newest(10), store.outgoing.counts()) == ([], {})


def test_what_has_nothing_to_deliver_is_no_amendment(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    held = revised(order, 2).model_copy(update={"decision": Decision.HELD})
    for nothing in (held, revised(order, 2).model_copy(update={"test": True})):
        with pytest.raises(ValueError, match="nothing that the ERP could be told"):
            commit(store, "2", nothing, ErpAct.AMEND)
    assert store.outgoing.counts() == {(WorkKind.ERP, WorkStatus.PENDING): 1}


def test_the_same_amendment_is_owed_once(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    commit(store, "2", revised(order, 2), ErpAct.AMEND)
    with pytest.raises(Raced):
        commit(store, "3", revised(order, 2), ErpAct.AMEND)
    assert store.outgoing.counts() == {(WorkKind.ERP, WorkStatus.PENDING): 2}


def test_amendments_at_the_same_moment_get_places_of_their_own(store: Store, order: CheckedOrder) -> None:
    commit(store, "1", order)
    start, numbers = threading.Barrier(4), range(2, 6)

    def amend(revision: int) -> None:
        start.wait()
        for _ in numbers:
            try:
                commit(store, str(revision), revised(order, revision), ErpAct.AMEND)
                return
            except Raced:
                continue

    threads = [threading.Thread(target=amend, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    places = []
    while work := store.outgoing.take(NOW, 10):
        places += [one.sequence for one in work]
        for one in work:
            store.outgoing.done(one, "done", NOW)
    assert places == [1, 2, 3, 4, 5]


def _owed_before(engine: Engine) -> None:
    """An order and a reply to its sender, owed by a store whose outbox has no sequence yet."""
    tables = MetaData()
    tables.reflect(engine)
    receipt_id = receipt("1").id
    moment = NOW.replace(tzinfo=None) if engine.dialect.name == "sqlite" else NOW
    counts = {one.name: 0 for one in tables.tables["receipt"].c if one.name.startswith("lines_")}
    rows: dict[str, list[dict[str, Any]]] = {
        "receipt": [
            {"id": receipt_id, "name": "1.edi", "sha256": "1", "size": 1, "channel": "folder", "inbox": "i",
             "received_at": moment, "as_of": NOW.date(), "status": "decided", "orders_done": 1, **counts}
        ],
        "purchase_order": [
            {"id": 1000, "receipt_id": receipt_id, "position": 1, "customer": "nordmarkt", "po_number": "4500018231",
             "number_key": "4500018231", "revision": 1, "content": "1", "refused": False, "decision": "accepted",
             "document": "{}"}
        ],
        "outbox": [
            {"key": key, "kind": kind, "receipt_id": receipt_id, "customer": "nordmarkt", "answer": answer,
             "order_id": order_id, "status": "pending", "attempts": 0, "due_at": moment, "created_at": moment}
            for key, kind, answer, order_id in ((KEY, "erp", None, 1000), ("ordrsp/1/1", "reply", "ordrsp", None))
        ],
    }  # fmt: skip
    with engine.begin() as connection:
        for name, written in rows.items():
            connection.execute(tables.tables[name].insert(), written)


def test_work_that_was_owed_before_there_was_a_sequence_is_the_creation_of_its_order(
    database_url: str, order: CheckedOrder
) -> None:
    engine = open_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(files("connectors.store") / "migrations"))
    config.attributes["engine"] = engine
    command.upgrade(config, "0005")
    _owed_before(engine)
    command.upgrade(config, "head")
    engine.dispose()
    store = Store(database_url)
    for work in store.replies.unmade(receipt("1").id):  # what was kept went with its table
        store.replies.keep(work, (), NOW)
    commit(store, "2", revised(order, 2), ErpAct.AMEND)
    created, reply = store.outgoing.take(NOW, 10)
    assert (created.act, created.erp_order, created.sequence) == (ErpAct.CREATE, KEY, 1)
    assert (reply.kind, reply.act, reply.erp_order, reply.sequence) == (WorkKind.REPLY, None, None, None)
    store.close()
