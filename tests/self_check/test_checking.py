"""A self-check from the file or page to the account of it, by the real reader, crawl and judge."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import Workbook

from checklist.profile import UnitProfile, UnitType
from checklist.verdict import Verdict
from sweep.self_check import process_tree
from sweep.self_check.checking import check
from sweep.self_check.request import SelfCheckRequest, crawl_limits, may_be_opened
from tests.crawler.loopback_site import Answer as PageAnswer
from tests.crawler.loopback_site import LoopbackSite
from tests.crawler.ocr import scanned
from tests.self_check.asked import LOOPBACK, PLAN, request_of

if TYPE_CHECKING:
    from results.self_check import SelfCheckReport


def docx() -> bytes:
    document = Document()
    for line in PLAN:
        document.add_paragraph(line)
    return saved(document.save)


def xlsx() -> bytes:
    book = Workbook()
    for line in PLAN:
        book.active.append([line])  # type: ignore[union-attr]
    return saved(book.save)


def html() -> bytes:
    rows = [("โครงการ", "งบประมาณ (บาท)", "ระยะเวลาดำเนินการ")]
    rows += [(f"โครงการพัฒนาแหล่งน้ำ หมู่ {n}", "100,000", "ต.ค. 2565 - ก.ย. 2566") for n in (1, 2)]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = f'<meta charset="utf-8"><title>{PLAN[0]}</title>'
    body = f"<main><h1>{PLAN[0]}</h1><p>{PLAN[1]}</p><table>{table}</table></main>"
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../plan66.docx", docx())
        archive.writestr("other.html", "<html><p>ข่าวประชาสัมพันธ์ของหน่วยงาน</p>")
    return made.getvalue()


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()


def checked(request: SelfCheckRequest) -> tuple[SelfCheckReport, list[str]]:
    told: list[str] = []
    return check(request, lambda step: told.append(step.text)), told


@pytest.mark.parametrize("make", [docx, xlsx, html, zipped])
def test_a_file_is_judged_by_what_it_holds_whatever_it_is_called(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    report, told = checked(request_of(tmp_path, make(), "ไฟล์.exe", items=("O11",)))
    [item] = report.items
    assert item.finding.verdict is Verdict.PASS
    quotes = [quote for element in item.finding.elements for quote in element.quotes]
    assert any(PLAN[0] in quote.text for quote in quotes)
    assert told == ["อ่านเอกสาร ไฟล์.exe", "ตัดสินตามเกณฑ์ 1 ข้อ"]
    assert str(tmp_path) not in report.model_dump_json(), "no path of this machine is told"


def test_all_items_are_judged_and_the_best_stands_first(tmp_path: Path) -> None:
    report, _ = checked(request_of(tmp_path, docx()))
    assert report.items[0].finding.item == "O11"
    counted = {group.reason.code: len(group.items) for group in report.others}
    assert len(report.items) + sum(counted.values()) == 43
    assert next(iter(counted)) == "wrong_kind"
    assert report.headline == "ใช้ตอบได้ครบถ้วน 1 ข้อ: O11"


def test_another_units_document_is_told_to_be_that(tmp_path: Path) -> None:
    surin = UnitProfile("surin", "จังหวัดสุรินทร์", UnitType.PROVINCE)
    report, _ = checked(request_of(tmp_path, docx(), unit=surin))
    assert report.others[0].reason.code == "wrong_unit"
    assert report.headline == report.others[0].reason.th
    assert not [one for one in report.items if one.finding.verdict is Verdict.PASS]


def test_what_lacks_is_told_with_its_remedy_in_the_reports_words(tmp_path: Path) -> None:
    content = f"<html><h1>{PLAN[0]}</h1><p>{PLAN[1]}<p>โครงการพัฒนาแหล่งน้ำ".encode()
    report, _ = checked(request_of(tmp_path, content, "plan.html", items=("O11",)))
    [item] = report.items
    assert item.finding.verdict is Verdict.FAIL
    assert item.finding.remedy in item.to_do
    assert item.finding.summary.startswith("ขาด:")


def test_a_file_that_cannot_be_read_is_told_of_once(tmp_path: Path) -> None:
    report, _ = checked(request_of(tmp_path, b"\x7fELF" + bytes(200), "plan.pdf"))
    assert report.unread
    assert report.headline == "อ่านเนื้อหาไม่ได้ จึงยังตัดสินไม่ได้"
    [document] = report.documents
    assert document.problem is not None
    assert document.problem.remedy
    assert "ไฟล์โปรแกรม" in document.note


def test_each_scanned_page_that_is_read_is_told_of(tmp_path: Path) -> None:
    picture = scanned.file(scanned.page(PLAN), "PNG")
    report, told = checked(request_of(tmp_path, picture, "scan.png", items=("O11",)))
    assert told[-1] == "อ่านภาพด้วย OCR หน้า 1/1"
    assert report.items[0].finding.verdict is not Verdict.FAIL


def test_a_page_is_asked_for_politely_and_judged(tmp_path: Path) -> None:
    with LoopbackSite("127.0.0.1", {"/plan": PageAnswer(html())}) as site:
        request = request_of(tmp_path, file=None, name="", url=f"{site.url}/plan", items=("O11",))
        report, told = checked(request)
    assert site.hits["/robots.txt"] == 1
    assert told[0] == f"ขอหน้าเว็บ {site.url}/plan"
    assert told[1].startswith("อ่านหน้าเว็บแล้ว 1 หน้า")
    assert told[-1] == "ตัดสินตามเกณฑ์ 1 ข้อ"
    [item] = report.items
    assert item.finding.verdict is Verdict.PASS
    assert report.coverage is not None
    assert report.coverage.fetched == 1


def test_a_process_whose_owner_is_gone_ends_and_clears_up(tmp_path: Path) -> None:
    with LoopbackSite("127.0.0.1", {"/plan": PageAnswer(html(), delay_s=30, slow_times=9)}) as site:
        request = request_of(tmp_path / "job", file=None, name="", url=f"{site.url}/plan")
        done = subprocess.run(
            [sys.executable, "-m", "sweep.self_check.worker"],
            input=request.model_dump_json().encode() + b"\n",
            stdout=subprocess.PIPE,
            env={**os.environ, process_tree.MARK: "this-test"},
            check=False,
            timeout=60,
        )
    assert process_tree.members(0, "this-test") == set()
    assert not [line for line in done.stdout.splitlines() if b'"answer"' in line]
    assert not (tmp_path / "job").exists()


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1/", True),
        ("http://169.254.169.254/latest", False),
        ("http://[::1]/", False),
        ("http://10.0.0.1/", False),
        ("file:///etc/passwd", False),
        ("https://www.moi.go.th/", True),
    ],
)
def test_addresses_inside_a_network_are_not_opened(url: str, allowed: bool) -> None:
    assert may_be_opened(url, LOOPBACK) is allowed


def test_nothing_of_a_check_is_kept_where_sweeps_keep_things(tmp_path: Path) -> None:
    theirs = LOOPBACK.model_copy(
        update={
            "bodies_folder": Path("var/bodies"),
            "documents_folder": Path("var/documents"),
            "evidence_folder": Path("var/evidence"),
            "max_pages_per_unit": 10,
            "delay_s": 3.0,
        }
    )
    ours = crawl_limits(theirs, tmp_path)
    assert ours.bodies_folder == tmp_path / "bodies"
    assert (ours.documents_folder, ours.evidence_folder) == (None, None)
    assert (ours.max_pages_per_unit, ours.delay_s) == (10, 3.0), "never less polite than a sweep"
    assert json.loads(ours.model_dump_json())["obey_robots"] is True
