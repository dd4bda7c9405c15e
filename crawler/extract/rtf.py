"""An RTF file as a `Document`, through striprtf; Thai in any of the ways that RTF writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from striprtf.striprtf import rtf_to_text

from checklist.evidence import Document, Fetch, Passage, Region, TextSource, Trail
from crawler.extract.plain import RowCollector, title_of
from crawler.extract.problems import UnreadableError, damaged
from crawler.extract.quality import measure
from crawler.extract.text import collapse, file_name_of, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 40 * 1024**2
_PICTURE = re.compile(r"(?<=[\s\da-z])[0-9a-fA-F]{64,}")
_LATIN_FONT = re.compile(r"\\fcharset[01]\b")
_LATIN_PAGE = re.compile(r"\\ansicpg12\d\d\b")
_LATIN_LETTER = re.compile(r"[\u00a1-\u00ff]")
_HIDDEN = re.compile(r"\\v(?![a-z0-9-])")
_LEVEL = re.compile(r"\\outlinelevel[0-8](?!\d) ?")
_HEADING_STYLE = re.compile(r"\{\\s(\d+)(?!\d)[^{}]{0,400}?\b(?:heading \d|Title|Subtitle);", re.I)
_STYLE = re.compile(r"\\s(\d+)(?!\d) ?")
_FONTS = re.compile(r"\{[^{}]*\\fonttbl")
_FONT = re.compile(r"\\f(?P<font>\d{1,9})(?!\d)|\\fcharset(?P<charset>\d{1,9})(?!\d)")
_FIELD = re.compile(r"\{(?=\\field)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_MARK = "\x11"
_MARKED = re.compile(f"{_MARK}1")


def read_rtf(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read paragraphs and table rows.

    Thai programs write Thai bytes under fonts that claim a Western charset; the reading in which
    more of the letters are Thai is kept.

    Raises:
        UnreadableError: the file is damaged or too large.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableError("ไฟล์ RTF ใหญ่เกินกำหนด จึงไม่ได้อ่าน", "too_large")
    # Pictures stand in the file as hexadecimal digits: nothing of them is text.
    code = _PICTURE.sub("", body.decode("latin-1").replace(_MARK, ""))
    code = _tame(_marked(_HIDDEN.sub(r"\\*", code)))
    try:
        text = _plain(code)
        if len(_LATIN_LETTER.findall(text)) > 10:
            thai = _LATIN_PAGE.sub(r"\\ansicpg874", _LATIN_FONT.sub(r"\\fcharset222", code))
            text = max(text, _plain(thai), key=lambda reading: measure(reading).thai)
    except (ValueError, KeyError, IndexError, TypeError, LookupError, OverflowError) as error:
        raise damaged("ไฟล์ RTF ") from error
    if not has_words(text):
        raise damaged("ไฟล์ RTF ")
    rows = RowCollector()
    for block in _blocks(text):
        if isinstance(block, str):
            _paragraph(block, rows)
        else:
            rows.add_table(block, heading_path=_path(rows))
    first_row = next((i for i, p in enumerate(rows.passages) if p.table is not None), None)
    return Document(
        fetch=fetch,
        source=TextSource.DOCX,
        title=title_of(p.text for p in rows.passages[:first_row]),
        passages=tuple(rows.passages),
        tables=tuple(rows.tables),
        file_name=file_name_of(fetch.final_url or fetch.url),
        trail=trail,
    )


def _marked(code: str) -> str:
    """`code` with a mark in the text where a heading begins, which striprtf does not tell."""
    code = _LEVEL.sub(f"{_MARK}1", code)
    styles = frozenset(_HEADING_STYLE.findall(code))
    return _STYLE.sub(lambda found: f"{_MARK}1" if found[1] in styles else found[0], code)


def _tame(code: str) -> str:
    """`code` with its table of fonts in short and its fields apart from the braces before them.

    What striprtf looks for in both takes it minutes in a file of a few kilobytes that has been
    written for it.
    """
    begun = _FONTS.search(code)
    if begun is not None:
        end = _end_of_group(code, begun.end())
        fonts: dict[str, str] = {}
        font = ""
        for found in _FONT.finditer(code, begun.end(), end):
            font = found["font"] or font
            if font and found["charset"]:
                fonts.setdefault(font, found["charset"])
        listed = "".join(f"{{\\f{name}\\fcharset{sort} a;}}" for name, sort in fonts.items())
        code = f"{code[: begun.start()]}{{\\fonttbl{listed}}}{code[end:]}"
    return _FIELD.sub("{\n", code)


def _end_of_group(code: str, inside: int) -> int:
    """Where the group ends that `inside` stands in."""
    depth = 1
    for brace in _BRACE.finditer(code, inside):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(code)


def _paragraph(block: str, rows: RowCollector) -> None:
    """Add a paragraph; a marked one is a heading (all on one level: marks may be inherited)."""
    text = collapse(_MARKED.sub("", block))
    if not has_words(text):
        return
    if _MARKED.search(block):
        rows.passages.append(Passage(text, Region.HEADING))
    else:
        rows.passages.append(Passage(text, Region.MAIN, _path(rows)))


def _path(rows: RowCollector) -> tuple[str, ...]:
    last = next((p for p in reversed(rows.passages) if p.region is Region.HEADING), None)
    return (last.text,) if last else ()


def _plain(code: str) -> str:
    return str(rtf_to_text(code, encoding="cp874", errors="replace"))  # type: ignore[no-untyped-call]


def _blocks(text: str) -> Iterator[str | list[tuple[str, ...]]]:
    """Paragraphs, and runs of rows (a bar ends each cell) as tables."""
    table: list[tuple[str, ...]] = []
    for line in text.splitlines():
        if line.count("|") >= 2 and line.rstrip().endswith("|"):
            line = _MARKED.sub("", line)
            cells = tuple(collapse(cell) for cell in line.rstrip()[:-1].split("|"))
            if any(cells):
                table.append(cells)
            continue
        if table:
            yield table
            table = []
        if has_words(line):
            yield collapse(line)
    if table:
        yield table
