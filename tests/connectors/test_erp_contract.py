"""The contract of an ERP. One that is added here must keep what every test below asks for."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from connectors.erp_file import FileErp, file_name
from connectors.errors import Refused
from connectors.ports import Erp

DOCUMENT = json.dumps({"po_number": "4711", "buyer": "Müller"}).encode()


def _file_erp(tmp_path: Path) -> Erp:
    folder = tmp_path / "erp"
    folder.mkdir()
    return FileErp(folder=folder)


@pytest.fixture(params=[_file_erp], ids=["file"])
def erp(request: pytest.FixtureRequest, tmp_path: Path) -> Erp:
    make: Callable[[Path], Erp] = request.param
    return make(tmp_path)


def test_an_order_is_found_after_it_was_created_and_not_before(erp: Erp) -> None:
    assert erp.find("customer/4711/1") is None
    reference = erp.create("customer/4711/1", DOCUMENT)
    assert erp.find("customer/4711/1") == reference
    assert erp.find("customer/4711/2") is None


def test_the_same_again_gives_the_same_order(erp: Erp) -> None:
    assert erp.create("key", DOCUMENT) == erp.create("key", DOCUMENT)


def test_another_order_under_the_same_key_is_refused(erp: Erp) -> None:
    reference = erp.create("key", DOCUMENT)
    with pytest.raises(Refused, match=reference):
        erp.create("key", b"{}")
    assert erp.find("key") == reference


def test_keys_that_look_alike_are_different_orders(erp: Erp) -> None:
    keys = [
        "a/b",
        "a-b",
        "a b",
        "A-B",
        "a_b",
        "a--b",
        "",
        "-",
        "../a",
        "ä",
        "a\u0308",
        "x" * 300,
        "x" * 301,
        "con",
        "\0",
    ]
    references = [erp.create(key, json.dumps(key).encode()) for key in keys]
    assert len({reference.lower() for reference in references}) == len(keys)
    assert [erp.find(key) for key in keys] == references


def test_of_two_orders_at_the_same_moment_one_is_entered(erp: Erp) -> None:
    def create(number: int) -> str | None:
        try:
            return erp.create("key", json.dumps(number).encode())
        except Refused:
            return None

    with ThreadPoolExecutor(8) as creators:
        references = list(creators.map(create, range(8)))
    assert len([reference for reference in references if reference is not None]) == 1


class TestFile:
    """What only the ERP made of files promises."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path

    def test_the_reference_is_the_name_of_the_file(self, folder: Path) -> None:
        reference = FileErp(folder=folder).create("Kunde 7/4711", DOCUMENT)
        assert reference.startswith("kunde-7-4711-")
        assert (folder / reference).read_bytes() == DOCUMENT
        assert sorted(path.name for path in folder.iterdir()) == [".entered", ".entering", reference]

    def test_an_order_is_known_after_the_erp_has_taken_the_file_away(self, folder: Path) -> None:
        erp = FileErp(folder=folder)
        reference = erp.create("key", DOCUMENT)
        (folder / reference).unlink()
        assert erp.find("key") == reference
        assert erp.create("key", DOCUMENT) == reference
        assert not (folder / reference).exists()

    @pytest.mark.parametrize("reached", [1, 2])
    def test_an_attempt_that_a_crash_cut_off_is_carried_on(self, folder: Path, reached: int) -> None:
        erp = FileErp(folder=folder)
        other = erp.create("other key", b"{}")  # makes the folders
        reference = file_name("key")
        for below in (".entering", ".entered")[:reached]:
            (folder / below / reference).write_bytes(DOCUMENT)
        assert erp.find("key") is None
        assert not (folder / reference).exists()
        assert erp.create("key", DOCUMENT) == erp.find("key") == reference
        assert (folder / reference).read_bytes() == DOCUMENT
        assert [path.name for path in (folder / ".entering").iterdir()] == [".lock"]
        assert erp.find("other key") == other

    def test_a_missing_folder_is_refused_with_its_name(self, folder: Path) -> None:
        erp = FileErp(folder=folder / "missing")
        with pytest.raises(Refused, match="missing"):
            erp.find("key")
        with pytest.raises(Refused, match="missing"):
            erp.create("key", DOCUMENT)

    def test_every_key_gives_a_name_that_every_file_system_takes(self) -> None:
        for key in ("", 'a/b\\c:d*e?f"g<h>i|j', "\n", "ü" * 500, "\ud800", "..", "NUL"):
            name = file_name(key)
            assert name.isascii() and len(name) < 140
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
            assert name[0].isalnum()
