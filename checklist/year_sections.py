"""A page that shows several years one below the other: only the year asked for is evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Passage, Region
from checklist.mentions import Precision, TimeRole, find_mentions
from checklist.reading import HTML_SOURCES, reading_of

if TYPE_CHECKING:
    from checklist.fiscal import FiscalYear


def of_the_year(document: Document, year: FiscalYear) -> Document:
    """The page less the sections headed by other years; the page itself when it has none.

    Only a page whose headings name `year` and at least one other year is cut; what stands
    above the first of these headings stays.
    """
    if document.source not in HTML_SOURCES:
        return document
    return reading_of(document).once(("of the year", year), lambda: _less(document, year))


def _less(document: Document, year: FiscalYear) -> Document:
    """`document` without the sections of other years than `year`."""
    headed = {p.text: found for p in document.passages if (found := _year_of(p)) is not None}
    if year not in headed.values() or len(set(headed.values())) < 2:
        return document
    others = {text for text, found in headed.items() if found != year}

    def kept(path: tuple[str, ...]) -> bool:
        return not any(part in others for part in path)

    gone = {p.table for p in document.passages if p.table is not None and not kept(p.heading_path)}
    passages = tuple(p for p in document.passages if kept(p.heading_path) and p.text not in others)
    return replace(
        document,
        passages=tuple(p for p in passages if p.table not in gone),
        links=tuple(x for x in document.links if kept(x.heading_path)),
        images=tuple(x for x in document.images if kept(x.heading_path)),
        embeds=tuple(x for x in document.embeds if kept(x.heading_path)),
    )


def _year_of(passage: Passage) -> FiscalYear | None:
    """The one fiscal year that a heading names."""
    if passage.region is not Region.HEADING:
        return None
    years = {
        mention.fiscal_year
        for mention in find_mentions(passage.text)
        if mention.precision is Precision.YEAR and mention.role is TimeRole.CONTENT
    }
    return years.pop() if len(years) == 1 else None
