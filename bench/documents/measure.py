"""Pages a CPU second of `crawler.extract.extract` and of a bare PDFium loop, on the same files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bench.read.processes import cpu_seconds
from bench.read.speed import bare_loop, long_files
from bench.repeats import Spread, in_turn, met, table
from checklist.evidence import Fetch
from crawler.extract import extract

if TYPE_CHECKING:
    from bench.subject import Means

AIM = 0.9
_OURS, _BARE = "extract", "pypdfium2"
_FEWEST, _LONG_ENOUGH_S = 2, 0.5
_AT = "https://bench.example/long.pdf"


def measure(means: Means) -> str:
    """Read each file in both ways in turn, after a round that is not counted."""
    rows = []
    for name, body in long_files():
        means.tell(name)
        ways: dict[str, Callable[[], object]] = {
            _OURS: partial(_extracted, body),
            _BARE: partial(bare_loop, body),
        }
        pages = bare_loop(body)
        _extracted(body)
        timed = {key: partial(_timed, way) for key, way in ways.items()}
        found = in_turn(timed, means.repeats)
        speeds = {
            key: Spread(tuple(pages / took for took in costs)) for key, costs in found.items()
        }
        ratio = speeds[_OURS].over(speeds[_BARE])
        rows.append(
            (
                name,
                str(pages),
                speeds[_OURS].text("{:.0f}"),
                speeds[_BARE].text("{:.0f}"),
                ratio.text(),
                met(ratio.median >= AIM),
            )
        )
    head = ("แฟ้มยาว", "หน้า", "`extract` หน้า/CPU วินาที", "วง pypdfium2 เปล่า", "อัตราส่วน", f"≥ {AIM}")
    return (
        "แฟ้มเดียวกันอ่านสลับกันทีละรอบในกระบวนการเดียวกัน CPU รวมโปรแกรมที่เริ่มระหว่างอ่าน (poppler) "
        "`extract` แบ่งย่อหน้า ตาราง ลิงก์ สารบัญ ข้อความที่ซ่อน และซ่อมสระอำด้วย วงเปล่าอ่านข้อความแล้วทิ้ง\n\n"
        + table(head, rows)
    )


def _extracted(body: bytes) -> object:
    return extract(body, Fetch(_AT, _AT))


def _timed(way: Callable[[], object]) -> float:
    """CPU seconds of one reading; the clock ticks in hundredths, so several are taken together."""
    began, times = cpu_seconds(), 0
    while times < _FEWEST or cpu_seconds() - began < _LONG_ENOUGH_S:
        way()
        times += 1
    return (cpu_seconds() - began) / times
