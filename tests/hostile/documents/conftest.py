"""Documents are read by the real pool, with small limits; after each case it must still read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from checklist.evidence import Document, Fetch
from crawler.extract import ExtractPool
from tests.hostile.documents.inside import PROGRAM

GOOD = "<html><body><p>แผนปฏิบัติการ ปี 2567</p></body></html>".encode()


@dataclass(frozen=True)
class Reader:
    """The pool as a sweep uses it."""

    pool: ExtractPool

    def read(self, body: bytes, name: str = "file", kind: str = "") -> Document:
        url = f"https://a.go.th/{name}"
        fetch = Fetch(url, url, content_type=kind)
        return self.pool.submit(body, fetch).result(timeout=120)

    def texts(self, body: bytes, name: str = "file") -> list[str]:
        return [passage.text for passage in self.read(body, name).passages]


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with ExtractPool(workers=1, timeout_s=20.0, memory_bytes=1024**3) as pool:
        yield Reader(pool)


@pytest.fixture(scope="session")
def hasty() -> Iterator[Reader]:
    """A pool that gives a file two seconds."""
    with ExtractPool(workers=1, timeout_s=2.0, memory_bytes=1024**3) as pool:
        yield Reader(pool)


@pytest.fixture(autouse=True)
def _the_next_document_is_read_as_usual(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    for name in {"reader", "hasty"} & set(request.fixturenames):
        assert request.getfixturevalue(name).texts(GOOD) == ["แผนปฏิบัติการ ปี 2567"]


@pytest.fixture(scope="session")
def inside() -> dict[str, str]:
    """What a confined worker is answered when it tries each of `tests.hostile.documents.inside`."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    if missing := found["missing"]:
        pytest.skip(f"this machine does not offer {missing}")
    return found
