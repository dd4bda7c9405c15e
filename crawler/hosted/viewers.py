"""Viewers that show a document which stands elsewhere: by address, or by the page's scripts."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urljoin

from crawler.hosted.addresses import on_host, parameter, split

_GOOGLE_VIEWERS = ("/viewer", "/gview", "/viewerng/viewer")
_OWN_VIEWER = re.compile(
    r"(?i)/(?:pdf[-_]?viewer|viewer)(?:\.min)?(?:\.html?|\.php)?/?$|/viewerjs/|/pdf\.?js/"
)
_PARAMETERS = ("src", "pdf", "url", "doc")
_DOCUMENT = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods)(?=$|[?#])")

_MARKS = re.compile(
    r"(?i)flowpaper|dflip|_df_book|df_option|pdfobject|pdfjs|pdf\.js|real3d|flipbook|wowbook|"
    r"turn\.js|3dflip|fb3d|pdfviewer|pdf-viewer|viewerjs|pdfemb|pdf_poster|pdfp_"
)
_NAMED = re.compile(
    r"""(?i)["']?\b(?:pdffile|pdfurl|pdf_url|pdf|data-pdf|data-src|source|file|url|default_url)\b["']?"""
    r"""\s{0,5}[:=]\s{0,5}["']([^"'<>\s][^"'<>\n]{0,1000}\.pdf(?:\?[^"'<>\s]{0,300})?)["']"""
)
_CALLED = re.compile(
    r"""(?i)\b(?:pdfobject\.embed|getdocument|\.open|\.flipbook|flowpaperviewer)\s{0,3}\(\s{0,10}"""
    r"""["']([^"'<>\s][^"'<>\n]{0,1000}\.pdf(?:\?[^"'<>\s]{0,300})?)["']"""
)
_IMAGES = re.compile(
    r"""(?i)\bimgfiles["']?\s{0,5}[:=]\s{0,5}["']([^"'<>\s][^"'<>\n]{0,500})["']"""
)
_NUMBER = re.compile(r"(?i)\{page(?:,\d)?\}|\[\*,\d(?:,true)?\]")
_MOST = 10
_PAGES = 6


def shown(url: str) -> str | None:
    """The document that a viewer's address names; `None` when the address is no viewer's."""
    parts = split(url)
    if parts is None:
        return None
    if on_host(parts, "docs.google.com", "drive.google.com") and parts.path in _GOOGLE_VIEWERS:
        return _absolute(url, parameter(parts, "url"))
    if on_host(parts, "view.officeapps.live.com"):
        return _absolute(url, parameter(parts, "src"))
    if not _OWN_VIEWER.search(parts.path):
        return None
    inner = parameter(parts, "file") or parameter(parts, *_PARAMETERS)
    if inner != parameter(parts, "file") and not _DOCUMENT.search(inner):
        inner = ""
    if not inner and _DOCUMENT.search(unquote(parts.fragment)):
        inner = parts.fragment
    return _absolute(url, inner)


def _absolute(url: str, inner: str) -> str | None:
    if not inner.strip():
        return None
    if "%2f" in inner.lower():
        inner = unquote(inner)
    try:
        target = urljoin(url, inner.strip())
    except ValueError:
        return None
    return target if split(target) is not None and target != url else None


def documents(final: str, html: str) -> tuple[str, ...]:
    """PDF files that the scripts of a page with a known viewer show, at most ten."""
    if not _MARKS.search(html):
        return ()
    found = [*_NAMED.finditer(html), *_CALLED.finditer(html)]
    found.sort(key=lambda match: match.start())
    targets = (_absolute(final, _plain(match[1])) for match in found)
    return tuple(dict.fromkeys(target for target in targets if target))[:_MOST]


def pictures(final: str, html: str) -> tuple[str, ...]:
    """The first pages, as pictures, of a FlowPaper viewer that has no PDF to give."""
    if "flowpaper" not in html.lower() or documents(final, html):
        return ()
    found = _IMAGES.search(html)
    if found is None or not _NUMBER.search(found[1]):
        return ()
    numbered = (_NUMBER.sub(str(page), _plain(found[1])) for page in range(1, _PAGES + 1))
    targets = (_absolute(final, address) for address in numbered)
    return tuple(target for target in targets if target)


def _plain(text: str) -> str:
    return unescape(text.replace("\\/", "/"))
