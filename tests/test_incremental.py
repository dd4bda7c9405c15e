"""A second sweep of the same sites: what is asked for, downloaded, read and judged again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checklist.verdict import Verdict
from crawler.tally import Counted
from tests.crawler.loopback_site import PROSE, Answer, page
from tests.nights import CHECKLIST, Nights, Site, good

LOGIN = page(
    "เข้าสู่ระบบ", '<form method="post"><input name="u"><input type="password" name="p"></form>'
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def nights(tmp_path: Path, site: Site) -> Nights:
    return Nights(tmp_path, site)


def counter_page(number: int, clock: str) -> Answer:
    now = datetime.now(UTC) + timedelta(hours=7)
    today = f"{now.day}/{now.month}/{now.year + 543}"
    return good("O1", f"<p>ผู้เข้าชม {number:,} ครั้ง วันที่ {today} เวลา {clock} น.</p>")


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
    counted = nights.said("/1")
    site.now["/1"] = counter_page(1311, "11:45")
    site.now["/2"] = good("O2", "<p>เพิ่มเติม: ปรับปรุงผังใหม่แล้ว</p>")
    nights.sweep()
    assert set(site.bodies) & set(site.now) == {"/1", "/2"}
    assert (nights.cost[Counted.READ], nights.cost[Counted.JUDGED]) == (2, 1)
    assert nights.said("/1")[0] != counted[0]
    assert nights.said("/1")[1] == counted[1]

    # What is gone, closed or silent is never taken from memory.
    site.now["/2"], site.now["/3"], site.now["/4"] = Answer(status=404), LOGIN, None
    now = nights.sweep()
    assert now["O1"] is Verdict.PASS
    assert Verdict.PASS not in (now["O2"], now["O3"])
    assert now["O4"] is Verdict.ERROR


def test_what_is_kept_serves_only_while_it_is_whole_and_the_checklist_the_same(
    nights: Nights, site: Site
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
    assert nights.sweep(checklist=CHECKLIST.model_copy(update={"items": items})) == first
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
