"""An old workbook (xls, BIFF 2 to 8) on standard input, its cells as JSON on standard output.

The arguments are the folders to import from, the address space in bytes, the seconds, and how many cells there may be.
Exit status 0; 2 where the workbook is encrypted, 3 where it is over a limit; any other where it is damaged.
"""

import json
import os
import resource
import struct
import sys
from typing import Any

ENCRYPTED, OVER_LIMIT = 2, 3
_FILE_PASS, _SUP_BOOK, _END, _BEGIN = 0x002F, 0x01AE, 0x000A, (0x0009, 0x0209, 0x0409, 0x0809)
_FORMULA = (0x0006, 0x0206, 0x0406)
_OWN_OR_ADD_IN = (b"\x01\x04", b"\x01\x3a")


def main(paths: str, memory: str, seconds: str, cells: str) -> int:
    """Read, and write the result."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.path.extend(paths.split(os.pathsep))
    try:
        return _write(sys.stdin.buffer.read(), int(cells))
    except MemoryError:
        return OVER_LIMIT


def _write(content: bytes, most: int) -> int:
    import xlrd

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 pathlib takes longer to import than the rest of the work
        try:
            book = xlrd.open_workbook(
                file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=nowhere
            )
        except xlrd.XLRDError as error:
            return ENCRYPTED if "encrypted" in str(error) else 1
        sheets = []
        for index in range(book.nsheets):
            sheet = _sheet(book, index)
            most -= sum(len(row[2]) for row in sheet["rows"])
            if most < 0:
                return OVER_LIMIT
            sheets.append(sheet)
    formats = [book.format_map[style.format_key].format_str for style in book.xf_list]
    links = any(
        number == _SUP_BOOK and data[2:4] not in _OWN_OR_ADD_IN for number, data in _records(book.mem, book.base)
    )
    json.dump({"sheets": sheets, "formats": formats, "epoch_1904": book.datemode == 1, "links": links}, sys.stdout)
    return 0


def _sheet(book: Any, index: int) -> dict[str, Any]:
    sheet = book.sheet_by_index(index)
    formulas = {
        struct.unpack_from("<HH", data)
        for number, data in _records(book.mem, book._sh_abs_posn[index])
        if number in _FORMULA
    }
    rows = []
    for row in range(sheet.nrows):
        found = [
            (column, kind, value, sheet.cell_xf_index(row, column), (row, column) in formulas)
            for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True))
            if kind not in (0, 6) or (row, column) in formulas
        ]
        if found:
            info = sheet.rowinfo_map.get(row)
            rows.append((row, bool(info is not None and info.hidden), found))
    merged = [list(one) for one in sheet.merged_cells]
    book.unload_sheet(index)
    return {"name": sheet.name, "hidden": sheet.visibility != 0, "rows": rows, "merged": merged}


def _records(stream: Any, at: int) -> Any:
    """The records from here to the end of the sheet, those of charts in it included."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, bytes(stream[at + 4 : at + 4 + length])
        at += 4 + length
        depth += (number in _BEGIN) - (number == _END)
        if depth <= 0:
            return


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
