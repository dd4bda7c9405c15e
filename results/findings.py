"""One item's finding in words: its group, reasons, elements and quotes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.reasons import REASONS
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from results import wording
from results.group import Group
from results.parts import ReasonText
from results.places import placement_text
from results.rechecks import recheck_text
from results.report import ElementText, ItemFinding, QuoteText
from results.score import points_at_stake
from results.speech import Language, _, spoken
from results.waivers import WaiverKind
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.profile import UnitType
    from checklist.schema import Checklist, Item
    from results.decisions import WaiverText

_NOTHING_READ = frozenset(
    {
        "no_url",
        "not_found",
        "soft_404",
        "login_required",
        "access_request",
        "social_media_only",
    }
)
"""Reasons of a failed item under which no document's text was read."""
_YEAR_REASONS = frozenset({"outdated", "period_incomplete"})


def group_of(verdict: ItemVerdict | None) -> Group:
    """Where an item counts; a failed one is `outdated` when only its year is wrong."""
    if verdict is None:
        return Group.UNCHECKED
    if verdict.verdict is not Verdict.FAIL:
        return Group(verdict.verdict.value)
    if verdict.reasons[:1] == ("judged_lacking",):
        return Group.MISSING
    states = {element.state for element in verdict.elements if element.required}
    year_first = bool(verdict.reasons) and verdict.reasons[0] in _YEAR_REASONS
    only_year = ElementState.OUTDATED in states and ElementState.ABSENT not in states
    return Group.OUTDATED if year_first or only_year else Group.MISSING


def reason_text(code: str) -> ReasonText:
    """The words of a reason code; a code without words is shown as it is."""
    if code not in REASONS:
        said = _("เหตุที่ไม่มีคำอธิบาย ({code})", code=code)
        return ReasonText(code=code, th=said, en=code, remedy="")
    known = REASONS[code]
    return ReasonText(
        code=code,
        th=wording.reason_sentence(code),
        en=known.en,
        remedy=_(known.remedy) if known.remedy else "",
    )


def finding_of(
    checklist: Checklist,
    item: Item,
    verdict: ItemVerdict | None,
    excluded: Collection[str],
    unit_type: UnitType | None = None,
) -> ItemFinding:
    """The finding of `item`; `excluded` are the items that leave the score's means.

    The office that must act is named as a unit of `unit_type` calls it.
    """
    group = group_of(verdict)
    reasons = tuple(reason_text(code) for code in verdict.reasons) if verdict else ()
    elements = _elements(verdict, _texts(item)) if verdict else ()
    kind = verdict.kind if verdict else Kind.NONE
    return ItemFinding(
        item=item.id,
        title=item.title,
        owner=checklist.owner_of(item, unit_type),
        sub_indicator=item.indicator,
        group=group,
        verdict=verdict.verdict if verdict else None,
        verdict_th=_(wording.GROUPS[group.value]),
        kind=kind,
        kind_th=_(wording.KINDS[kind]),
        points=points_at_stake(checklist, item.id, excluded),
        summary=_summary(reasons, elements),
        reasons=reasons,
        elements=elements,
        urls=tuple(tidy(url) for url in verdict.urls) if verdict else (),
        question=tidy(verdict.question) if verdict else "",
        remedy=item.remedy,
        placements=tuple(map(placement_text, verdict.placements)) if verdict else (),
        recheck=recheck_text(verdict.recheck) if verdict and verdict.recheck else None,
    )


def under_decision(finding: ItemFinding, waiver: WaiverText | None) -> ItemFinding:
    """The finding with the decision that holds; a person's "no" is its summary."""
    if waiver is None or waiver.kind is not WaiverKind.JUDGED_LACKING:
        return finding.model_copy(update={"waiver": waiver})
    summary = _("{kind}: {reason}", kind=waiver.kind_th, reason=waiver.reason)
    return finding.model_copy(update={"waiver": waiver, "summary": summary})


def _summary(reasons: tuple[ReasonText, ...], elements: tuple[ElementText, ...]) -> str:
    lacking = [
        element.detail or element.text
        for element in elements
        if element.required and element.state in (ElementState.ABSENT, ElementState.OUTDATED)
    ]
    said = reasons[0].th if reasons else ""
    if reasons and reasons[0].code == "element_missing" and lacking:
        return _("ขาด: {parts}", parts="; ".join(lacking))
    return said or "; ".join(lacking)


def _texts(item: Item) -> Mapping[str, str]:
    """The texts to use for elements by id; verdicts are stored with the Thai ones of their day."""
    if spoken() is Language.TH:
        return {}
    return {element.id: element.text for element in item.elements}


def _elements(verdict: ItemVerdict, texts: Mapping[str, str]) -> tuple[ElementText, ...]:
    """An item's elements; nothing is called absent that nobody looked at."""
    unread = _nothing_read(verdict)
    named = [replace(one, text=texts.get(one.id, one.text)) for one in verdict.elements]
    return tuple(
        _unseen(element)
        if element.state is ElementState.ABSENT and (unread or verdict.verdict is Verdict.ERROR)
        else _element_text(element)
        for element in named
    )


def _nothing_read(verdict: ItemVerdict) -> bool:
    silent = all(
        element.state is ElementState.ABSENT
        and not (element.reason or element.detail or element.quotes)
        for element in verdict.elements
    )
    unread = verdict.verdict is not Verdict.FAIL or set(verdict.reasons) <= _NOTHING_READ
    return silent and unread and bool(verdict.reasons)


def _unseen(element: ElementVerdict) -> ElementText:
    return ElementText(
        id=element.id,
        text=tidy(element.text),
        state=None,
        state_th=_(wording.UNSEEN),
        required=element.required,
        reason=None,
        detail="",
        quotes=(),
    )


def _element_text(element: ElementVerdict) -> ElementText:
    return ElementText(
        id=element.id,
        text=tidy(element.text),
        state=element.state,
        state_th=_(wording.STATES[element.state]),
        required=element.required,
        reason=reason_text(element.reason) if element.reason else None,
        detail=tidy(element.detail),
        quotes=tuple(_quote_text(quote) for quote in element.quotes),
    )


def _quote_text(quote: Quote) -> QuoteText:
    path = tuple(tidy(heading) for heading in quote.heading_path)
    place = [_("หน้า {page}", page=quote.page)] if quote.page else []
    place += [_("หัวข้อ “{heading}”", heading=" › ".join(path))] if path else []
    place += [_(wording.REGIONS[quote.region]), _(wording.SOURCES[quote.source])]
    return QuoteText(
        text=tidy(quote.text),
        where=" · ".join(place),
        url=tidy(quote.url),
        final_url=tidy(quote.final_url),
        status=quote.status,
        sha256=quote.sha256,
        fetched_at=quote.fetched_at,
        page=quote.page,
        heading_path=path,
        region=quote.region,
        source=quote.source,
        tier=quote.tier,
    )
