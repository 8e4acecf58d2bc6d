"""An ERP that takes orders as files: one JSON document per order in a folder, which the ERP may empty.

Three names tell how far an order has come, and every step from one to the next is a single act of the file system:
``.entering/<name>`` is being entered, ``.entered/<name>`` remembers it for ever, ``<name>`` is for the ERP. The last
step moves the first name to the third, so that a crash can neither lose an order nor enter it twice, even where the ERP
has taken the file away before the retry.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from connectors.errors import Refused
from connectors.local_files import errors_of, sync_folder, written_aside

ENTERING = ".entering"
ENTERED = ".entered"

_READABLE_CHARACTERS = 60


@dataclass(kw_only=True)
class FileErp:
    """Writes orders into ``folder``. The reference of an order is the name of its file, which follows from the key."""

    folder: Path

    def find(self, key: str) -> str | None:
        """Give the name of the file entered under this key, if there is one. Errors: ``Refused``, ``Unreachable``."""
        reference = file_name(key)
        with errors_of(self.folder):
            self.folder.stat()
            return reference if self._is_entered(reference) else None

    def create(self, key: str, document: bytes) -> str:
        """Write the document under the name of its key; the same again is no error.

        Errors: ``Refused`` where another document has been entered under this key, or where the folder cannot be used;
        ``Unreachable``.
        """
        reference = file_name(key)
        with errors_of(self.folder):
            for below in (ENTERING, ENTERED):
                (self.folder / below).mkdir(exist_ok=True)
            with self._alone():
                if not self._is_entered(reference):
                    self._enter(reference, document)
                entered = (self.folder / ENTERED / reference).read_bytes()
        if entered != document:
            raise Refused(f"another order has been entered as {reference} in {self.folder}; compare it with this one")
        return reference

    def _is_entered(self, reference: str) -> bool:
        # In this order: an order that is entered meanwhile counts as not yet entered, which create puts right.
        being_entered = (self.folder / ENTERING / reference).exists()
        return (self.folder / ENTERED / reference).exists() and not being_entered

    def _enter(self, reference: str, document: bytes) -> None:
        entering, entered = self.folder / ENTERING / reference, self.folder / ENTERED / reference
        # Where a name is there, a crash left it: that attempt is carried on, with its own document.
        with written_aside(entering.parent, document) as part, suppress(FileExistsError):
            os.link(part, entering)
        with suppress(FileExistsError):
            os.link(entering, entered)
        sync_folder(entering.parent)
        sync_folder(entered.parent)
        entering.rename(self.folder / reference)
        sync_folder(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes and threads from entering at the same time; a crash frees the lock."""
        with (self.folder / ENTERING / ".lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def file_name(key: str) -> str:
    """Give the file name for an idempotency key: readable at its start, and by its hash no other key's name.

    Only small ASCII letters, digits and hyphens occur, so that no file system folds two names into one.
    """
    readable = re.sub(r"[^a-z0-9]+", "-", key.lower())[:_READABLE_CHARACTERS].strip("-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable or 'order'}-{digest}.json"
