"""``ordermill partners suggest``, and what becomes of an order whose layout nobody has confirmed."""

from pathlib import Path

import pytest

import sample_files
from mappings.partner_file import load_partner
from pipelines.settings import Home
from tests.command import ordermill, ordermill_json

ORDER = sample_files.FOLDER / "lindenladen" / "clean.csv"
SHOP = "partner: lindenladen\nname: Lindenladen Köster e. K.\n"
DAY = ("--as-of", sample_files.AS_OF.isoformat())


def partner_file(home: Home, text: str) -> Path:
    path = home.folder / "partners" / "lindenladen.yaml"
    path.write_text(text, "utf-8")
    return path


def check(home: Home, path: Path = ORDER) -> tuple[str, list[str]]:
    """Decision, and the codes of what was said about the layout."""
    place = ("--customer", "lindenladen", "--home", str(home.folder))
    result = ordermill_json("check", str(path), *DAY, *place, "--json")
    return result["decision"], [one["code"] for one in result["findings"] if one["code"].startswith("LAY")]


def test_the_evidence_is_shown_and_the_file_written_for_a_person(tmp_path: Path) -> None:
    out = tmp_path / "lindenladen.yaml"
    result = ordermill("partners", "suggest", str(ORDER), "--customer", "lindenladen", "--out", str(out))
    assert result.exit_code == 0
    for words in ("100 % of 6 values are our item numbers", "gtin", "The evidence is clear.", str(out)):
        assert words in result.stdout
    assert "can be used" in ordermill("partners", "check", str(out)).stdout
    partner = load_partner(out)
    assert partner.identifiers.mail == ("bestellung@lindenladen.example",)
    assert partner.layout is not None and not partner.layout.confirmed


def test_without_a_place_the_file_is_printed_and_as_json_too(tmp_path: Path) -> None:
    printed = ordermill("partners", "suggest", str(ORDER), "--customer", "lindenladen").stdout
    result = ordermill_json("partners", "suggest", str(ORDER), "--customer", "lindenladen", "--json")
    assert result["yaml"] in printed
    assert (result["clear"], result["header_row"], result["rows"], result["doubts"]) == (True, 1, 6, [])
    fields = {one["header"]: one["field"] for one in result["columns"]}
    assert (fields["Artikelnummer"], fields["EAN"], fields["Menge"]) == ("item", "gtin", "quantity")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("Artikel;Jetzt;Dann\n" + "HM-10012;12;12\nHM-10018;12;12\n", 1),
        ("Name;Ort\nA;B\n", 2),
        ("UNB+UNOC:3+A+B+261116:1200+1'", 2),
        ("", 2),
    ],
)
def test_doubts_and_failures_show_in_the_exit_status(tmp_path: Path, content: str, status: int) -> None:
    path = tmp_path / "order.csv"
    path.write_text(content)
    result = ordermill("partners", "suggest", str(path), "--customer", "lindenladen")
    assert result.exit_code == status
    assert result.stdout.strip()


def test_the_written_layout_waits_until_a_person_confirms_it(home: Home) -> None:
    place = home.folder / "partners" / "lindenladen.yaml"
    ordermill("partners", "suggest", str(ORDER), "--customer", "lindenladen", "--out", str(place))
    assert check(home) == ("held", ["LAY002", "LAY016"])
    place.write_text(place.read_text("utf-8").replace("confirmed: false", "confirmed: true"), "utf-8")
    assert check(home) == ("accepted", [])


POLICY = SHOP + "policy: {price_tolerance_percent: 1, severities: {LAY002: info}}\n"


@pytest.mark.parametrize(
    ("partner", "columns", "expected"),
    [
        (SHOP, "", ("held", ["LAY002"])),
        (POLICY, "", ("accepted", ["LAY002"])),
        (POLICY, ";Vormonat", ("held", ["LAY002", "LAY016", "LAY006"])),
    ],
    ids=["not agreed", "agreed and clear", "agreed, two columns alike"],
)
def test_an_unconfirmed_layout_is_used_only_where_the_policy_says_so_and_nothing_is_in_doubt(
    home: Home, tmp_path: Path, partner: str, columns: str, expected: tuple[str, list[str]]
) -> None:
    partner_file(home, partner)
    head, *lines = ORDER.read_bytes().decode("cp1252").splitlines()
    path = tmp_path / "order.csv"
    if columns:
        lines = [f"{line};{line.split(';')[6]}" for line in lines]
        head = head.replace("Menge", "Vorrat")
    path.write_text("\n".join([head + columns, *lines]) + "\n", "utf-8")
    assert check(home, path) == expected


def test_a_severity_of_doubt_cannot_be_lowered(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP + "policy: {severities: {LAY016: info}}\n", "utf-8")
    assert "the severity of LAY016 cannot be changed" in ordermill("partners", "check", str(path)).stdout
