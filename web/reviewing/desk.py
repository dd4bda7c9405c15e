"""Where reviewers work: the queue as it stands, a case opened, decided, and taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from accounts.roles import Right
from checklist.verdict import Verdict
from database.sessions import reading
from evidence.archive import Archive
from results.case_book import CaseBook, case_book
from results.case_rows import newest_scan_with
from results.deciding import DecisionRefusedError, Wish, decision, holding
from results.decisions import KINDS
from results.models import UnitRow
from results.speech import BANGKOK, moment_text
from results.store import StoreError
from results.waiver_store import CaseMark, OvertakenError
from web.faults import BadInput, Fault, NotFound
from web.reviewing.showing import FRAME, ITEM, CaseView, case_view, frame_of, item_page

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict
    from results.cases import Case, Queue, Wanted
    from results.record import UnitResult
    from results.waivers import Waiver, WaiverKind
    from web.site import Site
    from web.viewer import Viewer

UNDO_WITHIN = timedelta(hours=12)
"""So long a person may take back a decision of their own without saying why."""
AT_ONCE = "ผู้พิจารณาถอนคืนเอง"
_MOST_WHY = 1000


class Overtaken(Fault):
    """Somebody else decided, or a newer check came, while the case was open."""

    status, code, title = 409, "overtaken", "เรื่องนี้เปลี่ยนไปแล้ว"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answers to a case; `mark` is what they had before them."""

    kind: WaiverKind
    reason: str
    until: date | None
    mark: str


class Desk:
    """The reviews of one checklist on a site; `paths` are the pages that this version has."""

    def __init__(self, site: Site, checklist: Checklist, paths: Collection[str] = ()) -> None:
        """Work on the newest verdicts of `checklist`."""
        self._site = site
        self._paths = paths
        self.checklist = checklist

    @property
    def book(self) -> CaseBook:
        """The cases that wait."""
        return case_book(self._site.engine, self.checklist)

    @property
    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._site.clock()

    @property
    def day(self) -> date:
        """The day in Thailand."""
        return self.now.astimezone(BANGKOK).date()

    def queue(self, wanted: Wanted) -> Queue:
        """The cases that wait and are wanted."""
        return self.book.queue(wanted, self.day)

    def questions(self, cases: Collection[Case]) -> dict[int, str]:
        """What is asked in each of these cases, by the number of its verdict."""
        return self.book.questions(cases)

    def case(self, unit: str, item: str) -> CaseView:
        """The unit's item as it stands now, whether it waits or not; raises `NotFound`."""
        result, verdict = self._found(unit, item)
        waivers = self._site.store.waivers(self.checklist.key, unit)
        checked = moment_text(result.checked_at)
        addresses = (self._frame(verdict, result), self._page(unit, item, result.scan_id))
        return case_view(self.checklist, result, verdict, waivers, self.day, checked, addresses)

    def decide(self, viewer: Viewer, unit: str, item: str, answer: Answer) -> Waiver:
        """Keep the viewer's answer to the case.

        Raises `Refused`, `NotFound`, `BadInput` for what cannot be decided, and `Overtaken` when
        the case is another by now; nothing is kept then.
        """
        viewer.require(Right.REVIEW)
        viewer.require_unit(unit)
        seen = _mark(answer.mark)
        result, _verdict = self._found(unit, item)
        waivers = self._site.store.waivers(self.checklist.key, unit)
        if one := holding(waivers, result, item, self.day):
            raise Overtaken(_decided_already(one))
        wish = Wish(item, answer.kind, viewer.display, answer.reason, answer.until, viewer.name)
        try:
            made = decision(self.checklist.key, result, wish, self.now, self.day)
            return self._site.store.decide(made, seen)
        except DecisionRefusedError as refused:
            raise BadInput(refused.thai) from refused
        except OvertakenError as overtaken:
            raise Overtaken(_why_overtaken(overtaken)) from overtaken

    def undo(self, viewer: Viewer, number: int, why: str, unit: str = "", item: str = "") -> Waiver:
        """End a decision; its trail stays. Why may be left out for one's own of the last hours.

        Raises `NotFound` for no such decision (about that unit and item), `BadInput` without a
        reason, `Overtaken` for one that was ended already.
        """
        viewer.require(Right.REVIEW)
        found = self._site.store.waiver(number)
        if found is None or (unit and (found.unit_id, found.item) != (unit, item)):
            raise NotFound("ไม่มีผลการพิจารณาหมายเลขนี้")
        viewer.require_unit(found.unit_id)
        own = found.account == viewer.name and self.now - found.made_at < UNDO_WITHIN
        if not why.strip() and not own:
            raise BadInput("ต้องบอกเหตุผลที่ถอนคืนผลการพิจารณา เพื่อให้ตรวจสอบย้อนหลังได้")
        if len(why) > _MOST_WHY:
            raise BadInput(f"เหตุผลยาวเกิน {_MOST_WHY:,} ตัวอักษร")
        try:
            return self._site.store.end_waiver(number, viewer.display, why.strip() or AT_ONCE)
        except StoreError as error:
            raise Overtaken("ผลการพิจารณานี้ถูกถอนคืนไปก่อนแล้ว") from error

    def last_own(self, viewer: Viewer) -> Waiver | None:
        """The newest decision that the viewer may take back with one key."""
        return self._site.store.last_waiver(self.checklist.key, viewer.name, self.now - UNDO_WITHIN)

    def name_of(self, unit: str) -> str:
        """What the unit was called when it was last checked; its id for one that never was."""
        newest = select(UnitRow.name).where(UnitRow.unit_id == unit).order_by(UnitRow.id.desc())
        with reading(self._site.engine) as session:
            return session.scalar(newest.limit(1)) or unit

    def _found(self, unit: str, item: str) -> tuple[UnitResult, ItemVerdict]:
        if item not in {one.id for one in self.checklist.items}:
            raise NotFound
        with reading(self._site.engine) as session:
            scan = newest_scan_with(session, self.checklist.key, unit, item)
        if scan is None:
            raise NotFound
        result = self._site.store.unit_result(scan, unit)
        return result, next(one for one in result.verdicts if one.item == item)

    def _page(self, unit: str, item: str, scan_id: int) -> str:
        return item_page(unit, item, scan_id) if ITEM in self._paths else ""

    def _frame(self, verdict: ItemVerdict, result: UnitResult) -> str:
        if FRAME not in self._paths or verdict.verdict is not Verdict.REVIEW:
            return ""
        archive = Archive(self._site.evidence_place, self._site.engine)
        copies = archive.of_unit(result.scan_id, result.unit.id, verdict.item)
        return frame_of(verdict, result.unit.id, result.scan_id, copies)


def _mark(text: str) -> CaseMark:
    try:
        return CaseMark.read(text)
    except ValueError:
        raise BadInput("แบบฟอร์มนี้ไม่ครบ เปิดเรื่องนี้ใหม่แล้วลองอีกครั้ง") from None


def _decided_already(waiver: Waiver) -> str:
    return (
        f"{waiver.made_by} พิจารณาข้อนี้แล้วเมื่อ {moment_text(waiver.made_at)}: "
        f"{KINDS[waiver.kind]} ({waiver.reason}) ระบบจึงไม่ได้บันทึกซ้ำ"
    )


def _why_overtaken(overtaken: OvertakenError) -> str:
    one = overtaken.waiver
    if one is not None and one.ended_at is None:
        return _decided_already(one)
    return "ระหว่างที่เปิดอยู่ ผลตรวจหรือผลการพิจารณาของข้อนี้เปลี่ยนไป ดูเรื่องนี้อีกครั้งก่อนตัดสิน ระบบยังไม่ได้บันทึก"
