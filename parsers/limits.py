"""How large a received file may be. Beyond a limit a file is refused with DOC008, never half read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, bytes a workbook may unpack to, the ratio of the two, and cells in a file of tables."""

    file_bytes: int = 200 << 20
    table_bytes: int = 50 << 20
    unpacked_bytes: int = 200 << 20
    unpack_ratio: int = 200
    cells: int = 2_000_000


DEFAULT = Limits()
