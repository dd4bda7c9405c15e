"""What a page says, as one digest: unchanged by its frame, its menus, footer and counters. Pure."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from checklist.content import day_read
from checklist.evidence import Region, TextSource
from checklist.passing_marks import masked, masked_url

if TYPE_CHECKING:
    from checklist.evidence import Document

_SAID = frozenset({Region.TITLE, Region.HEADING, Region.MAIN, Region.TABLE})
_PAGES = (TextSource.HTML, TextSource.RENDERED)


def content_hash(document: Document) -> str:
    """The SHA-256 hex digest of a document's title, text and links, its menus and footer left out.

    Left out are also what a web page shows anew to every visitor: counters, the date of the day
    when it was read, marks of a session in its links. A document without any such text (a
    picture, a scan) is told by its bytes; one that could not be read has "".
    """
    if not document.readable:
        return ""
    said = [_plain(passage.text) for passage in document.passages if passage.region in _SAID]
    if not any(said):
        return document.fetch.sha256
    links = [link.url for link in document.links if link.region in _SAID]
    text = "\n".join((_plain(document.title), *said))
    if document.source in _PAGES:
        text = masked(text, day_read(document))
        links = [masked_url(url) for url in links]
    return hashlib.sha256("\n".join((text, *links)).encode("utf-8", "replace")).hexdigest()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
