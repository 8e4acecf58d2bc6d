#!/usr/bin/env bash
# Guessed: a general unit library does not know the unit codes of orders, so each of EA, PK, PA, PR
# and MT raises UndefinedUnitError, as KGM, LTR and PCE do.
#
# What happens (pint 0.25.3): names are case-sensitive and take SI prefixes, so five codes that mean
# each, pack, packet, pair and metric ton are read as huge physical units: exaampere, petakelvin,
# petaampere, peta molar gas constants and megatesla. Only the codes that happen not to split into a
# prefix and a unit are refused.
#
# Why it matters: "12 EA" turns into an electric current without an error. A unit of an order must be
# looked up in the code list that the partner uses (element 6411) before any unit library sees it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pint==0.25.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

print(*(f"{name} {version(name)}" for name in ["pint"]), sep=", ")
import pint

registry = pint.UnitRegistry()
seen = {}
for code in ("EA", "PK", "PA", "PR", "MT", "KGM", "LTR", "PCE"):
    try:
        seen[code] = str(registry.Unit(code))
    except pint.UndefinedUnitError:
        seen[code] = "undefined"
    print(f"{code}: {seen[code]}")
print("12 EA:", registry.Quantity("12 EA"))
assert seen == {
    "EA": "exaampere",
    "PK": "petakelvin",
    "PA": "petaampere",
    "PR": "petamolar_gas_constant",
    "MT": "megatesla",
    "KGM": "undefined",
    "LTR": "undefined",
    "PCE": "undefined",
}
PYTHON
