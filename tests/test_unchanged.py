"""When a verdict may be taken over: the day, the quotes, the basis."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from checklist.evidence import Document, Fetch, Link, Passage, Region, Trail
from checklist.fiscal import FiscalYear
from checklist.probes.base import Context
from checklist.verdict import Verdict
from sweep.basis import from_json, to_json
from sweep.unchanged import Before, Deciding, grounds_of
from tests.crawler.loopback_site import an_item

if TYPE_CHECKING:
    from checklist.schema import Item

URL = "https://www.suan.go.th/o21"
MONTHS = ("ตุลาคม 2565", "พฤศจิกายน 2565", "ธันวาคม 2565", "มกราคม 2566", "กุมภาพันธ์ 2566")
SERIES = an_item("O21", "รายงานประจำเดือน", probe={"kind": "series", "covers": "h1_fy"})
HALF = an_item("O12", "รายงานรอบ 6 เดือน", probe={"kind": "period", "covers": "h1_fy"})
PLAIN = an_item("O1", "โครงสร้าง")


def on(day: date) -> Context:
    return Context(FiscalYear(2566), day)


def document(*texts: str, day: int = 1, url: str = URL) -> Document:
    moment = datetime(2023, 3, day, 3, tzinfo=UTC)
    fetch = Fetch(url, url, sha256=f"{day:064}", fetched_at=moment)
    heading = Passage(texts[0], Region.HEADING)
    return Document(fetch, title=texts[0], passages=(heading, *map(Passage, texts[1:])))


def night(
    item: Item, found: Document, day: date, before: Before | None = None
) -> tuple[Before, bool]:
    """The item judged or taken over on a day, as it is stored; whether it was judged."""
    known = {item.id: before} if before is not None else {}
    decision = Deciding(on(day), known).first(item, (found,))
    grounds = grounds_of(decision, decision)
    assert decision.whole is not None
    assert grounds is not None
    stored = from_json(to_json(grounds))
    assert stored == grounds
    return Before(decision.whole, stored), decision.judged


def test_a_month_that_ends_is_a_change_though_no_byte_is() -> None:
    page = document("รายงานประจำเดือน", *(f"รายงานประจำเดือน {month}" for month in MONTHS))
    first, judged = night(SERIES, page, date(2023, 3, 30))
    assert judged
    assert "ยังไม่สิ้นเดือน" in first.verdict.elements[0].detail
    same, judged = night(SERIES, page, date(2023, 3, 31), first)
    assert not judged
    assert same == first
    later, judged = night(SERIES, page, date(2023, 4, 1), same)
    assert judged
    assert "ยังไม่สิ้นเดือน" not in later.verdict.elements[0].detail
    assert not night(SERIES, page, date(2023, 9, 1), later)[1]


def test_a_report_of_a_period_to_come_is_looked_at_again_when_it_is_over() -> None:
    page = document("รายงานรอบ 6 เดือน ปีงบประมาณ พ.ศ. 2566 (1 ตุลาคม 2565 - 30 มิถุนายน 2566)")
    first, _ = night(HALF, page, date(2023, 4, 30))
    assert not night(HALF, page, date(2023, 5, 30), first)[1]
    assert night(HALF, page, date(2023, 6, 30), first)[1]


def test_an_item_that_asks_for_no_day_holds_on_every_day() -> None:
    page = document("โครงสร้าง", "โครงสร้างของหน่วยงาน")
    first, _ = night(PLAIN, page, date(2023, 4, 30))
    assert (first.grounds.basis.since, first.grounds.basis.until) == (None, None)
    assert not night(PLAIN, page, date(2030, 1, 1), first)[1]


def test_a_verdict_taken_over_quotes_what_was_fetched_now() -> None:
    first, _ = night(PLAIN, document("โครงสร้าง", "โครงสร้างของหน่วยงาน"), date(2023, 4, 30))
    later = document("โครงสร้าง", "โครงสร้างของหน่วยงาน", day=9)
    taken, judged = night(PLAIN, later, date(2023, 4, 30), first)
    assert not judged
    quotes = [q for e in taken.verdict.elements for q in e.quotes]
    assert quotes
    assert {(q.sha256, q.fetched_at) for q in quotes} == {
        (later.fetch.sha256, later.fetch.fetched_at)
    }


def test_a_quote_that_holds_a_counter_is_never_kept_with_the_old_number() -> None:
    one = document("โครงสร้าง", "โครงสร้าง ผู้เข้าชม 1 ครั้ง")
    first, _ = night(PLAIN, one, date(2023, 4, 30))
    counted = any("ผู้เข้าชม 1 ครั้ง" in q.text for e in first.verdict.elements for q in e.quotes)
    other = document("โครงสร้าง", "โครงสร้าง ผู้เข้าชม 2 ครั้ง")
    assert night(PLAIN, other, date(2023, 4, 30), first)[1] is counted


def test_a_new_month_on_a_page_that_shows_today_is_a_change() -> None:
    def shown(on_day: date) -> Document:
        text = f"วันที่ {on_day.day} มีนาคม 2566" if on_day.month == 3 else "วันที่ 1 เมษายน 2566"
        return replace(document("โครงสร้าง", "โครงสร้างของหน่วยงาน", text), read_on=on_day)

    first, _ = night(PLAIN, shown(date(2023, 3, 30)), date(2023, 4, 30))
    assert not night(PLAIN, shown(date(2023, 3, 31)), date(2023, 4, 30), first)[1]
    assert night(PLAIN, shown(date(2023, 4, 1)), date(2023, 4, 30), first)[1]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "โครงสร้างเดิม"},
        {"links": (Link("https://www.suan.go.th/x", "ใหม่"),)},
        {"trail": Trail(link_text="โครงสร้าง 2566")},
        {"blank_pages": (1,)},
        {"fetch": Fetch(URL, URL + "?new=1")},
        {"fetch": Fetch(URL, URL, problem="login_required")},
    ],
)
def test_every_part_of_a_document_is_part_of_the_basis(changed: dict[str, object]) -> None:
    page = document("โครงสร้าง", "โครงสร้างของหน่วยงาน")
    first, _ = night(PLAIN, page, date(2023, 4, 30))
    other = replace(page, **changed)  # type: ignore[arg-type]
    assert Deciding(on(date(2023, 4, 30)), {"O1": first}).first(PLAIN, (other,)).judged


def test_an_error_is_no_ground_for_the_next_night() -> None:
    silent = Document(Fetch(URL, URL, status=0, problem="timeout"))
    decision = Deciding(on(date(2023, 4, 30)), {}).first(PLAIN, (silent,))
    assert decision.answer is Verdict.ERROR
    assert grounds_of(decision, decision) is None


def test_grounds_of_another_make_are_left_aside() -> None:
    assert from_json(None) is None
    assert from_json({"basis": 5}) is None
