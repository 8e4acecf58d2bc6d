"""Writing files of this machine so that neither a reader nor a power cut ever sees half of one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from connectors.errors import Refused, Unreachable


@contextmanager
def errors_of(folder: Path) -> Iterator[None]:
    """Turn what the system says about a folder into ``Refused`` (to be mended) or ``Unreachable`` (try again)."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise Refused(f"folder {folder} cannot be used: {error.strerror}; create it or correct the setting") from error
    except PermissionError as error:
        raise Refused(f"folder {folder} may not be used: {error.strerror}; give this user the right to it") from error
    except OSError as error:
        raise Unreachable(f"folder {folder} cannot be used now: {error.strerror}") from error


@contextmanager
def written_aside(folder: Path, content: bytes) -> Iterator[Path]:
    """Write to a temporary name in this folder, safe on disk; the caller renames or links it. Errors: ``OSError``."""
    part = folder / f".{uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring new names in this folder safely to disk; a file's own fsync does not. Errors: ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
