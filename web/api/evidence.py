"""The evidence of a verdict, for programs: the same rights, the same copies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from checklist.verdict import Verdict
from evidence.capture import CaptureKind, Kept
from results.decisions import WaiverText
from results.report import ItemFinding
from web.evidence.answers import download, original_name, picture_answer, safe_answer
from web.evidence.case import Case, NumberedQuote
from web.evidence.differing import Difference
from web.evidence.opening import (
    Opened,
    drawn_page,
    opened_case,
    opened_copy,
    shown_page,
)
from web.evidence.versions import addresses_of, compared, kept_versions
from web.evidence.viewing import LOST
from web.faults import NotFound, Unavailable
from web.pages.evidence import AnyScan, ItemId, PageNumber, ScanId, Seq, UnitId
from web.viewer import OnSite, SignedIn

router = APIRouter(prefix="/api/v1", tags=["evidence"])

_ITEM = "/units/{unit}/items/{item}"
Number = Annotated[int, Path(ge=1, le=10_000, description="ข้อความที่ยกมา นับจาก 1")]


class CopyAnswer(BaseModel):
    """A copy in the archive; `line` is its number in the manifest."""

    line: int
    url: str
    final_url: str
    status: int
    kind: CaptureKind
    content_type: str
    sha256: str
    size: int
    fetched_at: datetime
    entry_window: bool


class QuoteAnswer(BaseModel):
    """A quote by its number: the element it speaks for, and the line of the copy it is from."""

    number: int
    element: str
    text: str
    line: int | None


class ScanAnswer(BaseModel):
    """A scan that judged the item."""

    scan: int
    as_of: date
    checked_at: datetime
    verdict: Verdict


class EvidenceAnswer(BaseModel):
    """An item's verdict in a scan with its quotes, copies, decisions, and the scans there are.

    `verdict` is what the check found; `finding` tells it under people's decisions. `letter` is a
    text for the site's provider when the item could not be checked.
    """

    unit: str
    unit_name: str
    checklist: str
    scan: int
    checked_at: datetime
    verdict: Verdict
    finding: ItemFinding
    quotes: list[QuoteAnswer]
    copies: list[CopyAnswer]
    entered: list[str]
    decisions: list[WaiverText]
    letter: str
    scans: list[ScanAnswer]


class DifferenceAnswer(BaseModel):
    """What an address showed in two scans; a side without a copy is `None`.

    So is the difference where the bytes are the same or cannot be opened, which `fault` explains.
    """

    url: str
    before: CopyAnswer | None
    after: CopyAnswer | None
    same_bytes: bool
    difference: Difference | None
    fault: str


@router.get(_ITEM, summary="หลักฐานของผลตรวจข้อหนึ่ง: ผล ข้อความที่ยกมา และสำเนา")
def evidence(
    site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId, scan: AnyScan = None
) -> EvidenceAnswer:
    """The item's evidence in a scan, the newest without one."""
    case = opened_case(site, viewer, unit, item, scan)
    return EvidenceAnswer(
        unit=case.result.unit.id,
        unit_name=case.result.unit.name,
        checklist=case.checklist.key,
        scan=case.info.id,
        checked_at=case.result.checked_at,
        verdict=case.verdict.verdict,
        finding=case.finding,
        quotes=[_quote(one) for one in case.quotes],
        copies=[copy_answer(one) for one in (*case.copies, *case.screenshots)],
        entered=list(case.entered),
        decisions=list(case.waivers),
        letter=case.cause.letter if case.cause else "",
        scans=[
            ScanAnswer(
                scan=one.scan_id, as_of=one.as_of, checked_at=one.checked_at, verdict=one.verdict
            )
            for one in case.scans
        ],
    )


@router.get(
    _ITEM + "/quotes/{number}/page",
    summary="สำเนาที่ยกข้อความมา เป็นหน้า HTML ที่ไม่มีสคริปต์ พร้อมแถบสีที่ข้อความ",
    response_class=Response,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
)
def quote_page(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    number: Number,
    scan: AnyScan = None,
    shown: Annotated[Literal["", "text"], Query(alias="as")] = "",
) -> Response:
    """The copy that a quote is from, as a safe page with the quote marked."""
    opened = _of_quote(site, viewer, unit, item, number, scan)
    return safe_answer(shown_page(opened, None, as_text=shown == "text"))


@router.get(
    _ITEM + "/quotes/{number}/picture",
    summary="ภาพหน้าของ PDF หรือภาพที่ยกข้อความมา พร้อมกรอบสีที่ข้อความ",
    response_class=Response,
)
def quote_picture(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    number: Number,
    scan: AnyScan = None,
    page: PageNumber = None,
) -> Response:
    """A drawn page of the copy that a quote is from, PNG or WebP."""
    opened = _of_quote(site, viewer, unit, item, number, scan)
    stands = opened.quote.quote.page if opened.quote else None
    view = drawn_page(opened, page or stands or 1)
    return picture_answer(view.content, view.answer.media)


@router.get(
    _ITEM + "/scans/{scan}/copies/{seq}/original",
    summary="ไฟล์ต้นฉบับของสำเนา",
    response_class=Response,
)
def original(
    site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId, scan: ScanId, seq: Seq
) -> Response:
    """The archived bytes of a copy."""
    case = opened_case(site, viewer, unit, item, scan)
    opened = opened_copy(case, site, seq)
    body = opened.body()
    if body is None:
        raise Unavailable(LOST)
    return download(body, original_name(opened.kept, item))


@router.get(_ITEM + "/difference", summary="สิ่งที่ URL หนึ่งแสดงในการตรวจสองครั้ง ต่างกันอย่างไร")
def difference(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    before: Annotated[int, Query(ge=1, le=2**31 - 1, description="การตรวจครั้งก่อน")],
    after: Annotated[int, Query(ge=1, le=2**31 - 1, description="การตรวจครั้งหลัง")],
    url: Annotated[str, Query(max_length=4_000, description="ไม่ระบุคือ URL แรกของข้อ")] = "",
) -> DifferenceAnswer:
    """The texts of an address in two scans compared line by line."""
    case = opened_case(site, viewer, unit, item, after)
    addresses = addresses_of(case)
    chosen = url or next(iter(addresses), "")
    if chosen not in addresses:
        raise NotFound("ข้อนี้ไม่มีสำเนาของ URL นี้")
    copies, _ = kept_versions(site, case, chosen)
    found = compared(site, case, chosen, copies, (before, after))
    return DifferenceAnswer(
        url=chosen,
        before=copy_answer(found.before) if found.before else None,
        after=copy_answer(found.after) if found.after else None,
        same_bytes=found.same_bytes,
        difference=found.difference,
        fault=found.fault,
    )


def copy_answer(kept: Kept) -> CopyAnswer:
    """What is told of a copy."""
    one = kept.capture
    return CopyAnswer(
        line=kept.seq,
        url=one.url,
        final_url=one.final_url,
        status=one.status,
        kind=one.kind,
        content_type=one.content_type,
        sha256=one.payload_sha256,
        size=one.size,
        fetched_at=one.fetched_at,
        entry_window=one.entry_window,
    )


def _quote(one: NumberedQuote) -> QuoteAnswer:
    return QuoteAnswer(
        number=one.number,
        element=one.element,
        text=one.text.text,
        line=one.copy.seq if one.copy else None,
    )


def _of_quote(
    site: OnSite, viewer: SignedIn, unit: str, item: str, number: int, scan: int | None
) -> Opened:
    case: Case = opened_case(site, viewer, unit, item, scan)
    chosen = case.quote(number)
    if chosen is None or chosen.copy is None:
        raise NotFound("ไม่มีข้อความที่ยกมาลำดับนี้ หรือคลังหลักฐานไม่มีสำเนาของข้อความนี้")
    return opened_copy(case, site, chosen.copy.seq, number)
