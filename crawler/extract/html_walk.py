"""One walk over a page's tree that fills passages, tables, links, pictures, forms and embeds."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import CData, NavigableString

from checklist.evidence import Embed, Form, Image, Link, Passage, Region, Table
from crawler.extract.html_facts import PageFacts, attribute, classes, is_main
from crawler.extract.html_links import chat_plugin, embed_of, form_of, image_of, link_of
from crawler.extract.html_regions import region_of, text_shares
from crawler.extract.html_tables import is_layout, read_grid
from crawler.extract.html_titles import BLOCKS, HEADINGS, is_pseudo_heading, is_titled, opens_panel
from crawler.extract.html_visibility import is_hidden
from crawler.extract.text import clip, collapse, has_words

_SILENT = {
    "head",
    "style",
    "template",
    "noscript",
    "select",
    "textarea",
    "svg",
    "canvas",
    "title",
    "datalist",
    "math",
    "noframes",
    "noembed",
}
_FRAMES = {"iframe", "frame", "object", "embed", "video", "audio"}
_SCOPES = {"card", "panel", "accordion-item", "accordion-group", "accordion-panel"}
_PSEUDO_LEVEL = 7
_LONG_HEADING = 300
_DEEP = 100
_BREAK = re.compile(r"\n\s*\n")
_QUIET = (Region.NAV, Region.FOOTER, Region.HIDDEN)


class Walk:
    """Collects what a page holds, in document order; use once for one page."""

    def __init__(self, base: str, facts: PageFacts) -> None:
        """Start with `base`, the absolute address that links are resolved against."""
        self.base = base
        self.facts = facts
        self.passages: list[Passage] = []
        self.tables: list[Table] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.forms: list[Form] = []
        self.embeds: list[Embed] = []
        self._buffer: list[str] = []
        self._region = Region.MAIN
        self._in_main = False
        self._noted: set[str] = set()
        self._headings: list[tuple[int, str]] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above the current place, outermost first."""
        return tuple(text for _, text in self._headings)

    def visit_children(self, tag: Tag, depth: int = 0) -> None:
        """Walk what stands inside `tag`; beyond a sane depth only its text is taken."""
        if depth > _DEEP:
            self._buffer.append(" ".join(tag.stripped_strings))
            self._gather(tag)
            return
        for child in tag.children:
            if isinstance(child, Tag):
                self._visit(child, depth + 1)
            elif type(child) in (NavigableString, CData):
                self._buffer.append(re.sub(r"\s+", " ", str(child)))

    def flush(self) -> None:
        """End the current block: what was gathered becomes one passage or several."""
        text = "".join(self._buffer)
        self._buffer = []
        for part in _BREAK.split(text):
            self._emit(collapse(part), self._region)

    def _emit(self, text: str, region: Region, table: int | None = None) -> None:
        if text and has_words(text):
            self.passages.append(Passage(text, region, self.path, table=table))

    def _visit(self, tag: Tag, depth: int) -> None:
        region = region_of(tag, self._region, self.facts, in_main=self._in_main)
        if region is self._region:
            self._dispatch(tag, depth)
            return
        if tag.name in BLOCKS:
            self.flush()
        kept, outer, headings = self._buffer, self._region, self._headings
        self._buffer, self._region = [], region
        self._headings = list(headings) if region is Region.HIDDEN else []
        self._dispatch(tag, depth)
        self.flush()
        self._buffer, self._region, self._headings = kept, outer, headings

    def _dispatch(self, tag: Tag, depth: int) -> None:
        name = tag.name
        if name == "br":
            self._buffer.append("\n")
        elif name == "script":
            self._add_embed(tag)
        elif name in _SILENT:
            return
        elif name in _FRAMES:
            self._add_embed(tag)
            if name in {"object", "video"}:
                # Their text is shown only where the object cannot be; their links still lead on.
                self._gather(tag)
        elif name == "img":
            self._add_image(tag)
        elif name in {"a", "area"}:
            self._add_link(tag)
            self._inline(tag, depth)
        elif name in HEADINGS:
            self._heading(tag, HEADINGS[name], depth)
        elif name == "table":
            self._table(tag, depth)
        elif name in BLOCKS or is_titled(tag):
            self._block(tag, depth)
        else:
            self._inline(tag, depth)

    def _inline(self, tag: Tag, depth: int) -> None:
        self._note_title(tag)
        self.visit_children(tag, depth)

    def _block(self, tag: Tag, depth: int) -> None:
        self.flush()
        if plugin := chat_plugin(tag, self.path):
            self.embeds.append(plugin)
        if tag.name == "form":
            self.forms.append(form_of(tag, self.base, self._region, self.path))
        if self._region not in _QUIET and is_pseudo_heading(tag):
            self._heading(tag, _PSEUDO_LEVEL, depth)
            return
        outer_main = self._in_main
        self._in_main = outer_main or is_main(tag)
        before = list(self._headings)
        label = self.facts.controlled.get(attribute(tag, "id"))
        if label and label not in self.path[-1:] and self._region not in _QUIET:
            outer = [pair for pair in self._headings if pair[0] < _PSEUDO_LEVEL]
            self._headings = [*outer, (_PSEUDO_LEVEL, label)]
        self._note_title(tag)
        self.visit_children(tag, depth)
        self.flush()
        self._in_main = outer_main
        if label or tag.name == "details" or classes(tag) & _SCOPES:
            self._headings = before

    def _heading(self, tag: Tag, level: int, depth: int) -> None:
        self.flush()
        text = collapse(self.visible_text(tag))
        if len(text) > _LONG_HEADING or tag.find("table") is not None:
            self.visit_children(tag, depth)
            self.flush()
            return
        region = self._region if self._region in _QUIET else Region.HEADING
        if has_words(text):
            outer = [pair for pair in self._headings if pair[0] < level]
            self._headings, before = outer, self._headings
            self._emit(text, region)
            # What a tab opens stands elsewhere: its label is put above the panel, not here.
            self._headings = before if opens_panel(tag, self.facts) else [*outer, (level, text)]
        self._gather(tag)

    def _table(self, tag: Tag, depth: int) -> None:
        self.flush()
        outer_main = self._in_main
        self._in_main = outer_main or is_main(tag)
        caption = tag.find("caption", recursive=False)
        if is_layout(tag):
            self._layout(tag, depth)
        else:
            text = collapse(self.visible_text(caption)) if isinstance(caption, Tag) else ""
            self._data_table(tag, text)
        self._in_main = outer_main

    def _layout(self, tag: Tag, depth: int) -> None:
        """A framing table: its cells are read like blocks; a cell of bare links is a menu."""
        before = self._region
        for child in tag.children:
            if not isinstance(child, Tag):
                continue
            if child.name in {"tr", "tbody", "thead", "tfoot"}:
                self._layout(child, depth)
            elif child.name in {"td", "th"} and _is_menu_cell(child) and not self._in_main:
                headings = self._headings
                self._headings = []
                self._region = before if before in _QUIET else Region.NAV
                self._block(child, depth + 1)
                self._region, self._headings = before, headings
            else:
                self._visit(child, depth + 1)
        self.flush()

    def _data_table(self, tag: Tag, caption: str) -> None:
        quiet = self._region in _QUIET
        region = self._region if quiet else Region.TABLE
        grid = read_grid(tag, lambda cell: collapse(self.visible_text(cell)))
        outer = self._headings
        caption = caption or grid.title
        if caption:
            self._emit(caption, self._region if quiet else Region.HEADING)
            if not quiet and len(caption) <= _LONG_HEADING:
                self._headings = [*outer, (_PSEUDO_LEVEL, caption)]
        index = None if quiet else len(self.tables)
        rows = tuple(cells for cells, _ in grid.rows)
        if index is not None:
            self.tables.append(Table(rows, grid.header, caption, self.path))
        for cells in (grid.header, *rows):
            self._emit("\t".join(cells).strip("\t"), region, index)
        self._region = region
        self._gather(tag)
        self._region = Region.MAIN if not quiet else region
        self._headings = outer

    def visible_text(self, tag: Tag) -> str:
        """The text of `tag` without what is hidden; hidden parts become passages of their own."""
        parts: list[str] = []
        self._visible(tag, parts, 0)
        return "".join(parts)

    def _visible(self, tag: Tag, parts: list[str], depth: int) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                if child.name in _SILENT or child.name == "script" or depth > _DEEP:
                    continue
                if is_hidden(child, self.facts):
                    self._emit(collapse(child.get_text(" ")), Region.HIDDEN)
                    continue
                spaced = child.name in BLOCKS or child.name == "br"
                parts.append(" " if spaced else "")
                self._visible(child, parts, depth + 1)
                parts.append(" " if spaced else "")
            elif type(child) in (NavigableString, CData):
                parts.append(str(child))

    def _gather(self, tag: Tag) -> None:
        """Take the links, pictures and frames inside an element whose text is already read."""
        for inner in tag.find_all(["a", "area", "img", "script", *_FRAMES]):
            if inner.name in {"a", "area"}:
                self._add_link(inner)
            elif inner.name == "img":
                self._add_image(inner)
            else:
                self._add_embed(inner)

    def _add_link(self, tag: Tag) -> None:
        if link := link_of(tag, self.base, self._region, self.path):
            self.links.append(link)
            self._note(attribute(tag, "title"), link.text)

    def _add_image(self, tag: Tag) -> None:
        if image := image_of(tag, self.base, self._region, self.path):
            self.images.append(image)
            self._note(image.alt, "")
            self._note(attribute(tag, "title"), image.alt)

    def _add_embed(self, tag: Tag) -> None:
        if embed := embed_of(tag, self.base, self.path):
            self.embeds.append(embed)
            if tag.name in {"frame", "iframe"}:
                self._note(embed.title, "")
            if tag.name == "frame":
                self.links.append(Link(embed.url, embed.title, Region.MAIN, self.path))

    def _note_title(self, tag: Tag) -> None:
        if title := attribute(tag, "title"):
            self._note(title, "")

    def _note(self, text: str, shown: str) -> None:
        """An attribute's wording, once a page and unless the page shows the same words anyway."""
        words = collapse(text)
        if words and words != shown and words not in self._noted and has_words(words):
            self._noted.add(words)
            region = Region.HIDDEN if self._region is Region.HIDDEN else Region.ATTRIBUTE
            self._emit(clip(words, 1000), region)


def _is_menu_cell(cell: Tag) -> bool:
    links = cell.find_all("a", limit=100)
    if len(links) < 6 or cell.find("table") is not None:
        return False
    total, linked = text_shares(cell)
    return linked > 0.9 * max(1, total) and total / len(links) < 45
