"""One real sweep over all sites of the suite, and what is true after it."""

from __future__ import annotations

import html
import json
import os
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

import sweep
import sweep.unit_work
from checklist.loader import load_year
from checklist.profile import UnitType
from commands.stopping import descendants
from crawler.settings import MEGABYTE, CrawlSettings
from results.formats import Format
from results.formats.files import report_stem
from results.store import Store
from sweep.judging import plan_of
from tests.databases import database_at
from tests.hostile.serving import Asked, Served, Server
from tests.hostile.sites import GOOD_O1, Reply, Site
from units.registry import Unit

if TYPE_CHECKING:
    from checklist.evidence import Coverage
    from checklist.verdict import ItemVerdict, Verdict
    from results.record import LookedAt, UnitResult

CHECKLIST = load_year(2566)
AS_OF = date(2023, 4, 30)
NEIGHBOURS = 4
_SAMPLED_EVERY_S = 0.5
LIMITS: Mapping[str, Any] = {
    "delay_s": 0, "max_delay_s": 0.2, "timeout_s": 3, "second_pass_timeout_s": 3,
    "max_body_bytes": 2 * MEGABYTE, "max_bytes_per_unit": 20 * MEGABYTE,
    "max_seconds_per_unit": 90, "max_pages_per_unit": 60, "host_gives_up_after": 2,
    "concurrent_hosts": 60, "extract_workers": 2, "extract_timeout_s": 10,
    "page_deadline_s": 12, "settle_s": 0.5, "browser_tabs": 3, "network_wait_s": 0,
    "confirm_after_s": 0, "max_redirects": 8, "max_address_s": 8, "max_head_bytes": 64 * 1024,
    "max_requests_per_rendering": 200, "max_elements_per_rendering": 50_000,
    "browser_memory_bytes": 400 * MEGABYTE,
}  # fmt: skip
"""The crawl's limits: as in the product, in small."""


@dataclass(frozen=True)
class After:
    """What the sweep left of one site.

    `reason` is the first code ("" where there is none), `reason_text` all that the report says of
    the item's reasons and of what could not be opened, in Thai. `hits` are the paths asked of its hosts in order, `inside` the
    connections made to its forbidden server, `seconds` and `bytes` what the unit cost.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    reason_text: str
    item: ItemVerdict
    documents: tuple[LookedAt, ...]
    coverage: Coverage
    asked: tuple[Asked, ...]
    inside: tuple[str, ...]
    report_html: str
    report_json: Any
    url: str
    name: str

    @property
    def reason(self) -> str:
        return self.reasons[0] if self.reasons else ""

    @property
    def hits(self) -> tuple[str, ...]:
        return tuple(asked.path for asked in self.asked)

    @property
    def seconds(self) -> float:
        return self.coverage.seconds

    @property
    def bytes(self) -> int:
        return self.coverage.bytes

    @property
    def report_text(self) -> str:
        """The words of the HTML report as people read them, without tags."""
        return html.unescape(re.sub(r"<[^>]*>", "", self.report_html))

    @property
    def problems(self) -> dict[str, str]:
        """The problem codes of what was opened, by path."""
        return {d.url.removeprefix(self.url): d.problem for d in self.documents if d.problem}

    @property
    def busiest(self) -> int:
        """The most requests that one host had to answer at the same time."""
        return max(
            (
                sum(a.host == b.host and b.at <= a.at < b.until for b in self.asked)
                for a in self.asked
            ),
            default=0,
        )


@dataclass(frozen=True)
class Swept:
    """The sweep as a whole; `peak_bytes` is the most that all its processes held at once."""

    after: Mapping[str, After]
    names: Mapping[int, str] = field(default_factory=dict)
    seconds: float = 0.0
    peak_bytes: int = 0
    strangers: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    def of(self, site: Site) -> After:
        """What is true of `site` now."""
        return self.after[self.names[id(site)]]

    def neighbours(self) -> dict[str, After]:
        """The clean units in between."""
        return {name: one for name, one in self.after.items() if name.startswith("clean-")}


def neighbours(number: int) -> dict[str, Site]:
    """Clean units, to stand between the others."""
    return {f"clean-{n}": Site({"/o1": Reply(GOOD_O1.encode())}) for n in range(number)}


def sweep_all(sites: Mapping[str, Site], folder: Path, clean: int = NEIGHBOURS) -> Swept:
    """Sweep the sites, by name, with `clean` neighbours spread among them; files go to `folder`."""
    everyone = {**sites, **neighbours(clean)}
    with Server(everyone) as server, _Memory() as memory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep.unit_work, "plan_of", _one_item_a_unit)
        begun = time.monotonic()
        with Store.open(database_at(f"{folder}/oit.db"), busy_timeout=60) as store:
            request = _request(server, folder)
            outcome = sweep.sweep(request, store)
            results = {one.unit.id: one for one in store.unit_results(outcome.scan_id)}
        seconds = time.monotonic() - begun
        assert not outcome.interrupted
    after = {
        name: _after(served, results[name], folder / "reports")
        for name, served in server.served.items()
        if name in results
    }
    return Swept(after, {}, seconds, memory.peak, tuple(server.strangers))


def _one_item_a_unit(unit: Unit, request: sweep.SweepRequest) -> Any:
    """The plan of a unit that asks for its own item only, however many the suite has."""
    plan = plan_of(unit, request)
    return replace(plan, only=frozenset(unit.urls))


def _request(server: Server, folder: Path) -> sweep.SweepRequest:
    items = sorted({served.site.item for served in server.served.values()})
    return sweep.SweepRequest(
        checklist=CHECKLIST,
        units=[_unit(served) for served in _mixed(list(server.served.values()))],
        items=CHECKLIST.select(items),
        as_of=AS_OF,
        settings=CrawlSettings.model_validate(
            {
                **LIMITS, "allow_networks": tuple(f"{host}/32" for host in server.hosts()),
                "bodies_folder": folder / "bodies", "documents_folder": folder / "documents",
            }
        ),
        out=folder / "reports",
        formats=(Format.HTML, Format.JSON),
    )  # fmt: skip


def _mixed(served: Sequence[Served]) -> list[Served]:
    """The clean units at even distances among the others, the first of them at the beginning."""
    clean = [one for one in served if one.name.startswith("clean-")]
    # What needs the browser waits for it the longest: it begins first, all else goes on beside it.
    others = sorted((one for one in served if one not in clean), key=lambda one: not _scripted(one))
    step = len(others) // len(clean) + 1
    groups = ([neighbour, *others[n * step : (n + 1) * step]] for n, neighbour in enumerate(clean))
    return [one for group in groups for one in group]


def _scripted(served: Served) -> bool:
    """True for a site with a page that scripts make."""
    replies = (page for page in served.site.pages.values() if isinstance(page, Reply))
    return any(b"<script" in reply.body for reply in replies)


def _unit(served: Served) -> Unit:
    site = served.site
    urls = tuple(
        f"{served.url}{url}" if url.startswith("/") else served.filled(url.encode()).decode()
        for url in site.item_urls
    )
    # What the registry would refuse may still stand in a database of before, or in ITAS.
    return Unit.model_construct(
        id=served.name,
        name=site.name,
        type=UnitType.LOCAL,
        main_site="" if site.main is None else f"{served.url}{site.main}",
        urls={site.item: urls},
    )


def _after(served: Served, result: UnitResult, reports: Path) -> After:
    item = next(one for one in result.verdicts if one.item == served.site.item)
    stem = reports / report_stem(served.name)
    told = json.loads(stem.with_name(f"{stem.name}.json").read_text("utf-8"))
    return After(
        verdict=item.verdict,
        reasons=item.reasons,
        reason_text=_reason_text(told, item.item),
        item=item,
        documents=result.documents,
        coverage=result.coverage,
        asked=tuple(served.asked),
        inside=tuple(served.inside),
        report_html=stem.with_name(f"{stem.name}.html").read_text("utf-8"),
        report_json=told,
        url=served.url,
        name=served.name,
    )


def _reason_text(report: Any, item: str) -> str:
    groups = ("fails", "reviews", "errors", "passes", "excluded", "unchecked")
    found = [one for group in groups for one in report[group] if one["item"] == item]
    elements = [element for one in found for element in one["elements"]]
    words = [one["summary"] for one in found]
    words += [reason["th"] for one in found for reason in one["reasons"]]
    words += [element["detail"] for element in elements]
    words += [document["problem_detail"] for document in report["documents"]]
    return "\n".join(filter(None, words))


class _Memory:
    """Looks now and then at what this process's children hold (PSS, in bytes)."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLED_EVERY_S):
            self.peak = max(self.peak, sum(map(_held, descendants(os.getpid()))))


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
