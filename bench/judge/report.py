"""The figures as the judging section of `docs/benchmarks.md`, Thai first."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.benchmarks import marks

if TYPE_CHECKING:
    from bench.judge.measure import Measured

NAME = "bench-judge"
_AIM = 10.0


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, with how many cores and which Python, in how many seconds."""

    measured: Measured
    cores: int
    python: str
    seconds: float


def section(run: Run) -> str:
    """The whole section in Markdown, between its two marks."""
    start, end = marks(NAME)
    parts = [
        start,
        "## ความเร็วของการตัดสิน / Speed of judging",
        _opening(run),
        _speed(run.measured),
        "### ตามขนาดเอกสาร / By size of document",
        _by_size(run.measured),
        "### ตามจำนวนข้อ / By number of items",
        _by_items(run.measured),
        "### ส่วนที่ใช้เวลามากที่สุด / Where the time goes",
        _hot(run.measured),
        end,
    ]
    return "\n\n".join(parts) + "\n"


def _opening(run: Run) -> str:
    judged = run.measured.judged
    each = judged.bytes / run.measured.documents / 1000
    return (
        "คำสั่ง: `make bench-judge` (หรือ `.venv/bin/python -m bench.judge`) "
        f"ใช้เวลา {run.seconds:.0f} วินาที บน {run.cores} คอร์ Python {run.python}\n\n"
        f"เอกสารสมมติ {run.measured.documents} ฉบับ ฉบับละประมาณ {each:.0f} KB รวม "
        f"{judged.bytes / 1e6:.1f} MB (ข้อความ UTF-8) ครึ่งหนึ่งเป็นหน้าเว็บ อีกครึ่งเป็น PDF "
        "(บางฉบับมีความผิดปกติของสระอำ หรืออ่านด้วย OCR) หนึ่งในห้าเป็นเอกสารชนิดที่ข้อใดข้อหนึ่งต้องการ "
        "เรียงครบทุกข้อ (`bench/judge/generator.py`)\n\n"
        f"* ตัดสิน = ทุกฉบับ × {run.measured.items} ข้อ รวมการทำข้อความให้อยู่ในรูปที่ค้นได้ ไม่รวมการอ่านแฟ้ม\n"
        f"* ค้นเปล่า = `str.find` ของคำทั้ง {run.measured.terms} คำที่ทุกข้อใช้ ในข้อความเดียวกันที่ทำไว้แล้ว\n"
        "* เวลาของ CPU ค่ากลางของทุกรอบ (ต่ำสุด–สูงสุด) "
        "แต่ละรอบอยู่ในกระบวนการของตนเอง สลับกัน จึงไม่จำสิ่งใดจากรอบก่อน"
    )


def _speed(measured: Measured) -> str:
    ratio = statistics.median(measured.ratios)
    rows = [
        ("ตัดสิน MB/วินาที", _spread(measured.judged.rates, ".2f")),
        ("ค้นเปล่า MB/วินาที", _spread(measured.searched.rates, ".2f")),
        ("ตัดสินใช้เวลาเป็นกี่เท่าของค้นเปล่า", _spread(measured.ratios, ".1f")),
        (f"เป้าหมาย ≤ {_AIM:.0f} เท่า", "ถึง" if ratio <= _AIM else "**ไม่ถึง**"),
        ("มิลลิวินาทีต่อเอกสารต่อข้อ", f"{_each(measured):.2f}"),
    ]
    return _table(("", "ผล"), rows)


def _by_size(measured: Measured) -> str:
    rows = [
        (f"{size // 1000} KB", f"{timed.middle:.2f}", _spread(timed.rates, ".2f"))
        for size, timed in measured.by_size
    ]
    told = f"เวลาโตตามขนาดยกกำลัง {measured.exponent:.2f} (1.00 คือเป็นสัดส่วนตรง)"
    return f"{told}\n\n{_table(('เอกสารละ', 'วินาที', 'MB/วินาที'), rows)}"


def _by_items(measured: Measured) -> str:
    least = measured.by_items[0][1].middle
    rows = [
        (str(number), _spread(timed.seconds, ".2f"), f"{timed.middle / least:.2f}")
        for number, timed in measured.by_items
    ]
    return _table(("ข้อ", "วินาที", "เท่าของข้อเดียว"), rows)


def _hot(measured: Measured) -> str:
    rows = [(f"`{hot.name}`", f"{hot.share:.0%}") for hot in measured.hot]
    return _table(("ฟังก์ชัน (เวลาของตนเองตาม cProfile)", "ส่วนของเวลา"), rows)


def _each(measured: Measured) -> float:
    return 1000 * measured.judged.middle / measured.documents / measured.items


def _spread(values: Sequence[float], form: str) -> str:
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:{form}} ({low:{form}}–{high:{form}})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
