"""``ordermill up``: the Prefect server and the flows of a home, in the foreground, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from cli.homes import opened
from pipelines.prefect_environment import HOST, api_url, environment, ui_url
from pipelines.settings import Home

_START_SECONDS = 120.0
_STOP_SECONDS = 20.0


class _Stopped(Exception):
    """Somebody has asked us to stop."""


def run(home_option: Path | None) -> int:
    """Run everything; 0 after a clean stop, 3 where a part died."""
    dock = opened(home_option)
    home = dock.home
    dock.books()  # says now, and not in a flow, what is wrong with the home
    dock.close()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        _start(home, children)
        return _wait(children)
    except _Stopped:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(children):
            _end(child)
        _say("stopped.")


def _stop(_: int, __: FrameType | None) -> None:
    raise _Stopped


def _start(home: Home, children: list[subprocess.Popen[bytes]]) -> None:
    port = home.settings.prefect.port
    variables = {**os.environ, **environment(home, port)}
    _say("starting the Prefect server…")
    children.append(
        _child([sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)], variables)
    )
    _until(lambda: _answers(port), children, "The Prefect server does not answer")
    children.append(_child([sys.executable, "-m", "pipelines.serving", str(home.folder)], variables))
    names = ", ".join(inbox.name for inbox in home.settings.inboxes) or "no inbox yet"
    _say(f"watching: {names}.")
    _say(f"the Prefect UI is at {ui_url(port)}")
    _say("stop with Ctrl-C.")


def _child(command: list[str], variables: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end the parts in their order.
    return subprocess.Popen(  # noqa: S603 our own programs, no shell
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{api_url(port)}/health", timeout=2) as answer:  # noqa: S310 our own loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _until(ready: Callable[[], bool], children: list[subprocess.Popen[bytes]], problem: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        if any(child.poll() is not None for child in children) or time.monotonic() > deadline:
            raise SystemExit(f"{problem}. Is its port taken by another program?")
        time.sleep(0.2)


def _wait(children: list[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    _say("a part has ended by itself; stopping the rest. Start again, nothing is lost.")
    return 3


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _say(words: str) -> None:
    sys.stderr.write(f"ordermill: {words}\n")
    sys.stderr.flush()
