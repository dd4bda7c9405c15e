"""A worker of units alone lets others read its scans, and finds what they read."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, TextSource
from crawler.bodies import BodyStore
from crawler.ocr import OcrSettings, read_pages
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from distributed import readings
from distributed.orders import Machine
from distributed.queue import for_worker
from distributed.readings import read_elsewhere, shared
from tests.crawler.ocr import scanned
from tests.databases import POSTGRESQL, database_at, on
from tests.distributed.crews import crew
from tests.objects import s3_server

if TYPE_CHECKING:
    import pytest

WORDS = ["แผนปฏิบัติราชการประจำปี", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"]


def machine(folder: Path, url: str) -> Machine:
    settings = CrawlSettings(bodies_folder=folder / "bodies", shared_url=url, render=False)
    ocr = OcrSettings(cache_folder=folder / "ocr", shared_url=url, workers=1)
    return Machine(settings, ocr, folder)


def test_what_another_worker_read_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"s3://{s3_server.fresh_bucket()}/shared"
    keys = tmp_path / "keys"
    keys.write_text(f"{s3_server.KEY_ID}\n{s3_server.SECRET}\n")
    keys.chmod(0o600)
    monkeypatch.setenv("OIT_S3_ENDPOINT", s3_server.endpoint())
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.SECRET)
    monkeypatch.setenv("OIT_SHARED_URL", url)
    body = scanned.pdf([scanned.page(WORDS)])
    ours = machine(tmp_path / "ours", url)
    assert ours.settings.bodies_folder is not None
    sha256 = BodyStore(ours.settings.bodies_folder).put(body)
    scan = Document(Fetch("u", "u", sha256=sha256), TextSource.PDF, blank_pages=(1,))
    [wanted] = shared([scan], ours)
    with on(POSTGRESQL):
        database = database_at(tmp_path / "oit.db")

        async def ask() -> None:
            async with (app := for_worker(database, 2)).open_async():
                await read_elsewhere(app, [wanted], 0)

        with crew(database, tmp_path / "crew", 1) as hired:
            del hired
            asyncio.run(ask())
    tally: Counter[Counted] = Counter()
    read = read_pages(body, scan, ours.ocr, tally=tally)
    assert tally[Counted.OCR_PAGES] == 0
    assert "2566" in " ".join(one.text for one in read.passages) or "๒๕๖๖" in str(read.passages)


def test_what_nobody_reads_in_time_is_left_to_who_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "WITHIN_S", 0.5)
    with on(POSTGRESQL):
        database = database_at(tmp_path / "oit.db")

        async def ask() -> int:
            async with (app := for_worker(database, 2)).open_async():
                await read_elsewhere(app, [readings.Wanted("a" * 64, "pdf", (1,))], 0)
                row = await app.connector.execute_query_one_async(
                    "SELECT count(*) AS jobs FROM procrastinate_jobs"
                )
                return int(row["jobs"])

        assert asyncio.run(ask()) == 0


def test_without_a_shared_place_each_reads_its_own(tmp_path: Path) -> None:
    scan = Document(Fetch("u", "u", sha256="a" * 64), TextSource.PDF, blank_pages=(1,))
    assert shared([scan], machine(tmp_path, "")) == []
