"""What a scan cost and how much of it was unchanged, as plain figures and as lines to read. Pure.

Counts of several runs of a scan are added up; of memory the largest peak stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from checklist.verdict import Verdict
from results import wording
from results.parts import Part
from results.record import ScanStatus
from results.speech import _

COUNTS = {
    "requests": "คำขอที่ส่งไปยังเว็บไซต์",
    "received_bytes": "ข้อมูลที่ดาวน์โหลด",
    "not_modified": "เว็บไซต์ตอบว่าไม่เปลี่ยนแปลง (304)",
    "documents_read": "เอกสารและหน้าที่อ่านใหม่",
    "documents_known": "เอกสารและหน้าที่เนื้อหาเดิม ไม่ต้องอ่านซ้ำ",
    "pages_rendered": "หน้าที่แสดงผลด้วยเบราว์เซอร์ใหม่",
    "visits_resumed": "หน้าที่เปิดไว้แล้วก่อนทำต่อ",
    "ocr_pages": "หน้าเอกสารสแกนที่อ่านด้วย OCR",
    "items_judged": "ข้อที่ตัดสินใหม่",
    "verdicts_kept": "ข้อที่ใช้ผลเดิมเพราะไม่มีอะไรเปลี่ยน",
}
"""The counts of a unit's tally by name, with what they are called in Thai."""
STATUSES = {
    ScanStatus.RUNNING: "กำลังตรวจ",
    ScanStatus.FINISHED: "ตรวจครบ",
    ScanStatus.INTERRUPTED: "ถูกหยุดก่อนครบ",
    ScanStatus.FAILED: "หยุดเพราะข้อผิดพลาด",
}
_SIZES = ("received_bytes",)
_WHOLES = {
    "not_modified": ("requests",),
    "documents_known": ("documents_read", "documents_known"),
    "verdicts_kept": ("items_judged", "verdicts_kept"),
}
"""What was saved, by the counts that it is a share of."""


class Runs(Part):
    """What the runs of the program for a scan cost together; seconds, and bytes of memory.

    `updated` is the last sign of life, `None` when no run was noted. `children` are the crawling
    process and those that it started, counted when they have ended.
    """

    count: int = 0
    updated: datetime | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    children_cpu_seconds: float = 0.0
    peak_bytes: int = 0
    children_peak_bytes: int = 0


class ScanStatistics(Part):
    """The figures of one scan; `units` are done of `wanted`, `None` when that is not known.

    `document_bytes` is the size of what was looked at, `unit_seconds` the units' own times added
    up (they run side by side). `verdicts` counts items by verdict, `unchecked` those that could
    not be checked by the code of their first reason, `skipped` the addresses not read by reason.
    `tally` holds the counts named in `COUNTS`; none in scans of versions that did not count.
    """

    scan_id: int
    checklist: str
    status: ScanStatus
    started: datetime
    finished: datetime | None
    units: int
    wanted: int | None
    pages_found: int = 0
    pages_fetched: int = 0
    pages_rendered: int = 0
    document_bytes: int = 0
    unit_seconds: float = 0.0
    verdicts: Mapping[str, int] = {}
    unchecked: Mapping[str, int] = {}
    skipped: Mapping[str, int] = {}
    tally: Mapping[str, int] = {}
    runs: Runs = Runs()

    @property
    def seconds(self) -> float:
        """How long the scan took: its runs together, else from its start to its end."""
        if self.runs.count:
            return self.runs.seconds
        return (self.finished - self.started).total_seconds() if self.finished else 0.0

    @property
    def units_per_minute(self) -> float | None:
        """The scan's speed; `None` when it took no time that was noted."""
        return self.units * 60 / self.seconds if self.seconds > 0 else None

    @property
    def cpu_seconds(self) -> float:
        """Processor time of the program and of the processes that it started."""
        return self.runs.cpu_seconds + self.runs.children_cpu_seconds

    def share(self, part: str, *of: str) -> float | None:
        """The count `part` as a share (0 to 1) of the counts `of`; `None` when these are none."""
        whole = sum(self.tally.get(name, 0) for name in of)
        return self.tally.get(part, 0) / whole if whole else None


class Figure(Part):
    """One line of a scan's statistics: what it is, the figure to read, and the bare `number`."""

    section: str
    name: str
    text: str
    number: int | float | None = None


def figures(found: ScanStatistics, *, verdicts: bool = True) -> tuple[Figure, ...]:
    """The statistics as lines, in the language that reports speak.

    `verdicts` are bare, without people's decisions: a report has its own counts.
    """
    return (
        *_amounts(found),
        *(_verdicts(found) if verdicts else ()),
        *_reuse(found),
        *_times(found),
        *_causes(_("สาเหตุที่ตรวจไม่ได้ (ข้อ)"), found.unchecked),
        *_causes(_("เหตุที่ไม่ได้อ่าน (หน้า)"), found.skipped),
    )


def _amounts(found: ScanStatistics) -> Iterator[Figure]:
    section = _("สิ่งที่ตรวจ")
    units = f"{found.units:,}" if found.wanted is None else f"{found.units:,} / {found.wanted:,}"
    yield Figure(section=section, name=_("หน่วยงานที่ตรวจแล้ว"), text=units)
    pages = (
        (_("หน้าที่พบ"), found.pages_found),
        (_("หน้าที่อ่านแล้ว"), found.pages_fetched),
        (_("หน้าที่แสดงผลด้วยเบราว์เซอร์"), found.pages_rendered),
    )
    for name, count in pages:
        yield _count(section, name, count)
    yield _size(section, _("ขนาดของหน้าและเอกสารที่ดู"), found.document_bytes)


def _verdicts(found: ScanStatistics) -> Iterator[Figure]:
    section = _("สิ่งที่ตรวจ")
    for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR):
        name = _("ข้อที่ผลเป็น “{verdict}”", verdict=_(wording.VERDICTS[verdict]))
        yield _count(section, name, found.verdicts.get(verdict.value, 0))


def _reuse(found: ScanStatistics) -> Iterator[Figure]:
    section = _("งานที่ทำจริงและส่วนที่ไม่เปลี่ยน")
    for name, words in COUNTS.items():
        if name not in found.tally:
            continue
        count = found.tally[name]
        if name in _SIZES:
            yield _size(section, _(words), count)
            continue
        share = found.share(name, *_WHOLES[name]) if name in _WHOLES else None
        text = f"{count:,}" if share is None else f"{count:,} ({share:.0%})"
        yield Figure(section=section, name=_(words), text=text, number=count)


def _times(found: ScanStatistics) -> Iterator[Figure]:
    section = _("เวลาและเครื่อง")
    yield Figure(section=section, name=_("สถานะ"), text=_(STATUSES[found.status]))
    yield _duration(section, _("เวลาที่ใช้"), found.seconds)
    speed = found.units_per_minute
    if speed is not None:
        text = f"{speed:,.1f}"
        yield Figure(section=section, name=_("หน่วยงานต่อนาที"), text=text, number=round(speed, 2))
    if not found.runs.count:
        return
    yield _count(section, _("จำนวนรอบที่สั่งทำ (รวมทำต่อ)"), found.runs.count)
    yield _duration(section, _("เวลาประมวลผล (CPU)"), found.cpu_seconds)
    yield _size(section, _("หน่วยความจำสูงสุดของโปรแกรม"), found.runs.peak_bytes)
    yield _size(section, _("หน่วยความจำสูงสุดของตัวเก็บข้อมูล"), found.runs.children_peak_bytes)


def _causes(section: str, counts: Mapping[str, int]) -> Iterator[Figure]:
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield _count(section, wording.skip_reason(code), count)


def _count(section: str, name: str, count: int) -> Figure:
    return Figure(section=section, name=name, text=f"{count:,}", number=count)


def _size(section: str, name: str, count: int) -> Figure:
    return Figure(section=section, name=name, text=wording.size(count), number=count)


def _duration(section: str, name: str, seconds: float) -> Figure:
    text = wording.duration_text(seconds)
    return Figure(section=section, name=name, text=text, number=round(seconds, 1))
