"""An HTML page as a sheet: its text with the blocks it stands in, nothing else of it.

The page is parsed as the reader parses it, so that what was judged is what is shown; what the
reader takes for hidden is set apart here as well.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import CData, NavigableString

from checklist.evidence import Region
from crawler.extract.html_facts import PageFacts, attribute, is_main, page_facts
from crawler.extract.html_links import absolute
from crawler.extract.html_regions import region_of
from crawler.extract.html_titles import HEADINGS
from crawler.extract.html_visibility import is_hidden
from crawler.extract.text import clip, collapse, has_words
from web.evidence.pieces import Piece, Sheet, Sort

MOST_TAGS = 120_000
"""Beyond so many elements a page is cut; the longest real pages have a tenth of it."""
_REGION_TAGS = 20_000
_ASIDE_CHARS = 2_000
_SPAN_MOST = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SILENT = {
    "head", "style", "template", "noscript", "select", "textarea", "svg", "canvas", "title",
    "datalist", "math", "script", "audio", "input", "link", "meta", "base",
}  # fmt: skip
_FRAMES = {"iframe", "frame", "embed", "object", "video"}
_FALLBACKS = {"object", "video"}
_BLOCKS = {
    "p": "p", "div": "div", "section": "div", "article": "div", "main": "div", "aside": "div",
    "header": "div", "footer": "div", "nav": "div", "form": "div", "fieldset": "div",
    "address": "div", "details": "div", "summary": "p", "figure": "div", "figcaption": "p",
    "dialog": "div", "center": "div", "button": "p", "legend": "p",
    "blockquote": "blockquote", "pre": "pre", "ul": "ul", "ol": "ol", "menu": "ul", "li": "li",
    "dl": "dl", "dt": "dt", "dd": "dd", "table": "table", "caption": "caption", "thead": "thead",
    "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "td": "td", "th": "th",
    "h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "del": "s",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
_QUIET = (Region.NAV, Region.FOOTER)


def page_sheet(html: str, address: str) -> Sheet:
    """The sheet of a page that is already decoded; `address` is the base of its links."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(_CONTROL.sub(" ", html), "lxml")
    base = soup.find("base", href=True)
    start = absolute(address, attribute(base, "href")) if isinstance(base, Tag) else address
    walk = _Walk(start, page_facts(soup))
    title = collapse(soup.title.get_text()) if soup.title else ""
    pieces = list(walk.pieces(soup))
    return Sheet(clip(title, _ASIDE_CHARS), pieces=pieces, cut=walk.cut)


class _Walk:
    """One pass over a page's tree without recursion, however deep it is."""

    def __init__(self, base: str, facts: PageFacts) -> None:
        self.cut = False
        self._base = base
        self._facts = facts
        self._seen = 0
        self._headings: list[tuple[int, str]] = []
        self._noted: set[str] = set()

    def pieces(self, root: Tag) -> Iterator[Piece]:
        """Every piece below `root` in order."""
        # Each entry: the children still to come, the block to close, region, in main, link.
        stack = [(iter(list(root.children)), "", Region.MAIN, False, "")]
        while stack:
            children, block, region, in_main, url = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if block:
                    yield Piece(Sort.CLOSE, block)
            elif isinstance(child, Tag):
                self._seen += 1
                if self._seen > MOST_TAGS:
                    self.cut = True
                    continue
                inner = self._region(child, region, in_main)
                yield from self._tag(child, inner)
                if self._goes_in(child, inner):
                    opened = _BLOCKS.get(child.name, "")
                    link = self._link(child) or url
                    main = in_main or is_main(child)
                    stack.append((iter(list(child.children)), opened, inner, main, link))
            elif type(child) in (NavigableString, CData) and str(child):
                path = tuple(text for _, text in self._headings)
                yield Piece(Sort.TEXT, str(child), url, region=region, headings=path)

    def _region(self, tag: Tag, current: Region, in_main: bool) -> Region:
        if tag.name in _SILENT:
            return current
        if self._seen > _REGION_TAGS:
            return Region.HIDDEN if is_hidden(tag, self._facts) else current
        found = region_of(tag, current, self._facts, in_main=in_main)
        # Inside a menu the reader no longer asks what is hidden; here it must not look shown.
        return Region.HIDDEN if found is Region.NAV and is_hidden(tag, self._facts) else found

    def _goes_in(self, tag: Tag, region: Region) -> bool:
        if region is Region.HIDDEN or tag.name in _SILENT or tag.name in ("br", "hr", "img"):
            return False
        return tag.name not in _FRAMES or tag.name in _FALLBACKS

    def _tag(self, tag: Tag, region: Region) -> Iterator[Piece]:
        """What `tag` itself gives, before what stands in it."""
        name = tag.name
        if name in _SILENT:
            return
        if region is Region.HIDDEN:
            words = collapse(tag.get_text(" "))
            if has_words(words):
                yield Piece(Sort.HIDDEN, clip(words, 50_000), region=region)
            return
        if name in ("br", "hr"):
            yield Piece(Sort.OPEN, name)
        elif name == "img":
            words = collapse(attribute(tag, "alt")) or collapse(attribute(tag, "title"))
            yield Piece(Sort.PICTURE, clip(words, _ASIDE_CHARS), self._at(tag, "src"))
        elif name in _FRAMES:
            words = collapse(attribute(tag, "title"))
            address = self._at(tag, "src") or self._at(tag, "data")
            yield Piece(Sort.FRAME, clip(words, _ASIDE_CHARS), address)
        else:
            if name in HEADINGS:
                self._enter_heading(tag, HEADINGS[name], region)
            if name in _BLOCKS:
                columns, rows = _spans(tag) if name in ("td", "th") else (1, 1)
                yield Piece(Sort.OPEN, _BLOCKS[name], columns=columns, rows=rows)
            yield from self._tooltip(tag)

    def _tooltip(self, tag: Tag) -> Iterator[Piece]:
        words = collapse(attribute(tag, "title"))
        if words and words not in self._noted and has_words(words):
            self._noted.add(words)
            yield Piece(Sort.TOOLTIP, clip(words, _ASIDE_CHARS))

    def _enter_heading(self, tag: Tag, level: int, region: Region) -> None:
        words = collapse(tag.get_text())
        if words and len(words) <= 300 and region not in _QUIET:
            outer = [pair for pair in self._headings if pair[0] < level]
            self._headings = [*outer, (level, words)]

    def _link(self, tag: Tag) -> str:
        return self._at(tag, "href") if tag.name in ("a", "area") else ""

    def _at(self, tag: Tag, name: str) -> str:
        value = attribute(tag, name).strip()
        return clip(absolute(self._base, value), _ASIDE_CHARS) if value else ""


def _spans(cell: Tag) -> tuple[int, int]:
    found = []
    for name in ("colspan", "rowspan"):
        value = attribute(cell, name).strip()
        known = value.isascii() and value.isdigit() and len(value) < 6
        found.append(max(1, min(int(value), _SPAN_MOST)) if known else 1)
    return found[0], found[1]
