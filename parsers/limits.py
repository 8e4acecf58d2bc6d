"""How large a received file may be. Beyond a limit a file is refused with DOC008, never half read."""

import time
from dataclasses import dataclass

from orders.findings import Statement
from orders.findings.documents import DOC008_CELLS, DOC008_CELLS_OF_TEXT, DOC008_SLOW, DOC008_SLOW_TEXT, Seconds
from orders.findings.parameters import LargeNumber


class OverLimit(Exception):
    """A file goes beyond a limit; ``said`` says which."""

    def __init__(self, said: Statement) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, bytes a workbook may unpack to, the ratio of the two, and cells in a file of tables.

    ``part_bytes`` is for the parts of a workbook that are held as a whole (list of sheets, styles). ``seconds`` is the
    processor time that the tables of a file may take, ``reader_bytes`` the address space of a process that reads them.
    """

    file_bytes: int = 200 << 20
    table_bytes: int = 50 << 20
    unpacked_bytes: int = 200 << 20
    unpack_ratio: int = 200
    cells: int = 2_000_000
    part_bytes: int = 8 << 20
    seconds: float = 60
    reader_bytes: int = 1 << 30


DEFAULT = Limits()

MERGED_CELLS = 10
"""A merged range counts as so many cells: where it lies is asked again and again."""


class Budget:
    """What may still be spent on one file of tables: cells, and time of this thread's processor.

    ``splittable`` where the sender can be told to split the file, as delimited text.
    """

    def __init__(self, limits: Limits, *, splittable: bool = False) -> None:
        self.limits = limits
        self._too_many = DOC008_CELLS_OF_TEXT if splittable else DOC008_CELLS
        self._too_slow = DOC008_SLOW_TEXT if splittable else DOC008_SLOW
        self._cells = limits.cells
        self._until = time.thread_time() + limits.seconds

    def spend(self, cells: int) -> None:
        """Take note of cells that were read; of fewer than none, where they will be read again. Errors: OverLimit."""
        self._cells -= cells
        if self._cells < 0:
            raise OverLimit(self._too_many(LargeNumber(number=self.limits.cells)))

    def check_time(self) -> None:
        """Errors: OverLimit where the time is used up."""
        if time.thread_time() > self._until:
            raise OverLimit(self._too_slow(Seconds(seconds=self.limits.seconds)))
