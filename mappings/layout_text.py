"""A proposed layout as the text of a partner file, with its evidence as comments, for a person to confirm."""

from collections.abc import Callable
from typing import Any

import yaml

from mappings.layout import BlankQuantity, Layout
from mappings.layout_finder import Evidence
from mappings.partner_file import Partner
from orders.findings import Statement

_HOW = """\
# Proposed by `ordermill partners suggest`. To confirm: read it, mend it, set `confirmed` to true, and put the file into
# the partners folder of the home in place of an older one. Until then orders are read by it, and held (LAY002).
"""


def partner_text(
    partner: Partner, layout: Layout, evidence: Evidence, source: str, say: Callable[[Statement], str]
) -> str:
    """The whole partner file: what was agreed before stays, the layout is new and not confirmed.

    ``say`` gives the words for a doubt.
    """
    sample = evidence.sample
    sheet = f"sheet {_quoted(sample.table.sheet)}, " if sample.table.sheet else ""
    rows = (
        f"# From {_quoted(source)}: {sheet}header in row {sample.header.number}, {len(sample.rows)} rows looked at.\n"
    )
    doubts = "".join(f"# Doubt: {_comment(say(doubt))}\n" for doubt in evidence.doubts)
    head = f"partner: {_quoted(partner.partner)}\nname: {_quoted(partner.name)}\n"
    return _HOW + rows + doubts + head + _kept(partner) + "layout:\n" + "".join(_lines(layout, evidence))


def _kept(partner: Partner) -> str:
    """What the partner's file says beside its layout, where it says anything."""
    kept: dict[str, Any] = partner.model_dump(
        mode="json", exclude_defaults=True, exclude={"partner", "name", "layout", "version"}
    )
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False) if kept else ""


def _lines(layout: Layout, evidence: Evidence) -> list[str]:
    lines = ["  confirmed: false\n"]
    if layout.sheet is not None:
        lines.append(f"  sheet: {_quoted(str(layout.sheet))}\n")
    if layout.encoding is not None:
        lines.append(f"  encoding: {_quoted(layout.encoding)}\n")
    lines += _notation(layout, evidence)
    lines += _defaults(layout, evidence)
    if layout.cells:
        lines.append("  cells:\n")
        lines += [_entry(one.field, [one.label], one.reason) for one in evidence.cells]
    lines.append("  columns:\n")
    for one in evidence.choice.columns:
        if one.chosen is not None and one.column.header.strip():
            reason = f"{one.chosen.score} %: {'; '.join(one.chosen.reasons)}"
            lines.append(_entry(one.chosen.field.value, [one.column.header.strip()], reason))
    if evidence.sums is not None:
        lines.append(_entry("quantity", [evidence.sums.header.strip()], "its values are the sums of the matrix"))
    lines += _matrix(layout)
    lines += _units(layout, evidence)
    if layout.blank_quantity is BlankQuantity.SKIP:
        lines.append("  blank_quantity: skip  # most rows have no quantity, as in an order form\n")
    unread = [
        one.column.header.strip() for one in evidence.choice.columns if one.chosen is None and one.column.header.strip()
    ]
    if unread:
        lines.append(f"  ignore: [{', '.join(map(_quoted, unread))}]\n")
    return lines


def _notation(layout: Layout, evidence: Evidence) -> list[str]:
    said = {"decimal_mark": layout.notation.decimal_mark, "dates": layout.notation.dates}
    known = {name: value for name, value in said.items() if value is not None}
    if not known:
        return []
    reasons = [f"{name}: {evidence.notation[name].reason}" for name in known if name in evidence.notation]
    written = ", ".join(f"{name}: {_quoted(value)}" for name, value in known.items())
    return [f"  notation: {{{written}}}  # {_comment('; '.join(reasons))}\n"]


def _defaults(layout: Layout, evidence: Evidence) -> list[str]:
    said = layout.defaults.model_dump(mode="json", exclude_defaults=True)
    if not said:
        return []
    written = ", ".join(f"{name}: {value if name == 'price_basis' else _quoted(value)}" for name, value in said.items())
    basis = evidence.notation.get("price_basis")
    return [f"  defaults: {{{written}}}" + (f"  # {_comment(basis.reason)}\n" if basis else "\n")]


def _matrix(layout: Layout) -> list[str]:
    if layout.matrix is None:
        return []
    lines = ["  matrix:\n", f"    by: {layout.matrix.by}\n"]
    if layout.matrix.places:
        lines.append("    places:\n")
        lines += [f"      {_quoted(word)}: {_quoted(place)}\n" for word, place in layout.matrix.places.items()]
    return lines


def _units(layout: Layout, evidence: Evidence) -> list[str]:
    lines = ["  units:\n"] if layout.units else []
    lines += [
        f"    {_quoted(word)}: {_quoted(one.value)}  # {_comment(one.reason)}\n" for word, one in evidence.units.items()
    ]
    lines += [f"  # Add to units what {_quoted(word)} means.\n" for word in evidence.open_units]
    return lines


def _entry(name: str, words: list[str], reason: str) -> str:
    return f"    {name}: [{', '.join(map(_quoted, words))}]  # {_comment(reason)}\n"


def _quoted(text: str) -> str:
    """A text from the file as a YAML scalar on one line, whatever it holds."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def _comment(text: str) -> str:
    """One line of printable characters: nothing in a file may end a comment and go on as YAML."""
    return "".join(character if character.isprintable() else " " for character in text)
