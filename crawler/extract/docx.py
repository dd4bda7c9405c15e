"""A Word file (.docx) as a `Document`, read from its XML.

Text boxes and content controls hold much of the text of Thai forms and covers, and the usual
libraries pass over them; here every `w:t` is met where it stands.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Link, Passage, Region, TextSource, Trail
from crawler.extract.archive_limits import open_office, parse_xml, read_part
from crawler.extract.core_properties import core_properties
from crawler.extract.plain import RowCollector, title_of
from crawler.extract.problems import damaged
from crawler.extract.text import collapse, file_name_of, has_words, number_of

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_NAME = re.compile(r"(?:heading|หัวเรื่อง|หัวข้อ)\s*(\d)", re.IGNORECASE)
# Half points: 2 is one point.
_SPECK = 4
_WHITES = {"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"}
_NOT_OWN = {f"{_W}p", f"{_W}tbl", f"{_W}moveFrom", f"{_MC}Fallback"}
_SEPARATORS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


def read_docx(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read paragraphs, tables, text boxes, content controls, headers and footers.

    Raises:
        UnreadableError: the file is damaged, locked or a bomb.
    """
    with open_office(io.BytesIO(body)) as archive:
        part = read_part(archive, "word/document.xml")
        if part is None:
            raise damaged("ไฟล์ Word ")
        reading = _Reading(_levels(archive), _targets(archive, "word/_rels/document.xml.rels"))
        reading.read(parse_xml(_transitional(part)))
        for region, stem in ((Region.NAV, "header"), (Region.FOOTER, "footer")):
            for name in sorted(archive.namelist()):
                if re.fullmatch(rf"word/{stem}\d*\.xml", name):
                    reading.read_margin(parse_xml(read_part(archive, name) or b""), region)
        metadata = core_properties(archive)
    return reading.document(fetch, trail, metadata)


def _transitional(part: bytes) -> bytes:
    """The XML of a "strict" file under the names that all other files use."""
    for kind in (b"wordprocessingml/2006/main", b"officeDocument/2006/relationships"):
        strict = b"http://purl.oclc.org/ooxml/" + kind.replace(b"/2006", b"")
        part = part.replace(strict, b"http://schemas.openxmlformats.org/" + kind)
    return part


class _Reading:
    """What was met so far, in document order."""

    def __init__(self, levels: dict[str, int], targets: dict[str, str]) -> None:
        self._levels = levels
        self._targets = targets
        self._rows = RowCollector()
        self._links: list[Link] = []
        self._headings: list[tuple[int, str]] = []

    @property
    def _path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    def read(self, root: etree._Element) -> None:
        for block in _blocks(root):
            if block.tag == f"{_W}tbl":
                self._table(block)
            else:
                self._paragraph(block)

    def read_margin(self, root: etree._Element, region: Region) -> None:
        for paragraph in root.iter(f"{_W}p"):
            text = collapse(_text(paragraph))
            if has_words(text):
                self._rows.passages.append(Passage(text, region))

    def document(self, fetch: Fetch, trail: Trail, metadata: dict[str, str]) -> Document:
        passages = self._rows.passages
        body = [p for p in passages if p.region in {Region.HEADING, Region.MAIN, Region.TABLE}]
        leading = [
            p.text
            for p in body[
                : next(
                    (index for index, p in enumerate(body) if p.region is Region.TABLE), len(body)
                )
            ]
        ]
        return Document(
            fetch=fetch,
            source=TextSource.DOCX,
            title=title_of(leading),
            passages=tuple(passages),
            tables=tuple(self._rows.tables),
            links=tuple(self._links),
            metadata=metadata,
            file_name=file_name_of(fetch.final_url or fetch.url),
            trail=trail,
        )

    def _paragraph(self, paragraph: etree._Element) -> None:
        hidden = collapse(_text(paragraph, hidden=True))
        if has_words(hidden):
            self._rows.passages.append(Passage(hidden, Region.HIDDEN, self._path))
        text = collapse(_text(paragraph))
        self._take_links(paragraph, text)
        if not has_words(text):
            return
        level = self._level(paragraph)
        if level is None:
            self._rows.passages.append(Passage(text, Region.MAIN, self._path))
            return
        self._headings = [pair for pair in self._headings if pair[0] < level]
        self._rows.passages.append(Passage(text, Region.HEADING, self._path))
        self._headings.append((level, text))

    def _level(self, paragraph: etree._Element) -> int | None:
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (depth := number_of(outline.get(f"{_W}val", ""))) is not None:
            return depth + 1 if depth < 9 else None
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._levels.get(style.get(f"{_W}val", "")) if style is not None else None

    def _table(self, table: etree._Element) -> None:
        nested = table.find(f".//{_W}tbl") is not None
        rows: list[tuple[str, ...]] = []
        above: list[str] = []
        for row in table.iterchildren(f"{_W}tr"):
            cells = _cells(row, above)
            above = cells
            rows.append(tuple(cells))
        self._take_links(table, "")
        if nested or max((len(row) for row in rows), default=0) <= 1:
            for paragraph in table.iter(f"{_W}p"):
                if _outermost(paragraph):
                    self._paragraph(paragraph)
        elif kept := [row for row in rows if any(row)]:
            self._rows.add_table(kept, heading_path=self._path)

    def _take_links(self, block: etree._Element, context: str) -> None:
        for link in block.iter(f"{_W}hyperlink"):
            if target := self._targets.get(link.get(f"{_R}id", "")):
                text = collapse(_text(link))
                self._links.append(Link(target, text, Region.MAIN, self._path, context[:300]))


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, text boxes after the paragraph that holds them."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}tbl":
            yield element
            continue
        if element.tag == f"{_W}p":
            yield element
        if element.tag == f"{_MC}Fallback":
            continue
        stack.extend(reversed([child for child in element if isinstance(child.tag, str)]))


def _outermost(paragraph: etree._Element) -> bool:
    """False in the fallback copy of a text box, which older programs would read."""
    return next(paragraph.iterancestors(f"{_MC}Fallback"), None) is None


def _text(paragraph: etree._Element, *, hidden: bool = False) -> str:
    """The text of a paragraph's own runs: text boxes inside are blocks of their own."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _NOT_OWN:
            continue
        if tag == f"{_W}r" and _vanishes(element) is not hidden:
            # A hidden run may still anchor a text box; its own words do not count here.
            continue
        if tag == f"{_W}t":
            parts.append(element.text or "")
        elif tag in _SEPARATORS:
            parts.append(_SEPARATORS[tag])
        stack.extend(reversed(element))
    return "".join(parts)


def _vanishes(run: etree._Element) -> bool:
    """True for a run that no reader of the printed page sees: hidden, specks, white on the page."""
    form = run.find(f"{_W}rPr")
    if form is None:
        return False
    mark = form.find(f"{_W}vanish")
    if mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false", "off"}:
        return True
    size = _value(form, "sz")
    if size.isdigit() and int(size) <= _SPECK:
        return True
    return _value(form, "color").upper() in _WHITES and not _is_shaded(run, form)


def _value(form: etree._Element, name: str) -> str:
    found = form.find(f"{_W}{name}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _is_shaded(run: etree._Element, form: etree._Element) -> bool:
    """True where something dark may lie below: a table, a drawn box, a shade of its own."""
    if form.find(f"{_W}shd") is not None or form.find(f"{_W}highlight") is not None:
        return True
    if next(run.iterancestors(f"{_W}tbl", f"{_W}txbxContent"), None) is not None:
        return True
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    return paragraph is not None and paragraph.find(f"{_W}pPr/{_W}shd") is not None


def _cells(row: etree._Element, above: list[str]) -> list[str]:
    """A row's texts; a cell merged downwards repeats the text above it."""
    cells: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        paragraphs = (part for part in cell.iter(f"{_W}p") if _outermost(part))
        text = collapse(" ".join(_text(paragraph) for paragraph in paragraphs))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and not text:
            text = above[len(cells)] if len(cells) < len(above) else ""
        cells.append(text)
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = number_of(span.get(f"{_W}val", "")) if span is not None else None
        cells.extend([""] * (min(width or 1, 60) - 1))
    return cells


def _levels(archive: zipfile.ZipFile) -> dict[str, int]:
    """The heading level of each paragraph style: by its name or its outline level."""
    part = read_part(archive, "word/styles.xml")
    if part is None:
        return {}
    levels: dict[str, int] = {}
    for style in parse_xml(part).iter(f"{_W}style"):
        identity = style.get(f"{_W}styleId", "")
        name = style.find(f"{_W}name")
        label = name.get(f"{_W}val", "") if name is not None else identity
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if found := _HEADING_NAME.search(label):
            levels[identity] = int(found.group(1))
        elif label.lower() in {"title", "ชื่อเรื่อง"}:
            levels[identity] = 1
        elif outline is not None and (depth := number_of(outline.get(f"{_W}val", ""))) is not None:
            levels[identity] = depth + 1
    return levels


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    part = read_part(archive, name)
    if part is None:
        return {}
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in parse_xml(part)
        if isinstance(relation.tag, str) and relation.get("TargetMode") == "External"
    }
