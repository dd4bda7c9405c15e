"""PDFs: real ones printed by Chromium, and hand-written ones for scans, locks and limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checklist.evidence import Document, Fetch, Region, TextSource
from crawler.extract import extract
from crawler.extract.pdf_blocks import cover_title, glue, page_passages
from crawler.extract.poppler import PageTexts, PopplerError
from tests.crawler.extract.hand_pdf import SCAN, STAMP, line, pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROSE = (
    "เทศบาลตำบลบ้านสวนได้ดำเนินการตามแผนปฏิบัติการป้องกันการทุจริตครบถ้วนทุกโครงการ "
    "โดยใช้จ่ายงบประมาณตามที่ได้รับจัดสรร และรายงานผู้บริหารทราบตามลำดับ "
)


def read(body: bytes) -> Document:
    url = "https://a.go.th/f/%E0%B9%81%E0%B8%9C%E0%B8%99.pdf"
    return extract(body, Fetch(url, url, content_type="text/html"))


@pytest.fixture(scope="module")
def printed(browser: Browser) -> Document:
    page = browser.new_page()
    page.set_content(
        "<html><head><title>ชื่อที่ไม่ควรเชื่อ</title></head><body style='font-family:Garuda'>"
        "<h1>รายงานผลการดำเนินงาน</h1><h2>ประจำปีงบประมาณ พ.ศ. ๒๕๖๖</h2>"
        f"<p>{PROSE * 3}</p><p><a href='https://a.go.th/o12.pdf'>รายงาน O12</a></p>"
        "<p style='break-before:page'>หน้าที่สอง สำนักปลัด น้ำประปา</p>"
        "<p>จัดทำโดยคู่มือ ผู้รับผิดชอบ ญู ฐู</p></body></html>"
    )
    body = page.pdf(format="A4")
    page.close()
    return read(body)


def test_a_printed_page_reads_as_published(printed: Document) -> None:
    assert printed.source is TextSource.PDF
    assert printed.page_count == 2
    assert printed.blank_pages == ()
    assert printed.title == "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"
    assert printed.file_name == "แผน.pdf"
    assert printed.metadata["title"] == "ชื่อที่ไม่ควรเชื่อ"
    last = [p.text for p in printed.passages if p.page == 2]
    assert "หน้าที่สอง สำนักปลัด น้ำประปา" in "".join(last)


def test_wrapped_prose_is_one_passage(printed: Document) -> None:
    long = max((p.text for p in printed.passages), key=len)
    assert "".join(PROSE.split()) in "".join(long.split())
    assert "ป้องกันการทุจริต" in long


def test_links_keep_their_address_and_words(printed: Document) -> None:
    assert [(link.url, link.text) for link in printed.links] == [
        ("https://a.go.th/o12.pdf", "รายงาน O12")
    ]


def test_pages_without_text_are_listed() -> None:
    document = read(
        pdf(
            [
                line("Annual report of the municipality for the year") + STAMP,
                SCAN,
                SCAN + line("~;@~ #| ]xkq zzkw wqrt xx"),
                SCAN + line("12"),
                b"",
                line("Second report of the municipality and the office") + SCAN,
            ],
            pictures=True,
        )
    )
    assert document.page_count == 6
    assert document.blank_pages == (2, 3, 4)
    assert [p.page for p in document.passages] == [1, 4, 6]


def test_a_locked_file_says_so() -> None:
    lock = (
        b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>"
    )
    document = read(pdf([line("secret")], trailer=lock))
    assert document.fetch.problem == "extract_failed"
    assert "รหัสผ่าน" in document.fetch.problem_detail


def test_only_the_first_600_pages_are_read() -> None:
    document = read(pdf([line(f"Page number {n} of the report") for n in range(650)]))
    assert document.page_count == 650
    assert max(p.page or 0 for p in document.passages) == 600
    assert "650" in document.metadata["truncated"]


@pytest.mark.parametrize("cut", [20, 300, 600])
def test_a_damaged_file_gives_a_document(cut: int) -> None:
    whole = pdf([line("Annual report of the municipality")])
    document = read(whole[:-cut])
    assert document.fetch.problem in {None, "extract_failed"}
    assert document.fetch.problem or document.passages


def pretend(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a `pdftotext` of our own before the real one."""
    tool = folder / "pdftotext"
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_a_tool_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "printf 'first\\fsecond'; exec sleep 30", monkeypatch)
    pages: list[str] = []
    with (
        PageTexts(tmp_path / "x.pdf", 9, 0.5) as texts,
        pytest.raises(PopplerError, match="timeout"),
    ):
        pages.extend(texts)
    assert pages == ["first"]


def test_what_a_failing_tool_says_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "echo 'Incorrect password' >&2; exit 1", monkeypatch)
    with PageTexts(tmp_path / "x.pdf", 9, 5) as texts, pytest.raises(PopplerError) as caught:
        list(texts)
    assert caught.value.locked


def test_a_tool_that_talks_without_end_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "head -c 3000000 /dev/zero >&2; printf 'page\\f'", monkeypatch)
    with PageTexts(tmp_path / "x.pdf", 9, 10) as texts:
        assert list(texts) == ["page"]


def test_without_the_tool_pdfium_reads_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PopplerError, match="pdftotext"):
        PageTexts(tmp_path / "x.pdf", 9, 1)
    document = read(pdf([line("Annual report of the municipality")]))
    assert [p.text for p in document.passages] == ["Annual report of the municipality"]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("แผนการ", "จัดซื้อ", "แผนการจัดซื้อ"),
        ("ปี พ.ศ.", "2566", "ปี พ.ศ. 2566"),
        ("ปี ๒๕๖๕", "๒๕๖๖", "ปี ๒๕๖๕ ๒๕๖๖"),
        ("the annual", "report", "the annual report"),
    ],
)
def test_lines_are_glued_as_thai_is_written(left: str, right: str, joined: str) -> None:
    assert glue(left, right) == joined


def test_table_lines_and_entries_stay_apart() -> None:
    full = "โครงการฝึกอบรมเสริมสร้างคุณธรรมและจริยธรรมของบุคลากรเทศบาลตำบล"
    lines = [full, f"1. {full}", "1 120,000 60,000 50.00 31,000 12,500 9,900 88,000", "รวม", full]
    texts = [p.text for p in page_passages("\n".join(lines), 2, is_cover=False)]
    assert texts == lines


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["1", "แผนพัฒนา", "พ.ศ. 2566 - 2570", PROSE[:90], PROSE[:90]], "แผนพัฒนา พ.ศ. 2566 - 2570"),
        (["14 14 248 62 36 33 120", "เดือน"], ""),
        ([PROSE[:90], PROSE[:88], PROSE[:85]], ""),
        (["ประกาศเทศบาล", "เรื่อง แผนการจัดซื้อ", "1. หลักการ"], "ประกาศเทศบาล เรื่อง แผนการจัดซื้อ"),
    ],
)
def test_the_cover_gives_the_title(lines: list[str], title: str) -> None:
    passages = page_passages("\n".join(lines), 1, is_cover=True)
    assert cover_title(passages) == title
    heads = [p for p in passages if p.region is Region.HEADING]
    assert bool(heads) is bool(title)
