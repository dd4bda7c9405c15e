"""Sites are not asked in the same second of every night."""

from __future__ import annotations

from pathlib import Path

from checklist.profile import UnitProfile
from crawler.memory.ledger import Ledger
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from crawler.starting import start_after
from tests.crawler.loopback_site import PROSE, LoopbackSite, an_item, page
from tests.databases import database_at

OPEN = CrawlSettings(allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, render=False)


def test_hosts_start_spread_over_the_time_and_elsewhere_each_scan() -> None:
    hosts = [f"www.province{n}.go.th" for n in range(77)]
    tonight = [start_after(600, 7, host) for host in hosts]
    assert all(0 <= one <= 600 for one in tonight)
    assert min(tonight) < 60
    assert max(tonight) > 540
    assert tonight == [start_after(600, 7, host) for host in hosts]
    assert tonight != [start_after(600, 8, host) for host in hosts]


def test_without_jitter_nobody_waits() -> None:
    assert start_after(0, 7, "www.surin.go.th") == 0


def test_a_unit_is_asked_first_when_its_time_has_come(tmp_path: Path) -> None:
    ledger = Ledger(database_at(f"{tmp_path}/oit.db"), 7, tmp_path)
    item = an_item("O1", "โครงสร้าง")
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE)}) as site:
        plans = [
            UnitPlan(UnitProfile(name, name), (ItemTarget(item, (f"{site.url}/o1",)),), 2566)
            for name in ("phusuan", "bangtoei", "thasala")
        ]
        spread = OPEN.model_copy(update={"start_jitter_s": 3.0})
        found = {one.unit_id: one for one in crawl(plans, spread, ledger=ledger)}
    asked = {name: one.documents["O1"][0].fetch.fetched_at for name, one in found.items()}
    due = {name: start_after(3.0, 7, name) for name in asked}
    first, last = min(due, key=due.__getitem__), max(due, key=due.__getitem__)
    early, late = asked[first], asked[last]
    assert early is not None
    assert late is not None
    assert (late - early).total_seconds() >= due[last] - due[first] - 0.5 > 0.5
