#!/usr/bin/env bash
# Guessed: the date of an interchange header comes out of a pydifact interchange as it went in, eight
# digits where the header says syntax version 4 (UNOC:4), since that version has the century in it.
#
# What happens (pydifact 0.2.3): both lengths are read into one timestamp, and serialize() always
# writes six digits. The header then says syntax version 4 and has a date of version 3; everything
# else of the interchange is unchanged.
#
# Why it matters: a gateway that reads interchanges, routes them and writes them again sends its
# partners a header that does not follow the syntax it names, and a copy in the archive that no longer
# equals what came in.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pydifact==0.2.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["pydifact"]), sep=", ")
import warnings

from pydifact.segmentcollection import Interchange

warnings.simplefilter("ignore")
sent = (
    "UNB+UNOC:4+4012345000009:14+4054321000003:14+20261116:0830+REF1'"
    "UNH+1+ORDERS:D:01B:UN:EAN010'BGM+220+PO1+9'DTM+137:20261116:102'"
    "NAD+BY+4012345000009::9'NAD+SU+4054321000003::9'LIN+1++4006381333931:SRV'QTY+21:5'UNS+S'UNT+9+1'UNZ+1+REF1'"
)
interchange = Interchange.from_str(sent)
written = interchange.serialize()
print("in: ", sent[:64])
print("out:", written[:62])
assert interchange.timestamp.isoformat() == "2026-11-16T08:30:00"
assert written == sent.replace("+20261116:0830+", "+261116:0830+"), written
PYTHON
