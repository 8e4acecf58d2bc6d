"""A single file packed as a zip archive or with gzip, as mail programs and tills send it."""

import io
import zipfile
import zlib

from orders.findings import Statement
from orders.findings.documents import (
    DOC001_ARCHIVE_DAMAGED,
    DOC002_ARCHIVE_WITH_PASSWORD,
    DOC008_BYTES_IN_ARCHIVE,
    DOC008_UNPACKS_BEYOND,
    DOC008_UNPACKS_TO_TIMES,
    Size,
    Times,
)
from parsers.limits import Limits, OverLimit
from parsers.tables.archive import opened

GZIP, ZIP = b"\x1f\x8b\x08", b"PK\x03\x04"
_WORKBOOK_PARTS = ("[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml", "xl/workbook.bin")


class Wrapped(Exception):
    """A packed file that cannot be unpacked; ``said`` says why."""

    def __init__(self, said: Statement) -> None:
        super().__init__(said)
        self.said = said


def unwrapped(content: bytes, limits: Limits) -> bytes | None:
    """The one file inside, None where this is no such package. Errors: Wrapped."""
    try:
        if content.startswith(GZIP):
            return _gunzipped(content, limits)
        if content.startswith(ZIP):
            return _unzipped(content, limits)
    except OverLimit as over:
        raise Wrapped(over.said) from None
    except RuntimeError:
        raise Wrapped(DOC002_ARCHIVE_WITH_PASSWORD()) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError):
        raise Wrapped(DOC001_ARCHIVE_DAMAGED()) from None
    return None


def _unzipped(content: bytes, limits: Limits) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # Not by ``is_dir``, which fails on an entry whose name is empty.
        files = [
            part for part in archive.infolist() if not part.filename.endswith("/") and not _is_clutter(part.filename)
        ]
        names = {part.filename.lower() for part in files}
    if len(files) != 1 or names & set(_WORKBOOK_PARTS):
        return None
    if files[0].file_size > limits.table_bytes:
        raise OverLimit(DOC008_BYTES_IN_ARCHIVE(Size(size=files[0].file_size)))
    with opened(content, limits) as archive, archive.open(files[0]) as stream:
        return stream.read(files[0].file_size)


def _is_clutter(name: str) -> bool:
    """What macOS adds to every archive."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] == ".DS_Store"


def _gunzipped(content: bytes, limits: Limits) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    found = unpacking.decompress(content, limits.table_bytes)
    if unpacking.unconsumed_tail:
        raise OverLimit(DOC008_UNPACKS_BEYOND(Size(size=limits.table_bytes)))
    if len(found) > 1 << 20 and len(found) > len(content) * limits.unpack_ratio:
        raise OverLimit(DOC008_UNPACKS_TO_TIMES(Times(times=len(found) // len(content))))
    if not unpacking.eof:
        raise EOFError
    return found
