"""Small pages for judging: HTML or text read by the real reader."""

from __future__ import annotations

from datetime import date

from checklist.evidence import Document, Fetch, Origin, TextSource, Trail
from checklist.fiscal import FiscalYear
from checklist.probes.base import Context
from checklist.profile import UnitProfile, UnitType
from crawler.extract import extract

UNIT = UnitProfile(
    "ban-suan", "เทศบาลตำบลบ้านสวนมะลิ", UnitType.LOCAL, main_site="https://www.bansuanmali.go.th/"
)
CONTEXT = Context(FiscalYear(2566), date(2023, 4, 30))


def page(
    body: str,
    *,
    title: str = "",
    url: str = "https://www.bansuanmali.go.th/page",
    link_text: str = "",
    on_main_site: bool | None = None,
    parent_url: str = "",
) -> Document:
    """A web page with `body` as its body."""
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    origin = Origin.FOLLOWED if link_text else Origin.GIVEN
    trail = Trail(origin, parent_url, link_text, on_main_site=on_main_site)
    return extract(html.encode(), Fetch(url, url), trail=trail, charset="utf-8")


def text(content: str, *, link_text: str = "", file_name: str = "doc.txt") -> Document:
    """A plain-text document, which like a PDF has lines and no tables."""
    url = f"https://www.bansuanmali.go.th/files/{file_name}"
    trail = Trail(Origin.FOLLOWED if link_text else Origin.GIVEN, link_text=link_text)
    return extract(content.encode(), Fetch(url, url), trail=trail)


def unread(
    problem: str,
    *,
    origin: Origin = Origin.GIVEN,
    link_text: str = "",
    url: str = "https://www.bansuanmali.go.th/lost",
) -> Document:
    """An address that gave nothing to judge."""
    fetch = Fetch(url, url, status=0, problem=problem)
    return Document(fetch, TextSource.NONE, trail=Trail(origin, link_text=link_text))
