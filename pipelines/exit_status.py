"""How a command ends. Of several the highest wins, so that a script sees the worst."""

from enum import IntEnum

from connectors.store.records import ReceiptOutcome
from orders.decision import Decision


class ExitStatus(IntEnum):
    """What a command tells the shell."""

    DONE = 0
    """Accepted, changed or duplicate: nothing is to be done."""
    ATTENTION = 1
    """Something is held, rejected or quarantined, or work is still owed."""
    UNREADABLE = 2
    """No order structure could be read."""
    FAULT = 3
    """A fault of ours, or of the home."""
    WRONG_USAGE = 64


def exit_status(decision: Decision | None, orders: int) -> ExitStatus:
    """The status for one file: its decision (None before there is one), and how many orders were read from it."""
    if decision is Decision.DUPLICATE:
        return ExitStatus.DONE
    if orders == 0:
        return ExitStatus.UNREADABLE
    return ExitStatus.ATTENTION if decision is None or decision.needs_attention else ExitStatus.DONE


def outcome_status(outcome: ReceiptOutcome) -> ExitStatus:
    """The status for a received file; one that waits until we mend something of ours is a fault of ours."""
    if outcome.decision is None and outcome.receipt.waits_for is not None:
        return ExitStatus.FAULT
    return exit_status(outcome.decision, outcome.receipt.orders_done)
