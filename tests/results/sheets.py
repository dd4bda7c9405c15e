"""Reports for the tests of spreadsheets and gates, and a workbook read as a reader sees it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.deciding import Wish, decision
from results.formats.xlsx import unit_xlsx
from results.gap import build_report
from results.record import LookedAt
from results.waivers import Waiver, WaiverKind
from tests.results.samples import (
    CHECKED,
    SITE,
    UNIT,
    checklist_of,
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
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from results.report import GapReport

SHAPE = {"9": {"9.1": 18, "9.2": 12}, "10": {"10.1": 8, "10.2": 5}}
"""43 items, as many as the form has."""


def mixed_report() -> GapReport:
    """One verdict of each sort, changes against a scan before, and a cause with its letter."""
    before = result_of([missing("O1"), passing("O2"), missing("O6")])
    return build_report(small_checklist(), result_of(mixed()), before)


def decided_report() -> GapReport:
    """O2 failed and is accepted for now; the acceptance of O4 has expired."""

    def waiver(item: str, until: date) -> Waiver:
        return Waiver(
            unit_id=UNIT.id,
            checklist="oit-2566",
            item=item,
            kind=WaiverKind.ACCEPTED,
            made_by="นางสาวมาลี ใจดี",
            reason="รอย้ายเว็บไซต์ใหม่",
            made_at=CHECKED - timedelta(days=60),
            until=until,
        )

    waivers = [waiver("O2", date(2023, 9, 30)), waiver("O4", date(2023, 3, 31))]
    return build_report(small_checklist(), result_of(mixed()), waivers=waivers)


def answered_report() -> GapReport:
    """Of three open questions a person answered one with yes and one with no."""
    verdicts = (passing("O1"), *(in_review(f"O{n}") for n in (2, 3, 4)), missing("O5"))
    scan = LookedAt(f"{SITE}/scan.pdf", f"{SITE}/scan.pdf", content_sha256="aa")
    result = replace(result_of(verdicts), documents=(scan,))

    def answer(item: str, kind: WaiverKind) -> Waiver:
        wish = Wish(item, kind, "นางสาวมาลี ใจดี", "เปิดดูภาพสแกนแล้ว")
        return decision("oit-2566", result, wish, CHECKED, CHECKED.date())

    waivers = [answer("O2", WaiverKind.VOUCHED), answer("O3", WaiverKind.JUDGED_LACKING)]
    return build_report(small_checklist(), result, waivers=waivers)


def long_report() -> GapReport:
    """All 43 items, with every sort of verdict several times."""
    sorts = (missing, passing, in_review, outdated, passing, unreachable)
    verdicts = [sorts[n % len(sorts)](f"O{n}") for n in range(1, 42)]
    return build_report(checklist_of(SHAPE), result_of(verdicts))


def empty_report() -> GapReport:
    """Nothing could be opened, so nothing is judged."""
    verdicts = [unreachable(f"O{n}", "timeout") for n in range(1, 7)]
    return build_report(small_checklist(), result_of(verdicts))


def unasked_report() -> GapReport:
    """Not one item was checked."""
    return build_report(small_checklist(), result_of([]))


def report_saying(text: str, url: str = "https://www.phusuan.go.th/plan.pdf") -> GapReport:
    """Every text that comes from a website or a person is `text`, every address `url`."""
    said = replace(quote(text, url), heading_path=(text,))
    states = {
        Verdict.PASS: ElementState.PRESENT,
        Verdict.FAIL: ElementState.ABSENT,
        Verdict.REVIEW: ElementState.UNSURE,
        Verdict.ERROR: ElementState.UNSURE,
        Verdict.WAIVED: ElementState.UNSURE,
    }
    verdicts = [
        ItemVerdict(
            f"O{n}",
            verdict,
            Kind.PARTIAL,
            ("timeout",) if verdict is Verdict.ERROR else ("element_missing",),
            (element(f"O{n}.1", state, text, quotes=[said], text=text),),
            (url,),
            text,
        )
        for n, (verdict, state) in enumerate(states.items(), 1)
    ]
    unit = replace(UNIT, name=text or UNIT.name, main_site=url)
    return build_report(small_checklist(), result_of(verdicts, unit))


def opened(report: GapReport) -> Workbook:
    """The report's workbook, read back."""
    return load_workbook(io.BytesIO(unit_xlsx(report)))


def table_rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet that is one table, by their headings."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]
