"""``ordermill up``: the Prefect server and the flows of a home, in the foreground, until Ctrl-C."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cli.homes import opened
from pipelines.prefect_environment import HOST, api_url, environment, ui_url
from pipelines.settings import Home

_START_SECONDS = 300.0
_STOP_SECONDS = 20.0


class _Stopped(Exception):
    """Somebody has asked us to stop."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A running part: the server ends by a signal, the flows by the end of their input, also when we are killed."""

    process: subprocess.Popen[bytes]
    by_signal: bool

    def end(self) -> None:
        """Ask it to end, and wait; one that does not is killed."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.by_signal:
            self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(home_option: Path | None) -> int:
    """Run everything; 0 after a clean stop, 3 where a part died."""
    dock = opened(home_option)
    home = dock.home
    broken = dock.books().broken  # says now, and not in a flow, what is wrong with the home
    dock.close()
    for problem in (*home.broken_inboxes, *home.broken_replies.values(), *(one.problem for one in broken)):
        _say(f"{problem}\n  Only this waits; all else goes on.")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    parts: list[_Part] = []
    try:
        _start(home, parts)
        return _wait(parts)
    except _Stopped:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        for part in reversed(parts):
            part.end()
        _say("stopped.")


def _stop(_: int, __: FrameType | None) -> None:
    raise _Stopped


def _start(home: Home, parts: list[_Part]) -> None:
    port = home.settings.prefect.port
    variables = {**os.environ, **environment(home, port)}
    _say("starting the Prefect server…")
    server = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    parts.append(_Part(_process(server, variables, subprocess.DEVNULL), by_signal=True))
    _until(lambda: _answers(port), parts)
    flows = _process([sys.executable, "-m", "pipelines.serving"], variables, subprocess.PIPE)
    parts.append(_Part(flows, by_signal=False))
    assert flows.stdout is not None
    if not flows.stdout.readline():
        raise SystemExit("The flows could not be started; what is wrong stands above.")
    # What a flow prints is shown; left unread, the pipe would fill and stop it.
    threading.Thread(target=shutil.copyfileobj, args=(flows.stdout, sys.stderr.buffer), daemon=True).start()
    names = ", ".join(inbox.name for inbox in home.settings.inboxes) or "no inbox yet"
    _say(f"watching: {names}.")
    _say(f"the Prefect UI is at {ui_url(port)}")
    _say("stop with Ctrl-C.")


def _process(command: list[str], variables: dict[str, str], pipe: int) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end the parts in their order.
    return subprocess.Popen(  # noqa: S603 our own programs, no shell
        command, env=variables, stdin=pipe, stdout=pipe, start_new_session=True
    )


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{api_url(port)}/health", timeout=2) as answer:  # noqa: S310 our own loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _until(ready: Callable[[], bool], parts: list[_Part]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        if any(part.process.poll() is not None for part in parts) or time.monotonic() > deadline:
            raise SystemExit("The Prefect server does not answer. Is its port taken by another program?")
        time.sleep(0.2)


def _wait(parts: list[_Part]) -> int:
    while all(part.process.poll() is None for part in parts):
        time.sleep(0.5)
    _say("a part has ended by itself; stopping the rest. Start again, nothing is lost.")
    return 3


def _say(words: str) -> None:
    sys.stderr.write(f"ordermill: {words}\n")
    sys.stderr.flush()
