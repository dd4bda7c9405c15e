"""Pictures for the pack: screenshots as they were taken, pages of archived files drawn now."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

from evidence.capture import CaptureKind, Kept
from results.papers.evidence_sheet import Picture
from results.pictures import PageToShow
from results.speech import moment_text
from results.word.pictures import CANNOT_BE_SHOWN, FORMATS
from sweep.second_look import draw_pages

if TYPE_CHECKING:
    from results.report import ItemFinding

MOST_PAGES = 4
_PIECES = 2
_TALL = 1.2
"""A screenshot is shown in pieces at most so much taller than wide, as a sheet of paper holds."""


@dataclass
class Pictures:
    """Files of the pack, what the sheet shows of them, and files by line number."""

    files: dict[str, bytes] = field(default_factory=dict)
    shown: tuple[Picture, ...] = ()
    named: dict[int, str] = field(default_factory=dict)


def pictures_of(
    finding: ItemFinding, captures: Sequence[Kept], held: Mapping[int, bytes]
) -> Pictures:
    """The item's pictures; `held` are the captures' bytes by line number."""
    found = Pictures()
    for number, one in enumerate(
        (x for x in captures if x.capture.kind is CaptureKind.SCREENSHOT and x.seq in held), 1
    ):
        name = f"screenshots/{number:02d}.jpg"
        found.files[name] = held[one.seq]
        found.named[one.seq] = name
        found.shown += tuple(_pieces(one, held[one.seq], name))
    for number, (caption, content) in enumerate(_pages(finding, captures, held), 1):
        name = f"pages/{number:02d}{_ending(content)}"
        found.files[name] = content
        found.shown += (Picture(caption, content, name),)
    return found


def _pieces(kept: Kept, content: bytes, name: str) -> Iterator[Picture]:
    """The top of a screenshot as one or two pictures that can be read on paper."""
    said = f"ภาพหน้าเว็บ {kept.capture.final_url} ถ่ายเมื่อ {moment_text(kept.capture.fetched_at)}"
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            whole = opened.convert("RGB")
    except CANNOT_BE_SHOWN:
        return
    step = round(whole.width * _TALL)
    for number in range(_PIECES):
        top, bottom = number * step, min((number + 1) * step, whole.height)
        if bottom - top < 40 or (number and _is_blank(whole, top, bottom)):
            return
        piece = io.BytesIO()
        whole.crop((0, top, whole.width, bottom)).save(piece, "JPEG", quality=80)
        yield Picture(said if not number else f"{said} (ต่อ)", piece.getvalue(), name)


def _is_blank(picture: Image.Image, top: int, bottom: int) -> bool:
    extrema = picture.crop((0, top, picture.width, bottom)).convert("L").getextrema()
    return extrema[0] == extrema[1]


def _pages(
    finding: ItemFinding, captures: Sequence[Kept], held: Mapping[int, bytes]
) -> Iterator[tuple[str, bytes]]:
    """The quoted pages of archived PDFs and pictures, else the first page of each."""
    drawable = {
        one.capture.payload_sha256: one
        for one in captures
        if one.seq in held and one.capture.kind is CaptureKind.RESPONSE and _drawn(held[one.seq])
    }
    quoted = [q for element in finding.elements for q in element.quotes if q.sha256 in drawable]
    places = [(q.sha256, q.page or 1) for q in quoted]
    places += [(sha256, 1) for sha256 in drawable if sha256 not in {q.sha256 for q in quoted}]
    wanted = [
        PageToShow(finding.item, drawable[sha256].capture.final_url, sha256, page)
        for sha256, page in list(dict.fromkeys(places))[:MOST_PAGES]
    ]
    for picture in draw_pages(wanted, lambda sha256: held[drawable[sha256].seq]):
        place = picture.place
        at = moment_text(drawable[place.sha256].capture.fetched_at)
        yield f"หน้า {place.page} ของ {place.url} ตามไฟล์ที่เก็บเมื่อ {at}", picture.content


def _drawn(body: bytes) -> bool:
    return body[:1024].find(b"%PDF-") >= 0 or body.startswith((b"\x89PNG", b"\xff\xd8\xff"))


def _ending(content: bytes) -> str:
    return ".png" if content.startswith(b"\x89PNG") else ".webp"
