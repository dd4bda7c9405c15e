"""The figures as the dashboard's section of `docs/benchmarks.md`, Thai first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.benchmarks import marks

if TYPE_CHECKING:
    from bench.web.asking import Asked
    from bench.web.generator import History

NAME = "bench-web"
AIM_MS = 200.0
_TABLES = {
    "scans": "การตรวจ",
    "scan_units": "หน่วยงานในการตรวจ",
    "board_lines": "บรรทัดของภาพรวม",
    "item_verdicts": "ผลของข้อ",
    "element_verdicts": "องค์ประกอบ",
    "evidence": "หลักฐานที่ยกมา",
    "documents": "เอกสารที่อ่าน",
    "waivers": "ผลพิจารณาของเจ้าหน้าที่",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured and how large the file was; times in seconds.

    `filled_s` is how long the lines of one whole scan take to be written from its verdicts,
    `unlike` how many of them differ from those that the generator wrote. `load` is how many
    programs wanted the machine's cores meanwhile, on average.
    """

    history: History
    asked: Sequence[Asked]
    bytes: int
    written_s: float
    filled_s: float
    unlike: int
    cores: int
    python: str
    sqlite: str
    times: int
    load: float


def section(run: Run) -> str:
    """The whole section in Markdown, between its two marks."""
    start, end = marks(NAME)
    parts = [
        start,
        "## หน้าเว็บบนประวัติขนาดใหญ่ / Pages over a large history",
        _opening(run),
        "### แต่ละหน้า / Each page",
        _pages(run.asked),
        "### ที่เขียนไว้ในฐานข้อมูล / What the database holds",
        _rows(run.history),
        end,
    ]
    return "\n\n".join(parts) + "\n"


def _opening(run: Run) -> str:
    size = run.history.size
    return (
        "คำสั่ง: `make bench-web` (หรือ `.venv/bin/python -m bench.web`) "
        f"บน {run.cores} คอร์ Python {run.python} SQLite {run.sqlite} "
        f"ขณะวัดเครื่องมีงานรอเฉลี่ย {run.load:.1f} งาน (load average)\n\n"
        f"{size.units:,} หน่วยงาน × {len(run.history.items)} ข้อ × {size.scans} การตรวจ "
        f"ฐานข้อมูล {run.bytes / 1e9:.2f} GB เขียนใน {run.written_s:.0f} วินาทีด้วย SQL ตรง "
        "จากตัวเลขสุ่มที่เหมือนเดิมทุกครั้ง (`bench/web/`)\n\n"
        f"* ครบทุกการตรวจ: หน่วยงาน ผลทุกข้อพร้อม URL บรรทัดของภาพรวม และทะเบียนในค่าตั้งของการตรวจ "
        f"องค์ประกอบ หลักฐาน และเอกสารมีครบทุกหน่วยงานเฉพาะครั้งล่าสุด และมีทุกครั้งสำหรับ {size.sample} "
        "หน่วยงานตัวอย่าง ซึ่งเป็นหน่วยงานที่เปิดหน้าหน่วยงานและหน้าหลักฐาน\n"
        "* ไม่มี: แฟ้มเนื้อหาที่ดาวน์โหลด ภาพหน้า และคลังหลักฐาน หน้าหลักฐานจึงแสดงเท่าที่ฐานข้อมูลมี\n"
        f"* เวลา = มัธยฐานของ {run.times} คำตอบหลังคำตอบแรก ผ่านแอปจริงทั้งตัว (ลงชื่อเข้าใช้ สิทธิ์ แม่แบบ) "
        "ในกระบวนการเดียวกัน ไม่ผ่านเครือข่าย คำสั่ง SQL เปล่าอ่านแถวชุดเดียวกันจากแฟ้มเดียวกันในรอบเดียวกัน\n"
        "* CPU = เวลาประมวลผลของกระบวนการนี้ ไม่ยืดตามงานอื่นของเครื่อง\n"
        "* คำตอบแรกของภาพรวมอ่านฐานข้อมูลจริง คำตอบถัดไปใช้ตารางในหน่วยความจำจนกว่าจะมีผลใหม่\n"
        f"* เขียนบรรทัดของการตรวจหนึ่งครั้งใหม่จากผลทั้งหมด (ฐานข้อมูลเดิมก่อนมีหน้านี้): {run.filled_s:.1f} วินาที "
        f"ต่างจากที่ตัววัดเขียนไว้ {run.unlike} บรรทัด"
    )


def _pages(asked: Sequence[Asked]) -> str:
    head = (
        "หน้า", "เวลา ms", f"เป้าหมาย < {AIM_MS:.0f}", "CPU ms", "ช้าสุด ms", "คำตอบแรก ms",
        "SQL เปล่า ms",
        "เท่าของ SQL", "แถว", "KB", "SQL ที่เทียบ",
    )  # fmt: skip
    return _table(head, map(_row, asked))


def _row(one: Asked) -> tuple[str, ...]:
    if one.problem:
        return (one.page.name, "–", one.problem, *["–"] * 7, one.page.bare.name)
    return (
        one.page.name,
        f"{one.median_ms:.0f}",
        "ถึง" if one.median_ms < AIM_MS else "**ไม่ถึง**",
        f"{one.cpu_ms:.0f}",
        f"{one.slowest_ms:.0f}",
        f"{one.first_ms:.0f}",
        f"{one.bare_ms:.1f}",
        f"{one.ratio:.1f}",
        f"{one.rows:,}",
        f"{one.size / 1e3:.0f}",
        one.page.bare.name,
    )


def _rows(history: History) -> str:
    rows = [(_TABLES[name], f"{history.rows.get(name, 0):,}") for name in _TABLES]
    return _table(("", "แถว"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
