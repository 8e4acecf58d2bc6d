"""The page about EDIFACT says what the code does: ``--write-expected`` writes its tables anew from the mapping."""

from pathlib import Path

from mappings import edifact_details_table as details
from mappings.edifact_conventions import EANCOM, Conventions
from mappings.edifact_table import HEADER, LINE, SCHEDULE, Row

PAGE = Path(__file__).parents[1] / "docs" / "edifact.md"


def _place(tag: str, element: int, component: int) -> str:
    return f"{tag} {element}.{component}"


def _field(of: str, row: Row) -> str:
    one = row.by(EANCOM)
    qualifiers = " ".join(qualifier or "(none)" for qualifier in one.qualifiers)
    chosen = f"`{row.chosen_by}`" if row.chosen_by else ""
    return f"| {of} | `{row.field.value}` | {_place(row.tag, row.element, row.component)} | {qualifiers} | {chosen} |"


def fields() -> str:
    rows = [("order", row) for row in HEADER] + [("line", row) for row in LINE] + [("part", row) for row in SCHEDULE]
    return "\n".join(_field(of, row) for of, row in rows)


def kept() -> str:
    shapes = [value for value in vars(details).values() if isinstance(value, details.Shape)]
    return "\n".join(
        f"| {shape.tag} | `{shape.model.__name__}` | "
        + ", ".join(f"{one.field} {one.element}.{one.component}" for one in shape.columns)
        + " |"
        for shape in shapes
    )


def test_the_tables_are_those_of_the_mapping(write_expected: bool) -> None:
    text = PAGE.read_text("utf-8")
    for name, table in (("fields", fields()), ("kept", kept())):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        shown, _, after = rest.partition("\n<!-- end -->")
        if write_expected:
            text = f"{before}<!-- {name} -->\n{shown.rsplit('| --- |', 1)[0]}| --- |\n{table}\n<!-- end -->{after}"
            PAGE.write_text(text, "utf-8")
        else:
            assert shown.endswith(table)


def test_every_choice_of_a_partner_is_named() -> None:
    text = PAGE.read_text("utf-8")
    assert [name for name in Conventions.model_fields if f"`{name}`" not in text] == []
