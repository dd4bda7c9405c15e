"""A site of one unit that answers conditional requests, and sweeps of it night after night."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, func, select, text

import sweep
from checklist.profile import UnitType
from crawler.memory.frontier_rows import FrontierRow
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from results.models import UnitRow
from results.store import Store
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from tests.databases import database_at
from tests.results.samples import AS_OF, small_checklist
from units.registry import Unit

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import Quote, Verdict

CHECKLIST = small_checklist()
UNIT_NAME = "หน่วยงานสวนมะลิ"


def good(item: str, more: str = "") -> Answer:
    title = CHECKLIST.item(item).title
    return page(title, f"<p>มี{title} ของ{UNIT_NAME}</p>{PROSE}{more}")


class Site(LoopbackSite):
    """Answers conditional requests by the ETag of what stands in `now`, hangs up for `None`.

    With `lies` it says 304 to every one of them; `tag`, where set, is the ETag of every page.
    """

    def __init__(self) -> None:
        self.now: dict[str, Answer | None] = {
            "/": page(UNIT_NAME, PROSE),
            **{f"/{n}": good(f"O{n}") for n in range(1, 5)},
        }
        self.lies = False
        self.tag = ""
        self.bodies: Counter[str] = Counter()
        super().__init__("127.0.0.1", {path: self._at(path) for path in self.now})

    def _at(self, path: str) -> Callable[[int], Answer]:
        def answer(_: int) -> Answer:
            found = self.now[path]
            if found is None:
                raise ConnectionAbortedError
            tag = self.tag or f'"{hashlib.sha256(found.body).hexdigest()[:12]}"'
            asked = self.headers[path].get("If-None-Match")
            if asked is not None and (self.lies or asked == tag):
                return Answer(status=304, headers={"ETag": asked})
            self.bodies[path] += 1
            return replace(found, headers={"ETag": tag}) if found.status == 200 else found

        return answer


class Nights:
    """Sweeps of one unit, one after the other; each tells what it cost, and whether it `stood`."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.cost: Counter[Counted] = Counter()
        self.as_of = AS_OF
        self.unit = Unit(
            id="suan", name=UNIT_NAME, type=UnitType.LOCAL, main_site=f"{site.url}/",
            urls={f"O{n}": (f"{site.url}/{n}",) for n in range(1, 5)},
        )  # fmt: skip

    def sweep(self, *, checklist: Checklist = CHECKLIST, **settings: Any) -> dict[str, Verdict]:
        self.cost.clear()
        self.site.bodies.clear()
        self.site.hits.clear()
        chosen = CrawlSettings.model_validate({
            "allow_networks": ("127.0.0.0/8",), "delay_s": 0, "render": False,
            "confirm_after_s": 0, "max_path_pages": 0, "max_index_pages": 0, "max_menu_pages": 0,
            "bodies_folder": self.folder / "bodies", "documents_folder": self.folder / "documents",
            **settings,
        })  # fmt: skip
        request = sweep.SweepRequest(
            checklist, [self.unit], checklist.select(["O1", "O2", "O3", "O4"]), self.as_of, chosen,
            self.folder / "reports",
        )  # fmt: skip
        with Store.open(self.database) as store:
            outcome = sweep.sweep(request, store)
            self.result = store.unit_result(outcome.scan_id, "suan")
            # What the sweep remembers of a result is what the database gives back.
            assert Store(store.engine).unit_result(outcome.scan_id, "suan") == self.result
            with store.engine.connect() as connection:
                tally = connection.scalar(select(UnitRow.tally).order_by(UnitRow.id.desc()))
                here = FrontierRow.scan_id == outcome.scan_id
                visits = connection.scalar(select(func.count()).where(here))
            self.cost.update({Counted(name): count for name, count in (tally or {}).items()})
            self.stood = not visits
        return {verdict.item: verdict.verdict for verdict in self.result.verdicts}

    @property
    def database(self) -> str:
        return database_at(f"{self.folder}/oit.db")

    def report(self) -> dict[str, Any]:
        raw = json.loads((self.folder / "reports" / "gap-suan.json").read_text(encoding="utf-8"))
        told = {key: raw[key] for key in ("passes", "fails", "reviews", "errors") if key in raw}
        plain: dict[str, Any] = json.loads(
            re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', '""', json.dumps(told))
        )
        return plain

    def quotes(self) -> list[Quote]:
        return [q for v in self.result.verdicts for e in v.elements for q in e.quotes]

    def alter(self, statement: str, **values: Any) -> None:
        engine = create_engine(self.database)
        with engine.begin() as connection:
            connection.execute(text("PRAGMA foreign_keys = ON"))
            connection.execute(text(statement), values)
        engine.dispose()

    def body(self, path: str) -> Path:
        name = self.said(path)[0]
        return self.folder / "bodies" / name[:2] / name

    def said(self, path: str) -> tuple[str, str]:
        """The digests of a page's bytes and of what it says."""
        [found] = [d for d in self.result.documents if d.url.endswith(path)]
        return found.sha256, found.content_sha256
