"""A process that talks to strangers or opens their files is taken over, and looks for keys.

Tried: what the environment of each such process held when it began, as the system tells it.
Must: no key of the object store, nor the way to the file that holds it, is among it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler import run
from crawler.extract import pool
from crawler.ocr import OcrSettings
from crawler.ocr.process import Worker
from objects.addresses import access_in

SECRET = "v3ry-s3cret-k3y"
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDTESTER", "AWS_SECRET_ACCESS_KEY": SECRET,
    "OIT_S3_KEY_FILE": f"/{SECRET}", "AWS_SESSION_TOKEN": SECRET,
}  # fmt: skip


@contextmanager
def crawling() -> Iterator[int]:
    with tempfile.TemporaryFile() as errors, run.start_process(errors) as process:
        try:
            yield process.pid
        finally:
            process.kill()


@contextmanager
def reading() -> Iterator[int]:
    worker = pool._Worker(1024**3, 20)
    try:
        yield worker._process.pid or 0
    finally:
        worker.end()


@contextmanager
def recognising() -> Iterator[int]:
    worker = Worker(OcrSettings(workers=1))
    try:
        yield worker._process.pid or 0
    finally:
        worker.end()


@pytest.mark.cold_crawler
@pytest.mark.parametrize("process", [crawling, reading, recognising])
def test_no_key_is_handed_on(
    process: Callable[[], Iterator[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in KEYS.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setenv("OIT_CONTACT", "here@example.go.th")
    with process() as pid:  # type: ignore[attr-defined]
        held = begun_with(pid)
    assert b"here@example.go.th" in held, "the environment was seen"
    assert SECRET.encode() not in held
    assert b"AWS_" not in held
    assert {name: os.environ.get(name) for name in KEYS} == KEYS


def begun_with(pid: int) -> bytes:
    """The environment of a process; empty between its fork and its program, so it is waited for."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if b"OIT_CONTACT" in (held := Path(f"/proc/{pid}/environ").read_bytes()):
            return held
        time.sleep(0.02)
    return held


def test_who_may_use_it_still_has_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in KEYS.items():
        monkeypatch.setenv(name, text)
    monkeypatch.delenv("OIT_S3_KEY_FILE")
    assert access_in().secret == SECRET
