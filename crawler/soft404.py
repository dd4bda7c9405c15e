"""Does the site answer "200, all is well" for pages that do not exist? Pure comparison."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from checklist.evidence import Document, Region
from crawler.problems import CONTENT, Problem
from crawler.urls import is_root, key, looks_like_file

ALIKE = 92.0
NOVEL_LETTERS = 80
_COMPARED = 6000
# A page echoes the address a few times; each passage compared costs a look at all of the answer.
_MOST_COMPARED = 200
_MOST_KNOWN = 2000
_PASSAGE = 2000


def impossible_page(url: str) -> str:
    """An address on the same host at which no page can stand; the same for every crawl."""
    parts = urlsplit(url)
    mark = hashlib.sha256(parts.netloc.encode()).hexdigest()[:16]
    return f"{parts.scheme}://{parts.netloc}/oit-checker-no-such-page-{mark}"


def compare(page: Document, answer: Document) -> Problem | None:
    """The problem when `page` is the same as the site's `answer` to an impossible address.

    The front page itself is never one, nor is a page that adds words or documents of its own.
    """
    if not answer.readable or answer.fetch.status != 200 or is_root(page.fetch.url):
        return None
    if page.fetch.sha256 and page.fetch.sha256 == answer.fetch.sha256:
        return _SAME
    if page.title != answer.title or _own_files(page) - _own_files(answer):
        return None
    if _says_more(page, [p.text for p in answer.passages]):
        return None
    ours, theirs = _words(page), _words(answer)
    if abs(len(ours) - len(theirs)) > 0.15 * max(len(ours), len(theirs), 1):
        return None
    return _SAME if fuzz.ratio(ours, theirs) >= ALIKE else None


_SAME = Problem("soft_404", "หน้านี้เหมือนหน้าที่เว็บไซต์แสดงเมื่อเปิดที่อยู่ซึ่งไม่มีอยู่จริง")


def _says_more(page: Document, known: list[str]) -> bool:
    """True when the page has words that the answer lacks, or too many to compare them all."""
    novel = compared = 0
    same, alike = frozenset(known), [text[:_PASSAGE] for text in known[:_MOST_KNOWN]]
    for passage in page.passages:
        if passage.region not in CONTENT or passage.text in same:
            continue
        compared += 1
        novel += len(passage.text) if _is_new(passage.text[:_PASSAGE], alike) else 0
        if novel >= NOVEL_LETTERS or compared > _MOST_COMPARED:
            return True
    return False


def _is_new(text: str, known: list[str]) -> bool:
    """False for a passage that the answer shows too, give or take an echoed address."""
    return process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=ALIKE) is None


def _words(document: Document) -> str:
    return "\n".join(p.text for p in document.passages if p.region in CONTENT)[:_COMPARED]


def _own_files(document: Document) -> set[str]:
    aside = (Region.NAV, Region.FOOTER)
    return {
        key(link.url)
        for link in document.links
        if link.region not in aside and looks_like_file(link.url)
    }
