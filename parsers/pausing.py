"""Garbage collection, paused while a file is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Let nobody look for cycles meanwhile. It is as it was afterwards; within another pause nothing changes.

    Messages and tables are made of many small objects that live as long as their batch and have no cycles among them.
    The collector would go through all of them again and again and find nothing: half of the time of reading went there.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
