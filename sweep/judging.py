"""What to crawl for a unit, and the judgement of what came home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from checklist.placement import with_placements
from checklist.probes.base import Context
from crawler.bodies import BodyStore
from crawler.extract.members import members_of
from crawler.plan import ItemTarget, UnitPlan
from sweep.second_look import BodyOf, Documents, Judged, judge_with_ocr

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist, Item
    from crawler.harvest import UnitHarvest
    from crawler.settings import CrawlSettings
    from sweep.request import SweepRequest
    from units.registry import Unit


def plan_of(unit: Unit, request: SweepRequest) -> UnitPlan:
    """What to crawl for a unit: every wanted item with the URLs the unit gave for it."""
    targets = tuple(ItemTarget(item, unit.urls.get(item.id, ())) for item in request.items)
    return UnitPlan(unit.profile, targets, request.checklist.year)


def judge_harvest(harvest: UnitHarvest, unit: UnitProfile, request: SweepRequest) -> Judged:
    """Verdicts for every wanted item on what the crawl brought home, scans read where it helps."""
    judged = judge_with_ocr(
        request.items,
        taken_apart(harvest.documents),
        context_for(request.checklist, request.as_of, unit),
        bodies_of(request.settings),
        request.ocr,
        request.ocr_pages_per_unit,
    )
    return placed(request.items, judged)


def placed(items: Sequence[Item], judged: Judged) -> Judged:
    """The verdicts with the places of the documents that they rest on."""
    verdicts = tuple(
        with_placements(item, verdict, judged.documents.get(item.id, ()))
        for item, verdict in zip(items, judged.verdicts, strict=True)
    )
    return Judged(verdicts, judged.documents, judged.tally)


def taken_apart(documents: Documents) -> Documents:
    """Archives as the files in them."""
    return {
        item_id: tuple(part for document in found for part in members_of(document))
        for item_id, found in documents.items()
    }


def bodies_of(settings: CrawlSettings) -> BodyOf:
    """Where the crawl kept its bodies; nothing is found when it kept none."""
    if settings.bodies_folder is None:
        return lambda _: None
    return BodyStore(settings.bodies_folder).get


def context_for(checklist: Checklist, as_of: date, unit: UnitProfile | None) -> Context:
    """The judge's context: year, day, unit, and the titles that an index page lists."""
    names = tuple(item.title for item in checklist.items)
    return Context(checklist.fiscal_year, as_of, unit, names)


def distinct(documents: Documents) -> list[Document]:
    """Every document once, whichever items it serves."""
    return list({d.fetch.url: d for found in documents.values() for d in found}.values())
