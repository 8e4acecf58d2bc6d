"""What the commands say and do while a partner file is broken."""

import json
from pathlib import Path

import pytest

import sample_files
from cli.sample_home import make_home
from pipelines.books import PartnerStopped
from tests.command import ordermill


def test_files_named_on_the_command_line_wait_and_are_decided_by_a_later_call(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home").folder
    path = home / "partners" / "nordmarkt.yaml"
    good = path.read_text("utf-8")
    path.write_text(good + "polcy: {}\n", "utf-8")
    its, others = (str(sample_files.FOLDER / name / "clean.edi") for name in ("nordmarkt", "ferrum"))

    result = ordermill("ingest", its, others, "--home", str(home), "--json")
    assert result.exit_code == 3
    first, second = json.loads(result.stdout)
    assert (first["decision"], first["lines"]["read"], second["decision"]) == ("held", 0, "accepted")
    assert "Did you mean 'policy'" in first["waits_for"]
    assert second["waits_for"] is None
    assert f"{its}: waiting. It waits until the partner file is mended. {path}: polcy" in result.stderr
    assert f"{others}: accepted" in result.stderr
    assert "Did you mean 'policy'" in " ".join(ordermill("receipts", "--home", str(home)).stdout.split())

    path.write_text(good, "utf-8")
    result = ordermill("ingest", others, "--home", str(home))
    assert "clean.edi, received before: accepted" in result.stderr
    assert result.exit_code == 0
    assert len(list((home / "out" / "nordmarkt").glob("*.ordrsp.edi"))) == 1


def test_a_template_is_not_made_without_its_partner_file(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home").folder
    path = home / "partners" / "bohne.yaml"
    path.write_text(path.read_text("utf-8") + "polcy: {}\n", "utf-8")
    with pytest.raises(PartnerStopped, match="Did you mean 'policy'"):
        ordermill("template", "bohne", "--out", str(tmp_path / "reorder.xlsx"), "--home", str(home))
