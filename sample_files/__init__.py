"""A small seller with its customers and reference data, and orders in every format with their expected results."""

from datetime import date
from importlib.resources import files
from pathlib import Path

AS_OF = date(2026, 11, 16)
"""The day for which the expected results hold: lead times and validities are measured from it."""

SELLER_NAME = "Hagedorn & Moll Großhandel"
SELLER_GLN = "9524017000019"

FOLDER = Path(str(files(__name__)))


def order_files() -> tuple[Path, ...]:
    """Every sample order, by customer and name."""
    found = (path for path in FOLDER.glob("*/*") if path.suffix in (".edi", ".csv", ".xlsx"))
    return tuple(sorted(path for path in found if path.parent.name != "reference"))


def expected_of(order_file: Path) -> Path:
    """The expected result beside a sample order."""
    return order_file.with_name(order_file.name + ".expected.json")
