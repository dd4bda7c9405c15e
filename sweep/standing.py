"""A unit whose hosts answer each question as they did: its result of the scan before stands.

Nothing is crawled, read or judged then. What was asked, and when, is told by the moments of the
answers; all else is as it was, which the plan's digest and the trace of the crawl vouch for.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crawler.memory.reading_code import reading_code
from crawler.tally import Counted, added
from results.newest_grounds import newest_grounds
from sweep.archiving import in_entry_window
from sweep.basis import Grounds, from_json, item_digest, shared_digest
from sweep.confirming import Scanned
from sweep.judging import context_for
from sweep.second_look import Judged

if TYPE_CHECKING:
    from datetime import date

    from checklist.verdict import ItemVerdict
    from crawler.harvest import UnitHarvest
    from crawler.plan import UnitPlan
    from evidence.capture import Capture, Kept
    from results.record import LookedAt, UnitResult
    from results.store import Store
    from sweep.request import SweepRequest


@dataclass(frozen=True)
class Planning:
    """Digests of plans, and the scans whose results may stand, for the units of one request."""

    request: SweepRequest
    store: Store
    scan_id: int

    def planned(self, plan: UnitPlan) -> UnitPlan:
        """The plan with its digest, and the scan whose result stands where nothing changed."""
        parts = [self._common, shared_digest(self._context(plan))]
        parts += [f"{item_digest(t.item)} {' '.join(t.urls)}" for t in plan.targets]
        digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
        return replace(plan, digest=digest, since=self._since.get(plan.unit.id, 0))

    def _context(self, plan: UnitPlan) -> Any:
        return context_for(self.request.checklist, self.request.as_of, plan.unit)

    @cached_property
    def _common(self) -> str:
        request = self.request
        settings = request.settings.model_dump_json()
        ocr = repr(request.ocr)
        return "\n".join((reading_code(), settings, ocr, str(request.ocr_pages_per_unit)))

    @cached_property
    def _since(self) -> Mapping[str, int]:
        """The newest earlier scan by unit, where all that it says of the unit may be taken over."""
        request = self.request
        if not request.settings.remember or request.settings.bypass_caches:
            return {}
        wanted = {item.id for item in request.items}
        return {
            one.unit_id: one.scan_id
            for one in newest_grounds(self.store, request.checklist.key, self.scan_id)
            if one.grounds.keys() == wanted
            and all(_holds(from_json(known), request.as_of) for known in one.grounds.values())
        }


def _holds(grounds: Grounds | None, day: date) -> bool:
    if grounds is None or grounds.unread:
        return False
    return all(basis.holds_on(day) for basis in (grounds.basis, grounds.first) if basis is not None)


def standing(before: UnitResult, harvest: UnitHarvest, plan: UnitPlan) -> Scanned:
    """The unit as it stood in `before`, asked about again at the moments of `harvest`."""
    moments = Moments(harvest.stands or {})
    verdicts = tuple(_asked_again(verdict, moments) for verdict in before.verdicts)
    found = {item: from_json(known) for item, known in before.grounds.items()}
    kept = Counter({
        Counted.JUDGED_BEFORE: len(verdicts), Counted.READ_BEFORE: before.coverage.fetched
    })  # fmt: skip
    tally = added(harvest.tally, kept)
    return Scanned(
        plan,
        Judged(verdicts, {}, {item: one for item, one in found.items() if one}, tally),
        replace(before.coverage, seconds=harvest.coverage.seconds),
        datetime.now(UTC),
        tally=tally,
        stood=Stood(before.scan_id, tuple(_looked(d, moments) for d in before.documents), moments),
    )


class Moments:
    """When each address was answered this time."""

    def __init__(self, moments: Mapping[str, datetime]) -> None:
        """`moments` (UTC) by the address that was visited."""
        self._moments = moments

    def of(self, url: str, before: datetime | None) -> datetime | None:
        """When `url` was answered; a file in an archive came with all the others."""
        if before is None:
            return None
        return self._moments.get(url) or max(self._moments.values(), default=before)


@dataclass(frozen=True, slots=True)
class Stood:
    """What else of scan `since` still stands: what was looked at, and when it was asked again."""

    since: int
    looked_at: tuple[LookedAt, ...]
    moments: Moments

    def captures(self, kept: Sequence[Kept], request: SweepRequest) -> list[Capture]:
        """What was archived in that scan, as captured now."""
        return [self._now(one.capture, request) for one in kept]

    def _now(self, capture: Capture, request: SweepRequest) -> Capture:
        at = self.moments.of(capture.url, capture.fetched_at) or capture.fetched_at
        inside = in_entry_window(request.checklist, at)
        return replace(capture, fetched_at=at, entry_window=inside)


def _asked_again(verdict: ItemVerdict, moments: Moments) -> ItemVerdict:
    elements = tuple(
        replace(
            element,
            quotes=tuple(
                replace(quote, fetched_at=moments.of(quote.url, quote.fetched_at))
                for quote in element.quotes
            ),
        )
        for element in verdict.elements
    )
    return replace(verdict, elements=elements)


def _looked(document: LookedAt, moments: Moments) -> LookedAt:
    return replace(document, fetched_at=moments.of(document.url, document.fetched_at))
