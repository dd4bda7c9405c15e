"""A document prepared for judging: its passages in match form, sorted into evidence and the rest.

Evidence is the document's own text. Menus, footers, hidden text, the checklist's own wording
and link texts that only name another document are not.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from checklist.criteria import is_criteria_wording
from checklist.evidence import Document, Passage, Region, TextSource
from checklist.lines import Line, excerpt
from checklist.pointers import PointerFinder
from checklist.searching import Texts, stands_in
from checklist.story import is_story
from checklist.thai import letters_of, match_form
from checklist.verdict import Quote, Tier

EVIDENCE_REGIONS = frozenset({Region.HEADING, Region.MAIN, Region.TABLE})
FURNITURE_REGIONS = frozenset({Region.NAV, Region.FOOTER, Region.ATTRIBUTE, Region.TITLE})
HTML_SOURCES = frozenset({TextSource.HTML, TextSource.RENDERED})

_COUNTED = re.compile(r"\d{1,3}(?:,\d{3})+|\d(?:บาท|%|คน|ราย|ครั้ง|เรื่อง|แห่ง|หมู่บ้าน|รุ่น)|ร้อยละ\d")
_FEWEST_ENTRIES = 3
_LATIN = re.compile("[a-z]")
_LINES_ACROSS = 4
_SHORT_LINE = 80
_OPENING_LINES = 8
_OPENING_CHARS = 600
_MEMORY = 512
_ENDED = "\u0002"
"""Stands between a line and its headings; no text in match form holds it."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a term was found."""

    line: Line
    term: str


class Reading:
    """A document's lines in match form, computed once and kept for all probes and items."""

    def __init__(self, document: Document) -> None:
        """Prepare `document`; lines are worked out when first asked for."""
        self.document = document
        self._found: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` gives, worked out once for this document and `key`."""
        if key not in self._found:
            self._found[key] = find()
        found: Found = self._found[key]
        return found

    @property
    def is_html(self) -> bool:
        """True for web pages, whose tables and menus are known as such."""
        return self.document.source in HTML_SOURCES

    @cached_property
    def from_picture(self) -> bool:
        """True when some of the text was read from a picture by OCR."""
        return any(p.source is TextSource.OCR for p in self.document.passages)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every passage that may be evidence, pointers included and marked."""
        links = (link for link in self.document.links if link.region in EVIDENCE_REGIONS)
        here = self.document.fetch.final_url
        pointers = PointerFinder(links, here) if self.is_html else None
        found = []
        for passage in self.document.passages:
            if passage.region in EVIDENCE_REGIONS and not is_criteria_wording(passage.text):
                form = match_form(passage.text)
                if form:
                    pointer = bool(pointers and pointers.is_pointer(passage, form))
                    found.append(Line(passage, form, pointer))
        return tuple(found)

    @cached_property
    def evidence(self) -> tuple[Line, ...]:
        """The lines that may prove an element."""
        return tuple(line for line in self.lines if not line.pointer)

    @cached_property
    def furniture(self) -> tuple[Line, ...]:
        """Menus, footers, titles and alternative texts: for functions of a page only."""
        return tuple(
            Line(passage, match_form(passage.text))
            for passage in self.document.passages
            if passage.region in FURNITURE_REGIONS
        )

    @cached_property
    def criteria(self) -> tuple[Passage, ...]:
        """Passages in which the checklist itself speaks."""
        return tuple(
            p
            for p in self.document.passages
            if p.region in EVIDENCE_REGIONS and is_criteria_wording(p.text)
        )

    @cached_property
    def body(self) -> str:
        """All evidence in match form, run together; for quick tests only."""
        return "".join(line.form for line in self.evidence)

    @cached_property
    def opening(self) -> tuple[Line, ...]:
        """The first lines, which name a document; on a web page those above its sections."""
        taken: list[Line] = []
        size = 0
        for line in self.evidence[:_OPENING_LINES]:
            if self.is_html and taken and line.passage.region is Region.HEADING:
                break
            taken.append(line)
            size += len(line.form)
            if size > _OPENING_CHARS:
                break
        return tuple(taken)

    def find(
        self, term: str, *, rows_only: bool = False, headings_only: bool = False
    ) -> Hit | None:
        """The first evidence line that holds `term`, text before headings.

        `rows_only` wants a table row, or, where the format knows no tables, a line with a
        figure or one beside it.
        """
        places: Sequence[int] = self._texts.holding(term)
        if places and headings_only:
            places = [p for p in places if self._is_heading(p)]
        elif places and rows_only:
            places = [p for p in places if p in self.row_places]
        if places:
            if not headings_only:
                places = [p for p in places if p not in self._bare_headings]
            first = next((p for p in places if not self._is_heading(p)), next(iter(places), None))
            return None if first is None else Hit(self.evidence[first], term)
        if self.is_html or rows_only or headings_only or not self._may_run_on(term):
            return None
        return self.once(("across", term), lambda: self._find_across(term))

    @cached_property
    def _bare_headings(self) -> frozenset[int]:
        """Places of headings of a web page with nothing below: a picture, a promise not kept."""
        if not self.is_html:
            return frozenset()
        after = (*self.evidence[1:], None)
        return frozenset(
            place
            for place, (line, below) in enumerate(zip(self.evidence, after, strict=True))
            if self._is_heading(place) and _is_bare(line.passage, below.passage if below else None)
        )

    def _is_heading(self, place: int) -> bool:
        return self.evidence[place].passage.region is Region.HEADING

    def holding(self, term: str) -> tuple[int, ...]:
        """The places in `evidence` of the lines that have `term`."""
        return self._texts.holding(term)

    def places_of(self, letters: str) -> Iterable[int]:
        """The places in `evidence`, in order, of the lines whose match form has these letters."""
        return self._texts.having(letters)

    def headings_holding(self, terms: Iterable[str]) -> list[int]:
        """The places in `evidence`, in order, of the headings that have one of the terms."""
        places = {place for term in terms for place in self.holding(term)}
        return sorted(filter(self._is_heading, places))

    def places_under(self, term: str) -> frozenset[int]:
        """The places in `evidence` of lines that may have `term`, or a heading above them."""
        return self.once(("under", term), lambda: frozenset(self._headed.having(letters_of(term))))

    @cached_property
    def _headed(self) -> Texts:
        """The lines, each with the headings above it."""
        return Texts(
            [
                _ENDED.join((line.form, *map(match_form, line.passage.heading_path)))
                for line in self.evidence
            ]
        )

    @cached_property
    def _texts(self) -> Texts:
        return Texts([line.form for line in self.evidence], [x.by_ocr for x in self.evidence])

    @cached_property
    def rows(self) -> tuple[Line, ...]:
        """Table rows; where there are none, lines with figures and their neighbours.

        On a web page without tables several entries with amounts or counts stand for rows, unless
        it is a news story.
        """
        return tuple(self.evidence[place] for place in sorted(self.row_places))

    @cached_property
    def row_places(self) -> frozenset[int]:
        """The places in `evidence` of `rows`."""
        lines = enumerate(self.evidence)
        rows = frozenset(place for place, x in lines if x.passage.region is Region.TABLE)
        if rows and (self.is_html or self.document.source is TextSource.XLSX):
            return rows
        if self.is_html and not self._lists_figures:
            return frozenset()
        last = len(self.evidence)
        return frozenset(
            near
            for place, line in enumerate(self.evidence)
            if line.has_figure
            for near in range(max(0, place - 2), min(place + 2, last))
        )

    @property
    def _lists_figures(self) -> bool:
        entries = [x for x in self.evidence if x.passage.region is Region.MAIN]
        counted = sum(bool(_COUNTED.search(x.form)) for x in entries)
        return counted >= _FEWEST_ENTRIES and not is_story(self)

    def _find_across(self, term: str) -> Hit | None:
        """Where a term runs over the lines of a narrow column or a wrapped title."""
        for place in self._windows.maybe(term):
            line = self.evidence[place]
            if any(stands_in(text, term, by_ocr=line.by_ocr) for text in self._run_on(place)):
                return Hit(line, term)
        return None

    def _may_run_on(self, term: str) -> bool:
        if self.from_picture:
            return True
        form = match_form(term)
        return form in self.body or bool(_LATIN.search(form))

    def _run_on(self, place: int) -> Iterator[str]:
        """The end of a line with the beginnings of the lines that follow it on its page."""
        line = self.evidence[place]
        joined = line.form[-_SHORT_LINE:]
        for other in self.evidence[place + 1 : place + _LINES_ACROSS]:
            if len(joined) > 3 * _SHORT_LINE or other.passage.page != line.passage.page:
                return
            joined += other.form[:_SHORT_LINE]
            yield joined

    @cached_property
    def _windows(self) -> Texts:
        """For each line the longest text that it runs on to, which may end sooner."""
        runs = [list(self._run_on(place)) for place in range(len(self.evidence))]
        ends = [[len(text) for text in run] for run in runs]
        texts = [run[-1] if run else "" for run in runs]
        return Texts(texts, [x.by_ocr for x in self.evidence], ends)

    def quote(self, line: Line, tier: Tier = Tier.EXACT, term: str = "") -> Quote:
        """Quote a line, shortened around `term` when it is long."""
        return Quote.of(self.document, line.passage, excerpt(line.passage.text, term), tier)


def _is_bare(heading: Passage, below: Passage | None) -> bool:
    if below is None:
        return True
    beside = below.region is Region.HEADING and len(heading.heading_path) > 0
    return beside and len(below.heading_path) <= len(heading.heading_path)


_readings: OrderedDict[int, Reading] = OrderedDict()


def reading_of(document: Document) -> Reading:
    """The document's reading, kept for as long as it is in use.

    The reading holds the document, so an identity cannot be reused while it is remembered.
    """
    key = id(document)
    reading = _readings.get(key)
    if reading is None or reading.document is not document:
        reading = _readings[key] = Reading(document)
    try:
        _readings.move_to_end(key)
    except KeyError:
        # Another thread, judging another unit, made room meanwhile.
        _readings[key] = reading
    while len(_readings) > _MEMORY:
        _readings.popitem(last=False)
    return reading


def forget(documents: Iterable[Document]) -> None:
    """Let go of the readings of documents that are judged: they are larger than the documents."""
    for document in documents:
        reading = _readings.get(id(document))
        if reading is not None and reading.document is document:
            _readings.pop(id(document), None)


def readings(documents: Iterable[Document]) -> Iterator[Reading]:
    """The readings of several documents, in order."""
    return (reading_of(document) for document in documents)
