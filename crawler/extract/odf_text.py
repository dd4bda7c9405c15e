"""Paragraphs, headings, lists, tables and text boxes of OpenDocument XML, in document order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.evidence import Link, Passage, Region
from crawler.extract.plain import RowCollector
from crawler.extract.text import collapse, has_words, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from lxml import etree

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def name(qualified: str) -> str:
    """The expanded form of a name like `text:p`, as lxml writes tags."""
    prefix, _, local = qualified.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


_P, _H, _TABLE = name("text:p"), name("text:h"), name("table:table")
_ROW, _CELL = name("table:table-row"), name("table:table-cell")
_COVERED = name("table:covered-table-cell")
_STYLE = name("text:style-name")
_IGNORED = {name("text:tracked-changes"), name("office:annotation"), name("office:forms")}
_WHITE = {name("text:s"): " ", name("text:tab"): "\t", name("text:line-break"): " "}
_MAX_CELLS_A_ROW = 60


def styles_with(
    root: etree._Element | None, properties: str, attribute: str, values: Set[str]
) -> set[str]:
    """The names of the styles whose `properties` element has `attribute` among `values`."""
    if root is None:
        return set()
    return {
        style.get(name("style:name"), "")
        for style in root.iter(name("style:style"))
        for found in style.iterchildren(name(properties))
        if found.get(name(attribute)) in values
    }


class OdfText:
    """Collects passages, tables and links; `outer` is the root of styles.xml."""

    def __init__(self, root: etree._Element, outer: etree._Element | None) -> None:
        """Learn from both roots which styles hide text and which make a title."""
        self.rows = RowCollector()
        self.links: list[Link] = []
        self._headings: list[tuple[int, str]] = []
        sources = (root, outer)
        self._unseen = {
            style
            for source in sources
            for style in styles_with(source, "style:text-properties", "text:display", {"none"})
        }
        self._titles = {"Title", "Subtitle"} | {
            style.get(name("style:name"), "")
            for source in sources
            if source is not None
            for style in source.iter(name("style:style"))
            if style.get(name("style:parent-style-name")) in {"Title", "Subtitle"}
        }

    def read(self, root: etree._Element) -> None:
        """Add every block below `root`."""
        for block in _blocks(root):
            if block.tag == _TABLE:
                self._table(block)
            else:
                self._paragraph(block)

    def read_margin(self, root: etree._Element, region: Region) -> None:
        """Add the paragraphs of a page header or footer."""
        for text in self.lines_of(root):
            self.rows.passages.append(Passage(text, region))

    def lines_of(self, root: etree._Element) -> list[str]:
        """The texts of all paragraphs below `root` that hold words."""
        texts = (collapse(self._words(block)) for block in root.iter(_P, _H))
        return [text for text in texts if has_words(text)]

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    def _paragraph(self, block: etree._Element) -> None:
        style = block.get(_STYLE, "")
        text = collapse(self._words(block, style=style))
        unseen = collapse(self._words(block, style=style, hidden=True))
        self._take_links(block, text)
        if has_words(unseen):
            self.rows.passages.append(Passage(unseen, Region.HIDDEN, self._path))
        if not has_words(text):
            return
        level = number_of(block.get(name("text:outline-level"), "1")) if block.tag == _H else None
        if style in self._titles:
            level = 1
        if level is None:
            self.rows.passages.append(Passage(text, Region.MAIN, self._path))
            return
        self._headings = [pair for pair in self._headings if pair[0] < level]
        self.rows.passages.append(Passage(text, Region.HEADING, self._path))
        self._headings.append((level, text))

    def _words(self, block: etree._Element, *, style: str = "", hidden: bool = False) -> str:
        """The block's own text, seen or hidden; blocks inside it are read on their own."""
        parts: list[str] = []
        stack: list[tuple[etree._Element | str, bool]] = [(block, style in self._unseen)]
        while stack:
            item, unseen = stack.pop()
            if isinstance(item, str):
                if unseen is hidden:
                    parts.append(item)
                continue
            inner: list[tuple[etree._Element | str, bool]] = []
            if item.text:
                inner.append((item.text, unseen))
            for child in item:
                if isinstance(child.tag, str) and not _apart(child):
                    if child.tag in _WHITE:
                        inner.append((_WHITE[child.tag], unseen))
                    else:
                        inner.append((child, unseen or child.get(_STYLE, "") in self._unseen))
                if child.tail:
                    inner.append((child.tail, unseen))
            stack.extend(reversed(inner))
        return "".join(parts)

    def _take_links(self, block: etree._Element, context: str) -> None:
        for link in block.iter(name("text:a")):
            target = link.get(name("xlink:href"), "")
            if "://" in target or target.startswith(("mailto:", "tel:")):
                text = collapse("".join(map(str, link.itertext())))
                self.links.append(Link(target, text, Region.MAIN, self._path, context[:300]))

    def _table(self, table: etree._Element) -> None:
        rows: list[tuple[str, ...]] = []
        merged: dict[int, tuple[int, str]] = {}
        nested = table.find(f".//{_CELL}//{_TABLE}") is not None
        for row in table.iter(_ROW):
            cells = self._cells(row, merged)
            if any(cells):
                rows.append(tuple(cells))
        self._take_links(table, "")
        if nested or max((len(row) for row in rows), default=0) <= 1:
            for paragraph in table.iter(_P, _H):
                self._paragraph(paragraph)
        elif rows:
            self.rows.add_table(rows, heading_path=self._path)

    def _cells(self, row: etree._Element, merged: dict[int, tuple[int, str]]) -> list[str]:
        """A row's texts; a cell merged downwards repeats the text above it."""
        cells: list[str] = []
        for cell in row:
            if cell.tag not in {_CELL, _COVERED} or len(cells) >= _MAX_CELLS_A_ROW:
                continue
            text = collapse(" ".join(self._words(part) for part in cell.iter(_P, _H)))
            left, above = merged.get(len(cells), (0, ""))
            if cell.tag == _COVERED and left > 0:
                text = text or above
                merged[len(cells)] = (left - 1, above)
            span = number_of(cell.get(name("table:number-rows-spanned"), "")) or 1
            if cell.tag == _CELL and span > 1:
                merged[len(cells)] = (min(span, 500) - 1, text)
            times = number_of(cell.get(name("table:number-columns-repeated"), "1"))
            cells.extend([text] * min(1 if times is None else times, _MAX_CELLS_A_ROW))
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _apart(element: etree._Element) -> bool:
    """True for what stands inside a paragraph and is a block, a comment or a note of its own."""
    return element.tag in {_P, _H, _TABLE} or element.tag in _IGNORED


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order; text boxes and notes after the paragraph that holds them."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in _IGNORED:
            continue
        if element.tag == _TABLE:
            yield element
            continue
        if element.tag in {_P, _H}:
            yield element
        stack.extend(reversed([child for child in element if isinstance(child.tag, str)]))
