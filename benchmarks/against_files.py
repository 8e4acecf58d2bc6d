"""The files of ``benchmarks.against``, clean ones and ones in which most lines have findings.

``python -m benchmarks.against_files FOLDER ORDERS LINES SHARE`` writes one file of each kind with so many orders of so
many lines, or with that share of them, and a small one to begin with. Each lies in a folder named as its customer is.
"""

import re
import sys
from pathlib import Path

import sample_files
from benchmarks.eancom import write_eancom
from benchmarks.interchange import write_interchange
from benchmarks.workbook import write_workbook

_FIRST = 10
_ROWS_CLEAN = sample_files.FOLDER / "atlantique" / "clean-two-orders.csv"
_ROWS_FAULTY = sample_files.FOLDER / "atlantique" / "held.csv"


def write_files(folder: Path, orders: int, lines: int, share: int) -> None:
    """Write ``first`` and ``file`` of every kind; the same numbers give the same bytes, but for workbooks' times."""
    few = max(1, orders // share)
    for name, many, some in (("first", _FIRST, _FIRST), ("file", orders, few)):
        clean = _place(folder, "nordmarkt", f"{name}.edi")
        write_interchange(clean, many, lines)
        some_clean = _place(folder, "nordmarkt", f"{name}-some.edi")
        write_interchange(some_clean, some, lines)
        spoil(some_clean, _place(folder, "nordmarkt", f"{name}-faulty.edi"))
        write_eancom(_place(folder, "chain", f"{name}.edi"), some * lines / 2_000)
        write_workbook(_place(folder, "klinikum", f"{name}.xlsx"), some * lines)
        repeat_rows(_ROWS_CLEAN, _place(folder, "atlantique", f"{name}.csv"), some * lines)
        repeat_rows(_ROWS_FAULTY, _place(folder, "atlantique", f"{name}-faulty.csv"), some * lines)


def spoil(clean: Path, faulty: Path) -> None:
    """Three of four lines get a wrong price, an amount that does not fit, and each one more of: item, unit, date."""
    text = clean.read_text("latin-1")
    text = re.sub(r"(LIN\+\d*[123]\+\+\d+)\d:EN", r"\g<1>X:EN", text)
    text = re.sub(r"(PRI\+AAA:)", r"\g<1>1", text)
    text = re.sub(r"(QTY\+21:\d*[02468]):\w+", r"\g<1>:XXX", text)
    text = re.sub(r"(QTY\+21:\d*[13579]:\w+')", r"\g<1>\r\nDTM+2:20261399:102'", text)
    # The number of segments is that of the clean messages: one that is wrong is another fault.
    faulty.write_text(text, "latin-1", newline="")


def repeat_rows(sample: Path, file: Path, rows: int) -> None:
    """The rows of a sample file again and again, each time under new order numbers."""
    heading, *body = sample.read_text("cp1252").splitlines()
    written = [heading]
    for turn in range(-(-rows // len(body))):
        written += [f"T{turn}-{row}" for row in body]
    file.write_text("\n".join(written) + "\n", "cp1252")


def _place(folder: Path, customer: str, name: str) -> Path:
    path = folder / customer / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    write_files(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
