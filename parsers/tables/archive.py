"""Workbooks that are zip archives: opened within limits, and every way of being damaged is a finding."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException

from orders.findings import Statement, finding
from orders.findings.documents import (
    DOC001_ENTITY_DECLARATIONS,
    DOC001_PACKED_UNREADABLY,
    DOC001_WORKBOOK_DAMAGED,
    DOC002_WORKBOOK_WITH_PASSWORD,
    DOC008_PART_OF_WORKBOOK,
    DOC008_UNPACKS_TO,
    DOC008_UNPACKS_TO_TIMES,
    Damage,
    PartSize,
    Size,
    Times,
)
from parsers.limits import Limits, OverLimit
from parsers.pausing import collection_paused
from parsers.tables.table import TableFile
from parsers.tables.xml_stream import HasDoctype

_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, ParseError, ExpatError, LookupError, EOFError, ValueError,
    struct.error,
)  # fmt: skip


@contextmanager
def faults_reported(found: TableFile) -> Iterator[None]:
    """Read a workbook; where that ends in a fault of the file, ``found`` holds its finding and no tables."""
    said: Statement | None = None
    try:
        with collection_paused():
            yield
    except OverLimit as over:
        said = over.said
    except (HasDoctype, DefusedXmlException):
        said = DOC001_ENTITY_DECLARATIONS()
    except _DAMAGE as error:
        said = DOC001_WORKBOOK_DAMAGED(Damage(fault=type(error).__name__))
    except NotImplementedError:
        # zipfile's word for a way of compressing that it does not know, which no spreadsheet program writes.
        said = DOC001_PACKED_UNREADABLY()
    except RuntimeError:
        # zipfile's word for an encrypted part.
        said = DOC002_WORKBOOK_WITH_PASSWORD()
    if said is not None:
        found.tables.clear()
        found.findings.append(finding(said))


@contextmanager
def opened(content: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, where what it claims to hold is within the limits.

    zipfile gives no more of a part than its claimed size, so that the claims bind. Errors: OverLimit, and zipfile's.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        packed = sum(part.compress_size for part in archive.infolist()) or 1
        if unpacked > limits.unpacked_bytes:
            raise OverLimit(DOC008_UNPACKS_TO(Size(size=unpacked)))
        if unpacked > 1 << 20 and unpacked > packed * limits.unpack_ratio:
            raise OverLimit(DOC008_UNPACKS_TO_TIMES(Times(times=unpacked // packed)))
        yield archive


def small_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """A part that is held as a whole. Errors: OverLimit, KeyError, and zipfile's."""
    size = archive.getinfo(name).file_size
    if size > limits.part_bytes:
        raise OverLimit(DOC008_PART_OF_WORKBOOK(PartSize(part=name, size=limits.part_bytes)))
    with archive.open(name) as stream:
        # Asked for all, zipfile unpacks first and looks at the claimed size afterwards.
        return stream.read(size)
