"""Words that must stand in the evidence: of every group in `all` one term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.cells import WEAK_MARK
from checklist.evidence import Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.image import is_content
from checklist.reading import Reading, readings
from checklist.searching import stands_in
from checklist.thai import contains, letters_of, match_form, to_arabic_digits
from checklist.verdict import Quote, Tier

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.lines import Line

Term = Annotated[str, StringConstraints(min_length=1)]

_ALONE_MARK = "="
_NUMBER_MARK = "#"
_CONTENTS = re.compile(r"[.…·]{4,}\s*\d+\s*$", re.MULTILINE)
_PENDING = re.compile(r"^\W*(?:อยู่ระหว่าง(?:การ)?(?:จัดทำ|รวบรวม|ปรับปรุง|เรียบเรียง)|รอข้อมูล)")
_HEAD_CHARS = 140
_HEAD_WORDS = 3
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d|(?<!\d)2[45]\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Found:
    quote: Quote
    tier: Tier


class TermsProbe(Probe):
    """Words that must stand in the evidence: of every group in `all` one term.

    The first term of a group is the checklist's own wording, the others are known variants; a
    term written `~term` is weak and alone only makes the answer unsure. `#` in a term stands for
    any number (`ใช้ #`), and `=term` wants the term as a word of its own, as the heads of columns
    and sections write it. `near: table` wants the words in a table (in formats without tables:
    beside figures), `near: header` in the heads of columns, `near: heading` in headings,
    `near: text` not in a table of contents nor in a web page's heading that has no text below it;
    `within: passage` wants all groups in one passage or row, the headings above it included.
    `rows` is in how many passages each group must stand, or all of them together.
    """

    kind: Literal["terms"]
    all: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    near: Literal["anywhere", "table", "header", "heading", "text"] = "anywhere"
    within: Literal["document", "passage"] = "document"
    rows: Annotated[int, Field(ge=1)] = 1

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with a quote for every group, unsure when a group has only weak words."""
        if self.within == "passage":
            return self._look_in_passages(documents)
        found = [self._find_group(group, documents) for group in self.all]
        missing = [g for g, hit in zip(self.all, found, strict=True) if hit is None]
        quotes = _distinct(hit.quote for hit in found if hit)
        if missing and self.near == "text":
            pictured = _pictured(missing[0], documents)
            if pictured:
                question = "ใต้หัวข้อนี้มีแต่ภาพ ระบบอ่านข้อความไม่ได้"
                return unsure(question, pictured, reason="image_only")
        if missing:
            return absent("ไม่พบ " + ", ".join(_wording(group) for group in missing), *quotes)
        weak = [
            _wording(group)
            for group, hit in zip(self.all, found, strict=True)
            if hit and hit.tier is Tier.WEAK
        ]
        if weak:
            return unsure("พบเพียงถ้อยคำใกล้เคียงของ " + ", ".join(weak), *quotes)
        return present(*quotes)

    def _find_group(self, group: tuple[str, ...], documents: Sequence[Document]) -> _Found | None:
        if self.rows > 1:
            return self._find_rows(group, documents)
        together = list(readings(documents))
        for term, tier in _tiers(group):
            for reading in together:
                line = self._find(term, reading)
                if line:
                    return _Found(reading.quote(line, tier, term), tier)
        return None

    def _find(self, term: str, reading: Reading) -> Line | None:
        places = self._places(reading)
        if self.near in ("header", "text") or _is_marked(term):
            found = next((p for p in _holding(reading, term) if p in places), None)
            if found is not None:
                return reading.evidence[found]
            if self.near == "header" or _is_marked(term) or reading.is_html:
                return None
        hit = reading.find(
            term, rows_only=self.near == "table", headings_only=self.near == "heading"
        )
        told = hit and (self.near != "text" or reading.evidence.index(hit.line) in places)
        return hit.line if hit and told else None

    def _find_rows(self, group: Sequence[str], documents: Sequence[Document]) -> _Found | None:
        """The first of enough passages that hold a term; weak ones where others do not do."""
        allowed = [term for term in group if not term.startswith(WEAK_MARK)]
        weak = [term.removeprefix(WEAK_MARK) for term in group if term.startswith(WEAK_MARK)]
        for terms, tier in ((allowed, Tier.VARIANT), ([*allowed, *weak], Tier.WEAK)):
            for reading in readings(documents):
                held = {place for term in terms for place in _holding(reading, term)}
                places = sorted(held & self._places(reading))
                if len(places) >= self.rows:
                    return _Found(reading.quote(reading.evidence[places[0]], tier), tier)
        return None

    def _look_in_passages(self, documents: Sequence[Document]) -> Finding:
        weak: Quote | None = None
        for reading in readings(documents):
            sure: list[Quote] = []
            near: list[Quote] = []
            for line in self._lines(reading):
                forms = tuple(map(match_form, line.passage.heading_path))
                tiers = [_best_tier(group, line, forms) for group in self.all]
                if all(tiers):
                    tier = Tier.WEAK if Tier.WEAK in tiers else Tier.EXACT
                    (near if tier is Tier.WEAK else sure).append(reading.quote(line, tier))
                    if len(sure) >= self.rows:
                        return present(sure[0])
            if near and len(sure) + len(near) >= self.rows:
                weak = weak or near[0]
        if weak:
            return unsure("พบเพียงถ้อยคำใกล้เคียง", weak)
        return absent("ไม่พบข้อความที่มีครบทั้ง " + ", ".join(map(_wording, self.all)))

    def _lines(self, reading: Reading) -> Iterator[Line]:
        """The lines that may have a term of every group, by themselves or in their headings."""
        places: AbstractSet[int] = self._places(reading)
        for group in self.all:
            terms = [term for term, _ in _tiers(group)]
            if not any(map(_is_marked, terms)):
                places = places & {p for term in terms for p in reading.places_under(term)}
        return (reading.evidence[place] for place in sorted(places))

    def _places(self, reading: Reading) -> AbstractSet[int]:
        """The places in the evidence where `near` wants the words."""
        if self.near == "table":
            return reading.row_places
        return reading.once(("near", self.near), lambda: _places_near(reading, self.near))


def _places_near(reading: Reading, near: str) -> frozenset[int]:
    if near == "anywhere":
        return frozenset(range(len(reading.evidence)))
    lines: Sequence[Line] = [x for x in reading.evidence if x.passage.region is Region.HEADING]
    if near != "heading":
        lines = _heads(reading) if near == "header" else _with_text(reading)
    kept = {id(line) for line in lines}
    return frozenset(place for place, x in enumerate(reading.evidence) if id(x) in kept)


def _with_text(reading: Reading) -> Sequence[Line]:
    """The lines that say something: no contents pages, no headings of what is still to come."""
    lines = [x for x in reading.evidence if not _CONTENTS.search(x.passage.text)]
    empty = {i for i, x in enumerate(lines[1:]) if _PENDING.search(x.text)}
    pending = {i for i, x in enumerate(lines) if _PENDING.search(x.text)}
    lines = [x for i, x in enumerate(lines) if i not in empty | pending]
    if not reading.is_html or not lines:
        return lines
    below = (*lines[1:], None)
    text = [x for x in lines if x.passage.region is not Region.HEADING]
    headings = [
        line
        for line, after in zip(lines, below, strict=True)
        if line.passage.region is Region.HEADING
        and after is not None
        and after.passage.region is not Region.HEADING
    ]
    return [*text, *headings]


def _pictured(group: Sequence[str], documents: Sequence[Document]) -> Quote | None:
    """The heading with a term of `group` that has nothing but a picture below it."""
    for reading in readings(documents):
        pictured = {t for x in filter(is_content, reading.document.images) for t in x.heading_path}
        for line in reading.evidence if pictured else ():
            bare = line.passage.region is Region.HEADING and line.passage.text in pictured
            if bare and any(_holds(line, term.removeprefix(WEAK_MARK)) for term in group):
                return reading.quote(line)
    return None


def _heads(reading: Reading) -> Sequence[Line]:
    """Lines that head columns: the first rows of tables, or words above rows of figures."""
    tables = [x for x in reading.evidence if x.passage.table is not None]
    if tables or reading.is_html:
        first = [
            line
            for index, line in enumerate(tables)
            if not index or tables[index - 1].passage.table != line.passage.table
        ]
        after = [tables[i + 1] for i, line in enumerate(tables[:-1]) if line in first]
        return [*first, *(x for x in after if not x.has_figure)]
    lines = reading.evidence
    return [
        line
        for index, line in enumerate(lines)
        if _may_head(line) and sum(x.has_figure for x in lines[index + 1 : index + 4]) > 1
    ]


def _may_head(line: Line) -> bool:
    form = line.form
    text = line.text.strip()
    fewest = _HEAD_WORDS + (line.passage.region is Region.HEADING)
    return len(form) <= _HEAD_CHARS and len(text.split()) >= fewest and not _AMOUNT.search(form)


def _is_marked(term: str) -> bool:
    return term.startswith(_ALONE_MARK) or _NUMBER_MARK in term


def _holding(reading: Reading, term: str) -> Sequence[int]:
    """The places in the evidence of the lines that hold `term`, marked or not."""
    if not _is_marked(term):
        return reading.holding(term)
    parts = term.removeprefix(_ALONE_MARK).split(_NUMBER_MARK)
    letters = letters_of(max(parts, key=len))
    near = reading.places_of(letters) if letters else range(len(reading.evidence))
    return [place for place in near if _holds(reading.evidence[place], term)]


def _holds(line: Line, term: str) -> bool:
    if not _is_marked(term):
        return stands_in(line.form, term, by_ocr=line.by_ocr)
    text = line.text.lower() if term.startswith(_ALONE_MARK) else line.form
    return _pattern(term).search(to_arabic_digits(text)) is not None


@cache
def _pattern(term: str) -> re.Pattern[str]:
    alone = term.startswith(_ALONE_MARK)
    wording = term.removeprefix(_ALONE_MARK)
    parts = (re.escape(match_form(part)) for part in wording.split(_NUMBER_MARK))
    pattern = r"\d+".join(parts)
    return re.compile(rf"(?<![a-zก-๎]){pattern}(?![a-zก-๎])" if alone else pattern)


@cache
def _tiers(group: tuple[str, ...]) -> tuple[tuple[str, Tier], ...]:
    """The group's terms without their marks, the strong ones first, each with its tier."""
    strong = [term for term in group if not term.startswith(WEAK_MARK)]
    weak = [term.removeprefix(WEAK_MARK) for term in group if term.startswith(WEAK_MARK)]
    tiers = (Tier.EXACT if index == 0 else Tier.VARIANT for index in range(len(strong)))
    return (*zip(strong, tiers, strict=True), *((term, Tier.WEAK) for term in weak))


def _best_tier(group: tuple[str, ...], line: Line, above: Sequence[str]) -> Tier | None:
    return next(
        (
            tier
            for term, tier in _tiers(group)
            if _holds(line, term) or any(contains(form, term) for form in above)
        ),
        None,
    )


def _wording(group: Sequence[str]) -> str:
    return f"«{group[0].removeprefix(WEAK_MARK).removeprefix(_ALONE_MARK)}»"


def _distinct(quotes: Iterator[Quote]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quotes))
