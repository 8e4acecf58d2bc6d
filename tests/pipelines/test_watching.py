"""A watcher goes on whatever it meets, and tells it."""

import logging
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from connectors.errors import Unreachable
from pipelines.serving import watchers
from pipelines.settings import Home
from pipelines.watching import Watcher
from tests.pipelines.dock import at_work
from tests.servers.sftp_server import free_port


def watched(watcher: Watcher, enough: Callable[[], bool], seconds: float = 60.0) -> None:
    """Watch in a thread until enough has been seen; the thread must be alive then."""
    stop = threading.Event()
    thread = threading.Thread(target=watcher.watch, args=(stop,))
    thread.start()
    try:
        deadline = time.monotonic() + seconds
        while not enough() and thread.is_alive() and time.monotonic() < deadline:
            time.sleep(0.005)
        assert enough()
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join()


def test_a_fault_is_told_and_the_watch_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    times: list[float] = []

    def act() -> None:
        times.append(time.monotonic())
        if len(times) <= 4:
            raise RuntimeError("the server is down")

    watcher = Watcher("in", 0.02, lambda: True, act)
    watched(watcher, lambda: len(times) >= 7)
    told = [one for one in caplog.records if one.name == "ordermill"]
    assert len(told) == 4
    assert all(one.levelno == logging.ERROR and "The watcher of in met a fault" in one.getMessage() for one in told)
    assert "the server is down" in caplog.text
    pauses = [after - before for before, after in pairwise(times)]
    assert all(pause >= 0.02 * 2**number for number, pause in enumerate(pauses[:4], start=1))
    assert watcher.faults == 0


def test_a_fault_of_the_look_itself_is_told(caplog: pytest.LogCaptureFixture) -> None:
    looks: list[int] = []

    def look() -> bool:
        looks.append(1)
        raise ValueError("a fault of ours")

    watched(Watcher("in", 0.01, look, lambda: None), lambda: len(looks) >= 3)
    assert "a fault of ours" in caplog.text


def test_an_inbox_that_cannot_be_reached_is_shown_when_the_server_is_there_again() -> None:
    acts: list[int] = []

    def look() -> bool:
        raise Unreachable("no line")

    def act() -> None:
        acts.append(1)
        if len(acts) == 1:
            raise RuntimeError("the server is down")

    watched(Watcher("in", 0.01, look, act), lambda: len(acts) == 2)


def test_without_a_prefect_server_every_watcher_goes_on(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ORDERMILL_HOME", str(home.folder))
    nobody = f"http://127.0.0.1:{free_port()}/api"

    def told() -> bool:
        return sum("met a fault" in one.getMessage() for one in caplog.records) >= 2

    with at_work(home) as dock:
        (outbox,) = [one for one in watchers(home, dock) if one.name == "outbox"]
        act = outbox.act

        def without_server() -> None:
            with temporary_settings({PREFECT_API_URL: nobody, PREFECT_CLIENT_MAX_RETRIES: 0}):
                act()

        outbox.look, outbox.act, outbox.every_seconds = (lambda: True), without_server, 0.05
        watched(outbox, told)
