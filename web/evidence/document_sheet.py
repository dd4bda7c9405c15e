"""A document that the reader read (Word, Excel, PDF, text) as a sheet of its passages."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.evidence import Document, Passage, Region
from web.evidence.pieces import Piece, Sheet, Sort

MOST_PASSAGES = 30_000
_NEVER = (Region.ATTRIBUTE, Region.METADATA)


def document_sheet(document: Document) -> Sheet:
    """The passages in order: headings, paragraphs, rows of tables; pages under their numbers."""
    passages = document.passages
    pieces = [
        piece
        for run in _runs(passages[:MOST_PASSAGES])
        for piece in (_table(run) if run[0].table is not None else _block(run[0]))
    ]
    title = document.title or document.file_name
    return Sheet(title, "ชื่อเอกสาร", list(_paged(pieces)), len(passages) > MOST_PASSAGES)


def _runs(passages: tuple[Passage, ...]) -> Iterator[list[Passage]]:
    """The rows of one table together, every other passage by itself."""
    run: list[Passage] = []
    for passage in passages:
        joins = run and passage.table is not None and run[-1].table == passage.table
        if run and not (joins and run[-1].page == passage.page):
            yield run
            run = []
        run.append(passage)
    if run:
        yield run


def _table(rows: list[Passage]) -> Iterator[Piece]:
    yield _page_of(rows[0])
    yield Piece(Sort.OPEN, "table")
    for row in rows:
        yield Piece(Sort.OPEN, "tr")
        for cell in row.text.split("\t"):
            yield Piece(Sort.OPEN, "td")
            yield _text(cell, row)
            yield Piece(Sort.CLOSE, "td")
        yield Piece(Sort.CLOSE, "tr")
    yield Piece(Sort.CLOSE, "table")


def _block(passage: Passage) -> Iterator[Piece]:
    yield _page_of(passage)
    if passage.region is Region.HIDDEN:
        yield Piece(Sort.HIDDEN, passage.text, region=Region.HIDDEN)
        return
    if passage.region in _NEVER:
        yield Piece(Sort.TOOLTIP, passage.text)
        return
    name = "h3" if passage.region is Region.HEADING else "p"
    yield Piece(Sort.OPEN, name)
    for number, line in enumerate(passage.text.split("\n")):
        if number:
            yield Piece(Sort.OPEN, "br")
        yield _text(line, passage)
    yield Piece(Sort.CLOSE, name)


def _text(text: str, passage: Passage) -> Piece:
    path = passage.heading_path
    return Piece(Sort.TEXT, text, region=passage.region, headings=path)


def _page_of(passage: Passage) -> Piece:
    return Piece(Sort.OPEN, "page", str(passage.page or ""))


def _paged(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with a line where a page begins, in place of every passage's own number."""
    page = ""
    for piece in pieces:
        if piece.sort is Sort.OPEN and piece.value == "page":
            if piece.url and piece.url != page:
                page = piece.url
                yield Piece(Sort.OPEN, "page")
                yield Piece(Sort.TEXT, f"หน้า {page}", region=Region.METADATA)
                yield Piece(Sort.CLOSE, "page")
        else:
            yield piece
