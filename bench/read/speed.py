"""How fast PDF text is read, beside a bare PDFium loop over the same pages in the same run."""

from __future__ import annotations

import contextlib
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from bench.read import printed
from bench.read.faults import FAULTS, Fault, hand_made
from bench.read.generator import font_file
from bench.read.processes import Peak, Watch
from bench.read.sample import Paper
from bench.read.truetype import load
from bench.read.wording import paper
from checklist.evidence import Fetch
from crawler.extract import ExtractPool, extract

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 5
_PAPERS = 30
_FETCH = Fetch("https://bench.example/long.pdf", "https://bench.example/long.pdf")


@dataclass(frozen=True, slots=True)
class Speed:
    """One long file: pages a second of `extract` and of the bare loop, in each round."""

    name: str
    pages: int
    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over bare, round by round."""
        return tuple(a / b for a, b in zip(self.ours, self.bare, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


def long_files() -> Iterator[tuple[str, bytes]]:
    """PDFs of about 60 pages by program; those whose program is missing are left out."""
    joined = Paper(0, tuple(b for number in range(_PAPERS) for b in paper(number).blocks), ())
    yield "Chromium", printed.by_chromium([printed.as_html(joined, "Laksaman")])[0]
    with contextlib.suppress(printed.MissingProgramError):
        yield "LibreOffice", printed.by_libreoffice({"Garuda": joined})["Garuda"]
    font = load(font_file("Norasi"))
    for fault in (_fault("clean"), _fault("am_spaced"), _fault("am_lost")):
        yield f"ทำด้วยมือ: {fault.thai}", hand_made(joined, font, fault)


def _fault(name: str) -> Fault:
    return next(fault for fault in FAULTS if fault.name == name)


def measure(name: str, body: bytes) -> Speed:
    """Time both ways of reading in turn, `ROUNDS` times, after one unmeasured round."""
    pages = bare_loop(body)
    extract(body, _FETCH)
    ours, bare = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        extract(body, _FETCH)
        read = time.perf_counter()
        bare_loop(body)
        done = time.perf_counter()
        ours.append(pages / (read - began))
        bare.append(pages / (done - read))
    return Speed(name, pages, tuple(ours), tuple(bare))


def bare_loop(body: bytes) -> int:
    """Read all text with PDFium and throw it away; the number of pages."""
    document = pdfium.PdfDocument(body)
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def worker_memory(body: bytes) -> tuple[Peak | None, Peak | None]:
    """Peak memory of a reading worker and of the Poppler it starts, on one long file."""
    with Watch() as watch, ExtractPool(workers=1) as pool:
        pool.submit(body, _FETCH).result()
    return watch.largest("python"), watch.largest("pdftotext")
