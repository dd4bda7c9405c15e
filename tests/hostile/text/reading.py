"""Small pages read by the real reader and judged by the real judge, for the cases of this group."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Origin, Region, Trail
from checklist.judge import judge
from checklist.loader import load_year
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ItemVerdict, Verdict
from crawler.extract import extract
from sweep.judging import context_for
from tests.hostile.sites import MUNICIPALITY

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

URL = "https://www.bansuanmali.go.th/page"
CLAIM = "แผนปี 2566"
SHOWN = frozenset({Region.MAIN, Region.HEADING, Region.TABLE})
UNIT = UnitProfile(
    "ban-suan", MUNICIPALITY, UnitType.LOCAL, main_site="https://www.bansuanmali.go.th/"
)


def read(
    body: bytes | str, *, charset: str | None = None, link_text: str = "", url: str = URL
) -> Document:
    """The document at `url`; text is sent as UTF-8."""
    sent = body.encode() if isinstance(body, str) else body
    trail = Trail(Origin.FOLLOWED if link_text else Origin.GIVEN, "", link_text)
    kind = "text/html" if url == URL else ""
    return extract(sent, Fetch(url, url, content_type=kind), trail=trail, charset=charset)


def page(body: str, *, title: str = "", link_text: str = "") -> Document:
    """A web page with `body` as its body."""
    head = f"<html><head><title>{title}</title></head><body>"
    return read(f"{head}{body}</body></html>", charset="utf-8", link_text=link_text)


def published(document: Document) -> str:
    """What a visitor reads in the content of a document."""
    return "\n".join(p.text for p in document.passages if p.region in SHOWN)


@cache
def checklist_of(year: int) -> Checklist:
    """The shipped checklist of a fiscal year."""
    return load_year(year)


def verdict(item: Item, document: Document, year: int = 2566) -> ItemVerdict:
    """What the judge says of `document` as the only answer to `item`."""
    checklist = checklist_of(year)
    return judge(item, [document], context_for(checklist, checklist.calendar.closes, UNIT))


def passes(item: Item, document: Document, year: int = 2566) -> bool:
    """True when `document` alone passes `item`."""
    return verdict(item, document, year).verdict is Verdict.PASS
