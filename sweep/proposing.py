"""From a main site alone to an address for each item: searched, opened, weighed, explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checklist.evidence import Document, Region, TextSource, Trail
from checklist.judge import judge
from checklist.link_words import tells_nothing
from checklist.naming import name_kind
from checklist.profile import UnitProfile, UnitType
from checklist.reasons import REASONS
from checklist.schema import EvidenceShape
from checklist.verdict import ElementState, Kind, Verdict
from crawler.link_years import OTHER_YEAR
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.surroundings import is_page, is_thin
from crawler.urls import is_root, key
from results.wording import tidy
from sweep.judging import context_for
from units.registry import Unit
from units.suggestions import Alternative, Suggestion, Suggestions

if TYPE_CHECKING:
    from checklist.probes.base import Context
    from checklist.schema import Checklist, Item
    from crawler.discovery import Proposal
    from crawler.harvest import CrawlEvent, UnitHarvest
    from crawler.settings import CrawlSettings

MOST_URLS = 12
MOST_ALTERNATIVES = 5
OTHER_YEARS_SCORE = 45
FRONT_PAGE_SCORE = 55
_NEAR = 3
_SHOWN_PAGES = 3
_ROW_CHARS = 120
_ID_CHARS = 64
_AGENCY = re.compile(
    r"(เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|สำนักงานจังหวัด|จังหวัด|อำเภอ|โรงเรียน)"
    r"\s?([ก-๙]{2,40})"
)
_LOCAL = ("เทศบาล", "องค์การบริหาร")
_PROVINCE = ("จังหวัด", "อำเภอ", "สำนักงานจังหวัด")


@dataclass(frozen=True)
class _Weighed:
    """A proposal with what became of opening it; a score of 0 means that it is of no use."""

    proposal: Proposal
    score: int
    note: str = ""


def discover(
    main_site: str,
    items: Sequence[Item],
    checklist: Checklist,
    settings: CrawlSettings,
    on_event: Callable[[CrawlEvent], None] | None = None,
) -> Suggestions:
    """Search a main site for every item and propose addresses, each with a score and a reason."""
    plan = plan_to_search(main_site, items, checklist)
    return suggestions_of(next(iter(crawl([plan], settings, on_event))), plan, checklist)


def plan_to_search(
    main_site: str, items: Sequence[Item], checklist: Checklist, unit_id: str = "discovered"
) -> UnitPlan:
    """What to crawl to find the items on a main site."""
    profile = UnitProfile(unit_id, main_site, main_site=main_site)
    targets = tuple(ItemTarget(item) for item in items)
    return UnitPlan(profile, targets, checklist.year, search_only=True)


def suggestions_of(harvest: UnitHarvest, plan: UnitPlan, checklist: Checklist) -> Suggestions:
    """What a search brought home, as proposals with scores and reasons."""
    # The unit's name is not known yet: no document can be another body's.
    context = context_for(checklist, checklist.calendar.closes, None)
    found = tuple(_suggest(target.item, harvest, context) for target in plan.targets)
    searched = tuple(page.fetch.final_url for page in harvest.searched if page.readable)
    unit = _unit(plan.unit.main_site, harvest.searched, found)
    return Suggestions(unit, checklist.year, found, searched)


def _suggest(item: Item, harvest: UnitHarvest, context: Context) -> Suggestion:
    opened = {key(d.fetch.url): d for d in harvest.documents.get(item.id, ())}
    proposals = _fitting(item, harvest)
    weighed = [_weigh(item, p, opened.get(key(p.url))) for p in proposals]
    usable = sorted((w for w in weighed if w.score), key=lambda w: -w.score)
    if usable:
        return _chosen(item, usable)
    if (front := _on_the_front_page(item, harvest, context)) is not None:
        return front
    return Suggestion(item.id, item.title, reason=_nothing(item, weighed, harvest.searched))


def _fitting(item: Item, harvest: UnitHarvest) -> list[Proposal]:
    """The item's proposals; a home page only where functions of a page are the evidence."""
    home = key(harvest.searched[0].fetch.final_url) if harvest.searched else ""
    on_page = item.evidence is EvidenceShape.PAGE
    found = harvest.proposals.get(item.id, ())
    return [p for p in found if on_page or not (is_root(p.url) or key(p.url) == home)]


def _weigh(item: Item, proposal: Proposal, document: Document | None) -> _Weighed:
    weighed = _opened(item, proposal, document)
    if OTHER_YEAR in proposal.why:
        return replace(weighed, score=min(weighed.score, OTHER_YEARS_SCORE))
    return weighed


def _opened(item: Item, proposal: Proposal, document: Document | None) -> _Weighed:
    score = round(100 * proposal.score)
    if document is None:
        return _Weighed(proposal, score - 5, "ยังไม่ได้เปิดดู")
    if document.fetch.problem is not None:
        reason = REASONS[document.fetch.problem]
        if reason.verdict is Verdict.FAIL:
            return _Weighed(proposal, 0, reason.th)
        return _Weighed(proposal, score - 10, f"ยังเปิดดูไม่ได้ ({reason.th})")
    if document.source is TextSource.IMAGE or not document.passages:
        return _Weighed(proposal, score - 5, "เปิดได้ เป็นภาพสแกน จึงยังไม่ได้อ่านชื่อเอกสาร")
    # By its own name: what the link says is weighed already.
    kind = name_kind(replace(document, trail=Trail()), item.about).kind
    if kind is Kind.NONE and is_page(document) and is_thin(document):
        return _Weighed(proposal, score - 5, "เปิดได้ แต่หน้ามีข้อความน้อย (อาจเป็นภาพ) โปรดเปิดดู")
    if kind is Kind.NONE:
        return _Weighed(proposal, max(1, score - 25), "เปิดดูแล้วไม่พบชื่อของข้อนี้ในเอกสาร")
    if kind is Kind.MATCH and item.about.all_of:
        return _Weighed(proposal, min(99, score + 5), "เปิดดูแล้วชื่อเอกสารตรง")
    return _Weighed(proposal, score, "เปิดได้")


def _chosen(item: Item, usable: Sequence[_Weighed]) -> Suggestion:
    best = usable[0]
    together = [w for w in usable if _goes_with(w, best, item)][:MOST_URLS]
    taken = {key(w.proposal.url) for w in together}
    others = [w for w in usable if key(w.proposal.url) not in taken][:MOST_ALTERNATIVES]
    rival = others[0] if others and best.score - others[0].score <= _NEAR else None
    score = best.score - (5 if rival else 0)
    parts = [best.proposal.why, best.note]
    if len(together) > 1:
        parts.append(f"มี {len(together)} ลิงก์ในรายการเดียวกัน")
    if rival:
        parts.append("มี URL อื่นที่น่าจะใช่พอกัน โปรดเลือก")
    return Suggestion(
        item=item.id,
        title=item.title,
        urls=tuple(dict.fromkeys(w.proposal.url for w in together)),
        score=max(1, min(score, 99)),
        reason=" · ".join(filter(None, parts)),
        link_text=_wording(best.proposal),
        found_on=best.proposal.parent_url,
        alternatives=tuple(
            Alternative(w.proposal.url, _wording(w.proposal), w.score) for w in others
        ),
    )


def _goes_with(one: _Weighed, best: _Weighed, item: Item) -> bool:
    """True for links of one row or below one heading that serve the item as well as the best."""
    if one is best:
        return True
    a, b = one.proposal, best.proposal
    if item.evidence is not EvidenceShape.SET or a.parent_url != b.parent_url:
        return False
    same_row = bool(a.context) and a.context == b.context and a.link_text != a.context
    below = bool(a.heading_path) and a.heading_path == b.heading_path and a.why == b.why
    return abs(one.score - best.score) <= _NEAR and (same_row or below)


def _wording(proposal: Proposal) -> str:
    """The link's text, with its row where the text itself tells nothing."""
    text, row = tidy(proposal.link_text), tidy(proposal.context, _ROW_CHARS)
    return f"{text} ({row})" if row and row != text and tells_nothing(text) else text or row


def _on_the_front_page(item: Item, harvest: UnitHarvest, context: Context) -> Suggestion | None:
    """The front page itself, where it shows something of what the item asks of a page."""
    front = harvest.searched[0] if harvest.searched else None
    if item.evidence is not EvidenceShape.PAGE or front is None or not front.readable:
        return None
    verdict = judge(item, (front,), context)
    seen = [e.text for e in verdict.elements if e.required and e.state is ElementState.PRESENT]
    if not seen or verdict.kind is Kind.NONE:
        return None
    return Suggestion(
        item.id,
        item.title,
        (front.fetch.final_url,),
        FRONT_PAGE_SCORE,
        f"ไม่พบลิงก์ที่ชื่อตรง แต่หน้าแรกมี: {'; '.join(seen[:2])}",
        front.title,
        front.fetch.final_url,
    )


def _nothing(item: Item, weighed: Sequence[_Weighed], searched: Sequence[Document]) -> str:
    read = [page for page in searched if page.readable]
    if not read:
        problem = searched[0].fetch.problem if searched else None
        why = f" ({REASONS[problem].th})" if problem in REASONS else ""
        return f"เปิดหน้าแรกของเว็บไซต์ไม่ได้{why} จึงยังไม่ได้ค้นหา"
    names = " / ".join(dict.fromkeys((item.title, *item.aliases)))
    pages = ", ".join(f"“{_title(page)}”" for page in read[1 : 1 + _SHOWN_PAGES])
    looked = f"อ่าน {len(read)} หน้า: หน้าแรก" + (f", {pages}" if pages else "")
    looked += " เป็นต้น" if len(read) > 1 + _SHOWN_PAGES else ""
    if weighed:
        broken = weighed[0]
        return (
            f"พบลิงก์ “{_wording(broken.proposal)}” ไปยัง {broken.proposal.url} "
            f"แต่ใช้ไม่ได้: {broken.note} · {looked}"
        )
    return f"ไม่พบลิงก์หรือหัวข้อที่ชื่อตรงกับ “{names}” · {looked}"


def _title(page: Document) -> str:
    heading = next((p.text for p in page.passages if p.region is Region.HEADING), "")
    return (heading or page.title or urlsplit(page.fetch.final_url).path)[:60]


def _unit(main_site: str, searched: Sequence[Document], found: Sequence[Suggestion]) -> Unit:
    """The unit as far as its front page tells who it is; an admin completes it."""
    name, kind = _agency(searched[0]) if searched else ("", UnitType.OTHER)
    urls: Mapping[str, tuple[str, ...]] = {s.item: s.urls for s in found if s.urls}
    return Unit(
        id=_id(main_site),
        name=name or main_site,
        type=kind,
        main_site=main_site,
        urls=dict(urls),
        note="" if name else "โปรดแก้ชื่อและประเภทหน่วยงานก่อนตรวจ",
    )


def _id(main_site: str) -> str:
    """An id that no other site gives: the address itself, as far as an id may hold it."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", key(main_site)).strip("-._")
    return plain[:_ID_CHARS].rstrip("-._") or "discovered"


def _agency(front: Document) -> tuple[str, UnitType]:
    headings = [p.text for p in front.passages if p.region is Region.HEADING][:3]
    for text in (front.title, *headings):
        if match := _AGENCY.search(text):
            name = match[1] + match[2]
            if name.startswith(_LOCAL):
                return name, UnitType.LOCAL
            return name, UnitType.PROVINCE if name.startswith(_PROVINCE) else UnitType.OTHER
    return "", UnitType.OTHER
