"""Partner files: what is wrong in one is said with its place and the way to mend it."""

from importlib.resources import files
from pathlib import Path

import pytest

import sample_files
from mappings.partner_file import PartnerFileError, load_partner
from mappings.partner_folder import PartnerFolderError, load_partners

GOOD = "partner: shop\nname: The shop\nidentifiers:\n  edifact: ['4000001000005']\n"
LAYOUT = "layout:\n  columns:\n    item: [Item]\n    quantity: [Qty]\n"


def test_every_partner_of_the_package_loads() -> None:
    partners = load_partners(Path(str(files("mappings") / "partners"))).usable
    assert {partner.partner for partner in partners} == {path.parent.name for path in sample_files.order_files()}


def test_the_version_follows_the_text(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(GOOD)
    first = load_partner(path).version
    assert load_partner(path).version == first != ""
    path.write_text(GOOD + "# reviewed\n")
    assert load_partner(path).version != first


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "polcy: {}\n", ["polcy: there is no such field", "Did you mean 'policy'?"]),
        (GOOD + "policy: {price_tolerance: 1}\n", ["policy.price_tolerance", "'price_tolerance_percent'?"]),
        (GOOD + LAYOUT + "  blank_quantities: skip\n", ["layout.blank_quantities", "'blank_quantity'?"]),
        (GOOD + LAYOUT + "    colour: [Colour]\n", ["layout.columns.colour: there is no such field"]),
        (GOOD + LAYOUT + "    byer_item: [No]\n", ["layout.columns.byer_item", "Did you mean 'buyer_item'?"]),
        (GOOD + LAYOUT + "  cells: {ship_too: [To]}\n", ["layout.cells.ship_too", "Did you mean 'ship_to'?"]),
        (GOOD + LAYOUT + "  addresses: {po_number: c2}\n", ["layout.addresses.po_number"]),
        (GOOD + LAYOUT + "  sheet: 0\n", ["layout.sheet"]),
        (GOOD + LAYOUT + "  orders_by: date\n", ["layout.orders_by", "'po_number' or 'ship_to'"]),
        (GOOD + LAYOUT + "  matrix: {by: ship_to}\n", ["layout.matrix", "places is needed"]),
        (GOOD + LAYOUT + "  matrix: {by: requested_date, places: {a: b}}\n", ["layout.matrix", "places goes with"]),
        (GOOD + LAYOUT + "  matrix: {bye: ship_to}\n", ["layout.matrix.bye", "Did you mean 'by'?"]),
        (GOOD + LAYOUT + "  defaults: {curency: EUR}\n", ["layout.defaults.curency", "Did you mean 'currency'?"]),
        (GOOD + LAYOUT + "  encoding: klingon\n", ["layout.encoding", "klingon is not a character set"]),
        (GOOD + LAYOUT + "  encoding: hex\n", ["layout.encoding", "hex is not a character set"]),
        (GOOD + "edifact: {character_set: klingon}\n", ["edifact.character_set", "klingon is not a character set"]),
        (GOOD + "edifact: {answers: [contrl]}\n", ["edifact: answers: CONTRL tells nothing of prices", "Add ordrsp"]),
        (GOOD + "edifact: {answers: []}\n", ["edifact: answers: no answer tells nothing of prices", "Add ordrsp"]),
        (GOOD + LAYOUT + "  delimiter: ';;'\n", ["layout.delimiter"]),
        (GOOD + LAYOUT + "  notation: {decimal_mark: ';'}\n", ["layout.notation.decimal_mark"]),
        (GOOD + LAYOUT + "  defaults: {price_basis: 0}\n", ["layout.defaults.price_basis"]),
        (GOOD + "policy: {severities: {SYN012: info}}\n", ["severities: the severity of SYN012 cannot be changed"]),
        (GOOD + "policy: {severities: {PRC999: info}}\n", ["severities: PRC999 is not a finding code"]),
        (GOOD + "policy: {severities: {SYN07: info}}\n", ["SYN07 is not a finding code", "Did you mean 'SYN"]),
        (GOOD + "policy: {severities: {syn007: info}}\n", ["syn007 is not a finding code", "Did you mean 'SYN007'?"]),
        (GOOD + "policy: {severities: {SYN007: wran}}\n", ["policy.severities: SYN007", "'wran'", "'warn'?"]),
        (GOOD + "policy: {severities: {SYN007: [hold]}}\n", ["policy.severities: SYN007", "is not a severity"]),
        (GOOD + "version: 7\n", ["'version' is worked out from the file"]),
        ("name: The shop\n", ["partner: Field required"]),
        ("partner: shop\nname: [The shop\npolicy: {}\n", ["line 3, column", "this is not YAML"]),
        ("partner: shop\n\tname: x\n", ["line 2, column 1", "this is not YAML"]),
        (GOOD + "since: 2026-13-45\n", ["a value is not what it looks like", "quotes"]),
        ("- shop\n", ["begins with 'partner:'"]),
        ("", ["begins with 'partner:'"]),
        ("partner: \x00\n", ["this is not YAML"]),
        ("!!python/object/apply:os.system [true]\n", ["this is not YAML"]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PartnerFileError) as raised:
        load_partner(path)
    message = str(raised.value)
    assert message.startswith(str(path))
    assert [word for word in words if word not in message] == []


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(GOOD + "polcy: {}\nlayot: {}\n")
    with pytest.raises(PartnerFileError) as raised:
        load_partner(path)
    assert len(str(raised.value).splitlines()) == 2


@pytest.mark.parametrize("content", [None, b"partner: \xff\n"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "shop.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PartnerFileError, match="cannot be read"):
        load_partner(path)


@pytest.mark.parametrize(
    "other",
    [
        GOOD.replace("shop", "cafe"),
        "partner: shop\nname: The shop again\n",
        "partner: '4000001000005'\nname: Named like the identifier\n",
        "partner: cafe\nname: Cafe\nidentifiers: {mail: ['4000001000005']}\n",
    ],
)
def test_one_identifier_belongs_to_one_partner(tmp_path: Path, other: str) -> None:
    (tmp_path / "one.yaml").write_text(GOOD)
    (tmp_path / "two.yaml").write_text(other)
    (tmp_path / "three.yaml").write_text("partner: bakery\nname: The bakery\n")
    found = load_partners(tmp_path)
    assert [partner.partner for partner in found.usable] == ["bakery"]
    assert [one.path.name for one in found.broken] == ["one.yaml", "two.yaml"]
    assert all("is claimed by one.yaml and by two.yaml" in one.problem for one in found.broken)


def test_a_file_may_repeat_an_identifier_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD.replace("shop", "'4000001000005'"))
    assert [partner.partner for partner in load_partners(tmp_path).usable] == ["4000001000005"]


@pytest.mark.parametrize(
    ("text", "partner", "named"),
    [
        (GOOD + "polcy: {}\n", "shop", True),
        (GOOD + "policy: [\n", "shop", True),
        ("{\n" + GOOD, "shop", True),
        (GOOD.replace("partner: shop", "partner: 'shop' # ours") + "policy: [\n", "shop", True),
        (GOOD.replace("partner: shop", "partner: [shop]"), "file", True),
        ("partner: 17\nname: Shop\n", "17", False),
        ("name: Shop\nidentifiers: ['4000001000005']\n", "file", True),
        ("name: Shop\nidentifiers: {edifact: 4000001000005}\n", "file", True),
        ("", "file", False),
    ],
)
def test_whose_a_broken_file_is_can_still_be_read(tmp_path: Path, text: str, partner: str, named: bool) -> None:
    (tmp_path / "file.yaml").write_text(text)
    (tmp_path / "bakery.yaml").write_text("partner: bakery\nname: The bakery\n")
    found = load_partners(tmp_path)
    assert [one.partner for one in found.usable] == ["bakery"]
    (broken,) = found.broken
    assert (broken.partner, broken.names(["4000001000005"]), broken.names([None])) == (partner, named, False)


def test_a_version_of_the_folder_changes_with_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    versions = []
    for text in (GOOD, GOOD + "polcy: {}\n", GOOD + "layot: {}\n", GOOD):
        path.write_text(text)
        versions.append(load_partners(tmp_path).version)
    path.rename(path.with_name(".shop.yaml"))
    versions.append(load_partners(tmp_path).version)
    assert versions[0] == versions[3]
    assert len(set(versions)) == 4


def test_a_folder_that_is_not_there_is_no_folder_without_partners(tmp_path: Path) -> None:
    assert load_partners(tmp_path).usable == ()
    with pytest.raises(PartnerFolderError, match="cannot be looked for"):
        load_partners(tmp_path / "elsewhere")
