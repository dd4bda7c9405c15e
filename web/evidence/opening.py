"""What a viewer may open of the archive: only through the unit, item and scan it is evidence of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from checklist.evidence import TextSource
from checklist.loader import ChecklistError
from database.texts import storable
from evidence.archive import Archive
from evidence.capture import CaptureKind, Kept
from results.speech import BANGKOK
from web.evidence.case import Case, Wanted, case_of
from web.evidence.quoting import NOWHERE, Spot
from web.evidence.safe_page import picture_page
from web.evidence.tasks import Body, PageTask, PictureTask
from web.evidence.viewing import View, ViewError, Viewing
from web.faults import NotFound, Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from checklist.schema import Checklist
    from web.evidence.case import NumberedQuote
    from web.site import Site
    from web.viewer import Viewer

VIEWS = "views"
"""The folder of what was made to be looked at, below the installation's own."""
_DRAWN = (TextSource.PDF, TextSource.OCR, TextSource.IMAGE)
_NOT_KEPT = "คลังหลักฐานไม่มีสำเนานี้ในข้อและครั้งที่ตรวจนี้"
_SCANNED = "หน้านี้เป็นภาพ ข้อความที่ยกมาอ่านจากภาพ จึงระบุตำแหน่งในภาพไม่ได้"


def archive_of(site: Site) -> Archive:
    """The evidence archive beside the site's database."""
    return Archive(site.evidence_place, site.engine)


@cache
def viewing_at(folder: Path) -> Viewing:
    """What makes views and keeps them below `folder`; one for the life of the program."""
    return Viewing(folder)


def opened_case(site: Site, viewer: Viewer, unit: str, item: str, scan: int | None) -> Case:
    """The evidence of an item; raises `NotFound` for what is not there or not the viewer's."""
    viewer.require_unit(unit)
    if storable(unit) != unit:
        raise NotFound

    def checklist_of(key: str) -> Checklist | None:
        try:
            return site.checklist(key)
        except ChecklistError:
            return None

    today = site.clock().astimezone(BANGKOK).date()
    wanted = Wanted(unit, item, scan, site.checklist().key, today)
    found = case_of(site.store, archive_of(site), checklist_of, wanted)
    if found is None:
        raise NotFound("ยังไม่มีผลตรวจของข้อนี้ หรือไม่ใช่ของหน่วยงานที่ท่านดูแล")
    return found


@dataclass(frozen=True)
class Opened:
    """A copy that the viewer may open, and the quote to mark in it, if one is asked for."""

    site: Site
    case: Case
    kept: Kept
    quote: NumberedQuote | None = None

    def body(self) -> bytes | None:
        """The archived bytes; `None` when they are gone or damaged."""
        return archive_of(self.site).body(self.kept)

    @property
    def about(self) -> Body:
        """What the worker is told of the copy."""
        one = self.kept.capture
        return Body(
            sha256=one.payload_sha256,
            address=one.answered_from,
            content_type=one.content_type[:200],
            rendered=one.kind is CaptureKind.RENDERED,
            file_name=one.file_name[:200],
        )

    @property
    def drawn(self) -> bool:
        """Whether a page of the copy is drawn rather than its text shown."""
        return is_drawn(self.kept, self.quote)


def is_drawn(kept: Kept, quote: NumberedQuote | None) -> bool:
    """Whether a copy is a PDF or a picture, of which a page is drawn."""
    if quote is not None:
        return quote.quote.source in _DRAWN and _has_pages(kept)
    return _has_pages(kept)


def _has_pages(kept: Kept) -> bool:
    one = kept.capture
    named = one.file_name.lower().endswith((".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp"))
    declared = one.content_type.lower()
    return named or "pdf" in declared or declared.startswith("image/")


def opened_copy(case: Case, site: Site, seq: int, quote: int = 0) -> Opened:
    """The copy with that line number; raises `NotFound` unless the item's evidence names it."""
    kept = case.kept(seq)
    chosen = case.quote(quote) if quote else None
    if kept is None or (quote and chosen is None):
        raise NotFound(_NOT_KEPT)
    if chosen is not None and chosen.quote.sha256 != kept.capture.payload_sha256:
        raise NotFound(_NOT_KEPT)
    return Opened(site, case, kept, chosen)


def shown_page(opened: Opened, page: int | None, *, as_text: bool) -> str:
    """The safe page of a copy: a page of a PDF drawn, all else as text; the quote marked.

    Raises `NotFound` or `Unavailable` with the reason when it cannot be shown, ever or now.
    """
    if not opened.drawn or as_text:
        return _text_page(opened)
    quote = opened.quote
    number = page or (quote.quote.page if quote else None) or 1
    try:
        view = drawn_page(opened, number)
    except NotFound:
        return _text_page(opened)
    said = _told_of_picture(quote, view, page)
    return picture_page(
        view.answer.media, view.content, view.answer.down, said, f"ภาพหน้า {number} ของไฟล์ที่เก็บไว้"
    )


def _told_of_picture(quote: NumberedQuote | None, view: View, page: int | None) -> list[str]:
    if quote is None or (page is not None and page != quote.quote.page):
        return []
    if view.answer.spot is not Spot.NOWHERE:
        return []
    return [_SCANNED if quote.quote.source is not TextSource.PDF else NOWHERE]


def drawn_page(opened: Opened, number: int) -> View:
    """A drawn page (from 1) of a copy, with the quote marked; raises as `shown_page` does."""
    if not _has_pages(opened.kept):
        raise NotFound("สำเนานี้ไม่ใช่ PDF หรือภาพ จึงไม่มีภาพของหน้า")
    quote = opened.quote.quote if opened.quote else None
    marks = quote is not None and quote.page in (None, number)
    task = PictureTask(body=opened.about, text=quote.text if quote and marks else "", page=number)
    return _viewed(opened, task)


def _text_page(opened: Opened) -> str:
    quote = opened.quote.quote if opened.quote else None
    task = PageTask(body=opened.about)
    if quote is not None:
        task = PageTask(
            body=opened.about,
            text=quote.text,
            region=quote.region,
            headings=quote.heading_path,
        )
    return _viewed(opened, task).content.decode("utf-8", "replace")


def _viewed(opened: Opened, task: PageTask | PictureTask) -> View:
    viewing = viewing_at(opened.site.home / VIEWS)
    try:
        return viewing.view(task, opened.body)
    except ViewError as error:
        raise (NotFound if error.for_good else Unavailable)(error.thai) from error
