"""The evidence of a verdict: what was asked, what was found, the archived copy with the quote."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from evidence.capture import CaptureKind, Kept
from results.formats.files import report_stem
from results.wording import TIERS, size
from sweep.evidence_pack import Asked, NoEvidenceError, evidence_pack
from web.evidence.answers import download, original_name, picture_answer, safe_answer
from web.evidence.case import Case, NumberedQuote
from web.evidence.opening import (
    archive_of,
    drawn_page,
    is_drawn,
    opened_case,
    opened_copy,
    shown_page,
)
from web.evidence.safe_page import message_page
from web.evidence.versions import addresses_of, compared, kept_versions
from web.evidence.viewing import LOST
from web.faults import NotFound, TooSoon, Unavailable
from web.render import page
from web.viewer import OnSite, SignedIn, record

router = APIRouter()

UnitId = Annotated[str, Path(max_length=200, description="รหัสหน่วยงาน")]
ItemId = Annotated[str, Path(pattern=r"^[A-Z][0-9]{1,2}$", description="ข้อ เช่น O12")]
ScanId = Annotated[int, Path(ge=1, le=2**31 - 1, description="ครั้งที่ตรวจ")]
Seq = Annotated[int, Path(ge=1, le=2**53, description="เลขรายการของสำเนาในบัญชีหลักฐาน")]
QuoteNumber = Annotated[int, Query(ge=0, le=10_000, description="ข้อความที่ยกมา นับจาก 1")]
PageNumber = Annotated[int | None, Query(alias="page", ge=1, le=5_000, description="หน้าของไฟล์")]
AnyScan = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="ครั้งที่ตรวจ ไม่ระบุคือล่าสุด")]

_KINDS = {
    CaptureKind.RESPONSE: "ตามที่เว็บไซต์ส่งมา",
    CaptureKind.RENDERED: "หลังสคริปต์ทำงานในเบราว์เซอร์",
    CaptureKind.SCREENSHOT: "ภาพหน้าเว็บ",
}
_PACKING = threading.BoundedSemaphore(2)
_ITEM = "/units/{unit}/items/{item}"
_COPY = _ITEM + "/scans/{scan}/copies/{seq}"


@dataclass(frozen=True)
class Panel:
    """What the page shows beside the elements: a copy, and the quote marked in it."""

    kept: Kept
    quote: NumberedQuote | None
    drawn: bool
    as_text: bool

    @property
    def frame(self) -> str:
        """The rest of the frame's address, behind that of the copy."""
        asked = [f"quote={self.quote.number}"] if self.quote else []
        asked += ["as=text"] if self.drawn and self.as_text else []
        return "/page" + ("?" + "&".join(asked) if asked else "") + ("#quote" if self.quote else "")


@router.get(_ITEM)
def evidence(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    scan: AnyScan = None,
    quote: QuoteNumber = 0,
    copy: Annotated[int, Query(ge=0, le=2**53)] = 0,
    shown: Annotated[Literal["", "text"], Query(alias="as")] = "",
) -> Response:
    """The item's verdict, its elements with their quotes, and the copy that one of them is from."""
    case = opened_case(site, viewer, unit, item, scan)
    items = [one.id for one in case.checklist.items]
    at = items.index(item)
    return page(
        request,
        "evidence.html",
        case=case,
        panel=_panel(case, quote, copy, shown == "text"),
        chosen=quote,
        elements={one.id: one for one in case.finding.elements},
        quotes=_by_element(case),
        silent=[url for url in case.entered if url not in {k.capture.url for k in case.copies}],
        around=(items[at - 1] if at else "", items[at + 1] if at + 1 < len(items) else ""),
        kinds=_KINDS,
        tiers=TIERS,
        size=size,
        here=f"/units/{case.result.unit.id}/items/{item}",
    )


def _panel(case: Case, number: int, seq: int, as_text: bool) -> Panel | None:
    """The copy asked for, else that of the first quote, else what stood at a given address."""
    asked = case.quote(number) if number else None
    if asked is None and not seq:
        asked = next((one for one in case.quotes if one.copy is not None), None)
    kept = case.kept(seq) if seq else (asked.copy if asked else None)
    if kept is None and not number:
        given = [one for one in case.copies if one.capture.url in case.entered]
        kept = next(iter([*given, *case.copies]), None)
    if kept is None:
        return None
    quote = asked if not seq else None
    return Panel(kept, quote, is_drawn(kept, quote), as_text)


def _by_element(case: Case) -> dict[str, list[NumberedQuote]]:
    found: dict[str, list[NumberedQuote]] = {}
    for one in case.quotes:
        found.setdefault(one.element, []).append(one)
    return found


@router.get(_COPY + "/page")
def copy_page(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    scan: ScanId,
    seq: Seq,
    quote: QuoteNumber = 0,
    number: PageNumber = None,
    shown: Annotated[Literal["", "text"], Query(alias="as")] = "",
) -> Response:
    """A copy as a page that can do nothing, with the quote marked, for the frame."""
    case = opened_case(site, viewer, unit, item, scan)
    opened = opened_copy(case, site, seq, quote)
    try:
        return safe_answer(shown_page(opened, number, as_text=shown == "text"))
    except (NotFound, Unavailable) as fault:
        # The usual page of a fault may not stand in a frame.
        return safe_answer(message_page(fault.thai), fault.status)


@router.get(_COPY + "/picture")
def copy_picture(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    scan: ScanId,
    seq: Seq,
    quote: QuoteNumber = 0,
    number: PageNumber = None,
) -> Response:
    """A drawn page of a PDF or picture, with the quote marked; a screenshot as it was taken."""
    case = opened_case(site, viewer, unit, item, scan)
    opened = opened_copy(case, site, seq, quote)
    if opened.kept.capture.kind is CaptureKind.SCREENSHOT:
        body = opened.body()
        if body is None:
            raise Unavailable(LOST)
        return picture_answer(body)
    stands = opened.quote.quote.page if opened.quote else None
    view = drawn_page(opened, number or stands or 1)
    return picture_answer(view.content, view.answer.media)


@router.get(_COPY + "/original")
def copy_original(
    site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId, scan: ScanId, seq: Seq
) -> Response:
    """The archived bytes, to be saved."""
    case = opened_case(site, viewer, unit, item, scan)
    opened = opened_copy(case, site, seq)
    body = opened.body()
    if body is None:
        raise Unavailable(LOST)
    return download(body, original_name(opened.kept, item))


@router.get(_ITEM + "/scans/{scan}/evidence.zip")
def pack(
    request: Request, site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId, scan: ScanId
) -> Response:
    """The pack for the clarification round: copies, pictures, hashes, and the sheet to sign."""
    case = opened_case(site, viewer, unit, item, scan)
    unit_id = case.result.unit.id
    stem = report_stem(unit_id).removeprefix("gap-")
    name = f"evidence-{stem}-{item}-scan{scan}.zip"
    asked = Asked(case.checklist, scan, unit_id, item, site.clock())
    if not _PACKING.acquire(timeout=15):
        raise TooSoon("ขณะนี้มีผู้ขอชุดหลักฐานหลายคนพร้อมกัน โปรดลองใหม่ในอีกสักครู่")
    try:
        made = evidence_pack(asked, archive_of(site), site.store, name)
    except NoEvidenceError:
        raise NotFound("คลังหลักฐานไม่มีสำเนาของข้อนี้จากการตรวจครั้งนี้") from None
    finally:
        _PACKING.release()
    record(request, viewer, "evidence.exported", f"unit:{unit_id}", {"item": item, "scan": scan})
    return download(made.content, name, "application/zip")


@router.get(_ITEM + "/compare")
def compare(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    item: ItemId,
    before: AnyScan = None,
    after: AnyScan = None,
    url: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    """What an address of the item showed in two scans, side by side."""
    case = opened_case(site, viewer, unit, item, after)
    addresses = addresses_of(case)
    chosen = url if url in addresses else next(iter(addresses), "")
    copies, versions = kept_versions(site, case, chosen)
    second = case.info.id
    older = [one.scan_id for one in copies if one.scan_id < second]
    first = before or max(older, default=0)
    return page(
        request,
        "evidence_compare.html",
        case=case,
        addresses=addresses,
        versions=versions,
        moments={one.scan_id: one.checked_at for one in case.scans},
        found=compared(site, case, chosen, copies, (first, second)) if chosen and first else None,
        chosen=chosen,
        scans=(first, second),
        size=size,
        here=f"/units/{case.result.unit.id}/items/{item}",
    )
