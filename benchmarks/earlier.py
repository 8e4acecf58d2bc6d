"""An earlier commit to compare with: its code in a worktree, run by the Python and the packages of this one."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BEFORE = "883a6ac"
"""The commit that later ones are compared with."""


class Run(NamedTuple):
    """What a process took: seconds of the processor in user mode, the peak of its memory in bytes, and its output."""

    seconds: float
    peak: int
    output: str


def run(code: Path, *arguments: Path | str) -> Run:
    """Run a Python command on the code of a worktree, with the libraries of this one."""
    command = [sys.executable, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONSAFEPATH": "1"}
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=output)  # noqa: S603 our own modules
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:4])} failed; see above.")
    return Run(usage.ru_utime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), text)


@contextmanager
def earlier_code(commit: str, folder: Path, given: Path | None = None) -> Iterator[Path]:
    """A worktree of the commit that is compared with: the one that is given, or one made for the time of this."""
    if given is not None:
        yield given
        return
    path = folder / "before"
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--detach", str(path), commit], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _require_packages(path, commit)
        yield path
    finally:
        subprocess.run([*git, "remove", "--force", str(path)], check=True)  # noqa: S603


def _require_packages(code: Path, commit: str) -> None:
    project = tomllib.loads((code / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in project["dependencies"]]
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        raise SystemExit(f"{commit} needs packages that are not installed here: {', '.join(missing)}.")


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
