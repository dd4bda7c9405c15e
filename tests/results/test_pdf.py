"""The report as PDF, printed by the real Chromium: whole, searchable, sealed off from the world."""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pypdfium2
import pypdfium2.raw
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from results.formats.html import unit_page
from results.formats.pdf import PICTURE_BYTES, running_head, unit_pdf
from results.formats.printing import Printer, PrintError, page_number, running_title
from results.gap import build_report
from results.speech import Language, speaking
from tests.results.pages import decided_report, hostile_report, whole_report
from tests.results.samples import mixed, result_of, small_checklist

if TYPE_CHECKING:
    from results.report import GapReport

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
PLAIN = '<!doctype html><html lang="th"><head><title>ทดสอบ</title></head><body><h1>หัวเรื่อง</h1>{}</body></html>'


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    assert CHROMIUM, "a system Chromium is needed"
    with Printer(CHROMIUM) as opened:
        yield opened


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A picture too large to stand in the HTML file itself."""
    out = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(out, "PNG")
    assert 150 * 1024 < len(out.getvalue()) < PICTURE_BYTES
    return out.getvalue()


@pytest.fixture(scope="module")
def whole(printer: Printer, picture: bytes) -> bytes:
    return unit_pdf(whole_report(picture), printer)


def letters(text: str) -> str:
    """The text without spaces, which extraction puts and drops as it likes."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def told(pdf: bytes) -> list[str]:
    """The letters of each sheet in the order in which they were painted."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [letters(sheet) for sheet in done.stdout.decode().split("\f")[:-1]]


def without_running_lines(sheet: str, report: GapReport) -> str:
    """A sheet's letters without those at its head and foot, which are painted last."""
    body, head, number = sheet.rpartition(letters(running_head(report)))
    assert head
    assert re.fullmatch(r"หน้า\d+จาก\d+", number)
    return body


def test_every_sheet_is_a4_and_numbered(whole: bytes) -> None:
    pdf = pypdfium2.PdfDocument(whole)
    sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in pdf}
    assert sizes == {(595, 842)}
    pages = told(whole)
    assert len(pages) == len(pdf) > 8
    for number, text in enumerate(pages, 1):
        assert text.count(f"หน้า{number}จาก{len(pages)}") == 1
        assert "รายงานช่องว่างOIT2566·องค์การบริหารส่วนตำบลหนองบัวแดงใหม่พัฒนา·" in text
    pdf.close()


def test_the_fonts_are_embedded_and_map_to_unicode(whole: bytes) -> None:
    done = subprocess.run(["pdffonts", "-"], input=whole, capture_output=True, check=True)
    rows = done.stdout.decode().splitlines()[2:]
    assert rows
    # Columns counted from the right: emb sub uni object ID.
    assert {tuple(row.split()[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_the_pdf_is_tagged_has_title_and_language(whole: bytes) -> None:
    pdf = pypdfium2.PdfDocument(whole)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pdf)
    assert pdf.get_metadata_value("Title") == "ช่องว่าง OIT 2566 องค์การบริหารส่วนตำบลหนองบัวแดงใหม่พัฒนา"
    pdf.close()
    assert re.search(rb"/Lang \(th\)", whole)


def test_the_outline_names_the_sections(whole: bytes) -> None:
    pdf = pypdfium2.PdfDocument(whole)
    names = [letters(mark.get_title()) for mark in pdf.get_toc()]
    pdf.close()
    for start in (
        "องค์การบริหารส่วนตำบล",
        "!คำวินิจฉัย",
        "สิ่งที่ต้องทำก่อน",
        "สิ่งที่เปลี่ยน",
        "1.",
        "2.",
        "3.",
        "4.",
        "5.",
    ):
        assert any(name.startswith(letters(start)) for name in names), start
    assert "คำตอบสำหรับกรอกในระบบITAS" in names
    assert any(name.startswith("O5") for name in names)


@pytest.mark.parametrize("name", ["whole", "decided", "hostile"])
def test_everything_the_page_says_is_on_paper_and_can_be_searched(
    printer: Printer, name: str, whole: bytes, picture: bytes
) -> None:
    report = {
        "whole": lambda: whole_report(picture),
        "decided": decided_report,
        "hostile": hostile_report,
    }[name]()
    sheets = told(whole if name == "whole" else unit_pdf(report, printer))
    body = "".join(without_running_lines(sheet, report) for sheet in sheets)
    soup = BeautifulSoup(unit_page(report, paper=True, inline_bytes=PICTURE_BYTES), "lxml")
    for unseen in soup.select(".skip, .brief, .bare summary, thead"):
        unseen.decompose()
    for mark in soup.select("span.nb"):
        mark.unwrap()
    soup.smooth()
    assert soup.body is not None
    said = {letters(text) for text in soup.body.find_all(string=True)} - {""}
    lost = [text for text in said if text not in body]
    assert len(said) > 100
    assert lost == []


def test_pictures_too_large_for_the_page_show_on_paper(whole: bytes, picture: bytes) -> None:
    pdf = pypdfium2.PdfDocument(whole)
    images = [
        one.get_px_size()
        for sheet in pdf
        for one in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    ]
    pdf.close()
    assert (900, 700) in images
    assert "data:image" not in unit_page(whole_report(picture))


def test_a_table_over_many_sheets_repeats_its_head(whole: bytes) -> None:
    sheets = [
        sheet for sheet in told(whole) if "เปิดจากURLโดยตรง" in sheet and "ตรวจดูก่อนตอบ" in sheet
    ]
    assert len(sheets) > 1
    assert all("คำตอบURLคำอธิบาย" in sheet for sheet in sheets)


@pytest.mark.parametrize("millimetres", range(0, 200, 25))
def test_no_heading_is_left_alone_at_the_foot(printer: Printer, millimetres: int) -> None:
    report = decided_report()
    page = unit_page(report, paper=True)
    headings = {
        letters(tag.get_text())
        for tag in BeautifulSoup(page, "lxml").find_all(["h2", "h3", "h4", "caption"])
    }
    lower = page.replace("<body>", f'<body><div style="height: {millimetres}mm"></div>')
    for sheet in told(printer.pdf(lower, running_head(report))):
        text = without_running_lines(sheet, report)
        assert not any(text.endswith(heading) for heading in headings)


def test_an_english_report_has_english_sheets(printer: Printer) -> None:
    with speaking(Language.EN):
        report = build_report(small_checklist(), result_of(mixed()))
    assert re.search(rb"/Lang \(en\)", unit_pdf(report, printer))


class _Counting(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_page_can_fetch_nothing_and_run_nothing(printer: Printer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORD", encoding="utf-8")
    server = HTTPServer(("127.0.0.1", 0), _Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site, file = f"http://127.0.0.1:{server.server_port}", secret.as_uri()
    html = PLAIN.format(
        f"""<script>document.body.append('RANSCRIPT'); fetch('{site}/fetch')</script>
        <img src="{site}/img"><img src="{file}"><img src=x onerror="document.body.append('RANSCRIPT')">
        <iframe src="{site}/frame"></iframe><iframe src="{file}" width=600 height=200></iframe>
        <object data="{file}" width=600 height=200></object><embed src="{file}">
        <link rel="stylesheet" href="{site}/css"><link rel="preload" as="image" href="{site}/preload">
        <style>@import url({site}/import); @font-face {{ font-family: x; src: url({site}/font) }}
        p {{ font-family: x; background: url({site}/background) }}</style>
        <svg><image href="{site}/svg"/></svg><video src="{site}/video" poster="{site}/poster"></video>
        <a ping="{site}/ping" href="{site}">ลิงก์</a><p>ข้อความ</p>"""
    )
    text = "".join(told(printer.pdf(html, "ทดสอบ")))
    server.shutdown()
    thread.join()
    server.server_close()
    assert "ข้อความ" in text
    assert "RANSCRIPT" not in text
    assert "SECRETWORD" not in text
    assert _Counting.asked == []


def test_a_hostile_title_stays_text(printer: Printer) -> None:
    bad = '</span><script>x</script><b>ตัวหนา</b>"'
    assert "<b>" not in running_title(bad)
    assert letters("<b>ตัวหนา</b>") in "".join(told(printer.pdf(PLAIN.format(""), bad)))
    assert 'class="pageNumber"' in page_number()


def test_one_browser_prints_many_reports_and_starts_when_first_needed(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = wrapped(tmp_path, f'echo $$ >> {started}; exec {CHROMIUM} "$@"')
    with Printer(str(program)) as opened:
        assert not started.exists()
        for _ in range(3):
            assert opened.pdf(PLAIN.format("ก"), "ก").startswith(b"%PDF")
    assert len(started.read_text().split()) == 1


def test_a_browser_that_died_is_started_once_more(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = wrapped(tmp_path, f'echo $$ >> {started}; exec {CHROMIUM} "$@"')
    with Printer(str(program)) as opened:
        opened.pdf(PLAIN.format("ก"), "ก")
        os.killpg(int(started.read_text().split()[0]), signal.SIGKILL)
        assert opened.pdf(PLAIN.format("ก"), "ก").startswith(b"%PDF")
    assert len(started.read_text().split()) == 2


@pytest.mark.parametrize("does", ["exit 1", 'echo "broken" >&2; kill -9 $$'])
def test_a_browser_that_does_not_start_is_told_in_one_line(tmp_path: Path, does: str) -> None:
    program = wrapped(tmp_path, does)
    with Printer(str(program)) as opened, pytest.raises(PrintError) as told_error:
        opened.pdf(PLAIN.format("ก"), "ก")
    assert str(told_error.value).startswith("พิมพ์ PDF ไม่ได้ เพราะ Chromium")
    assert str(program) in told_error.value.en
    assert "\n" not in str(told_error.value)


def test_a_browser_that_is_not_there_is_told() -> None:
    with Printer("/nowhere/chromium") as opened:
        for _ in range(2):
            with pytest.raises(PrintError, match="/nowhere/chromium"):
                opened.pdf(PLAIN.format("ก"), "ก")


def test_a_page_that_takes_too_long_is_given_up_and_the_next_prints() -> None:
    with Printer(CHROMIUM, seconds=0.01) as opened:
        with pytest.raises(PrintError, match=r"0\.01 วินาที") as told_error:
            opened.pdf(PLAIN.format("ก"), "ก")
        assert "took longer" in told_error.value.en
        opened.seconds = 60
        assert opened.pdf(PLAIN.format("ก"), "ก").startswith(b"%PDF")


def test_it_prints_inside_a_running_loop(printer: Printer) -> None:
    async def inside() -> bytes:
        return printer.pdf(PLAIN.format("ก"), "ก")

    assert asyncio.run(inside()).startswith(b"%PDF")


def wrapped(folder: Path, does: str) -> Path:
    """A program that does so in place of Chromium."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return program
