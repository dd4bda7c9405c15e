"""From what a person wishes to decide about an item to the decision, or why it cannot be. Pure.

The command and the dashboard share these rules: they differ only in how a person is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from checklist.verdict import ItemVerdict, Verdict
from results.answers import asked_of
from results.waivers import ANSWERS, Standing, Waiver, WaiverKind, evidence_of, stand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from results.record import UnitResult

MOST_NAME = 200
MOST_REASON = 1000


class DecisionRefusedError(Exception):
    """A decision that cannot be made; `thai` and `english` say why in one line.

    `lacks_end`: it could be made with a last day.
    """

    def __init__(self, thai: str, english: str, *, lacks_end: bool = False) -> None:
        """Refuse with these sentences."""
        super().__init__(f"{thai} ({english})")
        self.thai, self.english, self.lacks_end = thai, english, lacks_end


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants: `until` is the last day it shall hold (`None`: no end).

    `account` is the person's in the dashboard, "" elsewhere.
    """

    item: str
    kind: WaiverKind
    made_by: str
    reason: str
    until: date | None = None
    account: str = ""


def decision(checklist: str, result: UnitResult, wish: Wish, now: datetime, today: date) -> Waiver:
    """The decision about an item of `result`, not yet stored; `checklist` is the list's key.

    Raises `DecisionRefusedError` for a blank or long text, an item that passes or was not checked,
    an answer where nothing is asked, or a decision that could never end.
    """
    _texts(wish)
    verdict = _verdict(result, wish.item)
    evidence = evidence_of(verdict, result.documents)
    _kind_fits(wish, verdict, has_page=bool(evidence))
    if wish.until is not None and wish.until < today:
        raise DecisionRefusedError(
            "วันสุดท้ายที่มีผลผ่านไปแล้ว ให้ระบุวันนี้หรือหลังจากนี้",
            "the last day is in the past; give today or a later day",
        )
    return Waiver(
        unit_id=result.unit.id,
        checklist=checklist,
        item=wish.item,
        scan_id=result.scan_id,
        kind=wish.kind,
        made_by=wish.made_by.strip(),
        reason=wish.reason.strip(),
        made_at=now,
        until=wish.until,
        verdict=verdict.verdict,
        evidence=evidence,
        asked=asked_of(verdict, result.grounds.get(wish.item)) if wish.kind in ANSWERS else "",
        account=wish.account,
        held_scan=result.scan_id,
    )


def holding(waivers: Iterable[Waiver], result: UnitResult, item: str, today: date) -> Waiver | None:
    """The decision about the item that holds in `result` already, if there is one."""
    stood = stand(waivers, result, today)
    active = (s.waiver for s in stood if s.waiver.item == item and s.standing is Standing.ACTIVE)
    return next(active, None)


def _texts(wish: Wish) -> None:
    for thai, english, text, most in (
        ("ชื่อผู้พิจารณา", "the name", wish.made_by, MOST_NAME),
        ("เหตุผล", "the reason", wish.reason, MOST_REASON),
    ):
        if not text.strip():
            raise DecisionRefusedError(f"ต้องบอก{thai} เพื่อให้ตรวจสอบย้อนหลังได้", f"{english} is blank")
        if len(text) > most:
            raise DecisionRefusedError(
                f"{thai}ยาวเกิน {most:,} ตัวอักษร", f"{english} is longer than {most:,} characters"
            )


def _verdict(result: UnitResult, item: str) -> ItemVerdict:
    found = next((one for one in result.verdicts if one.item == item), None)
    if found is None:
        raise DecisionRefusedError(
            f"การตรวจครั้งที่ {result.scan_id} ไม่ได้ตรวจข้อ {item} ของหน่วยงานนี้",
            f"scan {result.scan_id} did not check {item} of this unit",
        )
    if found.verdict is Verdict.PASS:
        raise DecisionRefusedError(
            f"ข้อ {item} ครบถ้วนอยู่แล้วในการตรวจครั้งที่ {result.scan_id} จึงไม่ต้องยกเว้น",
            f"{item} passes in scan {result.scan_id}; there is nothing to waive",
        )
    return found


def _kind_fits(wish: Wish, verdict: ItemVerdict, *, has_page: bool) -> None:
    item = wish.item
    if wish.kind in ANSWERS and verdict.verdict is not Verdict.REVIEW:
        raise DecisionRefusedError(
            f"ระบบไม่ได้ขอให้เจ้าหน้าที่พิจารณาข้อ {item} จึงให้ผ่านหรือไม่ผ่านแทนผลตรวจไม่ได้ ทำได้เพียงยกเว้น",
            f"the checker asks nothing about {item}, so nobody can answer; it can only be waived",
        )
    if wish.kind in ANSWERS and not has_page:
        raise DecisionRefusedError(
            f"ข้อ {item} ไม่มีหน้าที่ใช้อ้างอิง จึงให้ผ่านหรือไม่ผ่านไม่ได้ ใช้การยกเว้นที่กำหนดวันสิ้นสุดแทน",
            f"{item} rests on no page, so there is nothing to answer for; waive it until a day",
        )
    if not has_page and wish.until is None:
        raise DecisionRefusedError(
            f"ข้อ {item} ไม่มีหน้าที่ใช้อ้างอิง จึงต้องกำหนดวันสิ้นสุดด้วย",
            f"{item} rests on no page; give the last day",
            lacks_end=True,
        )
