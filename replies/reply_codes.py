"""The codes with which EDIFACT answers a finding: ``edifact_reply_codes.tsv`` beside this module.

A row a code, and a further row for a case that is answered otherwise, which then holds in place of the whole row of the
code. A code of ours that is in no row has no code in any reply.
"""

import csv
from functools import cache
from importlib.resources import files

from orders.findings import Statement
from orders.findings.cases import Further
from orders.model import Model

_OF_CODE = ""
"""Stands for the case in the row of a code."""


class ReplyCodes(Model):
    """1229 (line action in ORDRSP), 4465 or 4295 (reason), 9321 (APERAK), 0085 (CONTRL); None where there is none."""

    ordrsp_action: str | None = None
    reason_code: str | None = None
    aperak_code: str | None = None
    contrl_code: str | None = None


_NONE = ReplyCodes()


def reply_codes(said: Statement) -> ReplyCodes:
    """The codes of a case, or else of its code. What is told together is answered as the first of it."""
    if isinstance(said.params, Further):
        return reply_codes(said.params.first)
    table = reply_code_table()
    return table.get((said.code, said.case)) or table.get((said.code, _OF_CODE)) or _NONE


@cache
def reply_code_table() -> dict[tuple[str, str], ReplyCodes]:
    """Every row by its code and case, read once from the package; the case is empty in the row of a code."""
    text = files("replies").joinpath("edifact_reply_codes.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {
        (row["code"], row["case"]): ReplyCodes.model_validate(
            {name: row[name] or None for name in ReplyCodes.model_fields}
        )
        for row in rows
    }
