"""Where a document may speak of its time: cover, headings, text, tables, link, file, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from checklist.criteria import is_criteria_wording
from checklist.evidence import Document, Passage, Region, TextSource
from checklist.mentions import find_mentions, find_parts
from checklist.reading import HTML_SOURCES, Reading
from checklist.sections import BYLINE, TITLED, title_block
from checklist.statements import Rank
from checklist.thai import match_form, normalise

if TYPE_CHECKING:
    from checklist.lines import Line

_TITLE_LENGTH = 140
_LINE_LENGTH = 300
_SUBTITLE_LINES = 5
_LEADING = 12
_STAMP = re.compile(r"(?<!\d)(?:20|25)\d\d[-_]?[01]\d[-_]?[0-3]\d(?!\d)")


def sources_of(document: Document, reading: Reading) -> Iterator[tuple[Rank, Passage]]:
    """Every passage that may speak of time, with its rank; texts normalised."""
    cover = _cover(document, reading)
    yield from ((Rank.TITLE, passage) for passage in _joined(cover))
    taken = {id(passage) for passage in cover}
    for line in reading.evidence:
        if id(line.passage) not in taken:
            heading = line.passage.region is Region.HEADING
            yield (Rank.HEADING if heading else Rank.BODY), _normal(line.passage)
    for line in reading.lines:
        if line.pointer and any(m.start < _LEADING for m in find_mentions(line.text)):
            yield Rank.ENTRY, _normal(line.passage)
    for table in document.tables:
        header = "\t".join(table.header)
        for text in (table.caption, header):
            if text and not is_criteria_wording(text):
                yield (
                    Rank.TABLE,
                    Passage(normalise(text), Region.TABLE, table.heading_path, table.page),
                )
    yield from _outside(document)


def _cover(document: Document, reading: Reading) -> list[Passage]:
    """The passages in which a document names itself."""
    headings = [x.passage for x in reading.evidence if x.passage.region is Region.HEADING]
    if document.source in HTML_SOURCES:
        depth = min((len(p.heading_path) for p in headings), default=0)
        top = [p for p in headings if len(p.heading_path) == depth][:1]
        block = [x.passage for x in title_block(reading)]
        named = [Passage(document.title, Region.TITLE)] if document.title else []
        top += [p for p in block if p not in top]
        return named + (_with_subtitle(top, reading) or _short(reading.opening[:3], _TITLE_LENGTH))
    first = [p for p in headings if (p.page or 1) == 1][:10]
    above = _short(list(takewhile(_is_text, reading.opening)), _TITLE_LENGTH) if first else []
    return [*above, *_with_subtitle(first, reading)] or _short(reading.opening, _LINE_LENGTH)


def _is_text(line: Line) -> bool:
    return line.passage.region is Region.MAIN


def _with_subtitle(headings: list[Passage], reading: Reading) -> list[Passage]:
    """Headings that name no period, with the line below their first run that may.

    A short line right below counts; a longer one, or one further down, when it names the
    document: it repeats a heading or begins as titles do.
    """
    named = any(m.names_a_year for p in headings for m in find_mentions(normalise(p.text)))
    if not headings or named:
        return headings
    forms = [match_form(p.text) for p in headings]
    for place, line in enumerate(_below_first_run(headings, reading)):
        text = line.passage.text
        short = place == 0 and len(text) <= _TITLE_LENGTH
        naming = len(text) <= _LINE_LENGTH and (
            TITLED.match(line.text) or any(form and form in line.form for form in forms)
        )
        if (short or naming) and (find_mentions(line.text) or find_parts(line.text)):
            return [*headings, line.passage]
    return headings


def _below_first_run(headings: Sequence[Passage], reading: Reading) -> Iterator[Line]:
    """The text lines below a document's first headings, up to the next heading or table."""
    lines = reading.evidence
    start = next(i for i, line in enumerate(lines) if line.passage is headings[0])
    while start < len(lines) and lines[start].passage.region is Region.HEADING:
        start += 1
    for line in lines[start : start + _SUBTITLE_LINES]:
        if line.passage.region is not Region.MAIN:
            return
        if not BYLINE.search(line.text):
            yield line


def _short(lines: Sequence[Line], length: int) -> list[Passage]:
    """Opening lines of a document without headings that may be its title."""
    return [line.passage for line in lines if len(line.passage.text) <= length]


def _joined(cover: Sequence[Passage]) -> Iterator[Passage]:
    """Adjoining lines of a paged or plain document read as one, so that a title may run on."""
    run: list[Passage] = []
    for passage in cover:
        if passage.region is Region.TITLE:
            yield _normal(passage)
        else:
            run.append(passage)
    if run:
        text = normalise("\n".join(passage.text for passage in run))
        read = any(passage.source is TextSource.OCR for passage in run)
        sure = [passage.confidence for passage in run if passage.confidence is not None]
        yield replace(
            run[0],
            text=text,
            source=TextSource.OCR if read else run[0].source,
            confidence=min(sure, default=None),
        )


def _normal(passage: Passage) -> Passage:
    return replace(passage, text=normalise(passage.text))


def _outside(document: Document) -> Iterator[tuple[Rank, Passage]]:
    """What is said about the document elsewhere: link, file name, address."""
    trail = document.trail
    for text in (trail.link_text, trail.context, *trail.heading_path[-1:]):
        text = normalise(text)
        if not is_criteria_wording(text) and (find_mentions(text) or find_parts(text)):
            yield Rank.LINK, Passage(text, Region.MAIN, trail.heading_path)
            break
    name = _STAMP.sub(" ", document.file_name)
    if name:
        yield Rank.FILE, Passage(normalise(name), Region.METADATA)
    path = urlsplit(document.fetch.final_url).path
    folder = unquote(path).rpartition("/")[0] if document.file_name else unquote(path)
    if folder.strip("/"):
        yield Rank.URL, Passage(normalise(folder), Region.METADATA)
