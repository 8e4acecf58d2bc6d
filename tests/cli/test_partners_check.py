"""``ordermill partners check``: what can be used, and what cannot and why."""

from importlib.resources import files
from pathlib import Path

import pytest

from cli.sample_home import make_home
from tests.command import ordermill

GOOD = "partner: shop\nname: The shop\nidentifiers: {edifact: ['4000001000005']}\n"


def test_the_partners_of_the_package_can_be_used() -> None:
    result = ordermill("partners", "check", str(files("mappings") / "partners"))
    assert result.exit_code == 0
    assert result.stdout.count("can be used") == 8


def test_each_file_is_answered_for_itself(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD)
    bad.write_text(GOOD + "polcy: {}\n")
    result = ordermill("partners", "check", str(bad), str(good))
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert str(bad) in first and "Did you mean 'policy'?" in first
    assert second.startswith("shop: The shop")


@pytest.mark.parametrize("text", ["- [", "partner: 1\n", "", "partner: \x00", "since: 2026-13-45\n"])
def test_no_file_ends_in_a_traceback(tmp_path: Path, text: str) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(text)
    result = ordermill("partners", "check", str(path))
    assert result.exit_code == 1
    assert str(path) in result.stdout


def test_an_identifier_claimed_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD)
    (tmp_path / "two.yaml").write_text(GOOD.replace("shop", "cafe"))
    result = ordermill("partners", "check", str(tmp_path))
    assert result.exit_code == 1
    assert "4000001000005 is claimed by one.yaml and by two.yaml" in result.stdout


def test_every_fault_of_a_home_is_told_with_what_can_be_used(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home").folder
    settings = (home / "ordermill.yaml").read_text()
    settings = settings.replace("inboxes:\n", "inboxes:\n  - {kind: folder, name: shop, pth: in/shop}\n", 1)
    (home / "ordermill.yaml").write_text(settings + "replies: {ferrum: {kind: folder}}\n")
    (home / "partners" / "nordmarkt.yaml").write_text("partner: nordmarkt\nname: [\n")
    (home / "partners" / ".bohne.yaml").write_text("- [")
    (home / "partners" / "again.yaml").write_text((home / "partners" / "bohne.yaml").read_text())
    result = ordermill("partners", "check", "--home", str(home))
    assert result.exit_code == 1
    for words in (
        "inboxes.0.folder.pth: there is no such field. Did you mean 'path'?",
        "replies.ferrum.folder.path: Field required.",
        "nordmarkt.yaml, line 3, column 1: this is not YAML",
        "bohne is claimed by again.yaml and by bohne.yaml",
    ):
        assert words in result.stdout
    assert ".bohne.yaml" not in result.stdout
    assert result.stdout.count("can be used") == 6
