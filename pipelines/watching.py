"""Watch the inboxes and the outbox, and start a flow only where there is something to do.

An inbox that lies empty leaves no run behind; one that cannot be reached shows as a failed run once, and again when
an hour has passed, until it answers. A watcher that meets a fault, of ours or of the Prefect server, tells it and goes
on.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from connectors.errors import ConnectorError
from pipelines.settings import SettingsError
from pipelines.wiring import Dock

REMIND_AFTER = 3600.0
"""Seconds after which a fault that lasts is shown again."""

_LONGEST_PAUSE = 60.0
_MOST_DOUBLINGS = 10


@dataclass(slots=True)
class Watcher:
    """Looks every so many seconds; where ``look`` finds something, or fails for the first time, runs ``act``."""

    name: str
    every_seconds: float
    look: Callable[[], bool]
    act: Callable[[], None]
    failing_since: float | None = field(default=None, init=False)
    faults: int = field(default=0, init=False)
    """Looks one after the other that ended in a fault."""

    def watch(self, stop: threading.Event) -> None:
        """Watch until told to stop. A fault is logged, and the pause after it doubles with each that follows."""
        while not stop.is_set():
            try:
                if self._something_to_do():
                    self.act()
            except Exception:  # one fault must not end the watch, and with it, unseen, the work of an inbox
                self.faults += 1
                self.failing_since = None  # what the flow was to show has not been shown
                words = "The watcher of %s met a fault; nothing is lost, and it looks again in %g seconds."
                logging.getLogger("ordermill").exception(words, self.name, self._pause())
            else:
                self.faults = 0
            stop.wait(self._pause())

    def _pause(self) -> float:
        doubled: float = self.every_seconds * 2 ** min(self.faults, _MOST_DOUBLINGS)
        return max(self.every_seconds, min(doubled, _LONGEST_PAUSE))

    def _something_to_do(self) -> bool:
        try:
            found = self.look()
        except (ConnectorError, SettingsError):
            # The flow meets the same fault and shows it, with its words; here it only decides when to show it again.
            now = time.monotonic()
            first = self.failing_since is None or now - self.failing_since > REMIND_AFTER
            self.failing_since = now if first else self.failing_since
            return first
        self.failing_since = None
        return found


def inbox_has_work(dock: Dock, name: str) -> bool:
    """Whether files lie in the inbox, or files of it can be decided. Errors: Unreachable, Refused, SettingsError.

    A file that waits for a partner file is tried again when the partner files have changed, and not before.
    """
    receipts = dock.store.receipts
    if receipts.undecided(name) and receipts.undecided(name, dock.partner_files().version):
        return True
    with dock.inbox(name).open() as session:
        return session.waiting()


def outbox_has_work(dock: Dock) -> bool:
    """Whether anything is due to be delivered. Errors: Unreachable."""
    return dock.store.outgoing.is_due(dock.clock.now(), dock.answerable())
