#!/usr/bin/env bash
# Guessed: the packages gtin and gtin-validator can be installed side by side, as each has a name of
# its own.
#
# What happens (gtin 1.3.1649173518, gtin-validator 1.0.3): both install the module gtin, and the
# later one overwrites the other's gtin/__init__.py without a word. After gtin-validator the class
# GTIN is gone, both are listed as installed, and "pip check" finds nothing.
#
# Why it matters: one is wanted by a label printer, the other by a catalogue check, and whether the
# program still starts depends on the order in which an installer happened to unpack them.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check gtin==1.3.1649173518
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["gtin"]), sep=", ")
import importlib
import subprocess
import sys

pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
probe = [sys.executable, "-c", "import gtin; print(hasattr(gtin, 'GTIN'), hasattr(gtin, 'is_valid_GTIN'))"]
before = subprocess.run(probe, check=True, capture_output=True, text=True).stdout.split()
subprocess.run([*pip, "install", "-q", "gtin-validator==1.0.3"], check=True)
after = subprocess.run(probe, check=True, capture_output=True, text=True).stdout.split()
importlib.invalidate_caches()
listed = [version("gtin"), version("gtin-validator")]
checked = subprocess.run([*pip, "check"], capture_output=True, text=True)
print("has GTIN:", before[0], "then", after[0], "listed:", listed, "pip check:", checked.stdout.strip())
assert (before[0], after[0]) == ("True", "False")
assert listed == ["1.3.1649173518", "1.0.3"] and checked.returncode == 0
PYTHON
