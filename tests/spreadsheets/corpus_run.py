"""``python -m tests.spreadsheets.corpus_run FOLDER``: check every file in this one process; a line of JSON for each."""

import json
import resource
import sys
import time
from pathlib import Path

from tests.spreadsheets.checking import checked, codes


def main() -> None:
    """Name, codes, whether there are orders, seconds of the processor, and the peak of memory so far in bytes."""
    for path in sorted(Path(sys.argv[1]).iterdir()):
        for customer in (None, "lindenladen"):
            begun = time.process_time()
            result = checked(path, customer)
            peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            found = [path.name, codes(result), time.process_time() - begun, max(peaks) * 1024]
            sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
