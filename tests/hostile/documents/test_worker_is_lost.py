"""A file that ends, stops or swells the worker that reads it.

Tried: a page that takes for ever, one that needs more memory than allowed, and a worker that
stops in the middle of its answer, so that its owner waits for the rest.
Must: the owner goes on after the time allowed, the reason says so, the next document is read.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from crawler.confinement.owner import exchange

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

DEEP = b"<html><body>" + b"<i><b><u>" * 1_600_000


def test_a_page_without_end_costs_its_own_time_only(hasty: Reader) -> None:
    document = hasty.read(DEEP, "plan.html")
    assert document.fetch.problem in {"extract_failed", "too_large"}
    assert document.fetch.problem_detail


def test_a_worker_that_stops_in_mid_answer_is_ended() -> None:
    ours, theirs = multiprocessing.Pipe()
    ended = threading.Event()

    def end() -> None:
        ended.set()
        theirs.close()

    # The length of an answer, and nothing of it.
    os.write(theirs.fileno(), (1000).to_bytes(4, "big"))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        exchange(ours, None, 0.3, end)
    assert ended.is_set()
    assert time.monotonic() - began < 30
    ours.close()


def test_an_answer_beyond_all_measure_is_not_taken() -> None:
    ours, theirs = multiprocessing.Pipe()
    os.write(theirs.fileno(), b"\xff\xff\xff\xff" + (1 << 40).to_bytes(8, "big"))
    with pytest.raises(OSError, match="bad message length"):
        exchange(ours, None, 5, theirs.close)
