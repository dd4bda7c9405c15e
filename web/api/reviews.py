"""The review queue and people's decisions, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field

from accounts.roles import Right
from checklist.profile import UnitType
from checklist.verdict import Verdict
from results.cases import Wanted
from results.deciding import MOST_REASON
from results.decisions import WaiverText
from results.waivers import Waiver, WaiverKind
from web.pages.review import desk_of
from web.reviewing.asking import wanted_of
from web.reviewing.desk import Answer, Desk
from web.reviewing.trail import told_decisions
from web.viewer import OnSite, SignedIn, needs, one_deed, record

router = APIRouter(prefix="/api/v1", tags=["reviews"])
UnitId = Annotated[str, Path(max_length=200, description="รหัสหน่วยงาน")]
ItemId = Annotated[str, Path(pattern=r"^[A-Z][0-9]{1,2}$", description="ข้อ เช่น O12")]
Short = Annotated[str, Query(max_length=300)]


class ReviewCase(BaseModel):
    """A case that waits; `points` of the assessment's 100 hang on the item."""

    unit: str
    name: str
    unit_type: UnitType | None
    scan: int
    item: str
    title: str
    points: float
    reasons: list[str]
    question: str


class ReviewQueue(BaseModel):
    """A part of the queue: `total` cases wait, `cases` begin behind the first `skipped`."""

    total: int
    skipped: int
    cases: list[ReviewCase]


class ItemDecisions(BaseModel):
    """An item of a unit: its verdict without decisions, and every decision about it.

    `mark` goes with an answer, so that nobody decides about what they did not see.
    """

    unit: str
    item: str
    scan: int
    verdict: Verdict | None
    question: str
    mark: str
    decisions: list[WaiverText]


class NewDecision(BaseModel):
    """A decision; `until` is the last day it holds, `mark` that of the item when it was read."""

    kind: WaiverKind
    reason: Annotated[str, Field(min_length=1, max_length=MOST_REASON)]
    mark: Annotated[str, Field(min_length=1, max_length=60)]
    until: date | None = None


class StoredDecision(BaseModel):
    """A decision as it was kept."""

    id: int
    unit: str
    item: str
    kind: WaiverKind
    made_by: str
    made_at: datetime
    reason: str
    until: date | None
    ended_at: datetime | None
    ended_by: str
    ended_why: str


@router.get("/reviews", summary="เรื่องที่รอเจ้าหน้าที่พิจารณา", dependencies=[Depends(needs(Right.REVIEW))])
def reviews(
    request: Request,
    site: OnSite,
    listed: Annotated[Literal["review", "error"], Query(alias="list")] = "review",
    item: Short = "",
    owner: Short = "",
    unit_type: Annotated[str, Query(alias="type", max_length=20)] = "",
    reason: Short = "",
    skipped: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    most: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ReviewQueue:
    """The cases that wait, dearest item first."""
    desk = desk_of(request, site)
    wanted = wanted_of(desk.checklist, listed, item, owner, unit_type, reason)
    return _queue(desk, wanted, skipped, most)


@router.get("/units/{unit}/items/{item}/decisions", summary="ผลการพิจารณาของข้อหนึ่ง")
def item_decisions(
    request: Request, site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId
) -> ItemDecisions:
    """Every decision about the item, newest first, as each stands now."""
    viewer.require_unit(unit)
    case = desk_of(request, site).case(unit, item)
    return ItemDecisions(
        unit=case.unit,
        item=case.item,
        scan=case.scan_id,
        verdict=case.finding.verdict,
        question=case.finding.question,
        mark=str(case.mark),
        decisions=list(case.decisions),
    )


@router.get("/units/{unit}/decisions", summary="ผลการพิจารณาทั้งหมดของหน่วยงาน")
def unit_decisions(
    request: Request, site: OnSite, viewer: SignedIn, unit: UnitId
) -> list[WaiverText]:
    """Every decision about the unit, newest first, as each stands now."""
    viewer.require_unit(unit)
    checklist = site.checklist()
    made = site.store.waivers(checklist.key, unit)
    day = desk_of(request, site).day
    return [one.text for one in told_decisions(site.store, checklist, made, day)]


@router.post(
    "/units/{unit}/items/{item}/decisions",
    summary="บันทึกผลการพิจารณา",
    status_code=201,
    dependencies=[Depends(needs(Right.REVIEW))],
)
@one_deed
def decide(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    wish: NewDecision,
) -> StoredDecision:
    """Keep a decision; 409 when the case has changed since it was read."""
    desk = desk_of(request, site)
    made = desk.decide(viewer, unit, item, Answer(wish.kind, wish.reason, wish.until, wish.mark))
    record(
        request, viewer, "review.decided", f"unit:{unit}",
        {"item": item, "decision": made.id, "kind": made.kind.value, "reason": made.reason},
    )  # fmt: skip
    return _stored(made)


@router.delete(
    "/units/{unit}/items/{item}/decisions/{number}",
    summary="ถอนคืนผลการพิจารณา",
    dependencies=[Depends(needs(Right.REVIEW))],
)
@one_deed
def undo(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="หมายเลข")],
    reason: Annotated[str, Query(max_length=MOST_REASON, description="เหตุผลที่ถอนคืน")] = "",
) -> StoredDecision:
    """End a decision; its trail stays. One's own of the last hours needs no reason."""
    ended = desk_of(request, site).undo(viewer, number, reason, unit, item)
    record(
        request, viewer, "review.undone", f"unit:{unit}",
        {"item": item, "decision": ended.id, "why": ended.ended_why},
    )  # fmt: skip
    return _stored(ended)


def _queue(desk: Desk, wanted: Wanted, skipped: int, most: int) -> ReviewQueue:
    queue = desk.queue(wanted)
    shown = queue[skipped : skipped + most]
    asked = desk.questions(shown)
    titles = {item.id: item.title for item in desk.checklist.items}
    points = desk.book.ordering.points
    cases = [
        ReviewCase(
            unit=one.unit,
            name=one.name,
            unit_type=one.unit_type,
            scan=one.scan_id,
            item=one.item,
            title=titles.get(one.item, ""),
            points=points.get(one.item, 0.0),
            reasons=list(one.reasons),
            question=asked.get(one.row, ""),
        )
        for one in shown
    ]
    return ReviewQueue(total=len(queue), skipped=skipped, cases=cases)


def _stored(waiver: Waiver) -> StoredDecision:
    return StoredDecision(
        id=waiver.id,
        unit=waiver.unit_id,
        item=waiver.item,
        kind=waiver.kind,
        made_by=waiver.made_by,
        made_at=waiver.made_at,
        reason=waiver.reason,
        until=waiver.until,
        ended_at=waiver.ended_at,
        ended_by=waiver.ended_by,
        ended_why=waiver.ended_why,
    )
