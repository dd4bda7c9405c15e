"""The judge: from an item and the documents found for it to a verdict with quotes.

Pure: the same item, documents and day give the same verdict, in whatever order they come. A
document is first asked whether it is evidence at all (`nature`), then whether it is the right
sort (`naming`), then each element's probe looks at it. When in doubt the answer is `review`,
never `pass`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.document_order import in_order
from checklist.naming import name_kind
from checklist.nature import flaw_of, is_pictorial
from checklist.probes.channel import ChannelProbe
from checklist.probes.contact import ContactProbe
from checklist.probes.people import PeopleProbe
from checklist.probes.social import SocialProbe
from checklist.profile import UnitType
from checklist.quoting import cites_elements, repeats, without_pasted, wording_of
from checklist.reading import reading_of
from checklist.reasons import REASONS
from checklist.schema import Element, EvidenceShape, Item, Role, YearRule
from checklist.unfilled import unfilled
from checklist.unseen import held_to_what_is_seen
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Verdict
from checklist.weighing import Candidate, excused, weigh
from checklist.year_sections import of_the_year

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.fiscal import FiscalYear
    from checklist.flaw import Flaw
    from checklist.probes.base import Context, Finding
    from checklist.quoting import Wording

_KIND_ORDER = (Kind.NONE, Kind.PARTIAL, Kind.MATCH)
_SHOWN = (Role.CONTENT, Role.FORM, Role.COUNT, Role.CHANNEL)
# A portrait or a map beside the text is no sign that the text itself is a picture: for these
# only a page whose text shows nothing at all may hold everything in its picture.
_NEVER_PICTURED = (PeopleProbe, ContactProbe, ChannelProbe, SocialProbe)
_LOCAL_NAMES = ("องค์การบริหารส่วน", "เทศบาล", "อบต.", "อบจ.")


def judge(item: Item, documents: Sequence[Document], context: Context) -> ItemVerdict:
    """The verdict for `item` on everything found for it.

    Between equally good documents `checklist.document_order` decides: the unit's own URLs first.
    `documents` may hold failed fetches (`fetch.problem`); they are never judged by content.
    No documents at all is `fail` with `no_url`. What passes by words that a page's style sheets
    hide (`Document.seen`) is asked of a person.
    """

    def judged(found: Sequence[Document]) -> ItemVerdict:
        return _judged(item, found, context)

    return held_to_what_is_seen(judged(documents), documents, judged)


def _judged(item: Item, documents: Sequence[Document], context: Context) -> ItemVerdict:
    if not documents:
        return ItemVerdict(
            item.id, Verdict.FAIL, reasons=("no_url",), elements=_unfound(item, context)
        )
    readable, unread = _split(item, in_order(documents))
    if not readable:
        return _unreadable(item, unread, context)
    dead = {d.fetch.url for d in unread} | {d.fetch.final_url for d in unread}
    candidates = [_candidate(item, _without_dead(d, dead), context) for d in readable]
    return _sound(item, candidates, unread, context)


def _sound(
    item: Item, candidates: Sequence[Candidate], unread: Sequence[Document], context: Context
) -> ItemVerdict:
    """The verdict; what would pass must do so without the checklist's own texts and word lists."""
    best = _best(item, candidates, context)
    verdict = weigh(item, best, candidates, unread)
    if verdict.verdict is not Verdict.PASS:
        return verdict
    wording = wording_of(item, context.texts)
    own = [_in_own_words(candidate, wording) for candidate in candidates]
    cited = cites_elements(item, best.documents)
    if any(one is not other for one, other in zip(own, candidates, strict=True)):
        best = _best(item, own, context)
        verdict = weigh(item, best, own, unread)
        urls = {d.fetch.url for d in best.documents}
        whole = [d for c in candidates for d in c.documents if d.fetch.url in urls]
        cited = cites_elements(item, whole)
    return _doubted(verdict, cited) if verdict.verdict is Verdict.PASS and cited else verdict


def _doubted(verdict: ItemVerdict, cited: Sequence[str]) -> ItemVerdict:
    """A person looks at what would pass on a page that bears the checklist's own texts."""
    question = f"หน้านี้คัดข้อความขององค์ประกอบมาทั้งประโยค ({'; '.join(cited[:2])}) โปรดดูว่ามีข้อมูลจริงหรือไม่"
    return replace(verdict, verdict=Verdict.REVIEW, reasons=("weak_wording",), question=question)


def _in_own_words(candidate: Candidate, wording: Wording) -> Candidate:
    if candidate.flaw is not None:
        return candidate
    [document] = candidate.documents
    if flaw := repeats(document, wording):
        return replace(candidate, kind=Kind.NONE, flaw=flaw)
    own = without_pasted(document, wording)
    return candidate if own is document else replace(candidate, documents=(own,))


def _split(item: Item, documents: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    readable = [d for d in documents if d.readable or _serves_despite(item, d)]
    return readable, [d for d in documents if d not in readable]


def _without_dead(document: Document, dead: set[str]) -> Document:
    """The document without the links that were opened and led nowhere: they show nothing."""
    if not dead or not any(link.url in dead for link in document.links):
        return document
    return replace(document, links=tuple(x for x in document.links if x.url not in dead))


def _serves_despite(item: Item, document: Document) -> bool:
    """A social page for the social item, and a system's log-in page for an online service."""
    probes = [element.probe for element in item.elements]
    if document.fetch.problem == "social_media_only":
        return any(isinstance(probe, SocialProbe) for probe in probes)
    if document.fetch.problem == "login_required":
        return any(isinstance(p, ChannelProbe) and p.purpose == "service" for p in probes)
    return False


def _unreadable(item: Item, unread: Sequence[Document], context: Context) -> ItemVerdict:
    problems = tuple(dict.fromkeys(d.fetch.problem or "extract_failed" for d in unread))
    verdicts = {REASONS[problem].verdict for problem in problems}
    verdict = next(v for v in (Verdict.ERROR, Verdict.REVIEW, Verdict.FAIL) if v in verdicts)
    shown = tuple(p for p in problems if REASONS[p].verdict is verdict)
    return ItemVerdict(
        item.id,
        verdict,
        reasons=shown,
        elements=_unfound(item, context),
        urls=tuple(d.fetch.final_url for d in unread),
        question=_open_it(unread) if verdict is Verdict.REVIEW else "",
    )


def _open_it(unread: Sequence[Document]) -> str:
    return "โปรดเปิดดูด้วยตนเอง: " + ", ".join(d.fetch.final_url for d in unread[:3])


def _unfound(item: Item, context: Context) -> tuple[ElementVerdict, ...]:
    return tuple(
        ElementVerdict(e.id, e.text, ElementState.ABSENT, required=e.required)
        for e in item.elements_for(context.unit.type if context.unit else None)
    )


def _candidate(item: Item, document: Document, context: Context) -> Candidate:
    year = _year_asked(item, context)
    if year is not None:
        document = of_the_year(document, year)
    named = name_kind(document, item.about)
    flaw = flaw_of(document, context) or unfilled(item, named.document)
    if flaw and item.evidence is EvidenceShape.PAGE and flaw.reason not in _PAGE_FLAWS:
        flaw = None
    if flaw and flaw.reason in _FOREIGN and item.others_documents:
        flaw = _of_others(item, flaw)
    kind = Kind.NONE if flaw and not flaw.doubtful else named.kind
    return Candidate((named.document,), kind, (), flaw)


def _of_others(item: Item, flaw: Flaw) -> Flaw | None:
    """Another body's paper for an item that may rest on one: laws always, a code perhaps.

    A code or rules of the body that governs the unit count; of any other body they do not, and
    which it is only a person can say.
    """
    if item.evidence is EvidenceShape.PAGE:
        return None
    return replace(flaw, reason="unit_unclear", doubtful=True)


def _year_asked(item: Item, context: Context) -> FiscalYear | None:
    """The running fiscal year, for items that want its paper.

    None for plans and rules of many years, and for reports of the past: measures that rest on
    last year's result stand below headings of both years.
    """
    return context.fiscal_year if item.year_rule in (YearRule.FY, YearRule.H1_FY) else None


_FOREIGN = frozenset({"wrong_unit", "unit_unclear"})
_PAGE_FLAWS = frozenset({"criteria_only", "template_text", "weak_wording"}) | _FOREIGN


def _best(item: Item, candidates: Sequence[Candidate], context: Context) -> Candidate:
    sound = [c for c in candidates if c.flaw is None]
    pool = sound or list(candidates)
    if item.evidence is EvidenceShape.DOCUMENT:
        looked = [_look(item, c, context) for c in pool]
    elif item.evidence is EvidenceShape.PAGE:
        looked = [_look(item, _joined(pool), context)]
    else:
        looked = [_look(item, _joined(_set(item, pool, context)), context)]
    return max(looked, key=_rank)


def _set(item: Item, pool: Sequence[Candidate], context: Context) -> Sequence[Candidate]:
    """The documents that answer together: the fitting ones, of the right year if any is."""
    matching = [c for c in pool if c.kind is Kind.MATCH]
    fitting = matching or [c for c in pool if c.kind is Kind.PARTIAL] or pool
    yearly = [e for e in item.elements if e.role is Role.YEAR and _is_dated_singly(e)]
    current = [c for c in fitting if all(_is_current(e, c, context) for e in yearly)]
    return current or fitting


def _is_dated_singly(element: Element) -> bool:
    return getattr(element.probe, "covers", "") in ("fy", "fy_prev", "covers_fy", "h1_fy")


def _is_current(element: Element, candidate: Candidate, context: Context) -> bool:
    """True for a document of the year asked for, be it only a part of the year's period."""
    finding = element.probe.look(candidate.documents, context)
    in_part = finding.reason == "period_incomplete"
    return in_part or finding.state in (ElementState.PRESENT, ElementState.UNSURE)


def _joined(candidates: Sequence[Candidate]) -> Candidate:
    kinds = [c.kind for c in candidates]
    documents = tuple(d for c in candidates for d in c.documents)
    flaw = next((c.flaw for c in candidates if c.flaw), None)
    return Candidate(documents, max(kinds, key=_KIND_ORDER.index), (), flaw)


def _look(item: Item, candidate: Candidate, context: Context) -> Candidate:
    elements = item.elements_for(_unit_type(candidate.documents, context))
    pictorial = any(is_pictorial(document) for document in candidate.documents)
    findings = [element.probe.look(candidate.documents, context) for element in elements]
    shown = [f.quotes for e, f in zip(elements, findings, strict=True) if e.role in _SHOWN]
    silent = not any(shown) and all(reading_of(d).is_html for d in candidate.documents)
    verdicts = [
        _element_verdict(e, finding, pictorial=pictorial, silent=silent)
        for e, finding in zip(elements, findings, strict=True)
    ]
    kind = candidate.kind
    if not item.about.all_of and not _shows_anything(elements, verdicts):
        kind = Kind.NONE
    return replace(candidate, kind=kind, elements=excused(elements, verdicts))


def _shows_anything(elements: Sequence[Element], verdicts: Sequence[ElementVerdict]) -> bool:
    """True when something other than the way to the page was found on it."""
    roles = {element.id: element.role for element in elements}
    return any(v.quotes for v in verdicts if v.required and roles[v.id] is not Role.LINK)


def _element_verdict(
    element: Element, finding: Finding, *, pictorial: bool, silent: bool
) -> ElementVerdict:
    state, reason, detail = finding.state, finding.reason, finding.detail
    if state is ElementState.PRESENT and not finding.quotes:
        state, reason = ElementState.UNSURE, "weak_wording"
    may_be_pictured = pictorial and (silent or not isinstance(element.probe, _NEVER_PICTURED))
    if state is ElementState.ABSENT and may_be_pictured and reason in (None, "element_missing"):
        state, reason = ElementState.UNSURE, "image_only"
        detail = f"{detail} (อาจอยู่ในภาพหรือหน้าสแกนที่ระบบอ่านข้อความไม่ได้)"
    return ElementVerdict(
        element.id, element.text, state, element.required, reason, detail, finding.quotes
    )


def _unit_type(documents: Sequence[Document], context: Context) -> UnitType | None:
    """The unit's type; without a known unit, local when the document says so itself."""
    if context.unit and context.unit.type:
        return context.unit.type
    names = [d.title for d in documents] + [p.text for d in documents for p in d.passages[:6]]
    if any(word in name for name in names for word in _LOCAL_NAMES):
        return UnitType.LOCAL
    return None


def _rank(candidate: Candidate) -> tuple[int, int, int, int]:
    required = [e for e in candidate.elements if e.required]
    present = sum(e.state is ElementState.PRESENT for e in required)
    absent = sum(e.state is ElementState.ABSENT for e in required)
    outdated = sum(e.state is ElementState.OUTDATED for e in required)
    whole = int(candidate.kind is Kind.MATCH and present == len(required))
    return whole, _KIND_ORDER.index(candidate.kind), present - absent - outdated, present
