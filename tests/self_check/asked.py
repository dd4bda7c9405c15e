"""Requests for self-checks of small files, and an account of one, for the tests."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Region, TextSource
from checklist.loader import load
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from crawler.settings import CrawlSettings
from results.self_check import Checked, SelfCheckReport, SourceText, build_self_check
from sweep.self_check.request import SelfCheckRequest

if TYPE_CHECKING:
    from web.checking.job import Job, State

DAY = date(2023, 4, 30)
NOW = datetime(2023, 4, 30, 3, 0, tzinfo=UTC)
UNIT = UnitProfile("phusuan", "องค์การบริหารส่วนตำบลภูสวน", UnitType.LOCAL)
PLAN = (
    "แผนปฏิบัติการประจำปีงบประมาณ พ.ศ. 2566",
    "องค์การบริหารส่วนตำบลภูสวน",
    "โครงการพัฒนา งบประมาณ 100,000 บาท ระยะเวลา ต.ค. 2565 - ก.ย. 2566",
)
LOOPBACK = CrawlSettings(allow_networks=("127.0.0.0/8",), delay_s=0, browser_path=None)


def request_of(
    folder: Path, content: bytes = b"x", name: str = "plan.docx", **more: object
) -> SelfCheckRequest:
    """A request for a file with this content in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "upload"
    file.write_bytes(content)
    values: dict[str, object] = {
        "file": file, "name": name, "checklist": "oit-2566", "as_of": DAY, "unit": UNIT,
        "folder": folder, "settings": LOOPBACK,
    }  # fmt: skip
    return SelfCheckRequest.model_validate(values | more)


def report_of(name: str = "แผน 66.pdf", quote: str = PLAN[0]) -> SelfCheckReport:
    """A file that serves O11 whole and O12 in part."""
    fetch = Fetch(name, name, sha256="ab" * 32, size=1234)
    document = Document(fetch, TextSource.PDF, file_name=name, page_count=3)
    there = Quote(name, name, quote, Region.MAIN, TextSource.PDF, page=2)
    found = ElementVerdict("O11.1", "เป็นแผน 1 ปี", ElementState.PRESENT, quotes=(there,))
    lacking = ElementVerdict(
        "O12.1", "ผลการดำเนินการ", ElementState.ABSENT, detail="ไม่พบผลการดำเนินการ"
    )
    verdicts = (
        ItemVerdict("O10", Verdict.FAIL, Kind.NONE, ("wrong_kind",)),
        ItemVerdict("O12", Verdict.FAIL, Kind.PARTIAL, ("element_missing",), (lacking,)),
        ItemVerdict("O11", Verdict.PASS, Kind.MATCH, (), (found,), (name,)),
    )
    source = SourceText(kind="file", name=name)
    checked = Checked(source, UNIT, DAY, verdicts, (document,), chosen=False)
    return build_self_check(load("oit-2566"), checked, NOW)


STUB = "tests.self_check.stub_worker"
"""What a check's process runs instead of the real thing."""
DONE = report_of().model_dump_json().encode()
"""A file that the stand-in takes for its answer."""


def awaited(job: Job, state: State | None = None, within_s: float = 15) -> Job:
    deadline = time.monotonic() + within_s
    while job.state is not state if state else not job.state.over:
        assert time.monotonic() < deadline, f"still {job.state}"
        time.sleep(0.01)
    return job
