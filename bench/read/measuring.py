"""What a reading is worth: characters wrong, and official phrases found by the judge's own search.

White space is left out of the character count, since matching leaves it out too: Thai has no
spaces between words and a PDF breaks lines where the page ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from bench.read.processes import cpu_seconds
from bench.read.recognising import recognised
from bench.read.wording import phrases
from checklist.evidence import Document, Fetch
from checklist.reading import EVIDENCE_REGIONS, Reading
from checklist.thai import contains, match_form, normalise
from crawler.extract import extract

if TYPE_CHECKING:
    from bench.read.sample import Sample

_YEAR_END = re.compile("(?<=25[5-7])[0-9]|(?<=๒๕[๕-๗])[๐-๙]")
_NEXT_DIGIT = dict(zip("0123456789๐๑๒๓๔๕๖๗๘๙", "1234567890๑๒๓๔๕๖๗๘๙๐", strict=True))


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: error rates 0.0 to 1.0 before and after repair, phrases, and how it was read.

    `wrongly_found` are phrases found that the file does not show, those of another year among
    them; `blank` counts the pages that
    gave no text before recognition; `problem` is the reason code of a file that was not read.
    """

    sample: Sample
    raw_error: float
    error: float
    missed: tuple[str, ...]
    wrongly_found: tuple[str, ...]
    pages: int
    blank: int
    ocr_cpu_s: float
    problem: str | None
    worst: str

    @property
    def found_share(self) -> float:
        """Share of the file's phrases that were found."""
        wanted = len(self.sample.paper.phrases)
        return (wanted - len(self.missed)) / wanted


def measure(sample: Sample) -> Measured:
    """Read a file as a sweep does, blank pages by OCR, and compare it with its paper."""
    url = f"https://bench.example/{sample.name}"
    document = extract(sample.body, Fetch(url, url))
    blank = len(document.blank_pages)
    spent = cpu_seconds()
    if blank:
        document = recognised(sample.body, document)
    spent = cpu_seconds() - spent
    truth = sample.paper.text
    raw = "".join(_texts(document))
    repaired = "\n".join(normalise(text) for text in _texts(document))
    truth_form = match_form(truth)
    reading = Reading(document)
    wanted = frozenset(sample.paper.phrases)
    others = {*phrases(), *map(_of_another_year, wanted)} - wanted
    absent = sorted(p for p in others if not contains(truth_form, p))
    return Measured(
        sample=sample,
        raw_error=error_rate(truth, raw),
        error=error_rate(normalise(truth), repaired),
        missed=tuple(p for p in sample.paper.phrases if reading.find(p) is None),
        wrongly_found=tuple(p for p in absent if reading.find(p) is not None),
        pages=document.page_count or 1,
        blank=blank,
        ocr_cpu_s=spent,
        problem=document.fetch.problem,
        worst=_worst_place(normalise(truth), repaired),
    )


def _of_another_year(phrase: str) -> str:
    """The phrase with each year made another one: found in a file, it would mislead the judge."""
    return _YEAR_END.sub(lambda end: _NEXT_DIGIT[end[0]], phrase)


def _texts(document: Document) -> list[str]:
    return [p.text for p in document.passages if p.region in EVIDENCE_REGIONS]


def error_rate(truth: str, read: str) -> float:
    """Characters to change, add or take away, as a share of the truth's; white space left out."""
    wanted = "".join(truth.split())
    return Levenshtein.distance(wanted, "".join(read.split())) / len(wanted)


def _worst_place(truth: str, read: str, size: int = 24) -> str:
    """The first place where the texts differ, as "truth → reading"; "" when they agree."""
    left, right = "".join(truth.split()), "".join(read.split())
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "equal":
            start, from_ = max(0, step.src_start - 8), max(0, step.dest_start - 8)
            return f"{left[start : start + size]} → {right[from_ : from_ + size]}"
    return ""
