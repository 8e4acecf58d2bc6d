"""An ERP that takes orders as files: one JSON document per order in a folder, which the ERP may empty.

Three names tell how far a document has come, and every step from one to the next is a single act of the file system:
``.entering/<name>`` is being entered, ``.entered/<name>`` remembers it for ever, ``<name>`` is for the ERP. The last
step moves the first name to the third, so that a crash can neither lose an order nor enter it twice, even where the ERP
has taken the file away before the retry.

An amendment and a cancellation are further documents with names of their own. ``.acts/<order>/<sequence>-<act>.json``
remembers what was done to an order, so that none of them comes before the order, behind its cancellation, or out of
sequence.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from connectors.erp.file_documents import act_of, amend_document, cancel_document, create_document
from connectors.errors import Refused
from connectors.local_files import errors_of, sync_folder, written_aside
from connectors.ports import ErpAct, ErpCapabilities, ErpEvent
from orders.documents.sales_order import SalesOrder

ENTERING = ".entering"
ENTERED = ".entered"
ACTS = ".acts"

_READABLE_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class _Following:
    """An act on the order that was created under the key ``of``."""

    act: ErpAct
    of: str
    sequence: int


@dataclass(kw_only=True)
class FileErp:
    """Writes documents into ``folder``. The reference of each is the name of its file, which follows from its key."""

    folder: Path

    @property
    def capabilities(self) -> ErpCapabilities:
        """It amends and cancels. What becomes of a file behind the folder is not known, so it gives no events."""
        return ErpCapabilities(amend=True, cancel=True)

    def find(self, key: str) -> str | None:
        """Give the name of the file entered under this key, if there is one. Errors: ``Refused``, ``Unreachable``."""
        reference = file_name(key)
        with errors_of(self.folder):
            self.folder.stat()
            return reference if self._is_entered(reference) else None

    def create(self, order: SalesOrder, key: str) -> str:
        """Write the order under the name of its key; the same again is no error.

        Errors: ``Refused`` where another document has been entered under this key, or where the folder cannot be used;
        ``Unreachable``.
        """
        return self._do(key, create_document(order, key), None)

    def amend(self, order: SalesOrder, key: str, of: str, sequence: int) -> str:
        """Write the amendment under the name of its own key. Errors: ``Refused`` as the port says, ``Unreachable``."""
        return self._do(
            key, amend_document(order, key, of, sequence), _Following(act=ErpAct.AMEND, of=of, sequence=sequence)
        )

    def cancel(self, key: str, of: str, sequence: int) -> str:
        """Write the cancellation under the name of its own key. Errors: as for ``amend``."""
        return self._do(
            key, cancel_document(key, of, sequence), _Following(act=ErpAct.CANCEL, of=of, sequence=sequence)
        )

    def events(self, since: str | None = None) -> Iterator[ErpEvent]:
        """None, ever."""
        return iter(())

    def _do(self, key: str, document: bytes, following: _Following | None) -> str:
        reference = file_name(key)
        with errors_of(self.folder):
            for below in (ENTERING, ENTERED):
                (self.folder / below).mkdir(exist_ok=True)
            with self._alone():
                if not self._is_entered(reference):
                    noted = self._noted_as(reference, document, following) if following else None
                    self._enter(reference, document, noted)
                entered = (self.folder / ENTERED / reference).read_bytes()
        if entered != document:
            raise Refused(f"something else has been entered as {reference} in {self.folder}; compare it with this")
        return reference

    def _is_entered(self, reference: str) -> bool:
        # In this order: an order that is entered meanwhile counts as not yet entered, which create puts right.
        being_entered = (self.folder / ENTERING / reference).exists()
        return (self.folder / ENTERED / reference).exists() and not being_entered

    def _noted_as(self, reference: str, document: bytes, following: _Following) -> Path:
        """The name under which the act is noted for its order. Errors: ``Refused`` where its turn is not now."""
        order, entering = file_name(following.of), self.folder / ENTERING / reference
        if not self._is_entered(order) or act_of((self.folder / ENTERED / order).read_bytes()) is not ErpAct.CREATE:
            raise Refused(f"no order has been created as {order} in {self.folder}; nothing can be done to it")
        if entering.exists() and entering.read_bytes() != document:
            raise Refused(f"something else is being entered as {reference} in {self.folder}; compare it with this")
        acts = self.folder / ACTS / order.removesuffix(".json")
        acts.mkdir(parents=True, exist_ok=True)
        sync_folder(acts.parent)
        noted = acts / f"{following.sequence:09}-{following.act.value}.json"
        last = max(acts.iterdir(), default=None)
        if last == noted and entering.exists() and noted.samefile(entering):
            return noted
        sequence, _, act = last.stem.partition("-") if last else ("1", "-", ErpAct.CREATE.value)
        if act == ErpAct.CANCEL:
            raise Refused(f"{order} in {self.folder} has been cancelled; nothing more can be done to it")
        if int(sequence) >= following.sequence:
            raise Refused(
                f"act {int(sequence)} on {order} in {self.folder} is done; {following.sequence} comes too late"
            )
        return noted

    def _enter(self, reference: str, document: bytes, noted: Path | None) -> None:
        entering, entered = self.folder / ENTERING / reference, self.folder / ENTERED / reference
        # Where a name is there, a crash left it: that attempt is carried on, with its own document.
        with written_aside(entering.parent, document) as part, suppress(FileExistsError):
            os.link(part, entering)
        for kept in (noted, entered):
            if kept is not None:
                with suppress(FileExistsError):
                    os.link(entering, kept)
                sync_folder(kept.parent)
        sync_folder(entering.parent)
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
