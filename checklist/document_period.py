"""Which statements of time a document makes about itself, ranked by where they stand.

Title and headings outrank table captions, these the link that led there, then the file name,
the body, the address. The majority of years in a body is often wrong; the cover decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from checklist.criteria import is_criteria_wording
from checklist.evidence import Document, Passage, Region, TextSource
from checklist.mentions import Mention, Precision, TimeRole, YearPart, find_mentions, find_parts
from checklist.reading import HTML_SOURCES, Line, Reading, excerpt, reading_of
from checklist.sections import BYLINE, TITLED, title_block
from checklist.thai import match_form, normalise
from checklist.verdict import Quote, Tier

_TITLE_LENGTH = 140
_LINE_LENGTH = 300
_AS_OF = re.compile(r"(?:ข้อมูล|สถานะ|ผล\S{0,20})?\s*(?:ณ|ถึง|สิ้นสุด)\s*(?:สิ้น)?\s*(?:วันที่|เดือน)?\s*$")
_SUBTITLE_LINES = 5
_FEW_DAYS = 20
_LEADING = 12
_STAMP = re.compile(r"(?<!\d)(?:20|25)\d\d[-_]?[01]\d[-_]?[0-3]\d(?!\d)")
# Of years in Thai digits on rendered office scans at 200 dpi, read at this confidence or above,
# fewer than one in 500 are wrong; see bench/digits/measure.py.
SURE_OCR = 95.0
_DECIDING = (TimeRole.CONTENT, TimeRole.SUBJECT)
_DATING = (TimeRole.CONTENT, TimeRole.SIGNED, TimeRole.PUBLISHED)


class Rank(IntEnum):
    """Where a statement stands; a lower rank outweighs a higher one.

    `ENTRY`: the date before a linked title in a list of news; it only dates that entry.
    """

    TITLE = 1
    HEADING = 2
    TABLE = 3
    LINK = 4
    FILE = 5
    BODY = 6
    URL = 7
    ENTRY = 8


STRONG = (Rank.TITLE, Rank.HEADING, Rank.TABLE, Rank.LINK, Rank.FILE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A mention and the passage that makes it. `as_of` marks "ข้อมูล ณ วันที่ …"."""

    rank: Rank
    mention: Mention
    document: Document
    passage: Passage
    as_of: bool = False

    def quote(self, tier: Tier = Tier.EXACT) -> Quote:
        """The passage, shortened around the statement."""
        text = excerpt(self.passage.text, self.mention.text)
        return Quote.of(self.document, self.passage, text, tier)


@dataclass(frozen=True, slots=True)
class PartStatement:
    """A part of a year named without the year, and the passage that names it."""

    rank: Rank
    part: YearPart
    document: Document
    passage: Passage

    def quote(self, tier: Tier = Tier.EXACT) -> Quote:
        """The passage, shortened around the statement."""
        return Quote.of(
            self.document, self.passage, excerpt(self.passage.text, self.part.text), tier
        )


class PeriodReading:
    """Everything a document says about its own period."""

    def __init__(self, document: Document) -> None:
        """Prepare `document`; nothing is read before it is asked for."""
        self.document = document
        self._read: Reading = reading_of(document)
        self._naming: dict[tuple[Rank, ...], tuple[Statement, ...]] = {}

    @cached_property
    def _sourced(self) -> tuple[tuple[Rank, Passage], ...]:
        return tuple(_sources(self.document, self._read))

    @cached_property
    def _all(self) -> tuple[Statement, ...]:
        found = []
        for rank, passage in self._sourced:
            for mention in find_mentions(passage.text):
                before = passage.text[max(0, mention.start - 40) : mention.start]
                as_of = mention.precision is Precision.DAY and bool(_AS_OF.search(before))
                found.append(Statement(rank, mention, self.document, passage, as_of))
        return tuple(found)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Statements that may decide or weigh, best rank first; unsafe OCR years left out."""
        kept = [s for s in self._all if s.mention.role in _DATING or s.mention.role in _DECIDING]
        return tuple(sorted((s for s in kept if not _unsafe(s)), key=lambda s: s.rank))

    @cached_property
    def ocr_years(self) -> tuple[Statement, ...]:
        """Years known only from Thai digits read by OCR: never decisive."""
        return tuple(s for s in self._all if s.mention.role in _DATING and _unsafe(s))

    @cached_property
    def laws(self) -> tuple[Statement, ...]:
        """Years that belong to the names of laws."""
        return tuple(s for s in self._all if s.mention.role is TimeRole.LAW)

    @cached_property
    def parts(self) -> tuple[PartStatement, ...]:
        """Parts of a year without a year ("รอบ 6 เดือน"), best rank first."""
        found = [
            PartStatement(rank, part, self.document, passage)
            for rank, passage in self._sourced
            for part in find_parts(passage.text)
        ]
        return tuple(sorted(found, key=lambda part: part.rank))

    def all_naming(self, *ranks: Rank) -> tuple[Statement, ...]:
        """Statements at `ranks` that name a period, also a year whose ITA result is analysed."""
        if ranks not in self._naming:
            self._naming[ranks] = tuple(
                s for s in self.statements
                if s.rank in ranks and s.mention.names_a_year and s.mention.role in _DECIDING
            )  # fmt: skip
        return self._naming[ranks]

    def naming(self, *ranks: Rank, subject: bool = True) -> tuple[Statement, ...]:
        """Statements at `ranks` that name the document's own period.

        A year whose assessment is analysed (`subject`) counts only beside no better one.
        """
        named = self.all_naming(*ranks)
        own = tuple(s for s in named if s.mention.role is TimeRole.CONTENT)
        return own or (named if subject else ())

    def dating(self, *ranks: Rank) -> tuple[Statement, ...]:
        """Statements at `ranks` that name a day, or a few days in a row."""
        return tuple(
            s for s in self.statements
            if s.rank in ranks and s.mention.role in _DATING
            and (not s.mention.names_a_year or _is_short_stay(s.mention))
        )  # fmt: skip


def _is_short_stay(mention: Mention) -> bool:
    """True for "6 - 13 ธันวาคม 2565": the days of an event, not the period of a paper."""
    return mention.precision is Precision.RANGE and mention.period.days <= _FEW_DAYS


def _unsafe(statement: Statement) -> bool:
    """True for a year read from a picture that nothing but the reading engine vouches for.

    Thai digits as the engine reads them are wrong nearly every time; digits that were read
    again carry a confidence, and at `SURE_OCR` they count like text.
    """
    source = statement.passage.source or statement.document.source
    if source is not TextSource.OCR or statement.rank not in (
        Rank.TITLE, Rank.HEADING, Rank.TABLE, Rank.BODY,
    ):  # fmt: skip
        return False
    confidence = statement.passage.confidence
    return statement.mention.thai_digits if confidence is None else confidence < SURE_OCR


def _sources(document: Document, reading: Reading) -> Iterator[tuple[Rank, Passage]]:
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


def read_period(document: Document) -> PeriodReading:
    """The document's statements of time, kept while the document is in use."""
    return reading_of(document).once(PeriodReading, lambda: PeriodReading(document))


Fit = Callable[[Statement], "bool | None"]
"""Does a statement fit a rule: yes, no, or None for neither (it proves nothing)."""
