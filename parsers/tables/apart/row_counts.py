"""A workbook on standard input, how many rows of each sheet hold anything as JSON on standard output, by calamine.

The arguments are the folders to import from, the address space in bytes, and the seconds. Exit status 0, or any other
where it cannot be told.
"""

import io
import json
import os
import resource
import sys


def main(paths: str, memory: str, seconds: str) -> None:
    """Count, and write the result."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.path.extend(paths.split(os.pathsep))
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    counts = [
        (sheet.name, sum(any(value != "" for value in row) for row in book.get_sheet_by_name(sheet.name).iter_rows()))
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
