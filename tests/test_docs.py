"""The examples in the documentation run, and what they print is what they say."""

import csv
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
import yaml

import sample_files
from mappings.partner_file import load_partner
from pipelines.settings import Home, Settings
from tests.command import ordermill

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_BLOCK = re.compile(r"^```(console|yaml partner|yaml settings)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(kind: str) -> list[tuple[str, str]]:
    found = ((page, match) for page in PAGES for match in _BLOCK.finditer(page.read_text("utf-8")))
    return [(f"{page.name}:{match.start()}", match[2]) for page, match in found if match[1] == kind]


@pytest.mark.parametrize(("place", "text"), blocks("console"), ids=lambda value: value if ":" in value[:20] else "")
def test_commands_print_what_the_page_says(place: str, text: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, *expected = text.strip().split("\n")
    words = [word.replace("HOME", str(home.folder)) for word in shlex.split(command.removeprefix("$ "))]
    assert words[0] == ".venv/bin/ordermill"
    printed = ordermill(*words[1:]).output
    assert [line for line in expected if line not in printed] == []


@pytest.mark.parametrize(
    ("place", "text"), blocks("yaml partner"), ids=lambda value: value if ":" in value[:20] else ""
)
def test_partner_files_can_be_used(place: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "partner.yaml"
    path.write_text(text, "utf-8")
    assert load_partner(path).partner in {path.parent.name for path in sample_files.order_files()}


def test_settings_can_be_used() -> None:
    ((_, text),) = blocks("yaml settings")
    assert len(Settings.model_validate(yaml.safe_load(text)).inboxes) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_of_the_samples_counts_right() -> None:
    page = (sample_files.FOLDER / "README.md").read_text("utf-8")
    tables = {path.stem: path for path in (sample_files.FOLDER / "reference").glob("*.csv")}
    stated = {name: int(rows) for name, rows in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    assert stated == {name: len(list(csv.reader(path.open(encoding="utf-8")))) - 1 for name, path in tables.items()}
    items = Counter(row["customer"] for row in csv.DictReader(tables["assortments"].read_text("utf-8").splitlines()))
    customers = re.findall(r"^\| `(\w+)` \| .* \| (\d+) items \|$", page, re.MULTILINE)
    assert {name: int(number) for name, number in customers} == items


def test_the_page_of_the_samples_names_each() -> None:
    page = (sample_files.FOLDER / "README.md").read_text("utf-8")
    named = {
        (section.split()[0].strip("`"), name)
        for section in page.split("\n### ")[1:]
        for name in re.findall(r"^\| `([\w.-]+)` \|", section, re.MULTILINE)
        if "." in name
    }
    assert named == {(path.parent.name, path.name) for path in sample_files.order_files()}
