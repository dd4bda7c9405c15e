"""Reading in worker processes: the answer of a good file, and what hostile ones cannot do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from checklist.evidence import Fetch
from crawler.extract import ExtractPool

# As much as is read of one page: seconds of work.
SLOW = b"<html><body>" + b"<p>x<b>y</b></p>" * 74_000
GOOD = "<html><body><p>แผนปี 2566</p></body></html>".encode()
FETCH = Fetch("https://a.go.th/", "https://a.go.th/")


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(workers=1, timeout_s=2.0, memory_bytes=1024**3) as opened:
        yield opened


def texts(pool: ExtractPool) -> list[str]:
    return [p.text for p in pool.submit(GOOD, FETCH).result(timeout=60).passages]


def test_a_good_file_is_read_as_without_the_pool(pool: ExtractPool) -> None:
    assert texts(pool) == ["แผนปี 2566"]


def test_asyncio_can_wait_for_it(pool: ExtractPool) -> None:
    async def wait() -> int:
        document = await asyncio.wrap_future(pool.submit(GOOD, FETCH))
        return len(document.passages)

    assert asyncio.run(wait()) == 1


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_works(pool: ExtractPool) -> None:
    began = time.monotonic()
    document = pool.submit(SLOW, FETCH).result(timeout=60)
    assert document.fetch.problem in {"extract_failed", "too_large"}
    assert time.monotonic() - began < 20
    assert texts(pool) == ["แผนปี 2566"]


def test_a_job_beyond_the_memory_limit_fails_alone() -> None:
    with ExtractPool(workers=1, timeout_s=30.0, memory_bytes=640 * 1024**2) as pool:
        document = pool.submit(b"x" * (320 * 1024**2), FETCH).result(timeout=60)
        assert document.fetch.problem == "extract_failed"
        assert texts(pool) == ["แผนปี 2566"]


def test_closing_ends_a_running_job() -> None:
    pool = ExtractPool(workers=1, timeout_s=60.0, memory_bytes=4 * 1024**3)
    running = pool.submit(SLOW, FETCH)
    queued = pool.submit(GOOD, FETCH)
    time.sleep(1.5)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 10
    assert running.result(timeout=10).fetch.problem in {"extract_failed", "too_large"}
    assert queued.cancelled()


@pytest.mark.parametrize("limits", [(0, 1.0, 1), (1, 0.0, 1), (1, 1.0, 0)])
def test_limits_must_be_positive(limits: tuple[int, float, int]) -> None:
    with pytest.raises(ValueError, match="positive"):
        ExtractPool(*limits)
