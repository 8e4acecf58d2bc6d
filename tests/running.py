"""`ordermill up` as a process of its own, and waiting for what it does."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def ordermill_up(home: Path) -> Iterator[None]:
    """`ordermill up` in a process of its own, stopped as Ctrl-C does."""
    log = home / "up.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--home", str(home)], stdout=output, stderr=output
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(60)
    assert status == 0, log.read_text()


def wait_for(what: Callable[[], object], seconds: float, log: Path) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)
