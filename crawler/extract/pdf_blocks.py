"""Lines of a PDF page as passages: wrapped prose joined, table lines and headings kept apart.

A PDF knows lines, not paragraphs. A line that reaches the right margin goes on in the next one,
unless that one starts an entry of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Passage, Region
from crawler.extract.text import clip, collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_COVER_LINES = 6
_PROSE = 100
_PROSE_LATER = 60
_FULL = 0.8
_MIN_FULL = 45
_TITLE_CHARS = 500
_ENTRY = re.compile(
    r"\s*(?:[-•●○▪■□✓➢*–—]|[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)](?!\d)|"
    r"[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+\s|\([0-9๐-๙]{1,2}\)|[ก-ฮ][.)]\s|\([ก-ฮ]\)|"
    r"ข้อ\s*[0-9๐-๙]|หมวด|ส่วนที่|บทที่|มาตรา\s*[0-9๐-๙]|เรื่อง\s|เรียน\s|ที่มา)"
)
_ENTRY_STRICT = re.compile(r"\s*(?:[-•●○▪■✓➢*]|[0-9๐-๙]{1,2}\s*[.)]\s)")
_WORDS = re.compile(r"[ก-ฮA-Za-z]{2}|[ก-ฮ][^ก-ฮ\s][ก-ฮ]")
_NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*")
_GLUE_LEFT = re.compile(r"[\u0e00-\u0e7f]$")
_GLUE_RIGHT = re.compile(r"^[\u0e00-\u0e7f]")
_THAI_DIGIT = re.compile(r"[๐-๙]")


def page_lines(text: str) -> list[str]:
    """The lines of a page that hold words, whitespace collapsed."""
    return [line for line in map(collapse, text.splitlines()) if has_words(line)]


def page_passages(text: str, page: int, *, is_cover: bool, title_lines: int = 0) -> list[Passage]:
    """The passages of one page; on the cover the first short lines are headings.

    `title_lines` says how many of the cover's lines are known to be set as a title.
    """
    lines = page_lines(text)
    head = max(_cover_length(lines), title_lines) if is_cover else 0
    passages = [Passage(line, Region.HEADING, page=page) for line in lines[:head]]
    passages.extend(Passage(block, Region.MAIN, page=page) for block in _join(lines[head:]))
    return passages


def cover_title(passages: Sequence[Passage]) -> str:
    """The document's title: the headings of its cover, joined, without stray page numbers."""
    cover = [passage.text for passage in passages if passage.region is Region.HEADING]
    return clip(" ".join(line for line in cover if _WORDS.search(line)), _TITLE_CHARS)


def _cover_length(lines: Sequence[str]) -> int:
    """How many of the first lines belong to the cover: up to six, before prose or a table.

    Two full lines in a row are prose; a single one may be a long title if it comes early.
    """
    margin = _margin(lines)
    for index, line in enumerate(lines[:_COVER_LINES]):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        full = len(line) >= margin
        prose = full and (len(after) >= margin or (index > 1 and len(line) >= _PROSE_LATER))
        if prose or len(line) > _PROSE or _is_row(line) or (index and _ENTRY_STRICT.match(line)):
            return index
    return min(len(lines), _COVER_LINES)


def _margin(lines: Sequence[str]) -> int:
    """The length in characters from which a line of this page reaches the right margin."""
    lengths = sorted(map(len, lines))
    return max(_MIN_FULL, int(_FULL * lengths[int(0.9 * (len(lengths) - 1))])) if lengths else 0


def _is_row(line: str) -> bool:
    """True for a line that looks like a table row: several numbers beside few words."""
    numbers = _NUMBER.findall(line)
    return len(numbers) >= 3 and sum(map(len, numbers)) * 3 > len(line.replace(" ", ""))


def _join(lines: Sequence[str]) -> list[str]:
    """Lines as blocks: a full line and what follows it are one paragraph."""
    if not lines:
        return []
    margin = _margin(lines)
    blocks = [lines[0]]
    open_block = len(lines[0]) >= margin and not _is_row(lines[0])
    for line in lines[1:]:
        if open_block and not _is_row(line) and not _ENTRY.match(line):
            blocks[-1] = glue(blocks[-1], line)
        else:
            blocks.append(line)
        open_block = len(line) >= margin and not _is_row(line)
    return blocks


def glue(left: str, right: str) -> str:
    """Two lines of one paragraph: Thai words break without a space, other words with one."""
    thai = _GLUE_LEFT.search(left) and _GLUE_RIGHT.search(right)
    digits = _THAI_DIGIT.match(left[-1:]) and _THAI_DIGIT.match(right[:1])
    return left + right if thai and not digits else f"{left} {right}"
