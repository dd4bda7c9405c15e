"""The picture that is taken of a page as evidence shows what stands inside.

Tried: a good page frames and pictures an inner server, to have it photographed for the archive.
Must: the picture is taken and nobody connected inside.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from checklist.evidence import Document, Fetch, TextSource
from crawler.address_policy import AddressPolicy
from crawler.gate import Gate
from crawler.manners import Manners
from crawler.screenshots import Screenshots
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page

pytestmark = pytest.mark.skipif(
    shutil.which("chromium-headless-shell") is None, reason="no browser installed"
)


def test_the_picture_shows_nothing_of_it(tmp_path: Path) -> None:
    with LoopbackSite("127.8.8.8", {}, missing=Answer(b"secret")) as inside:
        body = f'<iframe src="{inside.url}/a"></iframe><img src="{inside.url}/b">{PROSE}'
        with LoopbackSite("127.8.8.9", {"/o1": page("โครงสร้าง", body)}) as site:
            settings = CrawlSettings(allow_networks=("127.8.8.9/32",), settle_s=1)
            taken = asyncio.run(_pictures(settings, f"{site.url}/o1", tmp_path))
            assert list(taken) == [f"{site.url}/o1"]
            assert site.hits["/o1"] == 1
        assert dict(inside.hits) == {}


async def _pictures(settings: CrawlSettings, url: str, folder: Path) -> dict[str, object]:
    gate = Gate(AddressPolicy(settings.allow_networks))
    await gate.open()
    screenshots = Screenshots(settings, gate.url, folder, Manners(settings))
    fetch = Fetch(url=url, final_url=url, status=200, sha256="0" * 64)
    try:
        return dict(await screenshots.of_unit({"O1": [Document(fetch, TextSource.HTML)]}))
    finally:
        await screenshots.close()
        await gate.close()
