"""Does a page need a browser to show its content?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Document, EmbedKind, Region, TextSource

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELL_KEY = "shell"
_FEW_CHARS = 200
_VERY_FEW_CHARS = 40
_TITLE_ONLY_CHARS = 120
_ROOT = re.compile(
    r"""<(?:div|main|section|body|html|app-root)\b[^<>]{0,400}\b(?:id\s*=\s*["']?(?:root|app|__next|__nuxt|"""
    r"""react-root|svelte|q-app)["'\s>]|ng-app|data-reactroot|data-server-rendered|ng-version)|"""
    r"""<app-root\b""",
    re.IGNORECASE,
)
_ENABLE = re.compile(
    r"(?:enable|turn on|requires?|need[s]?)[^.<]{0,40}javascript|javascript[^.<]{0,40}"
    r"(?:disabled|required|to run this app)|เปิด(?:ใช้งาน|การใช้งาน)?\s*javascript",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_EMPTY_PANEL = re.compile(
    r"""<div\b[^<>]{0,200}\bclass\s*=\s*["'][^"'<>]{0,200}(?:accordion-body|panel-body|tab-pane|card-body|"""
    r"""accordion-collapse)[^"'<>]{0,200}["'][^<>]{0,400}>\s*</div>""",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip)(?:$|[?#])", re.IGNORECASE)
_LOADING = re.compile(r"(?:กำลัง(?:โหลด|ดาวน์โหลด)(?:ข้อมูล)?|loading|please wait)", re.IGNORECASE)


def shell_signs(html: str) -> str:
    """The sign in a page's source that scripts fill it: a word for each, "" for none.

    Signs: `root` (the empty root of a framework), `enable` (asks for JavaScript), `panel`
    (accordion or tab without content), `loading`, `scripts`.
    """
    window = html[:2_000_000]
    signs = [
        name
        for name, pattern in (
            ("root", _ROOT),
            ("enable", _ENABLE),
            ("panel", _EMPTY_PANEL),
            ("scripts", _SCRIPT),
        )
        if pattern.search(window)
    ]
    return " ".join(signs)


def content_chars(document: Document) -> int:
    """How many characters of its own content a page shows, menus and footers left out."""
    regions = {Region.MAIN, Region.TABLE, Region.HEADING}
    return sum(len(p.text) for p in document.passages if p.region in regions)


def needs_browser(document: Document) -> bool:
    """True when the page as sent is a shell that scripts must fill.

    Only for HTML that no browser has rendered yet. A page that shows a document in a frame, is
    a picture gallery, or sends its visitor on needs none.
    """
    if document.source is not TextSource.HTML or not document.readable:
        return False
    if document.metadata.get("generator") == "pdf2htmlEX":
        return False
    signs: Mapping[str, str] = dict.fromkeys(document.metadata.get(SHELL_KEY, "").split(), "")
    chars = content_chars(document)
    if "panel" in signs:
        return True
    if "scripts" not in signs and "root" not in signs:
        return False
    if chars < _FEW_CHARS and ("root" in signs or "enable" in signs):
        return True
    if any(
        chars < _FEW_CHARS and p.region is Region.MAIN and _LOADING.fullmatch(p.text.strip(" ."))
        for p in document.passages
    ):
        return True
    framed = any(e.kind in {EmbedKind.DOCUMENT, EmbedKind.FORM} for e in document.embeds)
    if framed or document.metadata.get("refresh"):
        return False
    shows_something = any(image.region is Region.MAIN for image in document.images) or any(
        _FILE.search(link.url) for link in document.links if link.region is not Region.NAV
    )
    return chars < (_VERY_FEW_CHARS if shows_something else _TITLE_ONLY_CHARS)
