"""A person's decision about an item: when it holds, when it ends, what a report says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checklist.evidence import Document, Fetch, Link, Passage, Region
from checklist.verdict import ItemVerdict, Verdict
from results.content_hash import content_hash
from results.gap import build_report
from results.record import LookedAt, UnitResult
from results.store import Store, StoreError
from results.waivers import (
    EvidenceMark,
    Standing,
    Waiver,
    WaiverKind,
    changed_pages,
    decided,
    evidence_of,
    stand,
)
from tests.databases import database_at
from tests.results.samples import (
    AS_OF,
    COVERAGE,
    SITE,
    UNIT,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

pytestmark = pytest.mark.usefixtures("on_each_database")

PLAN = f"{SITE}/plan.pdf"
MADE = datetime(2023, 4, 6, 2, 0, tzinfo=UTC)
TODAY = date(2023, 4, 10)
WAIVER = Waiver(
    unit_id=UNIT.id,
    checklist="oit-2566",
    item="O2",
    kind=WaiverKind.WRONGLY_JUDGED,
    made_by="นางสาวสมใจ ใจดี นักวิเคราะห์นโยบายและแผน",
    reason="ช่องทางการติดต่ออยู่ในภาพ เปิดดูแล้วมีครบ",
    made_at=MADE,
    until=date(2023, 4, 30),
    evidence=(EvidenceMark(PLAN, "aa"),),
)


def scanned(*verdicts: ItemVerdict, content: str = "aa", scan_id: int = 7) -> UnitResult:
    """A result whose plan page says what `content` stands for; "" when it was not read."""
    page = LookedAt(PLAN, PLAN, content_sha256=content)
    return replace(result_of(verdicts or mixed(), scan_id=scan_id), documents=(page,))


@pytest.mark.parametrize(
    ("waiver", "result", "day", "standing"),
    [
        (WAIVER, scanned(), TODAY, Standing.ACTIVE),
        (WAIVER, scanned(), date(2023, 4, 30), Standing.ACTIVE),
        (WAIVER, scanned(), date(2023, 5, 1), Standing.EXPIRED),
        (replace(WAIVER, until=None), scanned(), date(2033, 1, 1), Standing.ACTIVE),
        (WAIVER, scanned(content="bb"), TODAY, Standing.EVIDENCE_CHANGED),
        (WAIVER, scanned(content=""), TODAY, Standing.ACTIVE),
        (replace(WAIVER, evidence=()), scanned(content="bb"), TODAY, Standing.ACTIVE),
        (replace(WAIVER, changed_scan=7), scanned(), TODAY, Standing.EVIDENCE_CHANGED),
        (replace(WAIVER, changed_scan=8), scanned(), TODAY, Standing.ACTIVE),
        (WAIVER, scanned(passing("O2")), TODAY, Standing.NOT_NEEDED),
        (WAIVER, scanned(unreachable("O2")), TODAY, Standing.ACTIVE),
        (replace(WAIVER, ended_at=MADE), scanned(), TODAY, Standing.ENDED),
    ],
    ids=[
        "it holds", "on its last day too", "the day after it has expired", "no last day",
        "the page says something else", "a page that was not read ends nothing",
        "it rests on no page", "a change noted by this scan stays", "noted by a later scan",
        "the item passes", "could not be checked", "ended by a person",
    ],
)  # fmt: skip
def test_when_a_decision_holds(
    waiver: Waiver, result: UnitResult, day: date, standing: Standing
) -> None:
    (stood,) = stand([waiver], result, day)
    assert stood.standing is standing


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (WaiverKind.ACCEPTED, Verdict.WAIVED),
        (WaiverKind.WRONGLY_JUDGED, Verdict.WAIVED),
        (WaiverKind.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
    ],
)
def test_a_decision_never_makes_a_pass(kind: WaiverKind, verdict: Verdict) -> None:
    result = scanned()
    after = decided(result, stand([replace(WAIVER, kind=kind)], result, TODAY))
    assert {v.item: v.verdict for v in after.verdicts}["O2"] is verdict
    others = [v for v in after.verdicts if v.item != "O2"]
    assert others == [v for v in result.verdicts if v.item != "O2"]
    assert after.verdicts[1].elements == result.verdicts[1].elements


def test_an_ended_decision_leaves_the_verdict_alone() -> None:
    result = scanned(content="bb")
    assert decided(result, stand([WAIVER], result, TODAY)) == result


def test_the_report_counts_and_tells_the_decision() -> None:
    report = build_report(small_checklist(), scanned(), waivers=[WAIVER], day=TODAY)
    assert [finding.item for finding in report.excluded] == ["O2", "O3"]
    assert "O2" not in [finding.item for finding in report.fails]
    assert (report.totals.waived, report.totals.missing) == (2, 0)
    told = next(f.waiver for f in report.excluded if f.item == "O2")
    assert told is not None
    assert (told.urls, told.digests) == ((PLAN,), ("aa",))
    assert told.line == (
        "เจ้าหน้าที่เห็นว่าระบบตัดสินผิด: ช่องทางการติดต่ออยู่ในภาพ เปิดดูแล้วมีครบ "
        "(โดย นางสาวสมใจ ใจดี นักวิเคราะห์นโยบายและแผน เมื่อ 6 เมษายน 2566 เวลา 09.00 น.) "
        "มีผลถึง 30 เมษายน 2566"
    )


def test_a_unit_that_nobody_could_open_stays_unjudged_under_a_decision() -> None:
    dark = scanned(*(unreachable(f"O{n}") for n in range(1, 7)))
    report = build_report(small_checklist(), dark, waivers=[WAIVER], day=TODAY)
    assert (report.totals.error, report.totals.waived) == (5, 1)
    assert report.totals.nothing_judged


def test_the_end_of_a_decision_is_loud_and_the_item_counts_again() -> None:
    report = build_report(small_checklist(), scanned(content="bb"), waivers=[WAIVER], day=TODAY)
    (told,) = report.waivers
    assert (told.loud, told.changed) == (True, (PLAN,))
    assert told.standing_th == "สิ้นสุดแล้ว เพราะหน้าที่ใช้อ้างอิงเปลี่ยนไป"
    assert "O2" in [finding.item for finding in report.fails]


def test_a_decision_is_no_change_since_the_scan_before() -> None:
    before, now = scanned(scan_id=6), scanned()
    report = build_report(small_checklist(), now, before, waivers=[WAIVER], day=TODAY)
    assert report.changes == ()
    assert report.score.previous == report.score.certain


def test_the_evidence_is_what_the_verdict_names_and_quotes() -> None:
    named = replace(missing("O2"), urls=(PLAN, f"{SITE}/unread"))
    assert evidence_of(named, [LookedAt(PLAN, PLAN, content_sha256="aa")]) == (
        EvidenceMark(PLAN, "aa"),
    )
    moved = LookedAt(f"{SITE}/old", PLAN, content_sha256="cc")
    assert evidence_of(named, [moved]) == (EvidenceMark(PLAN, "cc"),)
    assert changed_pages(WAIVER, [moved]) == (PLAN,)


def page(
    *passages: tuple[Region, str], title: str = "แผน", links: tuple[str, ...] = ()
) -> Document:
    """A page of passages by region."""
    said = tuple(Passage(text, region) for region, text in passages)
    return Document(
        Fetch(PLAN, PLAN, sha256="ff"),
        title=title,
        passages=said,
        links=tuple(Link(url, "แผน") for url in links),
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (page((Region.MAIN, "แผนปี   2566\n")), True),
        (page((Region.MAIN, "แผนปี 2566"), (Region.FOOTER, "ผู้เข้าชม 12,345 คน")), True),
        (page((Region.MAIN, "แผนปี 2566"), (Region.NAV, "หน้าแรก")), True),
        (page((Region.MAIN, "แผนปี 2565")), False),
        (page((Region.MAIN, "แผนปี 2566"), title="รายงาน"), False),
        (page((Region.MAIN, "แผนปี 2566"), links=(f"{SITE}/new.pdf",)), False),
        (page(), False),
    ],
    ids=["spaces", "a counter in the footer", "the menu", "text", "title", "a link", "no text"],
)
def test_a_page_is_the_same_while_it_says_the_same(other: Document, same: bool) -> None:
    assert (content_hash(page((Region.MAIN, "แผนปี 2566"))) == content_hash(other)) is same


def test_a_page_without_text_is_told_by_its_bytes_and_an_unread_one_by_nothing() -> None:
    assert content_hash(page()) == "ff"
    assert content_hash(Document(Fetch(PLAN, PLAN, problem="not_found"))) == ""


def test_decisions_are_kept_for_ever(tmp_path: Path) -> None:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        first = store.add_waiver(WAIVER)
        second = store.add_waiver(replace(WAIVER, unit_id="surin"))
        assert store.waivers("oit-2566", UNIT.id) == (first,)
        assert store.waivers("oit-2566") == (first, second)
        assert store.waivers("moi-2566") == ()
        store.note_changed_evidence({first.id}, 9)
        store.note_changed_evidence({first.id}, 12)
        ended = store.end_waiver(second.id, "นายสมชาย", "แก้ไขแล้ว")
        assert (ended.ended_by, ended.ended_why) == ("นายสมชาย", "แก้ไขแล้ว")
        assert [w.changed_scan for w in store.waivers("oit-2566")] == [9, None]
        for number in (second.id, 99):
            with pytest.raises(StoreError, match=str(number)):
                store.end_waiver(number, "นายสมชาย", "อีกครั้ง")
        assert len(store.waivers("oit-2566")) == 2


def test_what_a_page_says_is_stored_with_the_scan(tmp_path: Path) -> None:
    document = page((Region.MAIN, "แผนปี 2566"))
    with Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        scan = store.start_scan(small_checklist(), AS_OF)
        store.save_unit(scan, UNIT, [missing("O2")], COVERAGE, [document])
        (kept,) = store.unit_result(scan, UNIT.id).documents
    assert kept.content_sha256 == content_hash(document)
