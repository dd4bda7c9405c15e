"""A legacy PowerPoint file (.ppt) as a `Document`: a page a slide.

Read after Microsoft's open specification [MS-PPT]. Titles and bodies stand in the list of slides,
other text boxes in the slides themselves.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Passage, Region, Trail
from crawler.extract.ole import OleFile
from crawler.extract.problems import damaged, locked
from crawler.extract.slides import Slide, slides_document
from crawler.extract.text import collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMAT = "ไฟล์ PowerPoint รุ่นเก่า (.ppt) "
_DOCUMENT, _SLIDE, _NOTES, _LIST, _PERSIST = 0x03E8, 0x03EE, 0x03F0, 0x0FF0, 0x03F3
_KIND, _CHARS, _BYTES, _CRYPT = 0x0F9F, 0x0FA0, 0x0FA8, 0x2F14
_TITLES = {0, 6}
_OUTLINE_OF_SLIDES = 0
_MAX_DEPTH = 12
_MAX_RECORDS = 200_000
_BREAK = re.compile(r"[\r\n\x0b]")


@dataclass
class _Page:
    heads: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    instance: int
    data: bytes
    is_container: bool


def read_ppt(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read the titles and texts of each slide.

    Raises:
        UnreadableError: the file is damaged or locked.
    """
    stream = OleFile(body).stream("PowerPoint Document")
    if stream is None:
        raise damaged(_FORMAT)
    records = list(_records(stream))
    if any(record.kind == _CRYPT for record in records):
        raise locked()
    listed = [page for record in records if record.kind == _DOCUMENT for page in _listed(record)]
    drawn = [_drawn(record) for record in records if record.kind == _SLIDE]
    count = max(len(listed), len(drawn))
    if not count:
        raise damaged(_FORMAT)
    listed += [_Page() for _ in range(count - len(listed))]
    drawn += [_Page() for _ in range(count - len(drawn))]
    slides = [_slide(one, other) for one, other in zip(listed, drawn, strict=True)]
    return slides_document(slides, fetch, trail, {})


def _slide(listed: _Page, drawn: _Page) -> Slide:
    heads = tuple(dict.fromkeys([*listed.heads, *drawn.heads]))
    lines = dict.fromkeys([*listed.lines, *drawn.lines])
    passages = tuple(Passage(line, Region.MAIN) for line in lines if line not in heads)
    return Slide(heads=heads, passages=passages)


def _records(data: bytes) -> Iterator[_Record]:
    place = 0
    for _ in range(_MAX_RECORDS):
        if place + 8 > len(data):
            return
        head, kind, size = struct.unpack_from("<HHI", data, place)
        inner = data[place + 8 : place + 8 + size]
        yield _Record(kind, head >> 4, inner, head & 0xF == 0xF)
        place += 8 + size


def _listed(document: _Record) -> list[_Page]:
    """The pages of the list of slides that the document holds."""
    pages: list[_Page] = []
    for record in _records(document.data):
        if record.kind != _LIST or record.instance != _OUTLINE_OF_SLIDES:
            continue
        title = False
        for item in _records(record.data):
            if item.kind == _PERSIST:
                pages.append(_Page())
            elif item.kind == _KIND and len(item.data) >= 4:
                title = struct.unpack_from("<I", item.data)[0] in _TITLES
            elif pages and (lines := _lines(item)):
                (pages[-1].heads if title else pages[-1].lines).extend(lines)
    return pages


def _drawn(slide: _Record) -> _Page:
    """The texts of the shapes drawn on a slide, groups and text boxes opened."""
    page = _Page()
    title = False
    stack = [(record, 0) for record in reversed(list(_records(slide.data)))]
    while stack:
        record, depth = stack.pop()
        if record.kind == _KIND and len(record.data) >= 4:
            title = struct.unpack_from("<I", record.data)[0] in _TITLES
        elif record.is_container and depth < _MAX_DEPTH:
            stack.extend((inner, depth + 1) for inner in reversed(list(_records(record.data))))
        elif lines := _lines(record):
            (page.heads if title else page.lines).extend(lines)
    return page


def _lines(record: _Record) -> list[str]:
    if record.kind == _CHARS:
        text = record.data.decode("utf-16-le", "replace")
    elif record.kind == _BYTES:
        text = record.data.decode("latin-1")
    else:
        return []
    return [line for line in map(collapse, _BREAK.split(text)) if has_words(line)]
