"""How large a web page may be to be read: past it nothing is judged, for a part misleads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.problems import UnreadableError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MAX_ELEMENTS = 150_000
"""Elements of a page; long registers have 30,000, and each costs a kilobyte of memory."""
MAX_LINKS = 8_000
"""Links of a page; each is compared with the names of all items."""
MAX_LETTERS = 3_000_000
"""Letters of a page's text, a thousand printed pages."""


def check_source(html: str) -> None:
    """Refuse a page that would make too large a tree, before one is made.

    Raises:
        UnreadableError: `too_large`, with the limit in its detail.
    """
    elements = html.count("<") - html.count("</")
    if elements > MAX_ELEMENTS:
        raise _too_large(f"หน้าเว็บมีองค์ประกอบ (element) เกิน {MAX_ELEMENTS:,}")


def check_tree(soup: BeautifulSoup) -> None:
    """Refuse a page of too many links or letters, before its parts are told apart.

    Raises:
        UnreadableError: `too_large`, with the limit in its detail.
    """
    if len(soup.find_all("a", href=True, limit=MAX_LINKS + 1)) > MAX_LINKS:
        raise _too_large(f"หน้าเว็บมีลิงก์เกิน {MAX_LINKS:,} ลิงก์")
    letters = 0
    for text in soup.strings:
        letters += len(text)
        if letters > MAX_LETTERS:
            raise _too_large(f"หน้าเว็บมีข้อความเกิน {MAX_LETTERS:,} ตัวอักษร")


def _too_large(what: str) -> UnreadableError:
    return UnreadableError(f"{what} จึงไม่ได้อ่าน ควรแบ่งเป็นหลายหน้า", "too_large")
