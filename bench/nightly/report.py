"""The figures as the nightly section of `docs/benchmarks.md`, Thai first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.benchmarks import marks

if TYPE_CHECKING:
    from bench.nightly.measure import Nightly
    from bench.nightly.sweeping import Swept

NAME = "bench-nightly"
BYTES_AIM, CPU_AIM = 0.05, 0.15
_SHOWN = 20
_KINDS = {"year": "เปลี่ยนปี", "row": "ตัดแถวออก", "paragraph": "เพิ่มย่อหน้า"}


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, with how many cores and which Python, in how many seconds."""

    measured: Nightly
    cores: int
    python: str
    seconds: float


def section(run: Run) -> str:
    """The whole section in Markdown, between its two marks."""
    start, end = marks(NAME)
    nightly = run.measured
    parts = [
        start,
        "## การตรวจทุกคืน / Nightly sweeps",
        _opening(run),
        "### ผลเทียบเป้าหมาย / Against the aims",
        _aims(nightly),
        "### แต่ละครั้ง / Each sweep",
        _sweeps(nightly),
        "### ที่ยังส่งเนื้อหามากที่สุดในครั้งที่สอง / What still weighs most in the second",
        _heavy(nightly.second),
        *_wrong(nightly),
        end,
    ]
    return "\n\n".join(parts) + "\n"


def _opening(run: Run) -> str:
    nightly = run.measured
    kinds = Counter(made.kind for made in nightly.changes)
    told = " ".join(f"{_KINDS[kind]} {count}" for kind, count in sorted(kinds.items()))
    return (
        "คำสั่ง: `make bench-nightly` (หรือ `.venv/bin/python -m bench.nightly`) "
        f"ใช้เวลา {run.seconds:.0f} วินาที บน {run.cores} คอร์ Python {run.python}\n\n"
        f"กระทรวงสาธิต {nightly.units} หน่วยงาน {nightly.pages} หน้าและแฟ้มที่อ่าน "
        "เปิดในอีกกระบวนการหนึ่ง ตรวจด้วย `oit sweep` จริงครบทุกข้อและออกรายงานทุกครั้ง ไม่พักระหว่างคำขอ "
        "ครั้งที่สองไม่มีอะไรเปลี่ยน "
        f"ก่อนครั้งที่สามเปลี่ยน {len(nightly.changes)} หน้า ({told}) โดยบันทึกรายชื่อไว้\n\n"
        "* ไบต์ = เนื้อหาที่เครื่องแม่ข่ายส่ง ไม่รวมหัวคำตอบ บางหน่วยงานไม่ส่ง ETag และบางแห่งส่งแต่ "
        "Last-Modified โดยตั้งใจ\n"
        "* CPU = ทุกกระบวนการที่การตรวจเริ่ม รวมเบราว์เซอร์และตัวอ่านเอกสาร: ตัววัดรับกระบวนการที่ถูกทิ้งไว้ทั้งหมด "
        "แล้วรอจนจบทุกตัว (`bench/nightly/reaping.py`) ไม่รวมเครื่องแม่ข่าย\n"
        "* การเปิดซ้ำข้อที่แย่ลงไม่รอ 60 วินาทีตามปกติ"
    )


def _aims(nightly: Nightly) -> str:
    rows = [
        (
            "ไบต์ ครั้งที่สองต่อครั้งแรก",
            f"{nightly.bytes_share:.1%}",
            *_met(nightly.bytes_share, BYTES_AIM),
        ),
        ("ในจำนวนนี้ เนื้อหาที่เครื่องแม่ข่ายไม่บอก ETag หรือ Last-Modified", _unmarked(nightly), "–", ""),
        ("CPU ครั้งที่สองต่อครั้งแรก", f"{nightly.cpu_share:.1%}", *_met(nightly.cpu_share, CPU_AIM)),
        ("ผลครั้งแรกที่ต่างจากเฉลย (ข้อ)", *_none(nightly.untrue)),
        ("ผลครั้งที่สองที่ต่างจากครั้งแรก (ข้อ)", *_none(nightly.unlike)),
        (
            "หน้าที่เปลี่ยน: พบ / เปลี่ยนจริง",
            f"{len(nightly.found & nightly.wanted)} / {len(nightly.wanted)}",
            "ทุกหน้า",
            _word(nightly.wanted <= nightly.found),
        ),
        ("หน้าที่ไม่เปลี่ยนแต่ว่าเปลี่ยน", *_none(nightly.found - nightly.wanted)),
        ("ผลครั้งที่สามที่ต่างจากการตรวจใหม่ทั้งหมด (ข้อ)", *_none(nightly.unlike_fresh)),
    ]
    return _table(("", "ผล", "เป้าหมาย", ""), rows)


def _sweeps(nightly: Nightly) -> str:
    named = [
        ("ครั้งแรก", nightly.first),
        ("ครั้งที่สอง ไม่มีอะไรเปลี่ยน", nightly.second),
        (f"ครั้งที่สาม เปลี่ยน {len(nightly.changes)} หน้า", nightly.third),
    ]
    rows = [_row(name, swept, nightly) for name, swept in named]
    head = ("", "คำขอ", "ตอบ 304", "MB", "CPU วินาที", "เวลา วินาที", "ไบต์", "CPU")
    return _table(head, rows)


def _row(name: str, swept: Swept, nightly: Nightly) -> tuple[str, ...]:
    first = nightly.first
    return (
        name,
        f"{swept.traffic.requests:,}",
        f"{swept.traffic.not_modified:,}",
        f"{swept.traffic.body_bytes / 1e6:.2f}",
        f"{swept.cost.cpu_s:.1f}",
        f"{swept.cost.wall_s:.1f}",
        f"{swept.traffic.body_bytes / first.traffic.body_bytes:.1%}",
        f"{swept.cost.cpu_s / first.cost.cpu_s:.1%}",
    )


def _heavy(swept: Swept) -> str:
    if not swept.heavy:
        return "ไม่มี"
    return _table(("ที่อยู่", "KB"), [(f"`{at}`", f"{size / 1e3:.1f}") for at, size in swept.heavy])


def _wrong(nightly: Nightly) -> list[str]:
    """What must not be and is, by name; nothing when all is as it must be."""
    lists = {
        "ต่างจากเฉลย / Not the truth": nightly.untrue,
        "ครั้งที่สองต่างจากครั้งแรก / Second unlike first": nightly.unlike,
        "เปลี่ยนแต่ไม่พบ / Changed, not found": sorted(nightly.wanted - nightly.found),
        "พบแต่ไม่ได้เปลี่ยน / Found, not changed": sorted(nightly.found - nightly.wanted),
        "ต่างจากการตรวจใหม่ / Unlike a fresh sweep": nightly.unlike_fresh,
    }
    parts = []
    for title, lines in lists.items():
        if lines:
            rest = [f"* … {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
            parts += [f"### {title}", "\n".join([*(f"* `{x}`" for x in lines[:_SHOWN]), *rest])]
    return parts


def _met(share: float, aim: float) -> tuple[str, str]:
    return f"≤ {aim:.0%}", _word(share <= aim)


def _none(lines: Sequence[str] | set[str]) -> tuple[str, str, str]:
    return str(len(lines)), "0", _word(not lines)


def _unmarked(nightly: Nightly) -> str:
    return f"{nightly.second.traffic.unmarked_bytes / nightly.first.traffic.body_bytes:.1%}"


def _word(met: bool) -> str:
    return "ถึง" if met else "**ไม่ถึง**"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
