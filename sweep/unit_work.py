"""What a sweep does with one unit, wherever it is crawled: plan, judge, keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crawler.memory.ledger import Ledger
from crawler.tally import added
from sweep.archiving import archive_unit
from sweep.basis import to_json
from sweep.confirming import InDoubt, Scanned, doubtful, earlier_verdicts, settled
from sweep.judging import before_of, distinct, judge_harvest, plan_of, taken_apart
from sweep.second_look import is_scan, scans_to_read
from sweep.standing import Planning, standing

if TYPE_CHECKING:
    from checklist.evidence import Document
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from results.store import Store
    from sweep.request import SweepRequest
    from sweep.second_look import Judged
    from units.registry import Unit


@dataclass(frozen=True)
class UnitWork:
    """The steps of each unit of scan `scan_id`, made as `request` says and kept in `store`.

    With `shared_turns` other machines ask the same hosts. Plans are told apart by `planned_as`
    where the request holds what is of one machine alone.
    """

    request: SweepRequest
    store: Store
    scan_id: int
    shared_turns: bool = False
    planned_as: SweepRequest | None = None

    @cached_property
    def ledger(self) -> Ledger | None:
        """The books of the scan's crawl; none where nothing that was read is kept."""
        folder = self.request.settings.documents_folder
        if folder is None:
            return None
        return Ledger(self.store.url, self.scan_id, folder, shared_turns=self.shared_turns)

    @cached_property
    def _planning(self) -> Planning:
        return Planning(self.planned_as or self.request, self.store, self.scan_id)

    def planned(self, unit: Unit) -> UnitPlan:
        """What to crawl for the unit."""
        return self._planning.planned(plan_of(unit, self.request))

    def scanned(self, harvest: UnitHarvest, plan: UnitPlan) -> Scanned | InDoubt:
        """The unit judged; in doubt where items stand worse than in its scan before."""
        if harvest.stands is not None:
            return standing(self.store.unit_result(plan.since, plan.unit.id), harvest, plan)
        scanned = self._judged(harvest, plan)
        earlier = earlier_verdicts(
            self.store, self.request.checklist.key, harvest.unit_id, self.scan_id,
            [item.id for item in self.request.items],
        )  # fmt: skip
        return doubtful(scanned, earlier) or scanned

    def judged_again(self, harvest: UnitHarvest, plan: UnitPlan) -> Judged:
        """Judge a second fetch: nothing but the items that were fetched."""
        wanted = [item for item in self.request.items if item.id in plan.only]
        return judge_harvest(harvest, plan.unit, replace(self.request, items=wanted))

    def settled(self, doubt: InDoubt, harvest: UnitHarvest) -> Scanned:
        """The unit after its second fetch."""
        judged = self.judged_again(harvest, doubt.plan)
        return settled(doubt, judged, harvest, datetime.now(UTC))

    def archive(self, scanned: Scanned) -> None:
        """Keep copies of what the verdicts rest on; before `keep`, and harmless when done twice."""
        archive_unit(scanned, self.request, self.store, self.scan_id)

    def keep(self, scanned: Scanned) -> None:
        """Store the unit's result."""
        judged = scanned.judged
        self.store.save_unit(
            self.scan_id,
            scanned.plan.unit,
            judged.verdicts,
            scanned.coverage,
            scanned.stood.looked_at if scanned.stood else distinct(judged.documents),
            tally=tally_of(scanned),
            grounds={item: to_json(one) for item, one in judged.grounds.items()},
        )

    def scans(self, harvest: UnitHarvest, plan: UnitPlan) -> list[Document]:
        """The scanned documents of the unit that may decide an item: judging will read them."""
        request = self.request
        if harvest.stands is not None or request.ocr is None:
            return []
        unread = replace(request, ocr=None)
        before = before_of(self.store, request, harvest.unit_id, self.scan_id)
        documents = taken_apart(harvest.documents)
        if not any(is_scan(one) for found in documents.values() for one in found):
            return []
        judged = judge_harvest(harvest, plan.unit, unread, before)
        return scans_to_read(
            request.items, documents, judged, request.ocr_pages_per_unit, request.ocr.max_pages
        )

    def _judged(self, harvest: UnitHarvest, plan: UnitPlan) -> Scanned:
        before = before_of(self.store, self.request, harvest.unit_id, self.scan_id)
        judged = judge_harvest(harvest, plan.unit, self.request, before)
        return Scanned(
            plan,
            judged,
            harvest.coverage,
            datetime.now(UTC),
            tally=added(harvest.tally, judged.tally),
            screenshots=harvest.screenshots,
        )


def tally_of(scanned: Scanned) -> dict[str, int]:
    """What the unit's crawl and judging cost, by name."""
    return {counted.value: count for counted, count in scanned.tally.items()}
