"""Scans to passages, with real Tesseract, real worker processes and a real folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from checklist.evidence import Document, Fetch, Passage, Region, TextSource
from crawler.ocr import OcrPool, OcrSettings, read_pages
from crawler.ocr.cache import ReadingCache
from crawler.ocr.model import PageFailure, PageReading
from crawler.ocr.process import Worker, WorkerLostError
from crawler.tally import Counted
from tests.crawler.ocr import scanned
from tests.objects import s3_server

FETCH = Fetch("https://unit.example/a.pdf", "https://unit.example/a.pdf")
LETTER = [
    "แผนปฏิบัติราชการประจำปี",
    "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
    "สำนักงานปลัดกระทรวง",
    "คำนำ",
    "แผนฉบับนี้จัดทำขึ้นตามพระราชกฤษฎีกาว่าด้วยหลักเกณฑ์",
    "ประกาศ ณ วันที่ ๑๗ ตุลาคม พ.ศ. ๒๕๖๕",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readings")


@pytest.fixture(scope="module")
def settings(folder: Path) -> OcrSettings:
    return OcrSettings(cache_folder=folder, workers=1)


@pytest.fixture(scope="module")
def pool(settings: OcrSettings) -> Iterator[OcrPool]:
    with OcrPool(settings) as running:
        yield running


@pytest.fixture(scope="module")
def letter() -> bytes:
    return scanned.pdf([scanned.page(LETTER)])


def scan() -> Document:
    return Document(FETCH, TextSource.PDF, page_count=1, blank_pages=(1,))


def test_a_scanned_plan_gives_its_title_its_years_and_its_sureness(
    letter: bytes, settings: OcrSettings, pool: OcrPool
) -> None:
    read = read_pages(letter, scan(), settings, pool=pool)
    texts = [passage.text for passage in read.passages]
    assert read.blank_pages == ()
    assert {passage.source for passage in read.passages} == {TextSource.OCR}
    assert {passage.page for passage in read.passages} == {1}
    assert "๒๕๖๖" in read.title
    year = next(passage for passage in read.passages if "๒๕๖๖" in passage.text)
    assert year.region is Region.HEADING
    assert year.confidence is not None
    assert year.confidence >= 95
    assert any("๑๗" in text and "๒๕๖๕" in text for text in texts)
    assert next(passage for passage in read.passages if "คำนำ" in passage.text).confidence is None


def test_a_second_reading_comes_from_the_folder(
    letter: bytes, settings: OcrSettings, pool: OcrPool
) -> None:
    first = read_pages(letter, scan(), settings, pool=pool)

    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(OcrPool, "read")
        assert read_pages(letter, scan(), settings, pool=pool) == first


def test_a_damaged_entry_of_the_folder_is_read_anew(
    letter: bytes, settings: OcrSettings, pool: OcrPool, folder: Path
) -> None:
    first = read_pages(letter, scan(), settings, pool=pool)
    for entry in folder.rglob("*.json"):
        entry.write_text("{", "utf-8")
    assert read_pages(letter, scan(), settings, pool=pool) == first


def test_scanned_pages_stand_between_the_pages_with_text(
    settings: OcrSettings, pool: OcrPool
) -> None:
    blank = scanned.page([])
    body = scanned.pdf([blank, scanned.page(["รายละเอียดโครงการ ๑๒ โครงการ"])])
    before = Passage("สารบัญ", Region.HEADING, page=1)
    after = Passage("ภาคผนวก", page=3)
    document = Document(
        FETCH, TextSource.PDF, title="สารบัญ", passages=(before, after), blank_pages=(2,)
    )
    read = read_pages(body, document, settings, pool=pool)
    assert [passage.page for passage in read.passages] == [1, 2, 3]
    assert read.passages[1].region is Region.MAIN
    assert read.passages[0] == before
    assert read.title == "สารบัญ"


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_lying_on_its_side_or_head_is_read(
    turns: int, settings: OcrSettings, pool: OcrPool
) -> None:
    lines = [*LETTER, *LETTER[:5]]
    picture = scanned.page(lines).rotate(90 * turns, expand=True)
    body = scanned.file(picture, "PNG")
    read = read_pages(body, Document(FETCH, TextSource.IMAGE), settings, pool=pool)
    assert "๒๕๖๖" in " ".join(passage.text for passage in read.passages)


def test_a_photo_askew_and_badly_lit_is_read(settings: OcrSettings, pool: OcrPool) -> None:
    page = scanned.page(LETTER).rotate(2.5, Image.Resampling.BICUBIC, fillcolor=255)
    shade = Image.linear_gradient("L").resize(page.size).point(lambda tone: 120 + tone // 2)
    body = scanned.file(ImageChops.multiply(page, shade), "JPEG", quality=60)
    read = read_pages(body, Document(FETCH, TextSource.IMAGE), settings, pool=pool)
    assert "๒๕๖๖" in " ".join(passage.text for passage in read.passages)


def test_no_time_means_no_text_and_a_note_that_says_so(letter: bytes) -> None:
    hurried = OcrSettings(page_seconds=0.001, workers=1)
    with OcrPool(hurried) as pool:
        read = read_pages(letter, scan(), hurried, pool=pool)
    assert read.passages == ()
    assert read.blank_pages == (1,)
    assert read.metadata["ocr"] == "อ่านข้อความจากภาพสแกนได้ 0 หน้า จากทั้งหมด 1 หน้า (หมดเวลา)"


def test_a_page_that_kills_its_worker_costs_that_page_alone(
    settings: OcrSettings,
) -> None:
    with OcrPool(settings) as pool:
        original = Worker.read

        def deadly(self: Worker, page: int, timeout_s: float) -> object:
            if page == 1:
                self.end()
                raise WorkerLostError("died")
            return original(self, page, timeout_s)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Worker, "read", deadly)
            body = scanned.pdf([scanned.page(LETTER[:1]), scanned.page(LETTER[1:3])])
            first, second = pool.read(body, [1, 2])
    assert first == PageFailure(1, "died")
    assert isinstance(second, PageReading)
    assert "๒๕๖๖" in second.text


def test_a_worker_out_of_memory_is_no_crash(letter: bytes) -> None:
    starved = OcrSettings(memory_bytes=300 * 1024**2, workers=1)
    with OcrPool(starved) as pool:
        read = read_pages(letter, scan(), starved, pool=pool)
    assert read.blank_pages == (1,)
    assert "ocr" in read.metadata


def test_nothing_is_done_for_a_document_without_scans(settings: OcrSettings, pool: OcrPool) -> None:
    document = Document(FETCH, TextSource.PDF, passages=(Passage("ข้อความ", page=1),))
    assert read_pages(b"%PDF-", document, settings, pool=pool) is document


def test_what_one_machine_read_another_does_not_read_again(
    letter: bytes,
    pool: OcrPool,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = s3_server.reached(monkeypatch)
    one = OcrSettings(cache_folder=folder, workers=1, shared_url=shared)
    read = read_pages(letter, scan(), one, pool=pool)
    ReadingCache(letter, one).save(ReadingCache(letter, one).load().values())
    other = OcrSettings(cache_folder=tmp_path / "other", workers=1, shared_url=shared)
    tally: Counter[Counted] = Counter()
    with monkeypatch.context() as patch:
        patch.setattr(pool, "read", lambda *_: pytest.fail("read again"))
        assert read_pages(letter, scan(), other, pool=pool, tally=tally) == read
    assert tally[Counted.OCR_PAGES] == 0
    assert ReadingCache(letter, OcrSettings(cache_folder=tmp_path / "other", workers=1)).load()
