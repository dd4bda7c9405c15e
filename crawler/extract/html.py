"""An HTML page as a `Document`."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from checklist.evidence import Document, Fetch, Passage, Region, TextSource, Trail
from crawler.extract.html_facts import MARK, PageFacts, attribute, page_facts
from crawler.extract.html_limits import check_source, check_tree
from crawler.extract.html_links import absolute, meta_refresh
from crawler.extract.html_pages import converted_pages
from crawler.extract.html_sheets import sheets_of
from crawler.extract.html_styles import linked_sheet
from crawler.extract.html_visibility import may_hide
from crawler.extract.html_walk import Walk
from crawler.extract.pdf_blocks import cover_title
from crawler.extract.problems import UnreadableError
from crawler.extract.quality import measure
from crawler.extract.shell import SHELL_KEY, shell_signs
from crawler.extract.text import collapse, file_name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_READ = "as_read"
_META_NAMES = ("description", "author", "generator", "keywords", "og:title", "og:site_name")
_GARBLED = "ข้อความในหน้านี้เป็นรหัสของแบบอักษรเฉพาะ คัดลอกหรือค้นหาไม่ได้ ควรเผยแพร่เป็นข้อความหรือ PDF ต้นฉบับ"
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_html(
    text: str,
    fetch: Fetch,
    trail: Trail,
    *,
    rendered: bool = False,
    styles: Sequence[str] = (),
) -> Document:
    """Read a page that is already decoded; `fetch.final_url` is the base of its links.

    `rendered` says that a browser made this HTML: its marks tell what it did not show, and
    `Document.seen` is the page without that. `styles` are the texts of the sheets that the page
    links: what they hide is hidden; where they hide nothing the document says no more than that
    (`AS_READ` in its metadata). `metadata["refresh"]` holds the target when the page sends its
    visitor on, and nothing of `metadata` is evidence.

    Raises:
        UnreadableError: the page is too large, or its text stands in codes of an embedded font.
    """
    if styles and not may_hide(linked_sheet(tuple(styles)), text):
        return Document(fetch, metadata={AS_READ: "1"}, trail=trail)
    check_source(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(_CONTROL.sub("", text), "lxml")
    check_tree(soup)
    if measure(soup.get_text()[:_SAMPLE]).garbled:
        raise UnreadableError(_GARBLED)
    metadata = {**_metadata(soup, _base(soup, fetch.final_url or fetch.url))}
    metadata[SHELL_KEY] = shell_signs(text)
    as_source = TextSource.RENDERED if rendered else TextSource.HTML
    document = _document(soup, page_facts(soup, styles), fetch, as_source)
    document = replace(document, metadata=metadata, trail=trail)
    if not rendered or MARK not in text:
        return document
    seen = _document(soup, page_facts(soup, marked=True), fetch, as_source)
    return with_seen(document, replace(seen, metadata=metadata, trail=trail))


def with_seen(document: Document, seen: Document) -> Document:
    """The page with what a visitor sees of it, `seen`, where that is another text.

    A second reading that failed stands there with its problem.
    """
    if AS_READ in seen.metadata:
        return replace(document, seen=None)
    fetch = document.fetch if seen.readable else seen.fetch
    whole = replace(seen, trail=document.trail, fetch=fetch, read_on=document.read_on)
    plain = replace(document, seen=None)
    return plain if whole == plain else replace(plain, seen=replace(whole, trail=Trail()))


def _document(soup: BeautifulSoup, facts: PageFacts, fetch: Fetch, source: TextSource) -> Document:
    """The page as `facts` let it be seen, without metadata and trail."""
    base = _base(soup, fetch.final_url or fetch.url)
    walk = Walk(base, facts)
    title = collapse(soup.title.get_text()) if soup.title else ""
    walk.visit_children(soup)
    walk.flush()
    converted = converted_pages(soup)
    passages = tuple(walk.passages if converted is None else converted)
    if title:
        passages = (Passage(title, Region.TITLE), *passages)
    return Document(
        fetch=fetch,
        source=source,
        title=title or (cover_title(passages) if converted else ""),
        passages=passages,
        tables=tuple(walk.tables),
        links=tuple(walk.links),
        images=tuple(walk.images),
        forms=tuple(walk.forms),
        embeds=tuple(walk.embeds),
        file_name=file_name_of(fetch.final_url or fetch.url),
        style_sheets=sheets_of(soup, base),
    )


def _base(soup: BeautifulSoup, url: str) -> str:
    tag = soup.find("base", href=True)
    return absolute(url, attribute(tag, "href")) if isinstance(tag, Tag) else urldefrag(url)[0]


def _metadata(soup: BeautifulSoup, base: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        if not isinstance(tag, Tag):
            continue
        if attribute(tag, "http-equiv").lower() == "refresh" and "refresh" not in found:
            if target := meta_refresh(tag, base):
                found["refresh"] = target
            continue
        name = (attribute(tag, "name") or attribute(tag, "property")).lower()
        if name in _META_NAMES and (content := collapse(attribute(tag, "content"))):
            found.setdefault(name, content[:1000])
    return found
