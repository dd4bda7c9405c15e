"""A flip-book as a document: its text page by page, or else its pages as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.evidence import Document, Image, Passage, Region, TextSource
from crawler.extract.quality import measure

if TYPE_CHECKING:
    from checklist.evidence import Fetch
    from crawler.hosted import Book

_FEWEST_LETTERS = 40
_LEAST_SCORE = 0.5


def book_document(fetch: Fetch, book: Book, texts: tuple[str, ...]) -> Document:
    """The book as a document: the text of its pages where it has one, else only pictures.

    A text whose letters are codes of an embedded font is left out: its pages count as blank.
    """
    whole = "\n".join(texts)
    quality = measure(whole[:200_000])
    plausible = quality.score >= _LEAST_SCORE and not quality.garbled
    usable = quality.letters >= _FEWEST_LETTERS and plausible
    passages = tuple(
        Passage(" ".join(line.split()), Region.MAIN, page=number)
        for number, text in enumerate(texts if usable else (), 1)
        for line in text.splitlines()
        if line.strip()
    )
    count = max(len(book.pages), len(texts))
    written = {passage.page for passage in passages}
    title = (Passage(book.title, Region.TITLE),) if book.title else ()
    return Document(
        fetch=fetch,
        source=TextSource.TEXT if usable else TextSource.HTML,
        title=book.title,
        passages=(*title, *passages),
        images=tuple(Image(url, alt=book.title) for url in book.pages),
        page_count=count or None,
        blank_pages=tuple(n for n in range(1, count + 1) if n not in written) if usable else (),
    )
