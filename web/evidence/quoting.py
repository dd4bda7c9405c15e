"""Which pieces of a sheet a quote marks: of its text, its title, or what stands beside. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from checklist.evidence import Region
from web.evidence.letters import fold
from web.evidence.locating import Located, Match, Span, locate
from web.evidence.pieces import ASIDES, Piece, RunningText, Sheet, Sort

_ADDRESS = re.compile(r"(?:^|[\s(])((?:https?|mailto|tel|line):\S+?)\)?$")
_LABEL = re.compile(r"^\[[^\]]{1,40}\]\s*")
_ARROW = " → "
_GOOD = (Match.WHOLE, Match.NEAR, Match.SPREAD)
_AT_LEAST = 4


class Spot(StrEnum):
    """Where a quote was found: in the text, the title, beside the text, hidden, or nowhere."""

    TEXT = "text"
    TITLE = "title"
    PICTURE = "picture"
    FRAME = "frame"
    TOOLTIP = "tooltip"
    HIDDEN = "hidden"
    LINK = "link"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Asked:
    """The quote to be marked, as stored, and where it stood; an empty one marks nothing."""

    text: str = ""
    region: Region = Region.MAIN
    headings: tuple[str, ...] = ()
    page: int | None = None


@dataclass(slots=True)
class Marked:
    """What to mark: of text pieces (by number) the stretches, of asides and links their numbers."""

    spot: Spot = Spot.NOWHERE
    match: Match = Match.NONE
    stretches: dict[int, list[Span]] = field(default_factory=dict)
    whole: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The number of the first marked piece; -1 when nothing or the title is marked."""
        return min((*self.stretches, *self.whole), default=-1)


_SPOTS = {
    Spot.TITLE: "ข้อความที่ยกมาคือชื่อหน้า",
    Spot.PICTURE: "ข้อความที่ยกมาเป็นคำบรรยายของภาพ ไม่ใช่ข้อความที่แสดงในหน้า",
    Spot.FRAME: "สิ่งที่ยกมาเป็นกรอบเนื้อหาจากเว็บไซต์อื่นที่ฝังในหน้า ไม่ได้เก็บเนื้อหาในกรอบไว้",
    Spot.TOOLTIP: "ข้อความที่ยกมาแสดงเฉพาะเมื่อชี้ที่รายการ ไม่ใช่ข้อความที่แสดงในหน้า",
    Spot.HIDDEN: "ข้อความที่ยกมาเป็นข้อความที่หน้าเว็บซ่อนไว้ ผู้เข้าชมมองไม่เห็น",
}
_MATCHES = {
    Match.SPREAD: "ข้อความที่ยกมารวมจากหลายแห่งในสำเนา แถบสีคือแต่ละส่วน",
    Match.NEAR: "แถบสีคือข้อความที่ใกล้เคียงกับที่ยกมาที่สุด ไม่ตรงทุกตัวอักษร",
    Match.PART: "พบเพียงบางส่วนของข้อความที่ยกมา แถบสีคือส่วนที่พบ",
}
NOWHERE = "ระบุตำแหน่งของข้อความที่ยกมาในสำเนานี้ไม่ได้ จึงแสดงตั้งแต่ต้น"


def told_of(marked: Marked, quote: str) -> list[str]:
    """What a reader must be told of the mark, in Thai; nothing where the quote is simply there."""
    if not quote.strip():
        return []
    if marked.spot is Spot.NOWHERE:
        return [NOWHERE]
    return [said for said in (_SPOTS.get(marked.spot), _MATCHES.get(marked.match)) if said]


def mark(sheet: Sheet, asked: Asked) -> Marked:
    """Find the quote in the sheet: in its text, its title, its links, beside the text, hidden."""
    if not asked.text.strip():
        return Marked()
    text = RunningText(sheet)
    letters = fold(text.text)

    def found_in_text(quote: str) -> Located:
        return locate(letters, quote, lambda place: _fit(text.piece_at(place), asked))

    found = found_in_text(_LABEL.sub("", asked.text))
    if asked.region in (Region.ATTRIBUTE, Region.TITLE, Region.HIDDEN, Region.METADATA):
        beside = _title(sheet, asked.text) or _aside(sheet, asked.text)
        if beside is not None:
            return beside
    if found.match in _GOOD:
        return _in_text(text, found)
    beside = _address(sheet, asked.text) or _title(sheet, asked.text) or _aside(sheet, asked.text)
    if beside is not None:
        return beside
    named = _ADDRESS.search(asked.text)
    if named is not None:
        # The name of a page with its address, which itself stands nowhere on it.
        name = _LABEL.sub("", asked.text[: named.start()]).removesuffix(_ARROW.rstrip())
        titled = _title(sheet, name)
        if titled is not None:
            return titled
        found = found_in_text(name)
    return Marked() if found.match is Match.NONE else _in_text(text, found)


def _fit(piece: Piece, asked: Asked) -> int:
    same_heading = bool(asked.headings) and piece.headings[-1:] == asked.headings[-1:]
    return 2 * same_heading + (piece.region is asked.region)


def _in_text(text: RunningText, found: Located) -> Marked:
    stretches: dict[int, list[Span]] = defaultdict(list)
    for start, end in found.spans:
        for number, first, last in text.of(start, end):
            stretches[number].append((first, last))
    return Marked(Spot.TEXT, found.match, dict(stretches))


def _title(sheet: Sheet, quote: str) -> Marked | None:
    if sheet.title and locate(fold(sheet.title), quote).match in _GOOD:
        return Marked(Spot.TITLE, Match.WHOLE)
    return None


def _address(sheet: Sheet, quote: str) -> Marked | None:
    """A quote that ends in an address: the link, picture or frame of that address."""
    ending = _ADDRESS.search(quote)
    if ending is None:
        return None
    url = ending[1]
    words = fold(_LABEL.sub("", quote[: ending.start()]).removesuffix(_ARROW.rstrip())).letters
    named = [n for n, piece in enumerate(sheet.pieces) if piece.url == url]
    if not named:
        return None
    best = max(named, key=lambda n: (_says(sheet.pieces[n], words), -n))
    chosen = sheet.pieces[best]
    if chosen.sort is not Sort.TEXT:
        return Marked(Spot(chosen.sort.value), Match.WHOLE, whole=frozenset({best}))
    run = _same_link(sheet, best)
    return Marked(Spot.LINK, Match.WHOLE, whole=frozenset(run))


def _says(piece: Piece, words: str) -> bool:
    own = fold(piece.value).letters
    return bool(own) and (own in words or words in own)


def _same_link(sheet: Sheet, number: int) -> Iterator[int]:
    """The neighbouring text pieces of one link."""
    url = sheet.pieces[number].url
    while number < len(sheet.pieces):
        piece = sheet.pieces[number]
        if piece.sort is Sort.TEXT and piece.url != url:
            return
        if piece.sort is Sort.TEXT:
            yield number
        number += 1


def _aside(sheet: Sheet, quote: str) -> Marked | None:
    plain = _LABEL.sub("", quote)
    wanted = fold(plain).letters
    if len(wanted) < _AT_LEAST:
        return None
    for number, piece in enumerate(sheet.pieces):
        if piece.sort in ASIDES and wanted in fold(piece.value).letters:
            return Marked(Spot(piece.sort.value), Match.WHOLE, whole=frozenset({number}))
    return None
