"""What the tests of printed documents share: a real browser that prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium is installed")
    options = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
    options.append("--disable-background-networking")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=options)
        yield opened
        opened.close()
