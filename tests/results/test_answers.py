"""A person's answer to an open question: when it holds, what it makes of a verdict, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results.answers import asked_of
from results.deciding import DecisionRefusedError, Wish, decision
from results.gap import build_report
from results.record import LookedAt, ScanInfo, ScanStatus, UnitResult
from results.score import score
from results.stands import ItemStand, Step, step_of
from results.trend import EarlierScan, trend
from results.waivers import Standing, Waiver, WaiverKind, decided, stand
from tests.results.samples import (
    SITE,
    UNIT,
    element,
    in_review,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

SCAN = f"{SITE}/scan.pdf"
TODAY = date(2023, 4, 10)
NOW = datetime(2023, 4, 6, 2, 0, tzinfo=UTC)
YES, NO = WaiverKind.VOUCHED, WaiverKind.JUDGED_LACKING
REVIEW = in_review("O6")
DAYS: dict[str, Any] = {"O6": {"basis": {"until": "2023-05-01"}}}


def scanned(
    verdict: ItemVerdict = REVIEW, content: str = "aa", scan_id: int = 7, **more: str
) -> UnitResult:
    """A result in which O6 stands as told; its page says `content`, `more` are other pages."""
    verdicts = [verdict if one.item == "O6" else one for one in mixed()]
    pages = {SCAN: content, **{f"{SITE}/{name}": said for name, said in more.items()}}
    documents = tuple(LookedAt(url, url, content_sha256=said) for url, said in pages.items())
    return replace(result_of(verdicts, scan_id=scan_id), documents=documents)


def answered(kind: WaiverKind = YES, result: UnitResult | None = None, **more: Any) -> Waiver:
    wish = Wish("O6", kind, "นางสาวสมใจ ใจดี", "เปิดดูแล้ว ลงนามครบ", account="somjai", **more)
    made = decision("oit-2566", result or scanned(), wish, NOW, TODAY)
    return replace(made, id=1)


LATER = {"scan_id": 8}


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        (scanned(scan_id=8), Standing.ACTIVE),
        (scanned(content="bb", scan_id=8), Standing.EVIDENCE_CHANGED),
        (scanned(content="", scan_id=8), Standing.SUSPENDED),
        (scanned(passing("O6"), scan_id=8), Standing.NOT_NEEDED),
        (scanned(missing("O6"), scan_id=8), Standing.SUSPENDED),
        (scanned(unreachable("O6"), scan_id=8), Standing.SUSPENDED),
        (scanned(replace(REVIEW, reasons=("weak_wording",)), scan_id=8), Standing.SUSPENDED),
        (scanned(replace(REVIEW, question="ครบ 6 เดือนหรือไม่"), scan_id=8), Standing.SUSPENDED),
        (
            scanned(
                replace(REVIEW, elements=(*REVIEW.elements, element("O6.2", ElementState.ABSENT))),
                scan_id=8,
            ),
            Standing.SUSPENDED,
        ),
        (
            scanned(replace(REVIEW, urls=(SCAN, f"{SITE}/new")), scan_id=8, new="cc"),
            Standing.SUSPENDED,
        ),
        (
            scanned(replace(REVIEW, urls=(SCAN, f"{SITE}/copy")), scan_id=8, copy="aa"),
            Standing.ACTIVE,
        ),
        (replace(scanned(scan_id=8), grounds=DAYS), Standing.SUSPENDED),
    ],
    ids=[
        "the same is asked of the same page", "the page says something else",
        "the page was not read", "it passes by itself", "it fails now", "it could not be checked",
        "another reason", "another question", "another part lacks", "a page came to it",
        "a page came that says the same", "the question is of another period",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [YES, NO])
def test_in_which_later_scans_an_answer_holds(
    kind: WaiverKind, later: UnitResult, standing: Standing
) -> None:
    (stood,) = stand([answered(kind)], later, TODAY)
    assert stood.standing is standing
    after = {one.item: one.verdict for one in decided(later, [stood]).verdicts}["O6"]
    before = {one.item: one.verdict for one in later.verdicts}["O6"]
    given = Verdict.VOUCHED if kind is YES else Verdict.FAIL
    assert after is (given if standing is Standing.ACTIVE else before)


def test_an_answer_ends_on_its_day_and_by_a_person() -> None:
    until = answered(until=date(2023, 4, 30))
    assert stand([until], scanned(), date(2023, 4, 30))[0].standing is Standing.ACTIVE
    assert stand([until], scanned(), date(2023, 5, 1))[0].standing is Standing.EXPIRED
    ended = replace(answered(), ended_at=NOW)
    assert stand([ended], scanned(), TODAY)[0].standing is Standing.ENDED


def test_an_answer_in_the_period_of_its_question_holds_through_that_period() -> None:
    result = replace(scanned(), grounds=DAYS)
    later = replace(scanned(scan_id=8), grounds=DAYS)
    assert stand([answered(result=result)], later, TODAY)[0].standing is Standing.ACTIVE


def test_a_decision_of_before_is_never_an_answer() -> None:
    """What was stored as `accepted` stays out of the score, whatever the item says today."""
    old = replace(answered(WaiverKind.ACCEPTED), asked="")
    after = decided(scanned(), stand([old], scanned(), TODAY))
    assert {one.item: one.verdict for one in after.verdicts}["O6"] is Verdict.WAIVED
    forged = replace(old, kind=YES)
    assert stand([forged], scanned(), TODAY)[0].standing is Standing.SUSPENDED


@pytest.mark.parametrize(
    ("result", "kind", "until", "says"),
    [
        (scanned(passing("O6")), YES, None, "ครบถ้วนอยู่แล้ว"),
        (scanned(missing("O6")), YES, None, "ทำได้เพียงยกเว้น"),
        (scanned(unreachable("O6")), NO, None, "ทำได้เพียงยกเว้น"),
        (scanned(content=""), YES, date(2023, 4, 30), "ไม่มีหน้าที่ใช้อ้างอิง"),
        (scanned(), YES, date(2023, 4, 9), "ผ่านไปแล้ว"),
        (scanned(content=""), WaiverKind.ACCEPTED, None, "ต้องกำหนดวันสิ้นสุด"),
    ],
)
def test_what_cannot_be_answered(
    result: UnitResult, kind: WaiverKind, until: date | None, says: str
) -> None:
    with pytest.raises(DecisionRefusedError, match=says):
        answered(kind, result, until=until)


@pytest.mark.parametrize(("by", "why"), [("", "ดูแล้ว"), ("สมใจ", " "), ("สมใจ", "ก" * 1001)])
def test_nobody_answers_without_a_name_and_a_reason(by: str, why: str) -> None:
    with pytest.raises(DecisionRefusedError):
        decision("oit-2566", scanned(), Wish("O6", YES, by, why), NOW, TODAY)


def test_the_report_counts_a_yes_apart_and_says_whose_it_is() -> None:
    plain = build_report(small_checklist(), scanned(), day=TODAY)
    report = build_report(small_checklist(), scanned(), waivers=[answered()], day=TODAY)
    assert (report.totals.vouched, report.totals.passed) == (1, plain.totals.passed)
    assert [one.item for one in report.vouched] == ["O6"]
    assert "O6" not in [one.item for one in report.passes]
    assert report.score.certain == pytest.approx(plain.score.certain + report.score.vouched)
    assert report.score.possible == plain.score.possible
    assert report.score.vouched == pytest.approx(report.vouched[0].points)
    assert f"{report.score.vouched:.2f} คะแนนที่ผ่านโดยการพิจารณา" in report.score.vouched_note
    assert report.vouched[0].verdict_th == "ผ่านโดยการพิจารณาของเจ้าหน้าที่"
    told = report.vouched[0].waiver
    assert told is not None
    assert told.line.startswith("ผ่านโดยการพิจารณาของเจ้าหน้าที่: เปิดดูแล้ว ลงนามครบ (โดย นางสาวสมใจ ใจดี")


def test_a_no_is_a_gap_with_the_persons_reason() -> None:
    report = build_report(small_checklist(), scanned(), waivers=[answered(NO)], day=TODAY)
    found = next(one for one in report.fails if one.item == "O6")
    assert found.summary == "ไม่ผ่านโดยการพิจารณาของเจ้าหน้าที่: เปิดดูแล้ว ลงนามครบ"
    assert [reason.code for reason in found.reasons] == ["judged_lacking", "ocr_year"]
    assert (found.verdict, report.totals.review) == (Verdict.FAIL, 0)


def test_an_answer_moves_no_point_that_the_website_did_not() -> None:
    verdicts = {one.item: one.verdict for one in scanned().verdicts}
    scored = score(small_checklist(), verdicts | {"O6": Verdict.VOUCHED})
    passed = score(small_checklist(), verdicts | {"O6": Verdict.PASS})
    assert (scored.certain, scored.possible) == (passed.certain, passed.possible)
    assert (passed.vouched, scored.vouched > 0) == (0, True)


@pytest.mark.parametrize("kind", [YES, NO])
def test_the_changes_since_the_scan_before_are_the_websites(kind: WaiverKind) -> None:
    """The answer was given on the newer scan; the older one asked the same."""
    before, now = scanned(scan_id=6), scanned()
    report = build_report(small_checklist(), now, before, waivers=[answered(kind)], day=TODAY)
    assert [(one.item, one.direction) for one in report.changes] == [("O6", "other")]


ASKED = ItemStand(Verdict.REVIEW, ("ocr_year",))
VOUCHED = ItemStand(Verdict.VOUCHED, ("ocr_year",), answered=True)
DENIED = ItemStand(Verdict.FAIL, ("ocr_year",), answered=True)


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        (ASKED, VOUCHED, Step.EXCUSED),
        (ASKED, DENIED, Step.EXCUSED),
        (ItemStand(Verdict.PASS), DENIED, Step.EXCUSED),
        (VOUCHED, ASKED, Step.EXCUSED),
        (VOUCHED, DENIED, Step.EXCUSED),
        (VOUCHED, VOUCHED, Step.SAME),
        (VOUCHED, ItemStand(Verdict.FAIL), Step.WORSE),
        (VOUCHED, ItemStand(Verdict.PASS), Step.BETTER),
        (DENIED, ItemStand(Verdict.PASS), Step.BETTER),
        (VOUCHED, ItemStand(Verdict.ERROR), Step.UNSEEN),
    ],
)
def test_history_and_diff_tell_the_websites_steps_only(
    before: ItemStand, after: ItemStand, step: Step
) -> None:
    assert step_of(before, after) is step


def test_only_a_review_asks() -> None:
    assert asked_of(passing("O6")) == asked_of(missing("O6")) == ""
    assert asked_of(REVIEW) != asked_of(replace(REVIEW, kind=Kind.NONE, question="อื่น"))


@pytest.mark.parametrize(
    ("then", "gain"),
    [(Verdict.REVIEW, False), (Verdict.FAIL, True), (Verdict.ERROR, True)],
    ids=["the same was asked", "it lacked something", "nobody could see it"],
)
def test_the_trend_gains_nothing_by_an_answer_alone(then: Verdict, gain: bool) -> None:
    result = scanned()
    report = build_report(small_checklist(), result, waivers=[answered()], day=TODAY)
    info = ScanInfo(7, 2566, "oit-2566", "h", TODAY, NOW, NOW, ScanStatus.FINISHED)
    before = {one.item: one.verdict for one in result.verdicts} | {"O6": then}
    earlier = EarlierScan(replace(info, id=6), {UNIT.id: before})
    point, now = trend(small_checklist(), [report], info, [earlier])
    assert point.gain is not None
    assert (point.gain > 0) is gain
    assert (now.vouched, point.vouched) == (1, 0 if gain else 1)
