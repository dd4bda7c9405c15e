"""Addresses, links, pictures, embedded frames and forms of a page."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin

from bs4 import Tag
from bs4.element import NavigableString

from checklist.evidence import Embed, EmbedKind, Form, FormField, Image, Link, Region
from crawler.extract.html_facts import attribute
from crawler.extract.html_rows import context_of, entry_labels, row_of_link
from crawler.extract.text import clip, collapse

_FORM_CHARS = 2000
_LABEL_NODES = 20
_KEPT_SCHEMES = ("javascript:", "mailto:", "tel:", "line:", "sms:", "fax:", "data:")
_SCHEME_SLIP = re.compile(r"^(?:htt?ps?|htpps?|hhttps?)(?::/{1,3}|:/*(?=www\.)|//)", re.IGNORECASE)
_EMBED_HOSTS: tuple[tuple[EmbedKind, re.Pattern[str]], ...] = (
    (EmbedKind.FORM, re.compile(r"docs\.google\.com/forms|forms\.gle|forms\.office\.com|jotform")),
    (
        EmbedKind.MAP,
        re.compile(
            r"google\.[a-z.]+/maps|maps\.google\.|openstreetmap\.org|longdo\.(?:com|org)|bing\.com/maps"
        ),
    ),
    (
        EmbedKind.VIDEO,
        re.compile(
            r"youtube(?:-nocookie)?\.com/|youtu\.be/|vimeo\.com/|dailymotion\.com|"
            r"facebook\.com/plugins/video|\.mp4(?:$|\?)"
        ),
    ),
    (
        EmbedKind.SOCIAL,
        re.compile(r"facebook\.com/|fb\.com/|twitter\.com/|instagram\.com/|tiktok\.com/|line\.me/"),
    ),
    (
        EmbedKind.DOCUMENT,
        re.compile(
            r"docs\.google\.com/(?:viewer|gview|document|spreadsheets|presentation)|"
            r"drive\.google\.com/|view\.officeapps\.live\.com|onedrive\.live\.com|1drv\.ms|"
            r"flowpaper|anyflip\.com|pubhtml5\.com|issuu\.com|slideshare\.net|scribd\.com|"
            r"fliphtml5\.com|heyzine\.com|pdfjs|viewer\.html\?|viewerjs|\.(?:pdf|docx?|xlsx?|pptx?)"
            r"(?:$|[?#&])"
        ),
    ),
)
_CHAT = re.compile(
    r"tawk\.to|customerchat|customer_chat|zdassets\.com|zendesk\.com|crisp\.chat|"
    r"intercom|livechatinc|tidio|zopim|m\.me/",
    re.IGNORECASE,
)
_CHAT_CLASS = re.compile(r"fb-customerchat|fb-messenger", re.IGNORECASE)


def absolute(base: str, href: str) -> str:
    """`href` as an absolute address under `base`.

    Backslashes and misspelt schemes are mended as browsers or readers would; `javascript:`,
    `mailto:` and `tel:` stay as they are.
    """
    plain = re.sub(r"[\t\r\n]", "", href).strip()
    if plain.lower().startswith(_KEPT_SCHEMES):
        return plain
    plain = plain.replace("\\", "/")
    if _SCHEME_SLIP.match(plain):
        secure = plain.lower().split(":", 1)[0].split("/", 1)[0].endswith("s")
        plain = _SCHEME_SLIP.sub("https://" if secure else "http://", plain)
    try:
        return urljoin(base, plain)
    except ValueError:
        return plain


def link_of(tag: Tag, base: str, region: Region, path: tuple[str, ...]) -> Link | None:
    """The link that an `<a>` or `<area>` makes; None without an address.

    Below a menu entry or list entry, that entry's own words stand last in its heading path.
    """
    href = attribute(tag, "href")
    if not href.strip():
        return None
    text = collapse(tag.get_text(" "))
    if not text:
        alts = (attribute(image, "alt") for image in tag.find_all("img"))
        text = collapse(" ".join(alts)) or collapse(
            attribute(tag, "aria-label") or attribute(tag, "title") or attribute(tag, "alt")
        )
    above = tuple(label for label in entry_labels(tag) if label not in path)
    return Link(absolute(base, href), text, region, (*path, *above), row_of_link(tag, text))


def image_of(tag: Tag, base: str, region: Region, path: tuple[str, ...]) -> Image | None:
    """The picture that an `<img>` shows; lazy-loading addresses are understood."""
    source = ""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = attribute(tag, name).strip()
        if value and not (name == "src" and value.startswith("data:") and len(value) < 200):
            source = value
            break
    if not source:
        return None
    if source.startswith("data:"):
        source = source[:64]
    return Image(
        url=absolute(base, source),
        alt=collapse(attribute(tag, "alt")),
        region=region,
        heading_path=path,
        context=context_of(tag),
        width=_pixels(attribute(tag, "width")),
        height=_pixels(attribute(tag, "height")),
    )


def _pixels(value: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", value)
    return int(found.group(1)) if found else None


def embed_of(tag: Tag, base: str, path: tuple[str, ...]) -> Embed | None:
    """What an iframe, frame, object, embed, video or chat script shows; None for other scripts."""
    source = ""
    for name in ("src", "data-src", "data", "data-lazy-src", "data-href"):
        source = attribute(tag, name).strip()
        if source:
            break
    if tag.name == "script":
        body = tag.get_text()[:5000]
        if not _CHAT.search(source) and not _CHAT.search(body):
            return None
        found = re.search(r"https?://[^\s'\"]{4,200}", body)
        return Embed(source or (found.group(0) if found else ""), EmbedKind.CHAT, "", path)
    if tag.name in {"video", "audio"} and not source:
        inner = tag.find("source")
        source = attribute(inner, "src") if isinstance(inner, Tag) else ""
    if not source or source.lower().startswith(("about:", "javascript:", "data:")):
        return None
    url = absolute(base, source)
    title = collapse(attribute(tag, "title") or attribute(tag, "name"))
    return Embed(url, _embed_kind(tag, url), title, path)


def _embed_kind(tag: Tag, url: str) -> EmbedKind:
    if tag.name in {"video", "audio"}:
        return EmbedKind.VIDEO
    lowered = url.lower()
    if _CHAT.search(lowered) or _CHAT_CLASS.search(attribute(tag, "class")):
        return EmbedKind.CHAT
    for kind, pattern in _EMBED_HOSTS:
        if pattern.search(lowered):
            return kind
    if attribute(tag, "type").lower() == "application/pdf":
        return EmbedKind.DOCUMENT
    return EmbedKind.OTHER


def chat_plugin(tag: Tag, path: tuple[str, ...]) -> Embed | None:
    """The chat or page plug-in that a `<div class="fb-...">` marks, if it is one."""
    names = attribute(tag, "class")
    if "fb-" not in names:
        return None
    if _CHAT_CLASS.search(names):
        return Embed(attribute(tag, "page_id"), EmbedKind.CHAT, "", path)
    if re.search(r"\bfb-page\b", names):
        return Embed(attribute(tag, "data-href"), EmbedKind.SOCIAL, "", path)
    return None


def form_of(tag: Tag, base: str, region: Region, path: tuple[str, ...]) -> Form:
    """The form with its visible fields; `text` is the heading above and all wording inside."""
    fields: list[FormField] = []
    for control in tag.find_all(["input", "textarea", "select", "button"], limit=200):
        if isinstance(control, Tag) and (found := _field(control, tag)):
            fields.append(found)
    words = [*path[-1:], *(field.label for field in fields if field.kind == "submit")]
    words.insert(min(1, len(words)), clip(collapse(tag.get_text(" ")), _FORM_CHARS))
    return Form(
        action=absolute(base, attribute(tag, "action")) if tag.get("action") else base,
        method=attribute(tag, "method").lower() or "get",
        fields=tuple(fields),
        text=collapse(" ".join(words)),
        region=region,
        heading_path=path,
    )


def _field(control: Tag, form: Tag) -> FormField | None:
    kind = control.name if control.name != "input" else attribute(control, "type").lower() or "text"
    if kind == "hidden":
        return None
    if control.name == "button":
        kind = attribute(control, "type").lower() or "submit"
        if kind not in {"submit", "button"}:
            return None
    if kind in {"submit", "button", "image"}:
        label = attribute(control, "value") or control.get_text(" ") or attribute(control, "alt")
        return FormField(attribute(control, "name"), "submit", collapse(label))
    return FormField(attribute(control, "name"), kind, clip(_label(control, form), 200))


def _label(control: Tag, form: Tag) -> str:
    identity = attribute(control, "id")
    label = form.find("label", attrs={"for": identity}) if identity else None
    if label is None:
        label = control.find_parent("label")
    if isinstance(label, Tag) and (text := collapse(label.get_text(" "))):
        return text
    for name in ("aria-label", "placeholder", "title"):
        if text := collapse(attribute(control, name)):
            return text
    return _text_before(control)


def _text_before(control: Tag) -> str:
    """The words left of a field: earlier in its block, or in the table cell before."""
    for sibling in islice(control.previous_siblings, _LABEL_NODES):
        text = sibling if isinstance(sibling, NavigableString) else sibling.get_text(" ")
        if collapsed := collapse(text):
            return collapsed
    cell = control.find_parent(["td", "dd"])
    before = cell.find_previous_sibling(["td", "th", "dt"]) if cell is not None else None
    return collapse(before.get_text(" ")) if before is not None else ""


def meta_refresh(tag: Tag, base: str) -> str:
    """The absolute target of a `<meta http-equiv="refresh">`, "" when it only reloads."""
    found = re.search(r"url\s*=\s*['\"]?([^'\"]+)", attribute(tag, "content"), re.IGNORECASE)
    return absolute(base, found.group(1)) if found else ""
