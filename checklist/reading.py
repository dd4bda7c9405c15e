"""A document prepared for judging: its passages in match form, sorted into evidence and the rest.

Evidence is the document's own text. Menus, footers, hidden text, the checklist's own wording
and link texts that only name another document are not.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar
from urllib.parse import urldefrag

from rapidfuzz import fuzz

from checklist.criteria import is_criteria_wording
from checklist.evidence import Document, Passage, Region, TextSource
from checklist.story import is_story
from checklist.thai import contains, match_form, normalise
from checklist.verdict import Quote, Tier

EVIDENCE_REGIONS = frozenset({Region.HEADING, Region.MAIN, Region.TABLE})
FURNITURE_REGIONS = frozenset({Region.NAV, Region.FOOTER, Region.ATTRIBUTE, Region.TITLE})
HTML_SOURCES = frozenset({TextSource.HTML, TextSource.RENDERED})

_EXCERPT = 280
_LEAD = 50
_FIGURE = re.compile(r"\d")
_COUNTED = re.compile(r"\d{1,3}(?:,\d{3})+|\d(?:บาท|%|คน|ราย|ครั้ง|เรื่อง|แห่ง|หมู่บ้าน|รุ่น)|ร้อยละ\d")
_FEWEST_ENTRIES = 3
_ITEM_NUMBER = re.compile(r"^(?:oit|o|0|ข้อo?)[-.:]?\d{1,2}(?!\d)")
_LATIN = re.compile("[a-z]")
_TONES = re.compile("[่-์]")
_LONG_ENOUGH = 6
_LONG = 14
_ALIKE = 95
_LINES_ACROSS = 4
_SHORT_LINE = 80
_OPENING_LINES = 8
_OPENING_CHARS = 600
_MEMORY = 512


Found = TypeVar("Found")


@dataclass(frozen=True)
class Line:
    """A passage and its match form; `pointer` marks text that only leads elsewhere."""

    passage: Passage
    form: str
    pointer: bool = False

    @cached_property
    def text(self) -> str:
        """The passage's text repaired and still readable, with its line ends."""
        return normalise(self.passage.text)

    def holds(self, term: str) -> bool:
        """True when the line has `term`."""
        return stands_in(self.form, term, by_ocr=self.passage.source is TextSource.OCR)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Its printed lines, each in match form."""
        return tuple(match_form(row) for row in self.passage.text.splitlines())

    @property
    def has_figure(self) -> bool:
        """True when the passage holds a number, as the rows of a table do."""
        return bool(_FIGURE.search(self.form))


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
        pointers = _PointerFinder(self.document) if self.is_html else None
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
        if not self._may_hold(term):
            return None
        headings: Hit | None = None
        for line in self._searched(rows_only=rows_only, headings_only=headings_only):
            if line.holds(term):
                if line.passage.region is not Region.HEADING:
                    return Hit(line, term)
                if headings_only or line not in self._bare_headings:
                    headings = headings or Hit(line, term)
        if headings:
            return headings
        if self.is_html or rows_only or headings_only:
            return None
        return self._find_across(term)

    @cached_property
    def _bare_headings(self) -> frozenset[Line]:
        """Headings of a web page with nothing below: a picture, or a promise not kept."""
        if not self.is_html:
            return frozenset()
        bare = set()
        for line, after in zip(self.evidence, (*self.evidence[1:], None), strict=True):
            if line.passage.region is not Region.HEADING:
                continue
            if after is None or (
                after.passage.region is Region.HEADING
                and len(after.passage.heading_path) <= len(line.passage.heading_path)
                and len(line.passage.heading_path) > 0
            ):
                bare.add(line)
        return frozenset(bare)

    def _may_hold(self, term: str) -> bool:
        form = match_form(term)
        return form in self.body or self.from_picture or bool(_LATIN.search(form))

    def _searched(self, *, rows_only: bool, headings_only: bool) -> Iterable[Line]:
        if headings_only:
            return (x for x in self.evidence if x.passage.region is Region.HEADING)
        if rows_only:
            return self.rows
        return self.evidence

    @cached_property
    def rows(self) -> tuple[Line, ...]:
        """Table rows; where there are none, lines with figures and their neighbours.

        On a web page without tables several entries with amounts or counts stand for rows, unless
        it is a news story.
        """
        rows = tuple(x for x in self.evidence if x.passage.region is Region.TABLE)
        if rows and (self.is_html or self.document.source is TextSource.XLSX):
            return rows
        if self.is_html and not self._lists_figures:
            return ()
        beside = {
            near
            for index, line in enumerate(self.evidence)
            if line.has_figure
            for near in (index - 2, index - 1, index, index + 1)
        }
        return tuple(line for index, line in enumerate(self.evidence) if index in beside)

    @property
    def _lists_figures(self) -> bool:
        entries = [x for x in self.evidence if x.passage.region is Region.MAIN]
        counted = sum(bool(_COUNTED.search(x.form)) for x in entries)
        return counted >= _FEWEST_ENTRIES and not is_story(self)

    def _find_across(self, term: str) -> Hit | None:
        """Where a term runs over the lines of a narrow column or a wrapped title."""
        for index, line in enumerate(self.evidence):
            after = self.evidence[index + 1 : index + _LINES_ACROSS]
            joined = line.form[-_SHORT_LINE:]
            for other in after:
                if len(joined) > 3 * _SHORT_LINE or other.passage.page != line.passage.page:
                    break
                joined += other.form[:_SHORT_LINE]
                if stands_in(joined, term, by_ocr=line.passage.source is TextSource.OCR):
                    return Hit(line, term)
        return None

    def quote(self, line: Line, tier: Tier = Tier.EXACT, term: str = "") -> Quote:
        """Quote a line, shortened around `term` when it is long."""
        return Quote.of(self.document, line.passage, excerpt(line.passage.text, term), tier)


def stands_in(form: str, term: str, *, by_ocr: bool = False) -> bool:
    """True when `form` has `term`; OCR loses tone marks, so its text matches without them."""
    if contains(form, term):
        return True
    bare = _bare(term) if by_ocr else ""
    if len(bare) < _LONG_ENOUGH:
        return False
    read = _TONES.sub("", form)
    return bare in read or (len(bare) >= _LONG and _nearly_in(bare, read))


def _nearly_in(bare: str, read: str) -> bool:
    """True when a long wording stands in `read` but for a misread letter; figures exactly."""
    if len(read) < len(bare) - 2 or _FIGURE.search(bare):
        return False
    return fuzz.partial_ratio(bare, read, score_cutoff=_ALIKE) >= _ALIKE


@cache
def _bare(term: str) -> str:
    return _TONES.sub("", match_form(term))


class _PointerFinder:
    """Tells text that only names a document behind a link from text that is content."""

    def __init__(self, document: Document) -> None:
        self._texts: set[str] = set()
        self._rows: set[str] = set()
        here = document.fetch.final_url
        for link in document.links:
            if link.region in EVIDENCE_REGIONS and _leads_elsewhere(link.url, here):
                self._texts.add(match_form(link.text))
                self._rows.add(match_form(link.context))
        self._texts.discard("")
        self._rows.discard("")

    def is_pointer(self, passage: Passage, form: str) -> bool:
        """True when the passage is a link's text, or a short row whose point is its link."""
        if passage.region is Region.HEADING:
            return form in self._texts
        if form in self._texts:
            return True
        if form in self._rows and len(form) < 260:
            return self._is_index_row(passage, form)
        left = self._without_links(form)
        return len(left) < 12 and len(left) < 0.35 * len(form)

    def _is_index_row(self, passage: Passage, form: str) -> bool:
        left = self._without_links(form)
        if passage.table is None:
            return len(left) < 60
        cells = [cell for cell in passage.text.split("\t") if cell.strip()]
        return bool(_ITEM_NUMBER.match(form)) or len(cells) <= 2 or len(left) < 40

    def _without_links(self, form: str) -> str:
        for text in self._texts:
            form = form.replace(text, "")
        return form


def _leads_elsewhere(url: str, here: str) -> bool:
    """False for an anchor on the page itself, as the heads of accordions are."""
    lowered = url.lower()
    if lowered.startswith(("mailto:", "tel:", "javascript:", "#")):
        return False
    target, fragment = urldefrag(url)
    return bool(target) and not (fragment and target == urldefrag(here).url)


def excerpt(text: str, term: str = "", size: int = _EXCERPT) -> str:
    """At most `size` characters of `text`, around `term` where it stands literally in it."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    at = max(text.find(term), 0) if term else 0
    start = max(0, min(at - _LEAD, len(text) - size))
    cut = text[start : start + size].strip()
    return ("…" if start else "") + cut + ("…" if start + size < len(text) else "")


_readings: OrderedDict[int, Reading] = OrderedDict()


def reading_of(document: Document) -> Reading:
    """The document's reading, kept for as long as it is in use.

    The reading holds the document, so an identity cannot be reused while it is remembered.
    """
    key = id(document)
    reading = _readings.get(key)
    if reading is None or reading.document is not document:
        reading = _readings[key] = Reading(document)
    _readings.move_to_end(key)
    while len(_readings) > _MEMORY:
        _readings.popitem(last=False)
    return reading


def readings(documents: Iterable[Document]) -> Iterator[Reading]:
    """The readings of several documents, in order."""
    return (reading_of(document) for document in documents)
