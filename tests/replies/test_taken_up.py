"""The second answer to a change that came before its order: parked, taken up when the order came, and told anew."""

import re
from collections.abc import Callable

import pytest

from pipelines.settings import Home
from tests.pipelines.dock import deliver, drop, poll, replies
from tests.pipelines.test_changes import CHANGE, ORDER
from tests.replies.reading import faults, read

_MOMENTS = re.compile(rb"(?<=:14\+)\d{6}:\d{4}(?=\+)|(?<=DTM\+137:)\d{8}(?=:102)")
"""When the reply was made: in UNB and in DTM 137."""


@pytest.mark.parametrize("directory", ["D:96A", "D:01B"])
def test_what_is_written_stays_as_it_is(golden: Callable[[str, bytes], None], home: Home, directory: str) -> None:
    for name, content in (
        ("change.edi", CHANGE.replace(b"D:96A", directory.encode()).replace(b"UNT+11", b"UNT+12")),
        ("order.edi", ORDER),
    ):
        drop(home, "nordmarkt", name, content)
        poll(home, "nordmarkt")
        deliver(home)
    (again,) = replies(home, "nordmarkt", "again.ordrsp")
    content = again.read_bytes()
    written, noticed = read(content)
    assert noticed == []
    assert [fault for message in written for fault in faults(message)] == []
    golden(f"ordrsp-taken-up-{directory.replace(':', '')}.edi", _MOMENTS.sub(b"0", content).replace(b"'", b"'\n"))
