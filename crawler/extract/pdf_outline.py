"""A PDF's outline (bookmarks) as the headings under which its passages stand."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from crawler.extract.pdf_type import letters_of
from crawler.extract.text import clip, collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checklist.evidence import Passage

_MAX_ENTRIES = 1000
_MAX_DEPTH = 3
_TITLE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark: the page it leads to (from 1), its depth (from 0) and its words."""

    page: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """All bookmarks in the order of the document."""

    entries: tuple[Entry, ...] = ()

    def placed(self, passages: Sequence[Passage], page: int) -> Iterator[Passage]:
        """The passages of one page, each under the bookmarks above it.

        A bookmark begins where its words stand on its page, or with the page when they do not.
        """
        if not self.entries:
            yield from passages
            return
        keys = [letters_of(passage.text) for passage in passages]
        begins: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.page == page:
                key = letters_of(entry.title)
                place = next((i for i, words in enumerate(keys) if key and key in words), 0)
                begins.setdefault(place, []).append(entry)
        chain = self._before(page)
        for place, passage in enumerate(passages):
            for entry in begins.get(place, ()):
                chain = _below(chain, entry)
            path = tuple(entry.title for entry in chain if entry.title != passage.text)
            yield replace(passage, heading_path=path)

    def _before(self, page: int) -> list[Entry]:
        chain: list[Entry] = []
        for entry in self.entries:
            if entry.page < page:
                chain = _below(chain, entry)
        return chain


def _below(chain: list[Entry], entry: Entry) -> list[Entry]:
    return [*(held for held in chain if held.level < entry.level), entry]


def outline_of(document: pdfium.PdfDocument) -> Outline:
    """The bookmarks of `document` that lead to a page, sorted by it."""
    found: list[Entry] = []
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)
    with contextlib.suppress(pdfium.PdfiumError, ValueError, RecursionError):
        for mark in islice(document.get_toc(max_depth=_MAX_DEPTH), _MAX_ENTRIES):
            target = mark.get_dest()
            index = target.get_index() if target is not None else None
            title = clip(collapse(mark.get_title()), _TITLE_CHARS)
            if index is not None and index >= 0 and has_words(title):
                found.append(Entry(index + 1, mark.level, title))
    return Outline(tuple(sorted(found, key=lambda entry: entry.page)))
