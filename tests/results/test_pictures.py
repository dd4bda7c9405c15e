"""Which pages a person must see, and how their pictures stand in the report."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from checklist.evidence import Document, Fetch, Region, TextSource
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from results.formats import write_unit_report
from results.formats.files import write_picture
from results.formats.html import unit_html
from results.formats.json import unit_json, unit_schema
from results.gap import build_report
from results.pictures import PageToShow, Picture, pages_to_show, with_pictures
from results.report import GapReport, PictureText
from tests.results.samples import passing, result_of, small_checklist

CHECKLIST = small_checklist()
URL = "https://www.phusuan.go.th/files/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf"
PNG = b"\x89PNG\r\n\x1a\n" + b"small picture"
LARGE = b"RIFF\0\0\0\0WEBP" + os.urandom(200 * 1024)


def quoted(page: int | None, source: TextSource = TextSource.OCR, sha256: str = "a" * 64) -> Quote:
    return Quote(URL, URL, "พ.ศ. ๒๕๖๖", Region.MAIN, source, sha256=sha256, page=page)


def verdict_of(
    item: str,
    verdict: Verdict,
    *elements: ElementVerdict,
    reasons: tuple[str, ...] = (),
    urls: tuple[str, ...] = (URL,),
) -> ItemVerdict:
    return ItemVerdict(item, verdict, Kind.MATCH, reasons, elements, urls)


def element(
    item: str, state: ElementState, reason: str | None, *quotes: Quote, number: int = 1
) -> ElementVerdict:
    return ElementVerdict(f"{item}.{number}", "ปีงบประมาณ", state, True, reason, "", quotes)


UNSURE = ElementState.UNSURE


@pytest.mark.parametrize(
    ("verdict", "pages"),
    [
        (verdict_of("O1", Verdict.REVIEW, element("O1", UNSURE, "ocr_year", quoted(3))), [3]),
        (verdict_of("O1", Verdict.REVIEW, element("O1", UNSURE, "ocr_year", quoted(3), quoted(3))), [3]),
        (verdict_of("O1", Verdict.REVIEW,
                    element("O1", UNSURE, "ocr_year", *(quoted(n) for n in range(1, 9)))), [1, 2, 3]),
        (verdict_of("O1", Verdict.FAIL,
                    element("O1", ElementState.OUTDATED, "outdated", quoted(2))), [2]),
        (verdict_of("O1", Verdict.REVIEW,
                    element("O1", UNSURE, "image_only", quoted(None, TextSource.HTML), quoted(5))), [5, None]),
        (verdict_of("O1", Verdict.REVIEW, element("O1", UNSURE, "weak_wording", quoted(1, TextSource.PDF))), []),
        (verdict_of("O1", Verdict.PASS, element("O1", ElementState.PRESENT, None, quoted(1))), []),
        (verdict_of("O1", Verdict.REVIEW, element("O1", ElementState.PRESENT, None, quoted(1)),
                    reasons=("weak_wording",)), []),
        (verdict_of("O1", Verdict.REVIEW, reasons=("image_only",)), [None]),
        (verdict_of("O1", Verdict.ERROR, reasons=("timeout",)), []),
        (verdict_of("O1", Verdict.FAIL, element("O1", ElementState.ABSENT, "element_missing")), []),
    ],
)  # fmt: skip
def test_only_what_eyes_must_settle_is_shown(verdict: ItemVerdict, pages: list[int | None]) -> None:
    assert [place.page for place in pages_to_show([verdict])] == pages


def test_a_page_is_known_by_its_address_and_body() -> None:
    found = pages_to_show(
        [verdict_of("O1", Verdict.REVIEW, element("O1", UNSURE, "ocr_year", quoted(3)))]
    )
    assert found == (PageToShow("O1", URL, "a" * 64, 3),)
    whole = pages_to_show([verdict_of("O1", Verdict.REVIEW, reasons=("unreadable",))])
    assert whole == (PageToShow("O1", URL),)


def test_where_nothing_is_quoted_the_scans_that_were_looked_at_serve() -> None:
    def document(name: str, source: TextSource, blank: tuple[int, ...] = ()) -> Document:
        url = f"https://www.phusuan.go.th/{name}"
        return Document(Fetch(url, url, sha256=name[0] * 64), source, blank_pages=blank)

    looked_at = [
        document("page", TextSource.HTML),
        document("scan.pdf", TextSource.PDF, (2, 3)),
        document("chart.png", TextSource.IMAGE),
    ]
    verdict = verdict_of("O1", Verdict.REVIEW, reasons=("image_only",))
    found = pages_to_show([verdict], {"O1": looked_at, "O2": looked_at})
    assert [(p.url.rpartition("/")[2], p.sha256[0], p.page) for p in found] == [
        ("scan.pdf", "s", 2), ("chart.png", "c", 1),
    ]  # fmt: skip


def a_report(*pictures: Picture) -> GapReport:
    verdicts = [
        verdict_of("O1", Verdict.REVIEW, element("O1", UNSURE, "ocr_year", quoted(3))),
        passing("O2"),
    ]
    return with_pictures(build_report(CHECKLIST, result_of(verdicts)), pictures)


SMALL_ONE = Picture(PageToShow("O1", URL, "a" * 64, 3), PNG)
LARGE_ONE = Picture(PageToShow("O1", URL, "a" * 64, 4), LARGE)


def test_a_small_picture_stands_in_the_report_and_a_large_one_beside_it(tmp_path: Path) -> None:
    html, *_ = write_unit_report(a_report(SMALL_ONE, LARGE_ONE), tmp_path)
    soup = BeautifulSoup(html.read_text(encoding="utf-8"), "lxml")
    [image] = soup.select("#O1 .pictures img")
    assert str(image["src"]).startswith("data:image/png;base64,")
    assert image["alt"] == "ภาพหน้า 3 ของ แผน.pdf"
    [link] = soup.select("#O1 figcaption a[href^=evidence]")
    assert link.text == "ภาพหน้า 4 ของ แผน.pdf"
    assert (tmp_path / str(link["href"])).read_bytes() == LARGE
    names = sorted(path.name for path in (tmp_path / "evidence").iterdir())
    assert names == sorted(
        [hashlib.sha256(PNG).hexdigest() + ".png", hashlib.sha256(LARGE).hexdigest() + ".webp"]
    )
    assert "ภาพหน้าที่ต้องดู" in soup.select("#O1")[0].text


def test_a_report_without_pictures_says_nothing_of_them(tmp_path: Path) -> None:
    assert "ภาพหน้าที่ต้องดู" not in unit_html(a_report())
    write_unit_report(a_report(), tmp_path)
    assert not (tmp_path / "evidence").exists()


def test_an_item_that_passes_takes_no_picture() -> None:
    report = a_report(Picture(PageToShow("O2", URL), PNG))
    assert report.pictures() == ()


def test_the_json_names_the_file_and_holds_no_picture() -> None:
    written = json.loads(unit_json(a_report(SMALL_ONE)))
    [picture] = written["reviews"][0]["pictures"]
    assert set(picture) == {"caption", "url", "page", "file"}
    assert re.fullmatch(r"evidence/[0-9a-f]{64}\.png", picture["file"])
    schema = unit_schema()["$defs"]["PictureText"]
    assert set(schema["properties"]) == set(picture)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="PNG, JPEG or WebP"):
        a_report(Picture(PageToShow("O1", URL), b"<svg onload=alert(1)>"))


@pytest.mark.parametrize(
    "file", ["../x.png", "/etc/x.png", "evidence/x.png", "evidence/a/../b.png"]
)
def test_a_picture_is_written_nowhere_else(tmp_path: Path, file: str) -> None:
    picture = PictureText(caption="", url="", page=None, file=file, content=PNG)
    with pytest.raises(ValueError, match="not a picture's place"):
        write_picture(tmp_path, picture)


def test_a_hostile_address_harms_no_page() -> None:
    bad = 'https://x.go.th/"><script>alert(1)</script>.pdf'
    html = unit_html(a_report(Picture(PageToShow("O1", bad), PNG)))
    assert "<script" not in html
    assert '"><script' not in html
