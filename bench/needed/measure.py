"""One sweep of the demonstration ministry: which pages went to the browser, which to OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import sweep
from bench.needed.scanned import Scans, put_scans
from bench.nightly.serving import servers
from bench.repeats import met, table
from checklist.loader import load_year
from crawler.ocr import OcrSettings
from crawler.settings import CrawlSettings
from demo.copies import plan_called
from demo.ministry import AS_OF, Ministry, write_ministry
from demo.plan import FISCAL_YEAR
from results.formats import Format
from results.statistic_rows import statistics_of
from results.store import Store
from units.importing import read_units

if TYPE_CHECKING:
    from pathlib import Path

    from bench.subject import Means
    from crawler.harvest import CrawlEvent

OTHERS_AIM, OCR_AIM = 0.05, 1.1
_UNITS, _SCANNED = 28, 2
_SHELL = b'<div id="app"></div>'


@dataclass(frozen=True, slots=True)
class Found:
    """Pages opened, those made by script and those sent to the browser; pages read by OCR."""

    units: int
    opened: frozenset[str]
    scripted: frozenset[str]
    rendered: frozenset[str]
    scans: Scans
    recognised: int


def measure(means: Means, units: int = _UNITS, scanned: int = _SCANNED) -> str:
    """Sweep once, whatever the rounds asked for: what is sent where does not change by itself."""
    means.tell(f"writing {units} units")
    ministry = write_ministry(means.folder / "sites", means.kept, count=units)
    scans = put_scans(ministry, scanned)
    registry = means.folder / "units.csv"
    with servers(ministry.folder, registry) as serving:
        hosts = {urlsplit(at).netloc: host for host, at in serving.addresses.items()}
        scripted = _scripted(ministry, serving.addresses)
        means.tell("sweep")
        events, recognised = _swept(registry, means.folder)
    pages = frozenset(
        _place(event.url) for event in events if event.kind == "page" and _inside(event, hosts)
    )
    rendered = frozenset(_place(event.url) for event in events if event.kind == "rendered")
    return report(Found(units, pages, scripted & pages, rendered, scans, recognised))


def _swept(registry: Path, folder: Path) -> tuple[Sequence[CrawlEvent], int]:
    """The events of a whole sweep, and how many pages it read by OCR."""
    checklist = load_year(FISCAL_YEAR)
    events: list[CrawlEvent] = []
    request = sweep.SweepRequest(
        checklist=checklist,
        units=list(read_units(registry)),
        items=checklist.items,
        as_of=date.fromisoformat(AS_OF),
        settings=CrawlSettings(
            allow_networks=("127.0.0.0/8",),
            delay_s=0,
            confirm_after_s=0,
            bodies_folder=folder / "bodies",
            documents_folder=folder / "documents",
        ),
        out=folder / "reports",
        formats=(Format.JSON,),
        ocr=OcrSettings(cache_folder=folder / "ocr"),
    )
    with Store.open(f"sqlite:///{folder}/oit.db") as store:
        outcome = sweep.sweep(request, store, events.append)
        counts = statistics_of(store, outcome.scan_id).tally
        return events, counts.get("ocr_pages", 0)


def _scripted(ministry: Ministry, addresses: dict[str, str]) -> frozenset[str]:
    """The pages that are empty until a script has run: those of the layout made by one."""
    found = set()
    for unit in ministry.units:
        if plan_called(unit.id).layout == "app":
            folder = ministry.folder / unit.host
            for path in folder.rglob("*.html"):
                if _SHELL in path.read_bytes():
                    shown = path.relative_to(folder).as_posix().removesuffix("index.html")
                    found.add(_place(f"{addresses[unit.host]}/{shown}"))
    return frozenset(found)


def _inside(event: CrawlEvent, hosts: dict[str, str]) -> bool:
    return urlsplit(event.url).netloc in hosts


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


def report(found: Found) -> str:
    """The section's text."""
    needing, others = found.scripted, found.opened - found.scripted
    idle = found.rendered - found.scripted
    share = len(idle) / max(1, len(others))
    ratio = found.recognised / max(1, found.scans.deciding)
    rows = [
        (
            "หน้าที่สร้างด้วยสคริปต์ ส่งให้เบราว์เซอร์",
            f"{len(needing & found.rendered)} / {len(needing)}",
            "ทุกหน้า",
            met(needing <= found.rendered),
        ),
        (
            "หน้าและแฟ้มอื่น ส่งให้เบราว์เซอร์",
            f"{len(idle)} / {len(others)} ({share:.1%})",
            f"≤ {OTHERS_AIM:.0%}",
            met(share <= OTHERS_AIM),
        ),
        (
            "หน้าที่อ่านด้วย OCR ต่อหน้าที่อาจตัดสินข้อได้",
            f"{found.recognised} / {found.scans.deciding} = {ratio:.2f}",
            f"≤ {OCR_AIM}",
            met(0 < ratio <= OCR_AIM),
        ),
    ]
    return (
        f"กระทรวงสาธิต {found.units} หน่วยงาน ตรวจครบ 43 ข้อหนึ่งครั้ง เปิด {len(found.opened)} หน้าและแฟ้ม "
        "จำนวนนี้ไม่เปลี่ยนตามรอบหรือความเร็วของเครื่อง\n\n"
        "* หน้าที่สร้างด้วยสคริปต์ = หน้าที่ว่างเปล่าจนกว่าสคริปต์จะทำงาน ตามผู้สร้างเว็บไซต์สาธิต\n"
        f"* สแกน: PDF ของข้อในบางหน่วยงานถูกแทนด้วยภาพสแกนของ PDF นั้น รวมกับข้อที่แสดงเป็นภาพอยู่แล้ว "
        f"({found.scans.deciding} หน้า อาจตัดสินข้อได้) และหน้าของข้อที่ผ่านด้วยข้อความอยู่แล้วมีสแกนแนบ "
        f"({found.scans.idle} หน้า ตัดสินอะไรไม่ได้)\n\n" + table(("", "ผล", "เป้าหมาย", ""), rows)
    )
