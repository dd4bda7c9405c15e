"""A legacy Word file (.doc, Word 97 to 2003) as a `Document`.

Read after Microsoft's open specification [MS-DOC]: the piece table gives the text (Thai stands in
UTF-16), the formatted-page tables give heading styles, row ends and hidden runs. Programs that
print such files wrap table cells into columns, so their rows cannot be told from lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Passage, Region, TextSource, Trail
from crawler.extract.doc_pieces import WordText, read_text
from crawler.extract.ole import OleFile
from crawler.extract.plain import RowCollector, title_of
from crawler.extract.problems import damaged, locked
from crawler.extract.text import collapse, file_name_of, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMAT = "ไฟล์ Word รุ่นเก่า (.doc) "
_PARAGRAPH_END = re.compile(r"[\r\x07\x0c]")
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*(?=\x15)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_doc(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read paragraphs, headings, tables, notes, page headers and text boxes.

    Raises:
        UnreadableError: the file is damaged, locked, or older than Word 97.
    """
    container = OleFile(body)
    if container.stream("EncryptedPackage") is not None:
        raise locked()
    text = read_text(container)
    if text is None:
        raise damaged(_FORMAT)
    if text.locked:
        raise locked()
    rows = RowCollector()
    _main(text, rows)
    body_lines = [p for p in rows.passages if p.region is not Region.HIDDEN]
    first_row = next((i for i, p in enumerate(body_lines) if p.table is not None), len(body_lines))
    title = title_of(p.text for p in body_lines[:first_row])
    for region, start, end in text.parts:
        for words in _PARAGRAPH_END.split(text.shown(start, end)):
            if has_words(clean := _clean(words)):
                rows.passages.append(Passage(clean, region))
    return Document(
        fetch=fetch,
        source=TextSource.DOCX,
        title=title,
        passages=tuple(rows.passages),
        tables=tuple(rows.tables),
        file_name=file_name_of(fetch.final_url or fetch.url),
        trail=trail,
    )


def _main(text: WordText, rows: RowCollector) -> None:
    """The body's paragraphs and tables in order."""
    headings: list[tuple[int, str]] = []
    table: list[tuple[str, ...]] = []
    cells: list[str] = []
    cell: list[str] = []
    for start, end, mark in _paragraphs(text):
        words = _clean(text.shown(start, end))
        path = tuple(name for _, name in headings)
        if has_words(unseen := _clean(text.unseen(start, end))):
            rows.passages.append(Passage(unseen, Region.HIDDEN, path))
        if mark == "\x07" and text.ends_row(end):
            table.append(tuple(cells))
            cells = []
            continue
        if text.in_table(end):
            cell.append(words)
            if mark == "\x07":
                cells.append(collapse(" ".join(cell)))
                cell = []
            continue
        _end_table(table, rows, path)
        if not has_words(words):
            continue
        level = text.level(end)
        if level is None:
            rows.passages.append(Passage(words, Region.MAIN, path))
            continue
        headings = [pair for pair in headings if pair[0] < level]
        path = tuple(name for _, name in headings)
        rows.passages.append(Passage(words, Region.HEADING, path))
        headings.append((level, words))
    _end_table(table, rows, tuple(name for _, name in headings))


def _paragraphs(text: WordText) -> Iterator[tuple[int, int, str]]:
    """Start, place of the mark, and mark of each paragraph of the body."""
    start = 0
    for match in _PARAGRAPH_END.finditer(text.body):
        yield start, match.start(), match.group()
        start = match.end()
    if start < len(text.body):
        yield start, len(text.body), ""


def _end_table(table: list[tuple[str, ...]], rows: RowCollector, path: tuple[str, ...]) -> None:
    kept = [row for row in table if any(row)]
    table.clear()
    if max((len(row) for row in kept), default=0) > 1:
        rows.add_table(kept, heading_path=path)
    else:
        rows.passages.extend(Passage(row[0], Region.MAIN, path) for row in kept)


def _clean(text: str) -> str:
    """`text` without the codes of fields (page numbers, links) and other control signs."""
    before = None
    while before != text:
        before, text = text, _FIELD_CODE.sub("", text)
    return collapse(_CONTROL.sub("", text.replace("\x1e", "-").replace("\x0b", " ")))
