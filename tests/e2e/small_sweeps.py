"""Sweeps of a small served site in processes of their own, to be killed and gone on with."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import crawler.run
import sweep
from checklist.loader import load_year
from checklist.profile import UnitType
from crawler.settings import CrawlSettings
from results.formats import Format
from results.store import Store
from tests import warm_crawler
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from units.registry import Unit

CHECKLIST = load_year(2566)
ITEMS = ("O1", "O2", "O3", "O7")
AS_OF = date(2023, 4, 30)
_TIMES = frozenset({"seconds", "fetched_at", "checked_at", "generated_at", "scan_id", "scan"})
_MOMENT = re.compile(r"\d{1,2} \S+ 25\d\d เวลา \d\d\.\d\d น\.")


@dataclass(frozen=True)
class Ordered:
    """A sweep as it crosses into another process."""

    sites: tuple[str, ...]
    folder: str
    database: str
    resume: bool = False
    more: tuple[tuple[str, Any], ...] = ()


def pages(number: int) -> dict[str, Answer]:
    """What each unit shows: pages with files behind them, one that fails, one that is missing."""
    links = "".join(f'<li><a href="/plan-{n}">โครงสร้าง แผนผังที่ {n}</a></li>' for n in range(4))
    return {
        "/": page(f"หน่วยงานที่ {number}", f'{PROSE}<a href="/o1">โครงสร้าง</a>'),
        "/o1": page("โครงสร้างหน่วยงาน", f"{PROSE}<ul>{links}</ul>"),
        **{f"/plan-{n}": page(f"โครงสร้าง {n}", PROSE * (n + 1)) for n in range(4)},
        "/o2": page(
            "ข้อมูลผู้บริหาร", f"<p>นายกเทศมนตรี นายสมชาย ใจดี โทร. 02 000 000{number}</p>{PROSE}"
        ),
        "/o3": Answer("ขัดข้อง".encode(), status=500),
    }


def units(sites: tuple[str, ...]) -> list[Unit]:
    return [
        Unit(
            id=f"unit-{number}",
            name=f"เทศบาลตำบลที่ {number}",
            type=UnitType.LOCAL,
            main_site=f"{url}/",
            urls={"O1": (f"{url}/o1",), "O2": (f"{url}/o2",), "O3": (f"{url}/o3", f"{url}/gone")},
        )
        for number, url in enumerate(sites)
    ]


def settings_in(folder: Path, **more: Any) -> CrawlSettings:
    """How the small sites are crawled, with what is kept below `folder`."""
    return CrawlSettings.model_validate(
        {
            "allow_networks": ("127.0.0.0/8",), "delay_s": 0, "timeout_s": 10, "render": False,
            "bodies_folder": folder / "bodies", "documents_folder": folder / "documents",
            "confirm_after_s": 0, **more,
        }
    )  # fmt: skip


def run(ordered: Ordered) -> None:
    """The whole sweep; the body of a process that may be killed at any moment."""
    crawler.run.start_process = warm_crawler.start_process
    folder = Path(ordered.folder)
    settings = settings_in(folder, **dict(ordered.more))
    request = sweep.SweepRequest(
        checklist=CHECKLIST,
        units=units(ordered.sites),
        items=CHECKLIST.select(list(ITEMS)),
        as_of=AS_OF,
        settings=settings,
        out=folder / "reports",
        resume=ordered.resume,
        formats=(Format.JSON,),
    )
    with Store.open(ordered.database, busy_timeout=60) as store:
        sweep.sweep(request, store)


def reports(folder: Path) -> dict[str, Any]:
    """The units' reports by file name, without moments and durations."""
    found = sorted((folder / "reports").glob("gap-*.json"))
    return {path.name: _timeless(json.loads(path.read_text("utf-8"))) for path in found}


def _timeless(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _timeless(value) for name, value in part.items() if name not in _TIMES}
    if isinstance(part, list):
        return [_timeless(value) for value in part]
    return _MOMENT.sub("เวลา", part) if isinstance(part, str) else part


def done(database: Path) -> set[str]:
    """The addresses that the frontier holds as done, whichever scan is the newest."""
    rows = _asked(
        database,
        "SELECT url FROM frontier WHERE state = 'done' AND attempts > 0 "
        "AND scan_id = (SELECT max(id) FROM scans)",
    )
    return {url for (url,) in rows}


def ended(database: Path) -> bool:
    """Whether the newest scan is noted as finished."""
    newest = "SELECT status FROM scans WHERE id = (SELECT max(id) FROM scans)"
    return _asked(database, newest) == [("finished",)]


def _asked(database: Path, query: str) -> list[Any]:
    """The rows of a database that a killed process may have left without its tables."""
    if not database.exists():
        return []
    connection = sqlite3.connect(database, timeout=30)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


class Served:
    """Sites of as many units, each on an address of its own."""

    def __init__(self, number: int) -> None:
        self._stack = ExitStack()
        self.sites = [LoopbackSite(f"127.0.0.{n + 1}", pages(n)) for n in range(number)]

    def __enter__(self) -> Served:
        for site in self.sites:
            self._stack.enter_context(site)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(site.url for site in self.sites)

    def hits(self) -> dict[str, int]:
        return {f"{site.url}{path}": n for site in self.sites for path, n in site.hits.items()}
