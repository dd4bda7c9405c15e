"""Flip-books of AnyFlip, PUB HTML5 and FlipHTML5: their settings name pages, text and PDF.

A book's settings (`javascript/config.js`) are JavaScript that holds JSON values; each value is
read where its name stands, and nothing is ever run.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from crawler.hosted.addresses import on_host, split

_HOSTS = {"anyflip.com": "mobile/", "pubhtml5.com": "", "fliphtml5.com": ""}
_BOOK = re.compile(r"^/([a-z]{2,8})/([a-z]{2,8})(?=/|$)")
_NO_USER = frozenset({"center", "explore", "blog", "book", "home", "learn", "tools", "user"})
_PART = re.compile(r"/files/")
_CONFIG = "javascript/config.js"
_VALUE = r"""["']?\b{name}\b["']?\s{{0,3}}[:=]\s{{0,3}}"""
_TITLE = re.compile(_VALUE.format(name="(?:bookTitle|title)") + r"(?=\")")
_PAGES = re.compile(_VALUE.format(name="fliphtml5_pages") + r"(?=\[)")
_COUNT = re.compile(_VALUE.format(name="totalPageCount") + r"[\"']?(\d{1,5})")
_LARGE = re.compile(_VALUE.format(name="largePath") + r"[\"']([^\"'<>\s]{1,200})[\"']")
_PDF = re.compile(
    _VALUE.format(name="DownloadURL")
    + r"[\"']([^\"'<>\s]{1,500}\.pdf(?:\?[^\"'<>\s]{0,200})?)[\"']"
)
_TEXTS = re.compile(_VALUE.format(name="textForPages") + r"(?=\[)")
_MOST_PAGES = 1500
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Book:
    """A flip-book: its title, its pages as pictures, where its text stands, its PDF if given."""

    title: str
    pages: tuple[str, ...]
    text_url: str
    pdf_url: str = ""


def _root(url: str) -> tuple[str, str] | None:
    """The folder of a book and the folder of its viewer inside it, when `url` is a book's."""
    parts = split(url)
    if parts is None or not on_host(parts, *_HOSTS):
        return None
    found = _BOOK.match(parts.path)
    if found is None or found[1] in _NO_USER:
        return None
    host = next(host for host in _HOSTS if on_host(parts, host))
    return f"https://online.{host}/{found[1]}/{found[2]}/", _HOSTS[host]


def direct(url: str) -> str | None:
    """The address of a book's settings; `None` for its single files and other addresses."""
    root = _root(url)
    return f"{root[0]}{root[1]}{_CONFIG}" if root and not _PART.search(url) else None


def is_book(url: str) -> bool:
    """True for a flip-book's address."""
    return direct(url) is not None


def read_book(url: str, body: bytes) -> Book | None:
    """The book whose settings are `body`; `None` when `url` is no book's or nothing is told."""
    root = _root(url)
    if root is None:
        return None
    text = body[:_MOST_BYTES].decode("utf-8", "replace")
    pdf = _PDF.search(text)
    pages = _pictures(text, root[0])
    if not pages and pdf is None:
        return None
    title = _json_at(_TITLE, text)
    return Book(
        title=" ".join(title.split())[:300] if isinstance(title, str) else "",
        pages=pages,
        text_url=urljoin(root[0], "files/search/book_config.js"),
        pdf_url=urljoin(root[0] + root[1], _slashes(pdf[1])) if pdf else "",
    )


def _pictures(text: str, root: str) -> tuple[str, ...]:
    listed = _json_at(_PAGES, text)
    names = [_page_name(page) for page in listed[:_MOST_PAGES]] if isinstance(listed, list) else []
    if not any(names):
        count, folder = _COUNT.search(text), _LARGE.search(text)
        if count is None or folder is None:
            return ()
        last = min(int(count[1]), _MOST_PAGES)
        names = [f"{_slashes(folder[1])}{number}.jpg" for number in range(1, last + 1)]
    return tuple(_picture(root, name) for name in names if name)


def _page_name(page: Any) -> str:
    if not isinstance(page, dict):
        return ""
    value = page.get("l") or page.get("n")
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""


def _picture(root: str, name: str) -> str:
    plain = re.sub(r"^(?:\.{0,2}/)+", "", name)
    return urljoin(root, plain if "/" in plain else f"files/large/{plain}")


def _slashes(text: str) -> str:
    return text.replace("\\/", "/")


def page_texts(body: bytes) -> tuple[str, ...]:
    """The text of every page as a book's search file holds it, empty when there is none."""
    found = _json_at(_TEXTS, body[:_MOST_BYTES].decode("utf-8", "replace"))
    if not isinstance(found, list):
        return ()
    return tuple(text if isinstance(text, str) else "" for text in found[:_MOST_PAGES])


def _json_at(place: re.Pattern[str], text: str) -> Any:
    found = place.search(text)
    if found is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, found.end())[0]
    except (ValueError, RecursionError):
        return None
