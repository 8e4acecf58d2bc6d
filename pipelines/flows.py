"""The Prefect flows. They are thin: each step is a plain function of this package, and they carry ids, never documents.

What an operator sees: a run per poll that found something, in it a task per file named after the file, ending in the
state that says what became of it; a table of the poll; an event for every file that waits for somebody.
"""

from datetime import UTC, datetime

from prefect import State, Task, flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.events import emit_event
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from connectors.errors import Gone, Unreachable
from connectors.store.records import ReceiptOutcome, WorkStatus
from orders.decision import Decision, worst
from pipelines.deciding import decide_receipt
from pipelines.poll_table import left_row, poll_rows
from pipelines.prefect_names import artifact_key, literal
from pipelines.receiving import LeftFile, receive
from pipelines.settings import open_home, own_home
from pipelines.wiring import Dock, open_dock

_FILES_AT_ONCE = 4
_WAITING = "Waiting"
_EVENTS = {Decision.HELD: "held", Decision.REJECTED: "rejected", Decision.QUARANTINED: "quarantined"}


def _dock() -> Dock:
    """The home of this process, opened. No flow or task has it as a parameter: whoever reaches the API sets those."""
    return open_dock(open_home(own_home()))


def state_of(decision: Decision, message: str) -> State[str]:
    """A finished state named after the decision: a bad order is a result, not a failure of the run."""
    return Completed(name=decision.value.capitalize(), message=message, data=decision.value)


def _may_help(_: Task[..., object], __: TaskRun, state: State[object]) -> bool:
    """Retry what may be better in a moment: the other side was not reachable."""
    try:
        state.result()
    except Unreachable:
        return True
    except Exception:  # noqa: BLE001 any other failure is final; Prefect keeps and shows it
        return False
    return False


@task(
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=3,
    retry_delay_seconds=[2, 10, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=_may_help,
)
def receive_from(inbox: str) -> list[LeftFile]:
    """Claim, archive and note every file that lies ready; gives those that somebody has to look at."""
    dock, left = _dock(), list[LeftFile]()
    try:
        receive(dock.inbox(inbox), dock.archive, dock.store.receipts, dock.clock, left.append)
    finally:
        dock.close()
        for one in left:  # also where the line is lost after it: it is told once
            get_run_logger().warning("%s: %s", one.name, one.problem)
    return left


@task(cache_policy=NO_CACHE, persist_result=False)
def decide_file(receipt_id: str) -> State[str]:
    """Take one received file through to its decision."""
    dock = _dock()
    try:
        outcome = decide_receipt(receipt_id, dock.store, dock.archive, dock.books(), dock.clock)
        _tell(outcome, dock)
    except Gone as elsewhere:
        return Completed(name="Elsewhere", message=str(elsewhere), data="elsewhere")
    finally:
        dock.close()
    if outcome.decision is None:
        return Completed(name=_WAITING, message=outcome.receipt.waits_for or "", data=_WAITING)
    return state_of(outcome.decision, told(outcome))


def told(outcome: ReceiptOutcome) -> str:
    """The outcome in a few words: how many lines of how many have the worst decision."""
    counts = outcome.counts
    number = {
        Decision.HELD: counts.held,
        Decision.QUARANTINED: counts.held,
        Decision.REJECTED: counts.rejected,
        Decision.CHANGED: counts.changed,
        Decision.DUPLICATE: counts.skipped,
    }.get(outcome.decision or Decision.ACCEPTED, counts.accepted)
    return f"{number} of {counts.read} lines, {outcome.customer or 'unknown sender'}"


def _tell(outcome: ReceiptOutcome, dock: Dock) -> None:
    """An event for a file that waits for somebody; automations can act on it."""
    name = _EVENTS.get(outcome.decision) if outcome.decision else "waiting"
    if name is None:
        return
    row = poll_rows([outcome], dock.store)[0]
    emit_event(
        event=f"ordermill.file.{name}",
        resource={
            "prefect.resource.id": f"ordermill.receipt.{outcome.receipt.id}",
            "prefect.resource.name": outcome.receipt.name,
            "ordermill.customer": outcome.customer or "",
        },
        payload=row,
    )


@flow(
    name="Receive",
    flow_run_name="{inbox}",
    task_runner=ThreadPoolTaskRunner(max_workers=_FILES_AT_ONCE),  # type: ignore[arg-type]  # Prefect types it too narrowly
)
def receive_files(inbox: str) -> State[object]:
    """Poll one inbox: receive what lies there, decide each file, and show a table of what became of them."""
    left = receive_from.with_options(task_run_name=literal(f"look into {inbox}"))(inbox)
    dock = _dock()
    try:
        files = dock.store.receipts.undecided(inbox, dock.partner_files().version)
        named = [(one, dock.store.receipts.get(one)) for one in files]
        runs = [
            decide_file.with_options(
                task_run_name=literal(receipt.name),
                tags={receipt.named_customer or "any customer", receipt.channel.value},
            ).submit(one)
            for one, receipt in named
            if receipt is not None
        ]
        for run in runs:
            run.wait()
        outcomes = [outcome for one in files if (outcome := dock.store.receipts.outcome(one)) is not None]
        return _poll_state(inbox, outcomes, left, dock)
    finally:
        dock.close()


def _poll_state(inbox: str, outcomes: list[ReceiptOutcome], left: list[LeftFile], dock: Dock) -> State[object]:
    if not outcomes and not left:
        return Completed(name="Empty", message="Nothing lay there.")
    create_table_artifact(
        table=[dict(row) for row in (*poll_rows(outcomes, dock.store), *map(left_row, left))],
        key=artifact_key(inbox),
        description=f"What became of the files of this poll of **{inbox}**",
    )
    undecided = [one for one in outcomes if one.decision is None and one.receipt.waits_for is None]
    waiting = [one for one in outcomes if one.decision is None and one.receipt.waits_for is not None]
    if undecided:
        return Failed(message=f"{len(undecided)} of {len(outcomes)} files could not be decided; they are tried again.")
    if left:
        message = f"{len(left)} files could not be claimed, read or moved away; the table says what to do."
        return Completed(name=left[0].trouble.value.capitalize(), message=message)
    if waiting:
        message = f"{len(waiting)} of {len(outcomes)} files wait for a partner file to be mended; the table says which."
        return Completed(name=_WAITING, message=message)
    decision = worst(one.decision for one in outcomes if one.decision is not None)
    lines = sum(one.counts.read for one in outcomes)
    return Completed(name=decision.value.capitalize(), message=f"{len(outcomes)} files, {lines} lines")


@task(
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=5,
    retry_delay_seconds=[1, 5, 15, 60, 120],
    retry_jitter_factor=0.5,
    retry_condition_fn=_may_help,
)
def deliver_batch(due_by: datetime) -> dict[str, int]:
    """Deliver a batch of what is due by this moment; gives how much was done, postponed and parked."""
    dock = _dock()
    try:
        delivered = dock.deliveries().batch(due_by)
    finally:
        dock.close()
    logger = get_run_logger()
    for one in delivered:
        if one.status is not WorkStatus.DONE:
            logger.warning("%s: %s", one.work.key, one.problem)
    return {status.value: sum(one.status is status for one in delivered) for status in WorkStatus}


@task(cache_policy=NO_CACHE, persist_result=False)
def take_up_parked() -> int:
    """Make parked work due again."""
    dock = _dock()
    try:
        return dock.store.outgoing.take_up_parked("operator", dock.clock.now())
    finally:
        dock.close()


@flow(name="Deliver", flow_run_name="to ERP and partners")
def deliver_work(parked_too: bool = False) -> State[object]:
    """Drain the outbox: orders to the ERP, replies to their senders.

    Work that was parked is taken up again where an operator asks for it, after mending what parked it.
    """
    if parked_too:
        take_up_parked()
    # What is postponed from here on is left for the next run, however long this one takes.
    begun = datetime.now(UTC)
    totals = dict.fromkeys((status.value for status in WorkStatus), 0)
    while any((counts := deliver_batch.with_options(task_run_name="deliver what is due")(begun)).values()):
        for name, number in counts.items():
            totals[name] += number
    message = f"{totals['done']} delivered, {totals['pending']} postponed, {totals['parked']} parked"
    if totals[WorkStatus.PARKED.value]:
        return Completed(name="Parked", message=message)
    return Completed(name="Postponed" if totals[WorkStatus.PENDING.value] else "Delivered", message=message)
