"""Watch the inboxes and the outbox, and start a flow only where there is something to do.

An inbox that lies empty leaves no run behind; one that cannot be reached shows as a failed run once, and again when
an hour has passed, until it answers.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from connectors.errors import ConnectorError
from pipelines.settings import SettingsError
from pipelines.wiring import Dock

REMIND_AFTER = 3600.0
"""Seconds after which a fault that lasts is shown again."""


@dataclass(slots=True)
class Watcher:
    """Looks every so many seconds; where ``look`` finds something, or fails for the first time, runs ``act``."""

    name: str
    every_seconds: float
    look: Callable[[], bool]
    act: Callable[[], None]
    failing_since: float | None = field(default=None, init=False)

    def watch(self, stop: threading.Event) -> None:
        """Watch until told to stop."""
        while not stop.is_set():
            if self._something_to_do():
                self.act()
            stop.wait(self.every_seconds)

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
