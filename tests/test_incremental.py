"""A second sweep of the same sites: what is asked for, downloaded, read and judged again."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text

import sweep
from checklist.profile import UnitType
from checklist.verdict import Quote, Verdict
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from results.models import UnitRow
from results.store import Store
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from tests.results.samples import AS_OF, small_checklist
from units.registry import Unit

CHECKLIST = small_checklist()
UNIT_NAME = "หน่วยงานสวนมะลิ"
LOGIN = page(
    "เข้าสู่ระบบ", '<form method="post"><input name="u"><input type="password" name="p"></form>'
)


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


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


class Nights:
    """Sweeps of one unit, one after the other; each tells what it cost."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.cost: Counter[Counted] = Counter()

    def sweep(self, **settings: Any) -> dict[str, Verdict]:
        self.cost.clear()
        self.site.bodies.clear()
        unit = Unit(
            id="suan", name=UNIT_NAME, type=UnitType.LOCAL, main_site=f"{self.site.url}/",
            urls={f"O{n}": (f"{self.site.url}/{n}",) for n in range(1, 5)},
        )  # fmt: skip
        chosen = CrawlSettings.model_validate({
            "allow_networks": ("127.0.0.0/8",), "delay_s": 0, "render": False,
            "confirm_after_s": 0, "max_path_pages": 0, "max_index_pages": 0, "max_menu_pages": 0,
            "bodies_folder": self.folder / "bodies", "documents_folder": self.folder / "documents",
            **settings,
        })  # fmt: skip
        request = sweep.SweepRequest(
            CHECKLIST, [unit], CHECKLIST.select(["O1", "O2", "O3", "O4"]), AS_OF, chosen,
            self.folder / "reports",
        )  # fmt: skip
        with Store.open(self.database) as store:
            outcome = sweep.sweep(request, store)
            self.result = store.unit_result(outcome.scan_id, "suan")
            with store.engine.connect() as connection:
                tally = connection.scalar(select(UnitRow.tally).order_by(UnitRow.id.desc()))
            self.cost.update({Counted(name): count for name, count in tally.items()})
        return {verdict.item: verdict.verdict for verdict in self.result.verdicts}

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder}/oit.db"

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
            connection.execute(text(statement), values)
        engine.dispose()

    def body(self, path: str) -> Path:
        name = said(self, path)[0]
        return self.folder / "bodies" / name[:2] / name


@pytest.fixture
def nights(tmp_path: Path, site: Site) -> Nights:
    return Nights(tmp_path, site)


def counter_page(number: int, clock: str) -> Answer:
    now = datetime.now(UTC) + timedelta(hours=7)
    today = f"{now.day}/{now.month}/{now.year + 543}"
    return good("O1", f"<p>ผู้เข้าชม {number:,} ครั้ง วันที่ {today} เวลา {clock} น.</p>")


def said(nights: Nights, path: str) -> tuple[str, str]:
    """The digests of a page's bytes and of what it says."""
    [found] = [d for d in nights.result.documents if d.url.endswith(path)]
    return found.sha256, found.content_sha256


def test_night_after_night_only_what_changed_is_sent_read_and_judged(
    nights: Nights, site: Site
) -> None:
    site.now["/1"] = counter_page(1234, "10:20")
    first = nights.sweep()
    assert set(first.values()) == {Verdict.PASS}
    assert nights.cost[Counted.RECEIVED_BYTES] > 1000
    asked, quotes, report = nights.cost[Counted.REQUESTS], nights.quotes(), nights.report()

    # Nothing changed: everything is asked for, nothing sent, read or judged.
    before = datetime.now(UTC)
    assert nights.sweep() == first
    assert nights.cost[Counted.REQUESTS] == asked
    assert nights.cost[Counted.NOT_MODIFIED] >= 4
    assert not set(site.bodies) & set(site.now)
    assert nights.cost[Counted.READ] == 0
    assert (nights.cost[Counted.JUDGED], nights.cost[Counted.JUDGED_BEFORE]) == (0, 4)
    assert nights.report() == report
    assert [replace(q, fetched_at=None) for q in nights.quotes()] == [
        replace(q, fetched_at=None) for q in quotes
    ]
    # The server confirmed the pages now, so now is when they were seen.
    assert all(q.fetched_at is not None and q.fetched_at >= before for q in nights.quotes())
    assert all(d.status == 200 for d in nights.result.documents)

    # A counter ran on, and a page has another text: that page's item is judged, no other.
    counted = said(nights, "/1")
    site.now["/1"] = counter_page(1311, "11:45")
    site.now["/2"] = good("O2", "<p>เพิ่มเติม: ปรับปรุงผังใหม่แล้ว</p>")
    nights.sweep()
    assert set(site.bodies) & set(site.now) == {"/1", "/2"}
    assert (nights.cost[Counted.READ], nights.cost[Counted.JUDGED]) == (2, 1)
    assert said(nights, "/1")[0] != counted[0]
    assert said(nights, "/1")[1] == counted[1]

    # What is gone, closed or silent is never taken from memory.
    site.now["/2"], site.now["/3"], site.now["/4"] = Answer(status=404), LOGIN, None
    now = nights.sweep()
    assert now["O1"] is Verdict.PASS
    assert Verdict.PASS not in (now["O2"], now["O3"])
    assert now["O4"] is Verdict.ERROR


def test_what_is_kept_serves_only_while_it_is_whole_and_the_checklist_the_same(
    nights: Nights, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = nights.sweep()
    for path, harm in (("/1", None), ("/2", b"<html>other</html>")):
        body = nights.body(path)
        body.unlink() if harm is None else body.write_bytes(harm)
    for reading in (nights.folder / "documents" / "readings").rglob("*"):
        if reading.is_file():
            reading.write_bytes(reading.read_bytes()[:-9])
    items = tuple(
        item.model_copy(update={"find": (*item.find, "อีกคำ")}) if item.id == "O3" else item
        for item in CHECKLIST.items
    )
    monkeypatch.setitem(globals(), "CHECKLIST", CHECKLIST.model_copy(update={"items": items}))
    assert nights.sweep() == first
    assert set(site.bodies) & set(site.now) == {"/1", "/2"}
    assert nights.cost[Counted.READ_BEFORE] == 0
    assert (nights.cost[Counted.JUDGED], nights.cost[Counted.JUDGED_BEFORE]) == (1, 3)

    assert nights.sweep(remember=False) == first
    assert set(site.bodies) >= {"/1", "/2", "/3", "/4"}
    assert nights.cost[Counted.READ_BEFORE] == 0
    assert nights.cost[Counted.JUDGED] == 4


def test_a_server_that_lies_is_found_out_when_one_page_is_due_and_never_trusted_again(
    nights: Nights, site: Site
) -> None:
    nights.sweep()
    site.lies = True
    site.now["/4"] = Answer("ไม่มีหน้านี้".encode(), status=404)
    old = (datetime.now(UTC) - timedelta(days=8)).replace(tzinfo=None)
    one = "UPDATE kept_responses SET fetched_at = :old WHERE url LIKE '%/1'"
    nights.alter(one, old=old)
    nights.sweep()
    # None of the others is due, and none is taken from memory.
    assert nights.sweep()["O4"] is not Verdict.PASS
    assert set(site.bodies) >= {"/1", "/2", "/3"}
    assert nights.cost[Counted.NOT_MODIFIED] == 0


def test_an_etag_that_all_pages_share_tells_nothing(nights: Nights, site: Site) -> None:
    site.tag = '"same"'
    site.now["/2"] = good("O2", PROSE)
    assert set(nights.sweep().values()) == {Verdict.PASS}
    site.now["/4"] = good("O1")
    assert nights.sweep()["O4"] is not Verdict.PASS
    assert nights.cost[Counted.NOT_MODIFIED] == 0
