"""Run a reader of others in a process of its own, which has limits and can be ended."""

import os
import subprocess
import sys
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from parsers.limits import Limits


class Outcome(NamedTuple):
    """How the process ended: its exit status, None where it was ended, and what it wrote."""

    status: int | None
    output: bytes


class Apart:
    """A program of ``parsers.tables.apart`` that reads ``content`` with a library, beginning now.

    It gets the file and its limits, and nothing else: no environment, no import path but that of the library.
    """

    def __init__(self, program: str, library: str, content: bytes, limits: Limits, *arguments: str) -> None:
        found = find_spec(library)
        assert found is not None and found.origin is not None, f"{library} is not installed"
        folder = Path(found.origin).parents[1] if found.submodule_search_locations else Path(found.origin).parent
        seconds = max(1, int(limits.seconds))
        command = [sys.executable, "-I", "-S", str(files("parsers.tables.apart") / f"{program}.py")]
        self._seconds = limits.seconds
        self._content = tempfile.TemporaryFile()  # noqa: SIM115 closed with this object
        self._content.write(content)
        self._content.seek(0)
        self._process = subprocess.Popen(  # noqa: S603 our own program, named in this package
            [*command, str(folder), str(limits.reader_bytes), str(seconds), *arguments],
            stdin=self._content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
        )

    def outcome(self) -> Outcome:
        """Wait for the end, no longer than the limit of time."""
        try:
            output, _ = self._process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            return Outcome(None, b"")
        status = self._process.returncode
        return Outcome(status if status >= 0 else None, output)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._content.close()
