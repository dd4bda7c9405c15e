"""The section of `docs/benchmarks.md` about crawling, reading and judging beside peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bench.repeats import Spread, met, table

if TYPE_CHECKING:
    from bench.crawling.peers import Peer
    from bench.nightly.reaping import Cost

OURS = "oit sweep"
_BARE = "Scrapy"
_WORTH_TELLING_S = 0.05
_WORK = {
    "conductor": "ตัดสิน เก็บหลักฐาน ออกรายงาน",
    "crawl": "เก็บและหาลิงก์ (Scrapy ในกระบวนการของตนเอง)",
    "reader": "อ่าน HTML PDF Word Excel",
    "ocr": "OCR",
    "browser": "เบราว์เซอร์",
    "other": "อื่น ๆ (poppler)",
}
_STOPPED = (124, 137, -9)
_AIMS = {_BARE: 0.8, "LinkChecker": 1.0, "crawlee-python": 1.0}


@dataclass(frozen=True, slots=True)
class Run:
    """A program's rounds: CPU seconds, seconds on the clock, pages sent to it."""

    cpu_s: Spread
    wall_s: Spread
    pages: Spread
    read: frozenset[str]
    stopped: bool = False

    @classmethod
    def of(cls, rounds: Sequence[tuple[Cost, set[str]]]) -> Self:
        """The rounds of one program; `read` are the pages of the last.

        `stopped` is true where one was ended before it had crawled all.
        """
        return cls(
            Spread(tuple(cost.cpu_s for cost, _ in rounds)),
            Spread(tuple(cost.wall_s for cost, _ in rounds)),
            Spread(tuple(float(len(pages)) for _, pages in rounds)),
            frozenset(rounds[-1][1]),
            any(cost.code in _STOPPED for cost, _ in rounds),
        )

    @property
    def speed(self) -> Spread:
        """Pages a CPU second."""
        return self.pages.over(self.cpu_s)


def report(
    units: int, runs: Mapping[str, Run], known: Sequence[Peer], steps: Mapping[str, float]
) -> str:
    """The section's text; peers that were not run stand in the table with the reason.

    `steps` are the CPU seconds of one more of our sweeps by kind of process.
    """
    ours = runs[OURS]
    rows = [_row(OURS, "เก็บ อ่านทุกชนิดแฟ้ม OCR ตัดสิน 43 ข้อ เก็บหลักฐาน ออกรายงาน", ours, ours)]
    for peer in known:
        if peer.missing:
            rows.append((peer.name, peer.does, *("–",) * 5, f"ไม่ได้วัด: {peer.missing}"))
        else:
            rows.append(_row(f"{peer.name} {peer.version}", peer.does, runs[peer.name], ours))
            rows[-1] = (*rows[-1][:-1], _against(peer.name, ours, runs[peer.name]))
    head = (
        "โปรแกรม", "ทำอะไรกับหน้าหนึ่ง", "หน้าและแฟ้ม", "ในนี้ที่ oit เปิดด้วย", "CPU วินาที",
        "เวลา วินาที", "หน้า/CPU วินาที", "oit เป็นกี่เท่าของโปรแกรมนี้",
    )  # fmt: skip
    return f"{_opening(units)}\n\n{table(head, rows)}\n\n{_where(steps)}"


def _where(steps: Mapping[str, float]) -> str:
    """Where our CPU seconds go: one process for each kind of work."""
    whole = sum(steps.values())
    rows = [
        (_WORK.get(kind, kind), f"{cpu_s:.1f}", f"{cpu_s / whole:.0%}")
        for kind, cpu_s in sorted(steps.items(), key=lambda pair: -pair[1])
        if cpu_s >= _WORTH_TELLING_S
    ]
    head = ("`oit sweep` ใช้ CPU ที่", "วินาที", "ส่วน")
    return f"{table(head, rows)}\n\nของอีกหนึ่งรอบ ดูทุก 0.5 วินาทีขณะทำงาน รวมการเริ่มของแต่ละกระบวนการ"


def _opening(units: int) -> str:
    return (
        f"กระทรวงสาธิต {units} หน่วยงานแรก เปิดในอีกกระบวนการหนึ่งซึ่งไม่นับ CPU "
        "ทุกโปรแกรมเริ่มที่หน้าแรกของทุกหน่วยงาน อยู่ภายในเว็บไซต์นั้น ไม่พักระหว่างคำขอ สลับกันทีละรอบ\n\n"
        "* หน้าและแฟ้ม = ที่อยู่ที่เครื่องแม่ข่ายส่งเนื้อหาให้จริงตามบันทึกของแม่ข่าย นับครั้งเดียว "
        "ทั้งหน้าเว็บ PDF Word Excel ไม่นับรูป สไตล์ สคริปต์ และ robots.txt\n"
        "* CPU = ทุกกระบวนการที่โปรแกรมเริ่ม รวมเบราว์เซอร์ ตัวอ่าน และ OCR (`bench/nightly/reaping.py`)\n"
        "* `oit sweep` ทำครบทุกขั้น โปรแกรมอื่นหยุดที่การหาลิงก์ Scrapy, LinkChecker และ crawlee "
        'เคารพ robots.txt เช่นเดียวกัน โปรแกรมที่ไม่จบใน 60 วินาทีถูกหยุด ("หยุด" ในตาราง) '
        "อัตราคิดจากที่ทำได้ linkinator ไม่มีตัวเลือกนี้ และขอแฟ้มเอกสารด้วย HEAD จึงไม่นับ"
    )


def _row(name: str, does: str, run: Run, ours: Run) -> tuple[str, ...]:
    return (
        name,
        does,
        run.pages.text("{:.0f}"),
        str(len(run.read & ours.read)),
        run.cpu_s.text("{:.1f}"),
        run.wall_s.text("{:.1f}") + (" หยุด" if run.stopped else ""),
        run.speed.text("{:.1f}"),
        "–",
    )


def _against(name: str, ours: Run, theirs: Run) -> str:
    ratio = ours.speed.over(theirs.speed)
    aim = _AIMS.get(name)
    word = f" เป้าหมาย ≥ {aim:.1f}: {met(ratio.median >= aim)}" if aim is not None else ""
    return ratio.text("{:.3f}") + word
