"""The measured tables of `docs/scaling.md`: runs, memory of each kind of process, CPU, sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bench.benchmarks import marks
from bench.country import drawing
from bench.country.watching import KINDS
from bench.repeats import met, table

if TYPE_CHECKING:
    from bench.country.sweeping import Run

NAME = "country"
FLAT = 0.20
_MB, _KB = 1e6, 1e3
_SHOWN = 8


def section(runs: Sequence[Run], commands: str) -> str:
    """The whole section of the measured figures, marks included; `runs` are not empty."""
    start, end = marks(NAME)
    parts = [
        start,
        "## วัดได้ / Measured",
        f"คำสั่ง / command: `{commands}`",
        _drawn(runs[0]),
        "### การตรวจ / Sweeps",
        table(_SWEEP_HEAD, map(_sweep_row, runs, [_efficiency(one, runs) for one in runs])),
        _NOTES,
        "### หน่วยความจำของแต่ละกระบวนการ / Memory of each process",
        table(_MEMORY_HEAD, _memory_rows(runs)),
        *_flatness(runs),
        "### เวลาประมวลผล / CPU seconds a unit, by kind of process",
        table(("ชนิด / kind", *map(_name, runs)), _cpu_rows(runs)),
        "### ที่เก็บ / Stored, KB a unit",
        table(("", *map(_name, runs)), _kept_rows(runs)),
        *_unlike(runs),
        end,
    ]
    return "\n\n".join(parts) + "\n"


_SWEEP_HEAD = (
    "หน่วยงาน / units", "ระบบ / engine", "คอร์ / cores", "วินาที / s", "ถึงร้อยละ 95 / s to 95 %",
    "หน่วยงานต่อวินาที / units a s", "หน้าต่อวินาที / pages a s", "CPU วินาที", "CPU ต่อหน่วยงาน",
    "ประสิทธิภาพ / efficiency", "ตรงเฉลย / as drawn", "ผ่านโดยไม่จริง / false passes",
    "คำขอพร้อมกันต่อโฮสต์ / at once", "เร็วกว่าที่กำหนด / hasty hosts",
)  # fmt: skip
_NOTES = """\
* หน่วยงานต่อวินาทีคิดจากร้อยละ 95 แรก: หางของการตรวจคือโฮสต์ที่ช้ามากไม่กี่แห่ง ซึ่งไม่ขึ้นกับเครื่อง /
  rates are over the first 95 % of the units: the tail is a few very slow hosts
* ประสิทธิภาพ = หน่วยงานต่อวินาที ÷ (จำนวน worker × ของ worker เดียว) / beside one worker
* sqlite, postgresql = `oit sweep` ในเครื่องเดียว / the embedded engine
* เครื่องแม่ข่ายของเว็บไซต์จำลองใช้คอร์ร่วมกัน แต่ไม่นับใน CPU /
  the sites' own servers share the cores, and their CPU is not counted
* เร็วกว่าที่กำหนด = โฮสต์ที่แม่ข่ายเห็นสองคำขอใกล้กันกว่าช่วงพักเกิน 0.05 วินาที บนเครื่องที่ยุ่ง แม่ข่ายอาจเห็นคำขอแรกช้าไปเอง
  ตัวเลขนี้แยกสองกรณีไม่ได้ ต้องวัดบนเครื่องว่าง / closer than the pause by over 0.05 s as the
  server saw it; on a busy machine the
  server may itself have been late with the first: this figure cannot tell
* ผลที่ต่างจากเฉลยแต่ไม่ใช่การผ่านอยู่ในตารางสุดท้าย / other differences stand in the last table
* หน่วยความจำ = RSS ไม่รวมที่ใช้ร่วมกัน (RssAnon + RssFile) / resident, shared memory left out"""
_STOPPED = "ยังไม่รู้ หยุดก่อนครบ / not known: stopped"
_MEMORY_HEAD = (
    "ชนิด / kind", "หน่วยงาน / units", "ระบบ / engine", "พร้อมกัน / at once",
    "ปกติ / steady MB", "สูงสุด / peak MB",
)  # fmt: skip


def _drawn(run: Run) -> str:
    wanted = run.wanted
    shares = ", ".join(f"{kind.value} {share:.1%}" for kind, share in drawing.ANSWERING.items())
    states = ", ".join(f"{kind.value} {share:.0%}" for kind, share in drawing.STATES.items())
    return "\n".join(
        (
            "ประเทศจำลองสุ่มจากเลขตั้งต้นเดียว หน่วยงานละหนึ่งที่อยู่ 127.x.y.z เว็บไซต์เขียนขึ้นเมื่อมีผู้ขอ "
            "(`bench/country/drawing.py`) / an invented country, drawn from one seed:",
            "",
            f"* เอกสารต่อหน่วยงาน / documents a unit: log-normal มัธยฐาน {drawing.MIDDLE_PAGES} "
            f"σ {drawing.WIDTH_PAGES} จาก {drawing.FEWEST_PAGES} ถึง {drawing.MOST_PAGES}",
            f"* ไม่ได้กรอก URL / no URLs given: {drawing.NO_URLS:.0%}",
            f"* เวลาก่อนตอบ / latency: log-normal มัธยฐาน {drawing.MIDDLE_LATENCY_S} วินาที "
            f"σ {drawing.WIDTH_LATENCY} ไม่เกิน {drawing.MOST_LATENCY_S:g}; ช้ามาก / slow "
            f"{drawing.SLOW_S[0]:g}–{drawing.SLOW_S[1]:g}",
            f"* เครื่องแม่ข่าย / servers: {shares}",
            f"* ข้อที่แสดง / items shown: {states}",
            f"* PDF {drawing.PDF:.0%} ของ {len(drawing.PRINTED)} ข้อที่เผยแพร่เป็นไฟล์ "
            f"ในจำนวนนี้เป็นภาพสแกน {drawing.SCAN:.0%}; Word และ Excel บางข้อ; หน้าที่ต้องใช้เบราว์เซอร์ "
            f"{drawing.LAYOUTS['app']:.0%} ของหน่วยงาน",
            f"* ตรวจ{'ครบทุกข้อ' if not wanted['items'] else ' ' + str(wanted['items'])} "
            f"ห่างกัน {wanted['delay_s']:g} วินาทีต่อโฮสต์ "
            f"เปิดพร้อมกัน {wanted['hosts']} หน่วยงานต่อกระบวนการเก็บ รอคำตอบไม่เกิน 10 วินาที",
        )
    )


def _name(run: Run) -> str:
    workers = run.wanted["workers"]
    engine = f"{workers} worker" if workers else run.wanted["database"]
    asked = f"{run.wanted['units']:,}"
    return f"{asked if run.finished else f'{run.found.units:,}/{asked}'} · {engine}"


def _efficiency(run: Run, runs: Sequence[Run]) -> str:
    workers, units = run.wanted["workers"], run.wanted["units"]
    alone = [r for r in runs if r.wanted["workers"] == 1 and r.wanted["units"] == units]
    if not workers or not alone or not alone[0].rate:
        return "–"
    return f"{run.rate / (workers * alone[0].rate):.2f}"


def _sweep_row(run: Run, efficiency: str) -> tuple[str, ...]:
    found = run.found
    units = max(1, found.units)
    asked = f"{found.units:,}" if run.finished else f"{found.units:,} (หยุดตามเวลา / stopped)"
    return (
        asked, _name(run).partition(" · ")[2], str(run.cores), f"{run.wall_s:,.0f}",
        f"{found.nearly_s:,.0f}", f"{run.rate:.2f}",
        f"{run.rate * found.pages / units:.1f}", f"{run.cpu_s:,.0f}",
        f"{run.cpu_s / units:.2f}", efficiency,
        f"{found.agreed / max(1, found.verdicts):.2%}", str(len(found.false_passes)),
        str(found.at_once), str(len(found.hasty)),
    )  # fmt: skip


def _memory_rows(runs: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    for kind in KINDS:
        for run in runs:
            if (of := run.kinds.get(kind)) is not None and kind != "other":
                engine = _name(run).partition(" · ")[2]
                yield (
                    kind, f"{run.found.units:,}", engine, str(of.most),
                    f"{of.steady / _MB:.0f}", f"{of.peak / _MB:.0f}",
                )  # fmt: skip


def _flatness(runs: Sequence[Run]) -> Iterator[str]:
    """For each engine the growth from its smallest country to its largest."""
    by_engine: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_engine[_name(run).partition(" · ")[2]].append(run)
    rows = []
    for engine, of in by_engine.items():
        small, large = (pick(of, key=lambda r: r.found.units) for pick in (min, max))
        if small.found.units == large.found.units:
            continue
        for kind in KINDS:
            if kind == "other" or kind not in small.kinds or kind not in large.kinds:
                continue
            peak = large.kinds[kind].peak / small.kinds[kind].peak
            steady = large.kinds[kind].steady / max(1, small.kinds[kind].steady)
            rows.append(
                (
                    engine, kind, f"{small.found.units:,} → {large.found.units:,}",
                    f"{steady:.2f}", f"{peak:.2f}",
                    met(peak <= 1 + FLAT) if large.finished else _STOPPED,
                )
            )  # fmt: skip
    if rows:
        head = ("ระบบ", "ชนิด", "หน่วยงาน", "ปกติ เท่า", "สูงสุด เท่า", f"≤ {1 + FLAT:.2f}")
        yield "คงที่หรือไม่ / flat?"
        yield table(head, rows)


def _cpu_rows(runs: Sequence[Run]) -> Iterable[tuple[str, ...]]:
    for kind in KINDS:
        if any(kind in run.kinds for run in runs):
            spent = [run.kinds[kind].cpu_s if kind in run.kinds else 0.0 for run in runs]
            yield (
                kind,
                *(f"{s / max(1, r.found.units):.3f}" for s, r in zip(spent, runs, strict=True)),
            )


def _kept_rows(runs: Sequence[Run]) -> Iterable[tuple[str, ...]]:
    names = dict.fromkeys(name for run in runs for name in run.kept)
    for name in names:
        yield (name, *(f"{r.kept.get(name, 0) / max(1, r.found.units) / _KB:.1f}" for r in runs))
    sent = (f"{r.found.body_bytes / max(1, r.found.units) / _KB:.1f}" for r in runs)
    yield ("เว็บไซต์ส่งมา / served", *sent)
    asked = (f"{r.found.requests / max(1, r.found.units):.1f}" for r in runs)
    yield ("คำขอต่อหน่วยงาน / requests a unit", *asked)


def _unlike(runs: Sequence[Run]) -> Iterator[str]:
    """What is said otherwise than drawn, of the largest run; nothing when all agree."""
    run = max(runs, key=lambda one: one.found.units)
    if run.found.unlike:
        yield f"### ต่างจากเฉลยแต่ไม่ใช่การผ่าน / Unlike the truth, no pass ({_name(run)})"
        ranked = sorted(run.found.unlike.items(), key=lambda pair: -pair[1])
        yield table(("เฉลย → ผล", "ข้อ"), ((k, f"{n:,}") for k, n in ranked[:_SHOWN]))
    if run.found.false_passes:
        yield "ผ่านโดยไม่จริง / false passes: " + ", ".join(run.found.false_passes[:_SHOWN])
