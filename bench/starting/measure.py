"""`oit check` of one local file beside `python -c "import scrapy, pydantic, sqlalchemy"`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from bench.nightly.reaping import Cost, cost_of
from bench.nightly.sweeping import ROOT
from bench.repeats import Spread, in_turn, met, table

if TYPE_CHECKING:
    from pathlib import Path

    from bench.subject import Means

AIM = 2.0
_LIBRARIES = "import scrapy, pydantic, sqlalchemy"
_CHECK, _IMPORTS, _HELP = "oit check หนึ่งแฟ้ม ข้อเดียว", f'python -c "{_LIBRARIES}"', "oit --help"
_ALL = "oit check หนึ่งแฟ้ม ครบ 43 ข้อ"
_PAGE = """<!DOCTYPE html><html lang="th"><head><meta charset="utf-8">
<title>ข้อมูลการติดต่อ</title></head><body><main><h1>ข้อมูลการติดต่อ</h1>
<p>ที่ตั้ง เลขที่ 99 หมู่ 1 ตำบลบ้านใหม่ อำเภอเมือง จังหวัดสมมติ 10000 โทรศัพท์ 0 2222 1234
โทรสาร 0 2222 1235 อีเมล contact@example.go.th</p></main></body></html>
"""


def measure(means: Means) -> str:
    """Run each command in turn, after one round that is not counted."""
    page = means.folder / "contact.html"
    page.write_text(_PAGE, "utf-8")
    check = [sys.executable, "-m", "cli", "check", str(page)]
    ways = {
        _IMPORTS: [sys.executable, "-c", _LIBRARIES],
        _CHECK: [*check, "--item", "O5"],
        _ALL: check,
        _HELP: [sys.executable, "-m", "cli", "--help"],
    }
    runs: dict[str, Callable[[], Cost]] = {
        name: partial(_run, command, means.folder) for name, command in ways.items()
    }
    in_turn(runs, 1)
    found = in_turn(runs, means.repeats)
    return report({name: tuple(costs) for name, costs in found.items()})


def _run(command: Sequence[str], folder: Path) -> Cost:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("OIT_")}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    ours |= {"PYTHONPATH": str(ROOT), "OIT_HOME": str(folder)}
    cost = cost_of(command, folder / "cost.json", ours, ROOT, folder / "said.log")
    if cost.code not in (0, 1):
        raise RuntimeError(f"{command}: {(folder / 'said.log').read_text('utf-8')[-2000:]}")
    return cost


def report(found: dict[str, tuple[Cost, ...]]) -> str:
    """The section's text, of the costs of each command round by round."""
    cpu = {name: Spread(tuple(cost.cpu_s for cost in costs)) for name, costs in found.items()}
    wall = {name: Spread(tuple(cost.wall_s for cost in costs)) for name, costs in found.items()}
    rows = []
    for name in found:
        ratio = cpu[name].over(cpu[_IMPORTS])
        aim = f"≤ {AIM:.0f}: {met(ratio.median <= AIM)}" if name == _CHECK else "–"
        rows.append((f"`{name}`", cpu[name].text(), wall[name].text(), ratio.text(), aim))
    head = ("คำสั่ง", "CPU วินาที", "เวลา วินาที", "เท่าของการโหลดสามไลบรารี (CPU)", "เป้าหมาย")
    return (
        "ทุกคำสั่งเริ่มในกระบวนการใหม่ สลับกันทีละรอบ หลังรอบแรกที่ไม่นับ CPU รวมกระบวนการลูก "
        "การทดสอบ `tests/test_starting.py` ยืนยันว่าการตรวจแฟ้มในเครื่องไม่โหลดเบราว์เซอร์ OCR "
        f"ตัวเก็บเว็บ หรือเว็บเซิร์ฟเวอร์\n\n{table(head, rows)}"
    )
