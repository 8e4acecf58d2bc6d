"""``ordermill check``."""

import json
import sys
from datetime import date
from pathlib import Path

from cli.homes import known_at
from cli.printing import print_result
from pipelines.checkup import check_file
from pipelines.exit_status import ExitStatus, exit_status
from pipelines.incoming import UnreadableFile, incoming
from pipelines.report import report


def check_one(file: Path, customer: str | None, as_of: date | None, home: Path | None, as_json: bool) -> int:
    """Check one file; gives the exit status."""
    if not file.is_file():
        sys.stderr.write(f"{file}: there is no such file.\n")
        return ExitStatus.UNREADABLE
    try:
        known = incoming(file, customer=customer)
    except UnreadableFile as error:
        sys.stderr.write(f"{error}\n")
        return ExitStatus.UNREADABLE
    with known_at(home, as_of) as (books, day, earlier):
        result = check_file(known, books, day, earlier)
    if as_json:
        sys.stdout.write(json.dumps(report(result), ensure_ascii=False, indent=2) + "\n")
    else:
        print_result(result)
    return exit_status(result.decision, len(result.orders))
