"""Serve the flows of a home: watchers that start them, and deployments by which an operator can start them too.

Run as ``python -m pipelines.serving``, with its home and the address of the Prefect server in its environment.
"""

import asyncio
import logging
import sys
import threading
from functools import partial

from prefect import tags
from prefect.runner import Runner
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from connectors.errors import ConnectorError
from pipelines.flows import deliver_work, receive_files
from pipelines.prefect_names import deployment_name
from pipelines.settings import Home, open_home, own_home
from pipelines.watching import Watcher, inbox_has_work, outbox_has_work
from pipelines.wiring import Dock, open_dock

READY = "flows are served"
"""What is printed on standard output when everything watches."""


def watchers(home: Home, dock: Dock) -> list[Watcher]:
    """One watcher for each inbox, and one for the outbox."""
    settings = home.settings
    found = [
        Watcher(
            name=inbox.name,
            every_seconds=inbox.every_seconds,
            look=partial(inbox_has_work, dock, inbox.name),
            act=partial(_receive, inbox.name, inbox.customer, inbox.kind),
        )
        for inbox in settings.inboxes
    ]
    return [*found, Watcher("outbox", settings.deliver_every_seconds, partial(outbox_has_work, dock), _deliver)]


def _receive(inbox: str, customer: str | None, channel: str) -> None:
    with tags(customer or "any customer", channel):
        receive_files(inbox, return_state=True)


def _deliver() -> None:
    with tags("delivery"):
        deliver_work(return_state=True)


async def serve(home: Home) -> None:
    """Serve until standard input ends: whoever started this process closes it, or has died."""
    dock = open_dock(home)
    stop = threading.Event()
    threads = [
        threading.Thread(target=_watch, args=(watcher, stop), name=watcher.name) for watcher in watchers(home, dock)
    ]
    runner = Runner(name="ordermill", pause_on_shutdown=False)
    await _deploy(runner, home)
    running = asyncio.create_task(runner.start())
    running.add_done_callback(_tell_fault)
    try:
        for thread in threads:
            thread.start()
        print(READY, flush=True)  # noqa: T201 whoever started this process waits for the line
        await asyncio.to_thread(sys.stdin.read)
    finally:
        stop.set()
        await runner.astop()
        await asyncio.wait([running])
        for thread in threads:
            await asyncio.to_thread(thread.join)
        dock.close()


def _tell_fault(ended: asyncio.Task[None]) -> None:
    # The watchers start flows by themselves; without the runner, nobody else can.
    if not ended.cancelled() and (fault := ended.exception()) is not None:
        words = "Flows cannot be started by hand any more; inboxes and outbox are watched as before. Start again."
        logging.getLogger("ordermill").error(words, exc_info=fault)


def _watch(watcher: Watcher, stop: threading.Event) -> None:
    # The heartbeat thread of a flow run is joined at its end, which makes every run last a second.
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        watcher.watch(stop)


async def _deploy(runner: Runner, home: Home) -> None:
    """Deployments without a schedule: an operator can run them by hand."""
    for inbox in home.settings.inboxes:
        parameters = {"inbox": inbox.name}
        name = deployment_name(inbox.name)
        await runner.aadd_deployment(await receive_files.ato_deployment(name, parameters=parameters))
    await runner.aadd_deployment(await deliver_work.ato_deployment("outbox"))


def main() -> int:
    """Serve the home of this process."""
    try:
        asyncio.run(serve(open_home(own_home())))
    except ConnectorError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
