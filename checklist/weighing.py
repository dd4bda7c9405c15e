"""From what was found to the verdict: reasons, doubt, and documents that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.evidence import Document, Origin
from checklist.naming import name_kind
from checklist.reasons import REASONS, reason
from checklist.schema import EvidenceShape, Role
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Verdict

if TYPE_CHECKING:
    from checklist.flaw import Flaw
    from checklist.schema import Element, Item

_SUBSTANCE = (Role.CONTENT, Role.FORM, Role.CHANNEL, Role.COUNT)
_MISSING = (ElementState.ABSENT, ElementState.OUTDATED)
# What the wrong text is instead, which says more than that it is of the wrong kind.
_TELLING = frozenset({"whole_law", "general_complaint_form", "one_way_faq", "download_form_only"})
_UNPROVEN = "ถ้อยคำขององค์ประกอบนี้ยังไม่มีแหล่งยืนยัน โปรดพิจารณา"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document, or several taken together, as evidence for an item."""

    documents: tuple[Document, ...]
    kind: Kind
    elements: tuple[ElementVerdict, ...]
    flaw: Flaw | None


def weigh(
    item: Item, best: Candidate, candidates: Sequence[Candidate], unread: Sequence[Document]
) -> ItemVerdict:
    """The item's verdict from its best candidate.

    A failing answer gives way to `error` when a document that may be the evidence could not be
    read, and to `review` when one is a picture or a scan.
    """
    lacking = _lacking(item, best)
    doubts = _doubts(item, best)
    if best.kind is not Kind.NONE and best.flaw is None and not lacking:
        if not doubts and best.kind is Kind.MATCH:
            if _off_the_main_site(best):
                question = "ไม่พบลิงก์จากเว็บไซต์หลักมายังเอกสารนี้ โปรดดูว่าประชาชนเข้าถึงจากเว็บไซต์หลักได้หรือไม่"
                return _verdict(item, Verdict.REVIEW, best, ("main_site_unclear",), question)
            return _verdict(item, Verdict.PASS, best, ())
        return _review(item, best, doubts)
    errors = [d for d in unread if _could_be_evidence(item, d)]
    if errors:
        reasons = tuple(dict.fromkeys(d.fetch.problem or "" for d in errors))
        return _verdict(item, Verdict.ERROR, best, reasons)
    doubtful = [c for c in candidates if c.flaw and c.flaw.doubtful]
    if lacking and best.flaw is not None and best.flaw.bars_passing:
        best = replace(best, flaw=None)
        doubtful = [c for c in doubtful if c.flaw and not c.flaw.bars_passing]
    if doubtful and (best.kind is not Kind.MATCH or best.flaw):
        return _review_flaw(item, best, doubtful)
    return _verdict(
        item, Verdict.FAIL, best, _fail_reasons(item, best, lacking, candidates, unread)
    )


def _off_the_main_site(best: Candidate) -> bool:
    """True when the main site was read and no link to any of the documents was seen on it.

    Source: what is disclosed must stand on, or be reachable from, the agency's main website.
    """
    return all(document.trail.on_main_site is False for document in best.documents)


def _lacking(item: Item, best: Candidate) -> list[ElementVerdict]:
    proven = {element.id for element in item.elements if element.proven and element.required}
    return [e for e in best.elements if e.id in proven and e.state in _MISSING]


def _doubts(item: Item, best: Candidate) -> list[ElementVerdict]:
    proven = {element.id for element in item.elements if element.proven}
    return [
        e
        for e in best.elements
        if e.required
        and (e.state is ElementState.UNSURE or (e.state in _MISSING and e.id not in proven))
    ]


def _review(item: Item, best: Candidate, doubts: Sequence[ElementVerdict]) -> ItemVerdict:
    proven = {element.id for element in item.elements if element.proven}
    questions = []
    for doubt in doubts:
        note = "" if doubt.id in proven else f" ({_UNPROVEN})"
        questions.append(f"{doubt.id} {doubt.text}: {doubt.detail or 'ไม่แน่ใจ'}{note}")
    if best.kind is Kind.PARTIAL:
        questions.insert(0, f"เอกสารนี้เป็น «{item.title}» หรือไม่ ชื่อเอกสารไม่ตรงทั้งหมด")
    reasons = [
        "unproven_element" if d.state in _MISSING else d.reason or "weak_wording" for d in doubts
    ]
    return _verdict(
        item,
        Verdict.REVIEW,
        best,
        tuple(dict.fromkeys(reasons)) or ("weak_wording",),
        " / ".join(questions),
    )


def _review_flaw(item: Item, best: Candidate, doubtful: Sequence[Candidate]) -> ItemVerdict:
    reasons = tuple(dict.fromkeys(c.flaw.reason for c in doubtful if c.flaw))
    urls = [c.documents[0].fetch.final_url for c in doubtful[:3]]
    seen = "; ".join(dict.fromkeys(c.flaw.detail for c in doubtful if c.flaw))
    question = f"โปรดเปิดดูว่าเป็น «{item.title}» ที่ครบองค์ประกอบหรือไม่ ({seen}): {', '.join(urls)}"
    return _verdict(item, Verdict.REVIEW, best, reasons, question)


def _could_be_evidence(item: Item, document: Document) -> bool:
    problem = document.fetch.problem
    if problem is None or reason(problem).verdict is not Verdict.ERROR:
        return False
    if document.trail.origin in (Origin.GIVEN, Origin.FILE):
        return True
    return name_kind(document, item.about).kind is Kind.MATCH


def _fail_reasons(
    item: Item,
    best: Candidate,
    lacking: Sequence[ElementVerdict],
    candidates: Sequence[Candidate],
    unread: Sequence[Document],
) -> tuple[str, ...]:
    problems = [d.fetch.problem for d in unread if d.fetch.problem]
    flaws = [c.flaw.reason for c in candidates if c.flaw]
    own = [e.reason or "element_missing" for e in lacking]
    specific = [reason for reason in own if reason != "element_missing"]
    general = [reason for reason in own if reason == "element_missing"]
    if best.kind is Kind.NONE and _only_front_page(best, unread):
        return ("no_url",)
    on_page = item.evidence is EvidenceShape.PAGE and not item.about.all_of
    if (best.kind is Kind.MATCH or on_page) and best.flaw is None:
        ordered = [*specific, *general]
    elif best.flaw is not None:
        ordered = [best.flaw.reason, *flaws, *problems]
    else:
        telling = [e.reason for e in best.elements if e.reason in _TELLING]
        ordered = [*flaws, *problems, *telling, "wrong_kind"]
    failing = [r for r in ordered if r and REASONS[r].verdict is Verdict.FAIL]
    return tuple(dict.fromkeys(failing)) or ("wrong_kind",)


def _only_front_page(best: Candidate, unread: Sequence[Document]) -> bool:
    """True when no address was given or found and the site's front page was looked at instead."""
    return not unread and all(d.trail.origin is Origin.MAIN_SITE for d in best.documents)


def _verdict(
    item: Item, verdict: Verdict, best: Candidate, reasons: tuple[str, ...], question: str = ""
) -> ItemVerdict:
    urls = tuple(dict.fromkeys(d.fetch.final_url for d in best.documents))
    kind = best.kind if verdict is Verdict.PASS else shown_kind(item, best)
    return ItemVerdict(item.id, verdict, kind, reasons, best.elements, urls, question)


def shown_kind(item: Item, best: Candidate) -> Kind:
    """The kind a person is told: a name alone, with little of the substance below, is `partial`.

    A text is of the sort an item asks for, whatever its year, when it bears the name and shows
    at least half of what such a text is made of; where nothing could be read its name stands.
    """
    if best.kind is not Kind.MATCH:
        return best.kind
    if best.flaw is not None and best.flaw.reason == "template_text":
        return Kind.PARTIAL
    roles = {element.id: element.role for element in item.elements}
    parts = [e for e in best.elements if e.required and roles[e.id] in _SUBSTANCE]
    seen = sum(e.state is not ElementState.ABSENT for e in parts)
    return Kind.MATCH if 2 * seen >= len(parts) else Kind.PARTIAL


def excused(
    elements: Sequence[Element], verdicts: Sequence[ElementVerdict]
) -> tuple[ElementVerdict, ...]:
    """An exception that stands there ("no complaints") makes what it excuses present."""
    by_id = {verdict.id: verdict for verdict in verdicts}
    for element in elements:
        exception = by_id[element.id]
        if element.role is Role.EXCEPTION and exception.state is ElementState.PRESENT:
            for place in element.excuses:
                if place in by_id and by_id[place].state is not ElementState.PRESENT:
                    by_id[place] = replace(
                        by_id[place],
                        state=ElementState.PRESENT,
                        reason=None,
                        detail=f"ยกเว้นตาม {element.id}",
                        quotes=exception.quotes,
                    )
    return tuple(by_id[element.id] for element in elements)
