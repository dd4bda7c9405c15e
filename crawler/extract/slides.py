"""Slides of a presentation as a `Document`: a page a slide, its title as heading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Link, Passage, Region, Table, TextSource, Trail
from crawler.extract.plain import title_of
from crawler.extract.text import file_name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_COVER_LINES = 4
_COVER_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its title lines, what stands below (tables counted from 0), the speaker's notes.

    `pictured` says that a picture covers most of a slide without words.
    """

    heads: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    hidden: bool = False
    pictured: bool = False


def slides_document(
    slides: Sequence[Slide], fetch: Fetch, trail: Trail, metadata: dict[str, str]
) -> Document:
    """Join slides to a document; notes and hidden slides are recorded as hidden text."""
    passages: list[Passage] = []
    tables: list[Table] = []
    blank: list[int] = []
    links: list[Link] = []
    for number, slide in enumerate(slides, 1):
        shown = _as_cover(slide) if number == 1 else slide
        passages.extend(_passages(shown, number, len(tables)))
        if not slide.hidden:
            path = slide.heads[:1]
            tables.extend(replace(t, page=number, heading_path=path) for t in slide.tables)
            links.extend(slide.links)
            if slide.pictured:
                blank.append(number)
    cover = (p.text for p in passages if p.page == 1 and p.region is Region.HEADING)
    return Document(
        fetch=fetch,
        source=TextSource.TEXT,
        title=title_of(cover),
        passages=tuple(passages),
        tables=tuple(tables),
        links=tuple(links),
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        page_count=len(slides),
        blank_pages=tuple(blank),
        trail=trail,
    )


def _as_cover(slide: Slide) -> Slide:
    """The first slide: a few short lines in text boxes are its title too."""
    lines = slide.passages
    short = len(lines) <= _COVER_LINES and all(len(p.text) <= _COVER_LENGTH for p in lines)
    if not short or any(p.region is not Region.MAIN for p in lines):
        return slide
    return replace(slide, heads=(*slide.heads, *(p.text for p in lines)), passages=())


def _passages(slide: Slide, number: int, tables_before: int) -> list[Passage]:
    hidden = slide.hidden
    path = slide.heads[:1]
    region = Region.HIDDEN if hidden else Region.HEADING
    found = [Passage(text, region, page=number) for text in slide.heads]
    for passage in slide.passages:
        table = passage.table
        found.append(
            replace(
                passage,
                region=Region.HIDDEN if hidden else passage.region,
                heading_path=path,
                page=number,
                table=None if hidden or table is None else table + tables_before,
            )
        )
    found.extend(Passage(text, Region.HIDDEN, path, number) for text in slide.notes)
    return found
