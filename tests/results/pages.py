"""Reading a report's page as a reader does, and pages that are hard to lay out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import Tag

from checklist.loader import load_year
from checklist.profile import UnitProfile
from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.gap import build_report
from results.pictures import PageToShow, Picture, with_pictures
from results.waivers import EvidenceMark, Waiver, WaiverKind
from tests.results.samples import (
    AS_OF,
    CHECKED,
    SITE,
    UNIT,
    element,
    in_review,
    missing,
    mixed,
    outdated,
    passing,
    quote,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from results.report import GapReport

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'
PLAN = f"{SITE}/plan.pdf"
MADE = datetime(2023, 2, 10, 3, 0, tzinfo=UTC)


def read(html: str) -> BeautifulSoup:
    """The page without the marks that keep compounds on one line."""
    soup = BeautifulSoup(html, "lxml")
    for mark in soup.select("span.nb"):
        mark.unwrap()
    soup.smooth()
    return soup


def section(html: str, name: str) -> str:
    """The text of a section, words apart by single spaces."""
    found = read(html).find(id=name)
    assert isinstance(found, Tag), name
    return " ".join(found.get_text(" ").split())


def no_page(item_id: str, *urls: str) -> ItemVerdict:
    """An item of which no page was given, or whose pages are gone."""
    reason = "not_found" if urls else "no_url"
    part = element(f"{item_id}.1", ElementState.ABSENT, text=f"มีหัวข้อย่อยของ {item_id}")
    return ItemVerdict(item_id, Verdict.FAIL, Kind.NONE, (reason,), (part,), urls)


def hostile_report() -> GapReport:
    """Markup, scripts and javascript: addresses wherever a site or a unit may put text."""
    bad = quote(HOSTILE, "javascript:alert(3)")
    bad = replace(bad, heading_path=(HOSTILE,))
    verdicts = [
        ItemVerdict(
            f"O{n}",
            verdict,
            Kind.PARTIAL,
            ("element_missing",) if verdict is Verdict.FAIL else (),
            (element(f"O{n}.1", state, HOSTILE, quotes=[bad], text=HOSTILE),),
            ("javascript:alert(4)", f"https://x/{HOSTILE}", "data:text/html,<b>"),
            HOSTILE,
        )
        for n, (verdict, state) in enumerate(
            [
                (Verdict.PASS, ElementState.PRESENT),
                (Verdict.FAIL, ElementState.ABSENT),
                (Verdict.REVIEW, ElementState.UNSURE),
                (Verdict.ERROR, ElementState.UNSURE),
                (Verdict.WAIVED, ElementState.UNSURE),
            ],
            1,
        )
    ]
    unit = UnitProfile("../../etc/passwd", HOSTILE, None, (), "javascript:alert(5)")
    decisions = [waiver("O2", made_by=HOSTILE, reason=HOSTILE, until=date(2023, 3, 1))]
    return build_report(small_checklist(), result_of(verdicts, unit), waivers=decisions)


def waiver(
    item: str,
    kind: WaiverKind = WaiverKind.ACCEPTED,
    made_by: str = "นางสาวสมหญิง ใจดี",
    reason: str = "เผยแพร่ไว้ที่เว็บไซต์ของกรมต้นสังกัด",
    until: date | None = None,
    said: str = "",
) -> Waiver:
    """A decision; with `said`, it rests on the plan's page having said so."""
    marks = (EvidenceMark(PLAN, said),) if said else ()
    return Waiver("phusuan", "oit-2566", item, kind, made_by, reason, MADE, until, evidence=marks)


def decided_report() -> GapReport:
    """O2 and O4 stand decided no more, O5's decision was taken back, O6's holds."""
    taken_back = replace(
        waiver("O5", reason="ผู้บริหารรับทราบแล้ว"),
        ended_at=MADE + timedelta(days=20),
        ended_by="นายวิชัย มานะ",
        ended_why="พบเอกสารฉบับใหม่",
    )
    waivers = [
        waiver("O2", until=date(2023, 3, 31)),
        waiver("O4", WaiverKind.WRONGLY_JUDGED, reason="ระบบอ่านปีผิด", said="0" * 64),
        taken_back,
        waiver("O6", WaiverKind.NOT_APPLICABLE, reason="ไม่มีภารกิจนี้", until=date(2023, 9, 30)),
    ]
    read_now = replace(result_of(mixed()))
    seen = tuple(replace(one, content_sha256="9" * 64) for one in read_now.documents)
    return build_report(small_checklist(), replace(read_now, documents=seen), waivers=waivers)


def whole_report(picture: bytes = b"") -> GapReport:
    """A unit judged on all 43 items of 2566, one of every sort, with changes and decisions.

    Its texts are long and its addresses longer; `picture` is shown for O4.
    """
    checklist = load_year(2566)
    long = f"{SITE}/{'เอกสารเผยแพร่' * 12}/{'x' * 150}.pdf"

    def judged(item: str, kind: int) -> ItemVerdict:
        reason = "blocked_by_waf" if int(item[1:]) % 4 else "dns"
        return (
            passing(item, "คู่มือการปฏิบัติงานของหน่วยงานผู้รับผิดชอบ " * 4),
            no_page(item),
            replace(missing(item, "ไม่พบผู้บริหาร" * 25 + " " + "W" * 180), urls=(long,)),
            outdated(item),
            in_review(item),
            unreachable(item, reason),
        )[kind]

    verdicts = [judged(item.id, n % 6) for n, item in enumerate(checklist.items)]
    before = [
        passing(item.id) if n % 5 else missing(item.id) for n, item in enumerate(checklist.items)
    ]
    earlier = replace(result_of(before, scan_id=3), checked_at=CHECKED - timedelta(days=31))
    name = "องค์การบริหารส่วนตำบลหนองบัวแดงใหม่พัฒนา"
    result = result_of(verdicts, replace(UNIT, name=name), AS_OF)
    waivers = [
        waiver("O2", until=date(2023, 3, 31), made_by="M" * 120),
        waiver("O3", until=date(2023, 9, 30), made_by="M" * 120),
    ]
    report = build_report(checklist, result, earlier, waivers=waivers)
    shown = [Picture(PageToShow("O4", PLAN, page=2), picture)] if picture else []
    return with_pictures(report, shown)
