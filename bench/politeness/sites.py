"""Slow sites: a front page and plain pages, each host with as many as a drawn size says."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

LATENCY_S = 0.2
LARGEST = 60
_SEED = 2566
_MIDDLE, _WIDTH, _SMALLEST = 12, 0.6, 4
_TEXT = (
    "หน่วยงานเผยแพร่ข้อมูลชุดที่ {page} ของปีงบประมาณ พ.ศ. 2566 ให้ประชาชนทราบ "
    "ติดต่อสอบถามได้ที่สำนักงานในวันและเวลาราชการ"
)


@dataclass(frozen=True, slots=True)
class SlowSite:
    """A host: its loopback address, and how many pages it has below the front page."""

    address: str
    pages: int

    def paths(self) -> list[str]:
        """The paths of the pages below the front page."""
        return [f"/page/{number}.html" for number in range(1, self.pages + 1)]


def slow_sites(count: int, largest: int = LARGEST) -> list[SlowSite]:
    """`count` hosts: sizes log-normal around 12 pages (sigma 0.6), from 4 to `largest`, one such.

    The same each time.
    """
    chance = random.Random(_SEED)
    drawn = [chance.lognormvariate(math.log(_MIDDLE), _WIDTH) for _ in range(count - 1)]
    sizes = [largest, *(max(_SMALLEST, min(largest, round(size))) for size in drawn)]
    chance.shuffle(sizes)
    return [SlowSite(f"127.0.9.{place}", size) for place, size in enumerate(sizes, start=1)]


def answer(site: SlowSite, path: str) -> tuple[int, str, bytes]:
    """Status, content type and body for `path` of a site."""
    if path == "/robots.txt":
        return 200, "text/plain", b"User-agent: *\nDisallow:\n"
    if path == "/":
        links = "".join(f'<li><a href="{at}">ข้อมูลชุดที่ {at[6:-5]}</a></li>' for at in site.paths())
        return 200, "text/html; charset=utf-8", _page("หน้าแรก", f"<ul>{links}</ul>")
    if path in site.paths():
        page = path[6:-5]
        body = f"<p>{_TEXT.format(page=page)}</p>"
        return 200, "text/html; charset=utf-8", _page(f"ข้อมูลชุดที่ {page}", body)
    return 404, "text/html; charset=utf-8", _page("ไม่พบหน้า", "<p>ไม่พบหน้าที่ต้องการ</p>")


def _page(title: str, body: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    ).encode()
