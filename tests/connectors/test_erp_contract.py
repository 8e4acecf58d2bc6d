"""The contract suite of ERPs on each of them, and what only the ERP made of files promises."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectors.erp.file import FileErp, file_name
from connectors.erp.file_documents import act_of
from connectors.errors import Refused
from connectors.ports import Erp, ErpAct
from tests.connectors.erp_contract import (
    ACTS,
    AMENDMENT,
    CANCELLATION,
    KEY,
    ErpContract,
    ErpUnderTest,
    amend,
    cancel,
    order,
)
from tests.connectors.memory_erp import MemoryErpUnderTest

_STEPS = ("os.mkdir", "os.link", "os.rename", "os.remove")
"""What Python tells its audit hooks of before it changes names in a folder."""


@dataclass
class FileErpUnderTest:
    """A folder, and an ERP that takes every file away when it is looked at, in the sequence of the acts on an order."""

    folder: Path
    taken: Path

    def open(self) -> Erp:
        return FileErp(folder=self.folder)

    def entered(self) -> list[tuple[ErpAct, str]]:
        new = {path: json.loads(path.read_bytes()).get("sequence", 1) for path in self.folder.glob("*.json")}
        for number, path in enumerate(sorted(new, key=new.__getitem__), start=len(list(self.taken.iterdir()))):
            path.rename(self.taken / f"{number:03}")
        documents = [path.read_bytes() for path in sorted(self.taken.iterdir())]
        return [(act_of(document), json.loads(document)["key"]) for document in documents]

    def cut_off(self, act: Callable[[Erp], str], step: int) -> bool:
        """A process of its own that kills itself before its step of this number."""
        child = os.fork()
        if child == 0:
            self._killed(act, step)
        status = os.waitpid(child, 0)[1]
        assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL
        return status != 0

    def _killed(self, act: Callable[[Erp], str], step: int) -> None:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in _STEPS:
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        try:
            sys.addaudithook(count)
            act(self.open())
            os._exit(0)
        except BaseException:  # noqa: BLE001 the child must not go on as a second test run
            traceback.print_exc()
            os._exit(1)

    def work(self) -> None:
        self.entered()


class TestFileErpContract(ErpContract):
    @pytest.fixture
    def subject(self, tmp_path: Path) -> ErpUnderTest:
        folder, taken = tmp_path / "erp", tmp_path / "taken"
        folder.mkdir()
        taken.mkdir()
        return FileErpUnderTest(folder, taken)

    def test_it_can_amend_and_cancel(self, erp: Erp) -> None:
        assert erp.capabilities.amend and erp.capabilities.cancel


class TestMemoryErpContract(ErpContract):
    @pytest.fixture
    def subject(self) -> ErpUnderTest:
        return MemoryErpUnderTest()

    def test_it_cannot_amend(self, erp: Erp) -> None:
        assert not erp.capabilities.amend


class TestFile:
    """What only the ERP made of files promises."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return tmp_path

    def test_the_reference_is_the_name_of_the_file(self, folder: Path) -> None:
        reference = FileErp(folder=folder).create(order(), "Kunde 7/4711")
        assert reference.startswith("kunde-7-4711-")
        document = (folder / reference).read_text("utf-8")
        assert json.loads(document)["key"] == "Kunde 7/4711"
        assert "Müller" in document
        assert sorted(path.name for path in folder.iterdir()) == [".entered", ".entering", reference]

    def test_an_order_is_known_after_the_erp_has_taken_the_file_away(self, folder: Path) -> None:
        erp = FileErp(folder=folder)
        reference = erp.create(order(), KEY)
        (folder / reference).unlink()
        assert erp.find(KEY) == reference
        assert erp.create(order(), KEY) == reference
        assert not (folder / reference).exists()

    def test_amendments_and_cancellations_are_documents_beside_the_order(self, folder: Path) -> None:
        erp = FileErp(folder=folder)
        created = erp.create(order(), KEY)
        before = (folder / created).read_bytes()
        amended, cancelled = amend(erp), cancel(erp)
        assert (folder / created).read_bytes() == before
        first, second, third = (json.loads((folder / name).read_bytes()) for name in (created, amended, cancelled))
        about = {"order_key": KEY}
        assert second == {
            "kind": "amend", "key": AMENDMENT, **about, "sequence": 2,
            **{name: value for name, value in first.items() if name not in ("key", "lines")},
            "lines": second["lines"],
        }  # fmt: skip
        assert [line["quantity"] for line in (*first["lines"], *second["lines"])] == ["12", "18"]
        assert third == {"kind": "cancel", "key": CANCELLATION, **about, "sequence": 3}

    def test_an_attempt_at_an_amendment_is_not_carried_on_behind_a_later_act(self, folder: Path) -> None:
        erp, subject = FileErp(folder=folder), FileErpUnderTest(folder, folder / "taken")
        erp.create(order(), KEY)
        assert subject.cut_off(amend, 8)
        assert erp.find(AMENDMENT) is None
        later = erp.amend(order(24), f"{KEY}/amend/3", KEY, 3)
        with pytest.raises(Refused, match="too late"):
            amend(erp)
        assert sorted(path.name for path in folder.glob("*.json")) == sorted([file_name(KEY), later])

    def test_a_missing_folder_is_refused_with_its_name(self, folder: Path) -> None:
        erp = FileErp(folder=folder / "missing")
        with pytest.raises(Refused, match="missing"):
            erp.find(KEY)
        for _, act in ACTS.values():
            with pytest.raises(Refused, match="missing"):
                act(erp)

    def test_every_key_gives_a_name_that_every_file_system_takes(self) -> None:
        for key in ("", 'a/b\\c:d*e?f"g<h>i|j', "\n", "ü" * 500, "\ud800", "..", "NUL"):
            name = file_name(key)
            assert name.isascii() and len(name) < 140
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
            assert name[0].isalnum()
