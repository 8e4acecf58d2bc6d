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

from orders.findings import finding
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
    code, words = "", ""
    try:
        with collection_paused():
            yield
    except OverLimit as over:
        code, words = "DOC008", f"{over} Send a smaller file."
    except (HasDoctype, DefusedXmlException):
        code, words = "DOC001", "The file has entity or DTD declarations, which a real one never has; it was not read."
        words += " Save it again in Excel."
    except _DAMAGE as error:
        code = "DOC001"
        words = f"The workbook is damaged ({type(error).__name__}). Open it in Excel and save it again."
    except NotImplementedError:
        # zipfile's word for a way of compressing that it does not know, which no spreadsheet program writes.
        code = "DOC001"
        words = "The workbook is packed in a way that is not read here. Open it in Excel and save it again."
    except RuntimeError:
        # zipfile's word for an encrypted part.
        code, words = "DOC002", "The workbook asks for a password. Send it without one."
    if code:
        found.tables.clear()
        found.findings.append(finding(code, words))


@contextmanager
def opened(content: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, where what it claims to hold is within the limits.

    zipfile gives no more of a part than its claimed size, so that the claims bind. Errors: OverLimit, and zipfile's.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        packed = sum(part.compress_size for part in archive.infolist()) or 1
        if unpacked > limits.unpacked_bytes:
            raise OverLimit(f"The file unpacks to {unpacked:,} bytes.")
        if unpacked > 1 << 20 and unpacked > packed * limits.unpack_ratio:
            raise OverLimit(f"The file unpacks to {unpacked // packed} times its size.")
        yield archive


def small_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """A part that is held as a whole. Errors: OverLimit, KeyError, and zipfile's."""
    size = archive.getinfo(name).file_size
    if size > limits.part_bytes:
        raise OverLimit(f"The part {name} of the workbook has more than {limits.part_bytes:,} bytes.")
    with archive.open(name) as stream:
        # Asked for all, zipfile unpacks first and looks at the claimed size afterwards.
        return stream.read(size)
