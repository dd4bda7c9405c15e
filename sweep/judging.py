"""What to crawl for a unit, and the judgement of what came home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from checklist.placement import with_placements
from checklist.probes.base import Context
from checklist.reading import forget
from crawler.bodies import bodies_at
from crawler.extract.members import members_of
from crawler.plan import ItemTarget, UnitPlan
from results.record import Scope
from sweep.basis import from_json
from sweep.second_look import BodyOf, Documents, Judged, judge_with_ocr
from sweep.unchanged import Before

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist, Item
    from checklist.verdict import ItemVerdict
    from crawler.harvest import UnitHarvest
    from crawler.settings import CrawlSettings
    from results.record import UnitResult
    from results.store import Store
    from sweep.basis import Grounds
    from sweep.request import SweepRequest
    from units.registry import Unit

SCANS_BACK = 5
"""So many scans before the present one are asked how a unit stood."""


def plan_of(unit: Unit, request: SweepRequest) -> UnitPlan:
    """What to crawl for a unit: every wanted item with the URLs the unit gave for it."""
    targets = tuple(ItemTarget(item, unit.urls.get(item.id, ())) for item in request.items)
    return UnitPlan(unit.profile, targets, request.checklist.year)


def judge_harvest(
    harvest: UnitHarvest,
    unit: UnitProfile,
    request: SweepRequest,
    before: Mapping[str, Before] | None = None,
) -> Judged:
    """Verdicts for every wanted item on what the crawl brought home, scans read where it helps.

    Verdicts of `before` are taken over where all they rest on is unchanged.
    """
    documents = taken_apart(harvest.documents)
    judged = judge_with_ocr(
        request.items,
        documents,
        context_for(request.checklist, request.as_of, unit),
        bodies_of(request.settings),
        request.ocr,
        request.ocr_pages_per_unit,
        before,
    )
    judged = placed(request.items, judged)
    # A scan that was read by OCR is another document than the one that was not.
    for known in (documents, judged.documents):
        forget(chain.from_iterable(known.values()))
    return judged


def earlier_results(
    store: Store, checklist: str, unit_id: str, scan_id: int
) -> Iterator[UnitResult]:
    """The unit's results of the scans before `scan_id` with the same checklist (its key).

    Newest first, at most `SCANS_BACK` of every item and as many of some items: however often a
    person has one item checked again, what is known of the others is not lost from sight.
    """
    newer, left = scan_id, {True: SCANS_BACK, False: SCANS_BACK}
    while left[True]:
        before = store.latest_scan(checklist, unit_id, before=newer)
        if before is None:
            return
        newer, every_item = before.id, before.scope is not Scope.ITEMS
        if left[every_item]:
            left[every_item] -= 1
            yield store.unit_result(before.id, unit_id)


def before_of(store: Store, request: SweepRequest, unit_id: str, scan_id: int) -> dict[str, Before]:
    """The unit's newest earlier verdicts that may be taken over, by item.

    A scan of fewer items says nothing of the others: for these an older one speaks.
    """
    if not request.settings.remember:
        return {}
    found: dict[str, tuple[ItemVerdict, Grounds | None]] = {}
    wanted = {item.id for item in request.items}
    for result in earlier_results(store, request.checklist.key, unit_id, scan_id):
        for one in result.verdicts:
            found.setdefault(one.item, (one, from_json(result.grounds.get(one.item))))
        if wanted <= found.keys():
            break
    return {
        item: Before(verdict, grounds)
        for item, (verdict, grounds) in found.items()
        if grounds is not None and verdict.recheck is None
    }


def placed(items: Sequence[Item], judged: Judged) -> Judged:
    """The verdicts with the places of the documents that they rest on."""
    verdicts = tuple(
        with_placements(item, verdict, judged.documents.get(item.id, ()))
        for item, verdict in zip(items, judged.verdicts, strict=True)
    )
    return replace(judged, verdicts=verdicts)


def taken_apart(documents: Documents) -> Documents:
    """Archives as the files in them."""
    return {
        item_id: tuple(part for document in found for part in members_of(document))
        for item_id, found in documents.items()
    }


def bodies_of(settings: CrawlSettings) -> BodyOf:
    """Where the crawl kept its bodies, here or on a machine that shares them.

    Nothing is found when it kept none. Raises `StoreError` for an address of no use.
    """
    return bodies_at(settings.bodies_folder, settings.shared_url).get


def context_for(checklist: Checklist, as_of: date, unit: UnitProfile | None) -> Context:
    """The judge's context: year, day, unit, and the titles and texts that a page may repeat."""
    names = tuple(item.title for item in checklist.items)
    texts = tuple(element.text for item in checklist.items for element in item.elements)
    return Context(checklist.fiscal_year, as_of, unit, names, texts)


def distinct(documents: Documents) -> list[Document]:
    """Every document once, whichever items it serves."""
    return list({d.fetch.url: d for found in documents.values() for d in found}.values())
