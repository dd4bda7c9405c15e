"""The crawling process, which speaks to strangers, was taken over and writes home.

Tried: a message that runs a program where it is opened, one that calls a harmless-looking
function, and one that announces more bytes than any crawl brings.
Must: only values of a crawl's own classes are opened; everything else ends the crawling process.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
from collections import Counter
from datetime import UTC, datetime

import pytest

from checklist.evidence import Coverage, Document, Fetch
from crawler.harvest import UnitHarvest
from crawler.tally import Counted
from crawler.wire import LogLine, read_values, write_message


class Runs:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, ("/tmp/oit-hostile-ran",))


class Asks:
    def __reduce__(self) -> tuple[object, ...]:
        return (getattr, (LogLine, "__init__"))


@pytest.mark.parametrize("message", [Runs(), Asks(), os.system, [Runs()]])
def test_it_is_not_opened(message: object) -> None:
    stream = io.BytesIO()
    write_message(stream, message)
    stream.seek(0)
    with pytest.raises(pickle.UnpicklingError, match="a crawl sends no"):
        read_values(stream)
    assert not os.path.exists("/tmp/oit-hostile-ran")


def test_an_announcement_makes_no_room() -> None:
    with pytest.raises(pickle.UnpicklingError, match="bytes"):
        read_values(io.BytesIO(struct.pack("<Q", 1 << 60)))


def test_a_harvest_comes_home() -> None:
    fetch = Fetch(
        "https://a.go.th/", "https://a.go.th/", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    tally = Counter({Counted.READ: 1})
    sent = UnitHarvest("u", {"O1": (Document(fetch),)}, Coverage(found=1), tally=tally)
    stream = io.BytesIO()
    write_message(stream, sent)
    stream.seek(0)
    assert read_values(stream) == sent
