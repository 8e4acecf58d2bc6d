"""``ordermill partners suggest``: what a table never seen seems to be, with the evidence, as a file to confirm."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.homes import books_for
from cli.printing import console
from mappings.column_choice import LEAST
from mappings.layout_finder import Evidence, Proposal, propose
from mappings.layout_text import partner_text
from mappings.partner_file import Partner
from parsers.formats import Format
from parsers.limits import DEFAULT
from parsers.tables.table import column_letters
from pipelines.incoming import incoming
from pipelines.recognising import recognise_file, sheets_of
from pipelines.settings import SettingsError
from replies.wording.language import english

_CLEAR, _DOUBTFUL, _NOTHING = 0, 1, 2


def suggest_layout(file: Path, customer: str, out: Path | None, home: Path | None, as_json: bool) -> int:
    """Print the evidence and write the proposal; 0 where it is clear, 1 where doubts are left, 2 without a table."""
    if not file.is_file():
        sys.stderr.write(f"{file}: there is no such file.\n")
        return _NOTHING
    books, _ = books_for(home, None)
    agreement = books.reference.agreement(customer)
    if agreement is None:
        raise SettingsError(
            f"There is no account {customer} in the reference data. Load it with `ordermill data load`."
        )
    partner = books.partner(customer) or Partner(partner=customer, name=agreement.account.name)
    say = english().message
    recognised = recognise_file(incoming(file, customer=customer), books)
    if not recognised.readable or recognised.format is Format.EDIFACT:
        words = [say(one) for one in recognised.findings] or ["The file is EDIFACT, which needs no layout."]
        sys.stdout.write("\n".join(words) + "\n")
        return _NOTHING
    tables = recognised.tables or sheets_of(recognised.incoming, recognised.format, recognised.partner, DEFAULT)
    proposal = propose(tables, agreement)
    if proposal.layout is None or proposal.evidence is None:
        sys.stdout.write("\n".join(map(say, (*tables.findings, *proposal.findings))) + "\n")
        return _NOTHING
    text = partner_text(partner, proposal.layout, proposal.evidence, file.name, say)
    if out is not None:
        out.write_text(text, "utf-8")
    if as_json:
        sys.stdout.write(json.dumps(_report(file, customer, proposal, text), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(file, customer, proposal.evidence, text if out is None else None)
        if out is not None:
            console().print(f"\nWritten to {out}. Read it, mend it, set confirmed to true, and put it into the home.")
    return _DOUBTFUL if proposal.doubts else _CLEAR


def _print(file: Path, customer: str, evidence: Evidence, text: str | None) -> None:
    screen = console()
    sample = evidence.sample
    sheet = f"sheet {sample.table.sheet}, " if sample.table.sheet else ""
    place = f"{sheet}header in row {sample.header.number}, {len(sample.rows)} rows below"
    screen.print(Text.assemble((file.name, "bold"), f" for {customer}: {place}"))
    screen.print(Padding(_columns(evidence), (1, 0, 0, 2)))
    for beside in evidence.cells:
        screen.print(f"  {beside.field} = {beside.cell.text.strip()[:40]}: {beside.reason}")
    for name, told in (*evidence.notation.items(), *evidence.units.items()):
        screen.print(f"  {name} = {told.value}: {told.reason}")
    screen.print()
    for doubt in evidence.doubts:
        screen.print(Text.assemble(("Doubt  ", "yellow"), english().message(doubt)))
    if not evidence.doubts:
        screen.print(Text("The evidence is clear.", "green"))
    if text is not None:
        screen.print()
        sys.stdout.write(text)


def _columns(evidence: Evidence) -> Table:
    """One row a column, the field it seems to be, and what else it could be."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("", "Header", "Field", "Score", "Evidence"):
        table.add_column(name, justify="right" if name == "Score" else "left", overflow="fold")
    for one in evidence.choice.columns:
        header = " ".join(one.column.header.split())[:30]
        if one.chosen is not None:
            field = Text(one.chosen.field.value, "green")
            table.add_row(one.letters, header, field, f"{one.chosen.score} %", "; ".join(one.chosen.reasons))
        else:
            table.add_row(one.letters, header, Text("not read", "dim"), "", "")
        for each in [each for each in one.candidates if each is not one.chosen and each.score >= LEAST]:
            told = f"or {each.field.value}: {'; '.join(each.reasons)}"
            table.add_row("", "", "", Text(f"{each.score} %", "dim"), Text(told, "dim"))
    for number, reason in evidence.matrix_columns.items():
        header = " ".join(evidence.sample.header.cells[number].text.split())[:30]
        table.add_row(column_letters(number), header, Text("quantity, matrix", "green"), "", reason)
    if evidence.sums is not None:
        header = " ".join(evidence.sums.header.split())[:30]
        reason = "its values are the sums of the matrix"
        table.add_row(column_letters(evidence.sums.number), header, Text("quantity", "green"), "", reason)
    return table


def _report(file: Path, customer: str, proposal: Proposal, text: str) -> dict[str, Any]:
    evidence = proposal.evidence
    assert evidence is not None and proposal.layout is not None
    return {
        "file": file.name,
        "customer": customer,
        "sheet": evidence.sample.table.sheet,
        "header_row": evidence.sample.header.number,
        "rows": len(evidence.sample.rows),
        "clear": not evidence.doubts,
        "doubts": [english().message(one) for one in evidence.doubts],
        "columns": [
            {
                "column": one.letters,
                "header": one.column.header,
                "field": one.chosen.field.value if one.chosen else None,
                "candidates": [
                    {"field": each.field.value, "score": each.score, "reasons": list(each.reasons)}
                    for each in one.candidates
                ],
            }
            for one in evidence.choice.columns
        ],
        "cells": [
            {"field": cell.field, "label": cell.label, "value": cell.cell.text, "reason": cell.reason}
            for cell in evidence.cells
        ],
        "layout": proposal.layout.model_dump(mode="json", exclude_defaults=True),
        "yaml": text,
    }
