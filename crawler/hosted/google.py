"""Google Drive, Docs, Sheets, Slides and Sites, as far as they are open to everyone."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.hosted.addresses import on_host, parameter, split

_ID = r"[\w-]{10,200}"
_DRIVE_FILE = re.compile(rf"^(?:/a/[\w.-]+)?/file/(?:u/\d+/)?d/({_ID})")
_FOLDER = re.compile(rf"^/(?:a/[\w.-]+/)?(?:drive/)?(?:u/\d+/|mobile/)?folders/({_ID})")
_FOLDER_VIEWS = ("/folderview", "/embeddedfolderview")
_OPENERS = ("/open", "/uc", "/leaf", "/thumbnail")
_DOCS = re.compile(
    rf"^(?:/a/[\w.-]+)?/(document|spreadsheets|presentation)/(?:u/\d+/)?d/({_ID})(?:/|$)"
)
_PUBLISHED = re.compile(rf"^(?:/a/[\w.-]+)?/spreadsheets/(?:u/\d+/)?d/e/({_ID})/")
_EXPORT = {"document": "pdf", "spreadsheets": "xlsx", "presentation": "pdf"}

_WARNING = re.compile(r"""<form\b[^<>]{0,600}\bid\s*=\s*["']download-?form["'][^<>]{0,600}>""")
_ACTION = re.compile(r"""\baction\s*=\s*["']([^"'<>]{1,2000})["']""")
_INPUT = re.compile(r"<input\b[^<>]{0,600}>")
_NAME = re.compile(r"""\bname\s*=\s*["']([\w-]{1,40})["']""")
_VALUE = re.compile(r"""\bvalue\s*=\s*["']([^"'<>]{0,300})["']""")
_FORM_CHARS = 20_000
_SITES_EMBED = re.compile(
    r"""\bdata-(?:embed-open-url|embed-url|url)\s*=\s*["'](https?://[^"'<>\s]{5,2000})["']"""
)
_SITES_FILE = re.compile(rf"""\bdata-embed-doc-id\s*=\s*["']({_ID})["']""")
_MOST = 40


def direct(url: str) -> str | None:
    """The address of a Drive or Docs file's bytes, or of a folder's public list."""
    parts = split(url)
    if parts is None:
        return None
    if folder := _folder_id(url):
        return f"https://drive.google.com/embeddedfolderview?{urlencode({'id': folder})}"
    if not on_host(parts, "drive.google.com", "docs.google.com", "drive.usercontent.google.com"):
        return None
    if found := _DRIVE_FILE.match(parts.path):
        return _download(found[1])
    if parts.path in _OPENERS and (file_id := parameter(parts, "id")):
        return _download(file_id)
    if not on_host(parts, "docs.google.com"):
        return None
    if found := _DOCS.match(parts.path):
        kind, file_id = found[1], found[2]
        return f"https://docs.google.com/{kind}/d/{file_id}/export?format={_EXPORT[kind]}"
    if found := _PUBLISHED.match(parts.path):
        return f"https://docs.google.com/spreadsheets/d/e/{found[1]}/pub?output=xlsx"
    return None


def page_of(url: str) -> str | None:
    """The address at which Google shows the file or folder to visitors; `None` for others."""
    parts = split(url)
    if parts is None:
        return None
    if folder := _folder_id(url):
        return f"https://drive.google.com/drive/folders/{folder}"
    if direct(url) is None:
        return None
    if found := _DRIVE_FILE.match(parts.path):
        return f"https://drive.google.com/file/d/{found[1]}/view"
    if parts.path in _OPENERS:
        return f"https://drive.google.com/file/d/{parameter(parts, 'id')}/view"
    return url


def _download(file_id: str) -> str:
    query = urlencode({"export": "download", "id": file_id})
    return f"https://drive.google.com/uc?{query}"


def _folder_id(url: str) -> str:
    parts = split(url)
    if parts is None or not on_host(parts, "drive.google.com", "docs.google.com"):
        return ""
    if found := _FOLDER.match(parts.path):
        return found[1]
    return parameter(parts, "id") if parts.path in _FOLDER_VIEWS else ""


def is_folder(url: str) -> bool:
    """True for a Drive folder, however it is shared."""
    return bool(_folder_id(url))


def is_file(url: str) -> bool:
    """True for addresses of Drive and Docs, a folder or a file."""
    parts = split(url)
    return parts is not None and on_host(
        parts, "drive.google.com", "docs.google.com", "drive.usercontent.google.com"
    )


def onward(final: str, html: str) -> str | None:
    """The way past Drive's notice that a file is too large to be scanned for viruses."""
    parts = split(final)
    if parts is None or not on_host(parts, "google.com", "googleusercontent.com"):
        return None
    form = _WARNING.search(html)
    action = _ACTION.search(form[0]) if form else None
    if form is None or action is None:
        return None
    target = urljoin(final, unescape(action[1]))
    aim = split(target)
    if aim is None or not on_host(aim, "google.com", "googleusercontent.com"):
        return None
    fields = dict(_fields(html[form.end() : form.end() + _FORM_CHARS].partition("</form")[0]))
    return f"{target.partition('?')[0]}?{urlencode(fields)}" if fields.get("id") else None


def _fields(form: str) -> list[tuple[str, str]]:
    found = []
    for tag in _INPUT.findall(form):
        name, value = _NAME.search(tag), _VALUE.search(tag)
        if name and value:
            found.append((name[1], unescape(value[1])))
    return found


def embedded(final: str, html: str) -> tuple[str, ...]:
    """Documents that a page of Google Sites embeds; its frames are made by scripts."""
    if urlsplit(final).hostname != "sites.google.com":
        return ()
    opened = (unescape(found[1]) for found in _SITES_EMBED.finditer(html))
    files = (f"https://drive.google.com/file/d/{m[1]}/view" for m in _SITES_FILE.finditer(html))
    by_place = {direct(url) or url: url for url in (*files, *opened)}
    return tuple(by_place.values())[:_MOST]
