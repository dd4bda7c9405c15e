"""Finding an item's page from the main site alone. Pure: documents in, proposals out.

Rows of OIT indexes and menus are matched by title inside the year first, then by number:
item numbers differ between the years' checklists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.evidence import Document, Link, Region
from checklist.thai import contains, match_form
from crawler.link_years import time_bonus
from crawler.urls import is_map, is_root, is_social, key, looks_like_file, same_site, trap
from crawler.wording import (
    NAMED,
    Catalogue,
    Naming,
    catalogue,
    glued,
    item_numbers,
    link_names,
    link_numbers,
    times,
)

if TYPE_CHECKING:
    from checklist.schema import Item

LEAST_SCORE = 0.6
CLEARLY_NAMED = 0.85
SHIFTED_ROWS = 3
_INDEX_WORDS = (
    "OIT", "ITA", "การเปิดเผยข้อมูลสาธารณะ", "เปิดเผยข้อมูลสาธารณะ",
    "การประเมินคุณธรรมและความโปร่งใส", "คุณธรรมและความโปร่งใส", "ข้อมูลสาธารณะ",
)  # fmt: skip
_PART_WORDS = (
    "ตัวชี้วัดที่ 9", "ตัวชี้วัดที่ 10", "ตัวชี้วัดย่อย", "การป้องกันการทุจริต",
    "การเปิดเผยข้อมูล",
)  # fmt: skip
_INDEX_URL = re.compile(r"(?i)(?<![a-z])(oit|ita)(?![a-z])")
_ENTER = ("เข้าสู่เว็บไซต์", "เข้าสู่หน้าหลัก", "เข้าเว็บไซต์", "enter site", "enter")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An address that may hold an item's evidence.

    `score` runs from 0 to 1; `why` says in Thai what spoke for it; the rest tells where the
    link stood.
    """

    item_id: str
    url: str
    link_text: str
    score: float
    why: str
    parent_url: str = ""
    context: str = ""
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexLink:
    """A link to what looks like an OIT/ITA page; `score` orders them, best first."""

    url: str
    text: str
    score: float


def propose(
    documents: Sequence[Document], items: Sequence[Item], fiscal_year: int | None
) -> list[Proposal]:
    """Addresses for the items, found in the links of a site's main and index pages.

    Sorted by item as given, then by falling score. A link that names several items is proposed
    to those that it names best.
    """
    best: dict[tuple[str, str], Proposal] = {}
    named = catalogue(items)
    for document in documents:
        page = _page_of(document, items, named)
        for link in _links(document):
            for proposal in _for_link(link, document, items, named, fiscal_year, page):
                place = (proposal.item_id, key(proposal.url))
                if place not in best or best[place].score < proposal.score:
                    best[place] = proposal
    order = {item.id: number for number, item in enumerate(items)}
    return sorted(best.values(), key=lambda p: (order[p.item_id], -p.score, p.url))


def _links(document: Document) -> Iterator[Link]:
    """Links that can lead on: not to the page itself, a front page, a map or a social network."""
    here = key(document.fetch.final_url)
    for link in document.links:
        web = link.url.startswith(("http://", "https://"))
        if not web or link.region is Region.HIDDEN or key(link.url) == here or is_root(link.url):
            continue
        if not is_social(link.url) and not is_map(link.url):
            yield link


def _page_years(document: Document) -> frozenset[int]:
    headings = [p.text for p in document.passages if p.region is Region.HEADING][:3]
    for text in (document.title, *headings, document.fetch.final_url):
        if years := times(text).years:
            return years
    return frozenset()


def _for_link(
    link: Link,
    document: Document,
    items: Sequence[Item],
    named: Catalogue,
    fiscal_year: int | None,
    page: _Page,
) -> list[Proposal]:
    parts = glued(link.text, named)
    if not parts:
        numbers, names = link_numbers(link), link_names(link, named)
        readings = [(numbers, names)]
    else:
        readings = [(frozenset({number}), names) for number, names in parts.items()]
    own_numbers = bool(item_numbers(link.text) or item_numbers(link.context))
    found = []
    for numbers, names in readings:
        clear = max((n.score for n in names.values()), default=0.0) >= CLEARLY_NAMED
        owned = _owned(items, numbers, names)
        for item in items:
            name = names.get(item.id, Naming())
            if name.score < NAMED and (clear or page.shifted):
                # The words tell of another item: a number beside them is a slip.
                continue
            if name.score < owned - 0.1:
                continue
            score, why = _judge(name, item, numbers, own_numbers=own_numbers)
            if not score:
                continue
            more, note = time_bonus(
                link, item, fiscal_year, page.years, by_number=name.score < NAMED
            )
            if score + more >= LEAST_SCORE:
                found.append(_proposal(link, document, item, min(score + more, 1.0), why + note))
    return found


def _owned(items: Sequence[Item], numbers: frozenset[int], names: Mapping[str, Naming]) -> float:
    """How well an item is named whose number and name both stand there; 0 when none is.

    What only resembles the name of another item is then not that item's.
    """
    scores = [
        names[item.id].score for item in items
        if item.oit_number in numbers and item.id in names
    ]  # fmt: skip
    best = max(scores, default=0.0)
    return best if best >= CLEARLY_NAMED else 0.0


def _judge(
    name: Naming, item: Item, numbers: frozenset[int], *, own_numbers: bool
) -> tuple[float, str]:
    mine = item.oit_number in numbers
    if mine and name.score >= NAMED:
        return name.score + 0.1, f"ชื่อและเลขข้อ {item.id} ตรงกัน"
    if mine:
        return 0.65 if own_numbers else 0.6, f"เลขข้อ {item.id} ตรงกัน แต่ชื่อไม่ตรง ควรตรวจก่อนใช้"
    if name.score >= NAMED and numbers and item.oit_number is not None:
        said = ", ".join(f"O{number}" for number in sorted(numbers))
        shifted = f"ชื่อตรงกับข้อ {item.id} แต่ในหน้าเขียนเลข {said} จึงยึดตามชื่อ"
        return name.score - 0.15, f"{shifted} (เลขอาจเลื่อนแถวหรือเป็นเลขของปีอื่น)"
    if name.score >= NAMED:
        return name.score - 0.15, "ชื่อลิงก์หรือหัวข้อตรงกับชื่อข้อ"
    return 0.0, ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a whole page tells of its links: its years, and whether its numbers are shifted."""

    years: frozenset[int]
    shifted: bool


def _page_of(document: Document, items: Sequence[Item], named: Catalogue) -> _Page:
    return _Page(_page_years(document), _is_shifted(document, items, named))


def _is_shifted(document: Document, items: Sequence[Item], named: Catalogue) -> bool:
    """True when the numbers of several rows stand beside the titles of other items, off by one."""
    number_of = {item.id: item.oit_number for item in items if item.oit_number is not None}
    off: Counter[int] = Counter()
    right = 0
    for link in _links(document):
        numbers = link_numbers(link)
        names = link_names(link, named)
        best = max(names, key=lambda item_id: names[item_id].score, default="")
        if len(numbers) != 1 or best not in number_of or names[best].score < CLEARLY_NAMED:
            continue
        [number] = numbers
        difference = number - number_of[best]
        right += not difference
        off[difference] += bool(difference)
    return any(count >= SHIFTED_ROWS and count > right for count in off.values())


def _proposal(link: Link, document: Document, item: Item, score: float, why: str) -> Proposal:
    return Proposal(
        item_id=item.id,
        url=link.url,
        link_text=link.text,
        score=round(score, 3),
        why=why,
        parent_url=document.fetch.final_url,
        context=link.context,
        heading_path=link.heading_path,
    )


def index_links(
    document: Document, fiscal_year: int | None, *, deep: bool = False
) -> list[IndexLink]:
    """Links of a page to OIT/ITA pages, the right year's first.

    `deep` also takes the parts of an index (a page for each sub-indicator), for use on a page
    that is an index already.
    """
    found: dict[str, IndexLink] = {}
    for link in _links(document):
        place = key(link.url)
        if looks_like_file(link.url) or trap(link.url):
            continue
        score = _index_score(link, fiscal_year, deep=deep)
        if score > 0 and (place not in found or found[place].score < score):
            found[place] = IndexLink(link.url, link.text, score)
    return sorted(found.values(), key=lambda link: -link.score)


def _index_score(link: Link, fiscal_year: int | None, *, deep: bool) -> float:
    form = match_form(link.text)
    score = 0.0
    if any(contains(form, word) for word in _INDEX_WORDS):
        score = 2.0 if contains(form, "OIT") else 1.5
    elif _INDEX_URL.search(link.url):
        score = 1.2
    elif deep and any(contains(form, word) for word in _PART_WORDS):
        score = 1.0
    if not score:
        return 0.0
    years = times(link.text).years or times(link.url).years
    if fiscal_year is not None and years:
        score += 1.0 if fiscal_year in years else -1.0
    return round(score, 3)


def menu_links(document: Document, limit: int) -> list[str]:
    """Pages of the same site that a main page's menus and content link to, in page order."""
    found: dict[str, str] = {}
    here = document.fetch.final_url
    for link in sorted(_links(document), key=lambda link: link.region is not Region.NAV):
        place = key(link.url)
        if place in found:
            continue
        if same_site(link.url, here) and not looks_like_file(link.url) and not trap(link.url):
            found[place] = link.url
    return list(found.values())[:limit]


def entrance(document: Document) -> str | None:
    """The way into the site when the main page is only a splash screen."""
    if len(document.links) > 25:
        return None
    here = document.fetch.final_url
    for link in document.links:
        form = match_form(link.text)
        inside = key(link.url) != key(here) and same_site(link.url, here)
        if inside and any(contains(form, word) for word in _ENTER):
            return link.url
    return None
