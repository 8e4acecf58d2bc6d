"""The archive keeps every byte, once, under its hash."""

import hashlib
import stat
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from connectors.archive import Archive, Stored


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(folder=tmp_path / "new" / "archive")


def _file(tmp_path: Path, content: bytes, name: str = "received") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _kept(archive: Archive) -> list[str]:
    return sorted(str(path.relative_to(archive.folder)) for path in archive.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"UNB+UNOC:3", bytes(range(256)) * 9000])
def test_what_is_put_is_there_under_its_hash(archive: Archive, tmp_path: Path, content: bytes) -> None:
    received = _file(tmp_path, content)
    sha256 = hashlib.sha256(content).hexdigest()
    assert archive.put(received) == Stored(sha256=sha256, bytes=len(content))
    assert received.read_bytes() == content  # copied, not moved
    assert _kept(archive) == [f"{sha256[:2]}/{sha256}"]
    assert archive.path(sha256).read_bytes() == content
    with archive.open(sha256) as file:
        assert file.read() == content


def test_a_stored_file_is_read_only(archive: Archive, tmp_path: Path) -> None:
    stored = archive.put(_file(tmp_path, b"content"))
    assert stat.S_IMODE(archive.path(stored.sha256).stat().st_mode) == 0o444


def test_the_same_bytes_again_change_nothing(archive: Archive, tmp_path: Path) -> None:
    first = archive.put(_file(tmp_path, b"content", "a"))
    before = archive.path(first.sha256).stat()
    assert archive.put(_file(tmp_path, b"content", "b")) == first
    after = archive.path(first.sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(_kept(archive)) == 1


def test_the_same_bytes_at_the_same_moment_are_kept_once(archive: Archive, tmp_path: Path) -> None:
    received = _file(tmp_path, b"content" * 100_000)
    with ThreadPoolExecutor(8) as putters:
        assert len(set(putters.map(lambda _: archive.put(received), range(8)))) == 1
    assert len(_kept(archive)) == 1


def test_a_file_that_a_broken_disk_cut_short_is_replaced(archive: Archive, tmp_path: Path) -> None:
    received = _file(tmp_path, b"content")
    stored = archive.put(received)
    archive.path(stored.sha256).chmod(0o644)
    archive.path(stored.sha256).write_bytes(b"con")
    archive.put(received)
    assert archive.path(stored.sha256).read_bytes() == b"content"


def test_a_large_file_takes_little_memory(archive: Archive, tmp_path: Path) -> None:
    received = tmp_path / "large"
    with received.open("wb") as file:
        for number in range(20):
            file.write(bytes([number]) * (1 << 20))
    tracemalloc.start()
    try:
        stored = archive.put(received)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stored.bytes == 20 << 20
    assert peak < 4 << 20


def test_what_cannot_be_read_leaves_nothing_behind(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        archive.put(tmp_path / "missing")
    assert _kept(archive) == []


def test_what_was_never_put_is_not_found(archive: Archive) -> None:
    with pytest.raises(FileNotFoundError):
        archive.open("0" * 64)


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_leads_nowhere(archive: Archive, sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        archive.path(sha256)
