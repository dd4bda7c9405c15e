"""Which statements of time a document makes about itself, ranked by where they stand."""

from __future__ import annotations

import re
from functools import cached_property

from checklist.evidence import Document, Passage, TextSource
from checklist.mentions import Mention, Precision, TimeRole, find_mentions, find_parts
from checklist.period_sources import sources_of
from checklist.reading import Reading, reading_of
from checklist.statements import PartStatement, Rank, Statement

_AS_OF = re.compile(r"(?:ข้อมูล|สถานะ|ผล\S{0,20})?\s*(?:ณ|ถึง|สิ้นสุด)\s*(?:สิ้น)?\s*(?:วันที่|เดือน)?\s*$")
_FEW_DAYS = 20
# Of years in Thai digits on rendered office scans at 200 dpi, read at this confidence or above,
# fewer than one in 500 are wrong; see bench/digits/measure.py.
SURE_OCR = 95.0
_DECIDING = (TimeRole.CONTENT, TimeRole.SUBJECT)
_DATING = (TimeRole.CONTENT, TimeRole.SIGNED, TimeRole.PUBLISHED)


class PeriodReading:
    """Everything a document says about its own period."""

    def __init__(self, document: Document) -> None:
        """Prepare `document`; nothing is read before it is asked for."""
        self.document = document
        self._read: Reading = reading_of(document)
        self._naming: dict[tuple[Rank, ...], tuple[Statement, ...]] = {}

    @cached_property
    def _sourced(self) -> tuple[tuple[Rank, Passage], ...]:
        return tuple(sources_of(self.document, self._read))

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


def read_period(document: Document) -> PeriodReading:
    """The document's statements of time, kept while the document is in use."""
    return reading_of(document).once(PeriodReading, lambda: PeriodReading(document))
