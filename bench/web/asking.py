"""Asks the whole application for pages, as a person who is signed in, and times the answers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from accounts.people import People
from accounts.roles import Role
from bench.web.generator import moment
from bench.web.pages import PAGES, Bare, Page
from web.application import application
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources
from web.viewer import sessions_of

if TYPE_CHECKING:
    from bench.web.generator import History

TIMES = 30
_MISSING = 404


@dataclass(frozen=True, slots=True)
class Asked:
    """A page and its answers: milliseconds of the first, the median and the slowest of the rest.

    `cpu_ms` is the median of the processor's time, which other programs' work does not lengthen.
    `bare_ms` is the median of the bare query of the same rows. `problem` says why there is no
    figure.
    """

    page: Page
    first_ms: float = 0.0
    median_ms: float = 0.0
    slowest_ms: float = 0.0
    cpu_ms: float = 0.0
    bare_ms: float = 0.0
    rows: int = 0
    size: int = 0
    problem: str = ""

    @property
    def ratio(self) -> float:
        """The page's time in times of its bare query's."""
        return self.median_ms / self.bare_ms if self.bare_ms else 0.0


def ask(
    history: History,
    folder: Path,
    tell: Callable[[str], None],
    times: int = TIMES,
    url: str = "",
) -> list[Asked]:
    """Ask for every page `times` over; a page that this version does not have is told and left.

    The history is in the database at `url`, in its own file where none is named.
    """
    site = Site(
        Sources(url or f"sqlite:///{history.path}", folder, "bench"),
        WebSettings(),
        lambda: moment(history.size.scans, 9 * 3600),
        folder / "reports",
    )
    try:
        client = _signed_in(site)
        found = []
        for page in PAGES:
            one = _ask_one(client, history, page, times)
            found.append(one)
            told = (
                one.problem
                or f"{one.median_ms:.0f} ms, CPU {one.cpu_ms:.0f} ms, bare {one.bare_ms:.1f} ms"
            )
            tell(f"{page.name}: {told}")
        return found
    finally:
        site.close()


def _signed_in(site: Site) -> TestClient:
    client = TestClient(application(site), base_url="http://127.0.0.1", follow_redirects=False)
    people = People(site.engine)
    people.add(
        "bench", "bench", Role.EXECUTIVE, site.clock(), units=[], issuer="bench", subject="b"
    )
    secret = sessions_of(site).begin(people.named("bench"), site.clock(), "127.0.0.1", "bench")
    client.cookies.set("oit", secret)
    return client


def _ask_one(client: TestClient, history: History, page: Page, times: int) -> Asked:
    paths = [page.path_of(history, turn) for turn in range(times + 1)]
    taken, worked, size = [], [], 0
    for path in paths:
        began, busy = time.perf_counter(), time.process_time()
        answer = client.get(path)
        taken.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - busy))
        if answer.status_code == _MISSING:
            return Asked(page, problem="ยังไม่มีหน้านี้ในรุ่นนี้")
        if answer.status_code != 200:
            return Asked(page, problem=f"ตอบ HTTP {answer.status_code}")
        size = len(answer.content)
    bare_ms, rows = _bare(history, page.bare, times)
    first, rest = taken[0], taken[1:]
    return Asked(page, first, median(rest), max(rest), median(worked[1:]), bare_ms, rows, size)


def _bare(history: History, bare: Bare, times: int) -> tuple[float, int]:
    """The median of the plain queries in the same file, rows fetched and thrown away."""
    connection = sqlite3.connect(history.path)
    taken, rows = [], 0
    for turn in range(times):
        began = time.perf_counter()
        rows = sum(
            len(connection.execute(query, bare.values_of(history, turn)).fetchall())
            for query in bare.queries
        )
        taken.append(1000 * (time.perf_counter() - began))
    connection.close()
    return median(taken), rows


def slow(asked: Sequence[Asked], aim_ms: float) -> list[Asked]:
    """The pages that were asked for and took longer than `aim_ms` at the median."""
    return [one for one in asked if not one.problem and one.median_ms >= aim_ms]
