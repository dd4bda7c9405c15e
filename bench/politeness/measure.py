"""100 slow hosts swept at one request a second each: the time, and the least that it can take."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.nightly.serving import Counts, Servers, serving
from bench.nightly.sweeping import Home
from bench.politeness.sites import LARGEST, LATENCY_S, SlowSite, slow_sites
from bench.repeats import Spread, met, table
from checklist.profile import UnitType
from demo.traffic import Count
from units.exporting import write_units
from units.registry import Registry, Unit

if TYPE_CHECKING:
    from pathlib import Path

    from bench.subject import Means

AIM = 1.10
_HOSTS, _DELAY_S = 100, 1.0
# A sweep takes more than a minute however fast the machine: politeness decides.
_MOST_ROUNDS = 3
_ITEMS = ("O1", "O2", "O3", "O5", "O6")


@dataclass(frozen=True, slots=True)
class Swept:
    """One sweep: its seconds, CPU seconds, all requests, and those of the host asked most."""

    wall_s: float
    cpu_s: float
    requests: int
    most: int

    @property
    def bound_s(self) -> float:
        """The least seconds that politeness allows: requests of a host times its delay."""
        return self.most * _DELAY_S


def measure(means: Means, hosts: int = _HOSTS, largest: int = LARGEST) -> str:
    """Sweep the hosts as often as rounds are asked for, at most 3 times, each from nothing."""
    registry = means.folder / "units.csv"
    found = []
    with serving("bench.politeness.serving", str(hosts), str(largest)) as standing:
        _write(slow_sites(hosts, largest), standing, registry)
        for turn in range(min(means.repeats, _MOST_ROUNDS)):
            found.append(_sweep(means.folder / f"home-{turn}", registry, standing))
            means.tell(f"{found[-1].wall_s:.1f} s, bound {found[-1].bound_s:.1f} s")
    return report(hosts, found)


def _write(sites: list[SlowSite], standing: Servers, registry: Path) -> None:
    """The registry: each host's pages stand at the items' addresses, in turn."""
    units = []
    for place, site in enumerate(sites, start=1):
        base = standing.addresses[site.address]
        urls = {
            item: tuple(base + path for path in site.paths()[turn :: len(_ITEMS)])
            for turn, item in enumerate(_ITEMS)
        }
        given = {item: found for item, found in urls.items() if found}
        units.append(
            Unit(
                id=f"slow-{place}",
                name=f"หน่วยงานสมมติที่ {place}",
                type=UnitType.LOCAL,
                main_site=base + "/",
                urls=given,
            )
        )
    write_units(Registry(units), registry)


def _sweep(folder: Path, registry: Path, standing: Servers) -> Swept:
    settings = {
        "OIT_DELAY_S": str(_DELAY_S),
        "OIT_CONCURRENT_HOSTS": "100",
        "OIT_START_JITTER_S": "0",
    }
    before = standing.counts()
    swept = Home(folder, registry, _ITEMS, settings).sweep(standing)
    asked = requests_by_host(standing.counts(), before)
    return Swept(swept.cost.wall_s, swept.cost.cpu_s, sum(asked.values()), max(asked.values()))


def requests_by_host(counts: Counts, before: Counts) -> dict[str, int]:
    """The requests of each host since `before`."""
    asked: dict[str, int] = {}
    for (host, path), count in counts.items():
        new = count.requests - before.get((host, path), Count()).requests
        asked[host] = asked.get(host, 0) + new
    return asked


def report(hosts: int, found: list[Swept]) -> str:
    """The section's text."""
    wall = Spread(tuple(one.wall_s for one in found))
    bound = Spread(tuple(one.bound_s for one in found))
    cpu = Spread(tuple(one.cpu_s / (os.cpu_count() or 1) for one in found))
    ratio = wall.over(bound)
    rows = [
        ("เวลาของการตรวจ วินาที", wall.text("{:.1f}"), "", ""),
        ("ขอบเขตของความสุภาพ วินาที", bound.text("{:.1f}"), "", ""),
        ("ขอบเขตของเครื่อง: CPU ทั้งหมด ÷ คอร์ วินาที", cpu.text("{:.1f}"), "", ""),
        ("เวลาต่อขอบเขตของความสุภาพ", ratio.text(), f"≤ {AIM:.2f}", met(ratio.median <= AIM)),
    ]
    return (
        f"{hosts} โฮสต์ ที่อยู่ละโฮสต์ แต่ละคำตอบช้า {LATENCY_S} วินาที ตรวจไม่เกิน 1 คำขอต่อวินาทีต่อโฮสต์ "
        f"({found[-1].requests:,} คำขอต่อการตรวจ โฮสต์ที่มากสุด {found[-1].most} คำขอ) "
        "ขนาดของเว็บไซต์สุ่มแบบ log-normal มัธยฐาน 12 หน้า σ 0.6 ไม่เกิน 60 หน้า หน้าสั้นที่ไม่มีแฟ้มแนบ "
        f"ตรวจ {len(_ITEMS)} ข้อ ด้วย `oit sweep` จริงจนออกรายงาน "
        f"เปิดพร้อมกัน 100 โฮสต์ วัด {len(found)} รอบ\n\n"
        "* ขอบเขตของความสุภาพ = คำขอของโฮสต์ที่ถูกขอมากที่สุด × 1 วินาที ตามบันทึกของแม่ข่าย เร็วกว่านี้ไม่ได้\n"
        "* เวลารวมการเริ่มโปรแกรม การตัดสิน การเก็บหลักฐาน และรายงานของทุกหน่วยงาน\n\n"
        + table(("", "ผล", "เป้าหมาย", ""), rows)
    )
