"""The figures as the reading section of `docs/benchmarks.md`, Thai first."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.benchmarks import marks
from bench.read.sample import Family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.read.measuring import Measured
    from bench.read.processes import Peak
    from bench.read.speed import Speed

NAME = "bench-read"
START, END = marks(NAME)
_WORST = 14
_AIM_SPEED = 0.9
_FAMILIES = {
    Family.TEXT_PDF: ("PDF ที่พิมพ์จากโปรแกรม", 0.01, 0.99),
    Family.SOUND: ("ข้อความปกติ ต้องไม่ถูกซ่อม", 0.0, 1.0),
    Family.FAULT: ("PDF ที่แบบอักษรผิดปกติ", 0.01, 0.99),
    Family.OFFICE: ("แฟ้มสำนักงาน", 0.01, 0.99),
    Family.CLEAN_SCAN: ("ภาพสแกนสะอาด 200 dpi (OCR)", 0.06, 0.95),
    Family.POOR_SCAN: ("ภาพสแกนเอียง มีจุดรบกวน บีบอัด JPEG (OCR)", None, None),
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures were made with: cores, program versions, and what was missing."""

    cores: int
    versions: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OcrCost:
    """OCR over all blank pages: pages, CPU seconds, peak of the largest worker process."""

    pages: int
    cpu_s: float
    worker: Peak | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything one run measured; `seconds` is its wall time."""

    files: tuple[Measured, ...]
    speeds: tuple[Speed, ...]
    reader: Peak | None
    poppler: Peak | None
    ocr: OcrCost
    machine: Machine
    seconds: float


def error_of(files: Iterable[Measured], *, repaired: bool = True) -> float:
    """The error rate over all letters of several files, 0.0 to 1.0 or more."""
    wrong = letters = 0.0
    for file in files:
        length = len("".join(file.sample.paper.text.split()))
        wrong += (file.error if repaired else file.raw_error) * length
        letters += length
    return wrong / letters


def found_of(files: Iterable[Measured]) -> float:
    """The share of phrases found over several files, 0.0 to 1.0."""
    found = wanted = 0
    for file in files:
        wanted += len(file.sample.paper.phrases)
        found += len(file.sample.paper.phrases) - len(file.missed)
    return found / wanted


def section(figures: Figures) -> str:
    """The whole section in Markdown, between its two marks."""
    parts = [
        START,
        "## การอ่านเอกสารไทย / Reading Thai documents",
        _opening(figures),
        "### ผลรวมเทียบเป้าหมาย / Against the aims",
        _summary(figures.files),
        "### แยกตามกลุ่ม / By group",
        _groups(figures.files),
        "### แฟ้มที่แย่ที่สุดของแต่ละกลุ่ม / Worst file of each group",
        _worst(figures.files),
    ]
    if figures.speeds:
        parts += ["### ความเร็ว / Speed", _speed(figures)]
    parts += ["### OCR", _ocr(figures), END]
    return "\n\n".join(parts) + "\n"


def _opening(figures: Figures) -> str:
    machine = figures.machine
    lines = [
        "คำสั่ง: `make bench-read` (หรือ `.venv/bin/python -m bench.read`) "
        f"ใช้เวลา {figures.seconds:.0f} วินาที บน {machine.cores} คอร์",
        "",
        f"ชุดวัด {len(figures.files)} แฟ้ม {sum(file.pages for file in figures.files)} หน้า "
        "สร้างขึ้นใหม่ทุกครั้งจากข้อความที่ทราบทุกตัวอักษร "
        "ข้อผิดพลาดของแบบอักษรทุกชนิดทำขึ้นโดยตั้งใจ (`bench/read/faults.py`)",
        "",
        "* CER คือสัดส่วนตัวอักษรที่ผิด ไม่นับช่องว่าง (การค้นหาก็ไม่นับ) "
        "ก่อนซ่อม = ข้อความที่อ่านได้ หลังซ่อม = ผ่าน `checklist.thai.normalise`",
        "* พบวลี คือวลีราชการในแฟ้ม (34 วลีต่อแฟ้ม จากทั้งหมดกว่า 200 วลี) ที่ "
        "`checklist.reading.Reading.find` พบ พบผิด คือวลีที่พบทั้งที่แฟ้มไม่มี รวมทั้งวลีเดียวกันที่เปลี่ยนปี",
        "",
        "รุ่นโปรแกรม: " + ", ".join(machine.versions),
    ]
    lines += [f"\n**ไม่ได้วัด**: {what}" for what in machine.missing]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def _by(
    files: Iterable[Measured], key: Callable[[Measured], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Measured]]:
    grouped: dict[tuple[str, ...], list[Measured]] = defaultdict(list)
    for file in files:
        grouped[key(file)].append(file)
    return grouped


def _summary(files: Sequence[Measured]) -> str:
    rows = []
    for (family,), some in _by(files, lambda file: (file.sample.family.value,)).items():
        name, most, least = _FAMILIES[Family(family)]
        error, found = error_of(some), found_of(some)
        aims = f"≤ {most:.0%} / ≥ {least:.0%}" if least else "ไม่กำหนด"
        reached = "–"
        if most is not None and least is not None:
            reached = "ถึง" if error <= most and found >= least else "**ไม่ถึง**"
        rows.append(
            (
                name,
                str(len(some)),
                f"{error_of(some, repaired=False):.2%}",
                f"{error:.2%}",
                f"{found:.1%}",
                str(sum(len(file.wrongly_found) for file in some)),
                aims,
                reached,
            )
        )
    head = ("ชุด", "แฟ้ม", "CER ก่อนซ่อม", "CER หลังซ่อม", "พบวลี", "พบผิด", "เป้าหมาย", "ผล")
    return _table(head, rows)


def _groups(files: Sequence[Measured]) -> str:
    rows = [
        (
            group,
            str(len(some)),
            f"{error_of(some, repaired=False):.2%}",
            f"{error_of(some):.2%}",
            f"{max(file.error for file in some):.2%}",
            f"{found_of(some):.1%}",
            f"{sum(file.blank for file in some)}/{sum(file.pages for file in some)}",
        )
        for (_, group), some in _by(
            files, lambda file: (file.sample.family.value, file.sample.group)
        ).items()
    ]
    head = ("กลุ่ม", "แฟ้ม", "CER ก่อนซ่อม", "CER หลังซ่อม", "แฟ้มที่แย่สุด", "พบวลี", "หน้าที่ส่ง OCR")
    return _table(head, rows)


def _worst(files: Sequence[Measured]) -> str:
    faulty = [file for file in files if file.error > 0.001 or file.missed or file.wrongly_found]
    faulty.sort(key=lambda file: (file.found_share, -file.error))
    one_a_group = {file.sample.group: file for file in reversed(faulty)}
    faulty = [file for file in faulty if one_a_group[file.sample.group] is file]
    rows = [
        (
            f"`{file.sample.name}`",
            f"{file.error:.2%}",
            f"{file.found_share:.0%}",
            _cell(file.problem or file.worst),
            _cell(", ".join(file.missed[:2])),
        )
        for file in faulty[:_WORST]
    ]
    if not rows:
        return "ไม่มีแฟ้มใดที่ CER เกินร้อยละ 0.1 หรือหาวลีไม่พบ"
    head = ("แฟ้ม", "CER", "พบวลี", "จุดแรกที่ต่าง (จริง → อ่านได้)", "วลีที่ไม่พบ")
    return _table(head, rows)


def _cell(text: str) -> str:
    """Text that cannot break a Markdown table or its markup."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in text)
    for mark in "\\|`*<>":
        shown = shown.replace(mark, f"&#{ord(mark)};")
    return shown


def _speed(figures: Figures) -> str:
    rows = [
        (
            speed.name,
            str(speed.pages),
            _spread(speed.ours, ".0f"),
            _spread(speed.bare, ".0f"),
            _spread(speed.ratios, ".2f"),
            "ถึง" if speed.ratio >= _AIM_SPEED else "**ไม่ถึง**",
        )
        for speed in figures.speeds
    ]
    head = ("แฟ้มยาว", "หน้า", "`extract` หน้า/วินาที", "วง pypdfium2 เปล่า", "อัตราส่วน", "≥ 0.9")
    memory = [
        f"{what} {peak.bytes / 2**20:.0f} MB"
        for what, peak in (("กระบวนการอ่าน", figures.reader), ("pdftotext", figures.poppler))
        if peak
    ]
    note = "ค่ากลางของ 5 รอบ (ต่ำสุด–สูงสุด) อ่านสลับกันในรอบเดียวกัน"
    return f"{note} หน่วยความจำสูงสุดต่อกระบวนการ: {', '.join(memory)}\n\n{_table(head, rows)}"


def _spread(values: Sequence[float], form: str) -> str:
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:{form}} ({low:{form}}–{high:{form}})"


def _ocr(figures: Figures) -> str:
    cost = figures.ocr
    if not cost.pages:
        return "ไม่มีหน้าที่ต้องอ่านด้วย OCR"
    memory = f" หน่วยความจำสูงสุดต่อกระบวนการ {cost.worker.bytes / 2**20:.0f} MB" if cost.worker else ""
    return (
        f"{cost.pages} หน้า ใช้ CPU {cost.cpu_s:.1f} วินาที = "
        f"{cost.pages / cost.cpu_s:.2f} หน้าต่อวินาที CPU{memory}"
    )
