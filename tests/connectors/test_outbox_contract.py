"""The contract of an outbox."""

import threading

import pytest

from connectors.errors import Refused, Unreachable
from tests.connectors.conftest import Place
from tests.servers.embedded_sftp import EmbeddedSftp


def test_a_document_is_written_whole(place: Place) -> None:
    content = bytes(range(256)) * 1000
    place.outbox().put("ordrsp 1 Müller.edi", content)
    assert [path.name for path in place.folder.iterdir()] == ["ordrsp 1 Müller.edi"]
    assert (place.folder / "ordrsp 1 Müller.edi").read_bytes() == content


def test_the_same_again_is_no_error(place_of_any_rename: Place) -> None:
    place = place_of_any_rename
    for _ in range(2):
        place.outbox().put("reply.edi", b"UNB")
    assert [path.name for path in place.folder.iterdir()] == ["reply.edi"]
    assert (place.folder / "reply.edi").read_bytes() == b"UNB"


def test_an_empty_document_is_written(place: Place) -> None:
    place.outbox().put("empty.edi", b"")
    assert (place.folder / "empty.edi").read_bytes() == b""


def test_a_newer_document_takes_the_place_of_an_older_one_or_nothing_happens(place_of_any_rename: Place) -> None:
    place = place_of_any_rename
    place.outbox().put("reply.edi", b"older, and longer than the newer")
    if isinstance(place.server, EmbeddedSftp) and not place.server.posix_rename:
        with pytest.raises(Refused, match=r"reply\.edi.*remove the older one"):
            place.outbox().put("reply.edi", b"newer")
        expected = b"older, and longer than the newer"
    else:
        place.outbox().put("reply.edi", b"newer")
        expected = b"newer"
    assert [path.name for path in place.folder.iterdir()] == ["reply.edi"]
    assert (place.folder / "reply.edi").read_bytes() == expected


def test_a_reader_never_sees_half_a_document(place: Place) -> None:
    whole = [letter * 300_000 for letter in (b"a", b"b")]
    target = place.folder / "reply.edi"
    outbox = place.outbox()
    outbox.put(target.name, whole[0])
    done = threading.Event()
    seen = set()

    def read() -> None:
        while not done.is_set():
            seen.add(target.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(1, 5):
            outbox.put(target.name, whole[turn % 2])
    finally:
        done.set()
        reader.join()
    assert seen <= set(whole)
    assert seen


@pytest.mark.parametrize("name", ["", "../up.edi", "a/b.edi", "/etc/x", "..", ".hidden", "a\\b.edi", "nul\0.edi"])
def test_a_name_that_leads_elsewhere_is_refused(place: Place, name: str) -> None:
    with pytest.raises(Refused, match="plain file name"):
        place.outbox().put(name, b"UNB")
    assert list(place.folder.iterdir()) == []


def test_a_missing_folder_is_refused_with_its_name(place: Place) -> None:
    missing = place.folder / "missing" if place.server is None else "missing"
    with pytest.raises(Refused, match=r"missing.*create it"):
        place.outbox(folder=missing).put("reply.edi", b"UNB")


def test_a_target_that_is_a_folder_leaves_nothing_behind(place: Place) -> None:
    (place.folder / "reply.edi").mkdir()
    with pytest.raises((Refused, Unreachable)):
        place.outbox().put("reply.edi", b"UNB")
    assert [path.name for path in place.folder.iterdir()] == ["reply.edi"]
