"""``--write-golden`` writes the golden files anew; the difference is then reviewed like any other change."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files of the replies anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with a golden file. ``WRITE_GOLDEN=1`` does the same as the option."""
    # The option is known only where pytest was started on this folder.
    writing = request.config.getoption("--write-golden", default=False) or os.environ.get("WRITE_GOLDEN") == "1"

    def compare(name: str, written: bytes) -> None:
        path = GOLDEN / name
        if writing:
            path.write_bytes(written)
        assert written == path.read_bytes()

    return compare
