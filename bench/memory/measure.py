"""A sweep of 100 units, once, with its memory looked at several times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.memory.watching import Highest, Watch
from bench.nightly.serving import servers
from bench.nightly.sweeping import Home
from bench.repeats import table
from demo.ministry import write_ministry
from demo.plan import ALL_ITEMS

if TYPE_CHECKING:
    from bench.subject import Means

_UNITS = 100
_MB = 1024 * 1024


def measure(means: Means, units: int = _UNITS) -> str:
    """Sweep `units` units once, whatever the rounds asked for: it takes minutes."""
    means.tell(f"writing {units} units")
    ministry = write_ministry(means.folder / "sites", means.kept, count=units)
    registry = means.folder / "units.csv"
    with servers(ministry.folder, registry) as serving:
        home = Home(means.folder / "home", registry, ALL_ITEMS)
        means.tell("sweep")
        with Watch("cli sweep") as watch:
            swept = home.sweep(serving)
    return report(units, len(swept.scan.pages), swept.cost.wall_s, watch.highest)


def report(units: int, pages: int, wall_s: float, highest: Highest) -> str:
    """The section's text."""
    rows = [
        ("ทุกกระบวนการรวมกัน (PSS) สูงสุดในขณะเดียว", f"{highest.together / _MB:.0f}"),
        (
            f"กระบวนการที่ใหญ่ที่สุด (PSS): `{highest.largest_name}`",
            f"{highest.largest / _MB:.0f}",
        ),
    ]
    rows += [
        (f"`{name}` สูงสุดของหนึ่งกระบวนการ", f"{size / _MB:.0f}")
        for name, size in sorted(highest.by_name.items(), key=lambda pair: -pair[1])
        if name != highest.largest_name
    ]
    return (
        f"`oit sweep` {units} หน่วยงาน ครบ 43 ข้อ {pages} หน้าและแฟ้ม {wall_s:.0f} วินาที หนึ่งครั้ง "
        f"ดูหน่วยความจำ {highest.looks} ครั้ง (ทุก 0.25 วินาที) PSS แบ่งส่วนที่ใช้ร่วมกันให้แต่ละกระบวนการ "
        "ผลรวมจึงไม่นับซ้ำ ไม่รวมเครื่องแม่ข่ายของเว็บไซต์\n\n" + table(("", "MB"), rows)
    )
