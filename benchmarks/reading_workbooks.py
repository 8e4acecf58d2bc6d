"""Read one workbook whole, one way or another: ``python -m benchmarks.reading_workbooks WAY FILE``.

``ours`` gives located cells with text, format and formula; openpyxl (read-only, its quickest) and pandas give values.
``decided`` goes on to the decided order, in a process that has done it before.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Measured, peak_memory, report


def ours() -> Callable[[Path], int]:
    from parsers.limits import DEFAULT
    from parsers.tables.workbook import read_workbook

    return lambda path: sum(len(table.rows) for table in read_workbook(path.read_bytes(), DEFAULT).tables)


def openpyxl() -> Callable[[Path], int]:
    from openpyxl import load_workbook

    def read(path: Path) -> int:
        book = load_workbook(path, read_only=True)
        return sum(any(value is not None for value in row) for row in book.worksheets[0].iter_rows(values_only=True))

    return read


def pandas() -> Callable[[Path], int]:
    from pandas import read_excel

    return lambda path: len(read_excel(path, header=None, dtype=str, engine="openpyxl").dropna(how="all"))


def decided() -> Callable[[Path], int]:
    import sample_files
    from benchmarks.workbook import CUSTOMER
    from cli.homes import books_for
    from pipelines.checkup import check_file
    from pipelines.incoming import incoming

    books, day = books_for(None, sample_files.AS_OF)

    def decide(path: Path) -> int:
        return sum(len(one.lines) for one in check_file(incoming(path, customer=CUSTOMER), books, day).orders)

    decide(sample_files.FOLDER / CUSTOMER / "clean.xlsx")
    return decide


WAYS = {"ours": ours, "openpyxl": openpyxl, "pandas": pandas, "decided": decided}


def run(way: str, path: Path) -> Measured:
    """Read the file once and count its rows; what the libraries need to start is not measured."""
    read = WAYS[way]()
    begun, worked = time.perf_counter(), time.process_time()
    rows = read(path)
    return Measured(time.perf_counter() - begun, time.process_time() - worked, 1, rows, peak_memory())


if __name__ == "__main__":
    report(run(sys.argv[1], Path(sys.argv[2])))
