"""A verdict that got worse since the unit's last scan is fetched afresh before anyone is told.

Nothing here is asked of units without an earlier scan, nor of items that stand as they stood.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checklist.evidence import Coverage, Document
from checklist.verdict import ItemVerdict, Recheck, Verdict
from crawler.run import crawl
from crawler.tally import added
from results.changes import better_of, is_worse
from sweep.judging import earlier_results
from sweep.second_look import Judged

if TYPE_CHECKING:
    from crawler.harvest import CrawlEvent, UnitHarvest
    from crawler.memory.ledger import Ledger
    from crawler.plan import UnitPlan
    from crawler.screenshots import Screenshot
    from crawler.settings import CrawlSettings
    from crawler.tally import Counted
    from results.store import Store
    from sweep.standing import Stood

_log = logging.getLogger(__name__)
Earlier = Mapping[str, ItemVerdict]
Judge = Callable[["UnitHarvest", "UnitPlan"], Judged]


@dataclass(frozen=True)
class Scanned:
    """One unit crawled and judged, not stored yet; `at` is when its harvest came home.

    `came` is the same moment on the clock that nobody sets. `tally` counts what its crawl and
    its judging cost. `stood` is what else still stands of a unit that was not crawled.
    """

    plan: UnitPlan
    judged: Judged
    coverage: Coverage
    at: datetime
    came: float = field(default_factory=time.monotonic)
    tally: Mapping[Counted, int] = field(default_factory=dict)
    screenshots: Mapping[str, Screenshot] = field(default_factory=dict)
    stood: Stood | None = None


@dataclass(frozen=True)
class InDoubt:
    """A scanned unit with the items that stand worse than in its scan before."""

    scanned: Scanned
    earlier: Earlier
    items: frozenset[str]

    @property
    def plan(self) -> UnitPlan:
        """What to fetch a second time."""
        return replace(self.scanned.plan, only=self.items)


def earlier_verdicts(
    store: Store, checklist: str, unit_id: str, scan_id: int, items: Collection[str]
) -> Earlier:
    """How `items` of the unit stood before `scan_id` with the same checklist (its key).

    For an item that the scan before did not look at, or could not check, the newest scan that
    judged it speaks, within the last five: neither a night without answer nor one of a few items
    must hide what was there before.
    """
    found: dict[str, ItemVerdict] = {}
    for result in earlier_results(store, checklist, unit_id, scan_id):
        for verdict in result.verdicts:
            if verdict.item not in found or found[verdict.item].verdict is Verdict.ERROR:
                found[verdict.item] = verdict
        if all(item in found and found[item].verdict is not Verdict.ERROR for item in items):
            break
    return found


def doubtful(scanned: Scanned, earlier: Earlier) -> InDoubt | None:
    """The unit with its items that stand worse than in `earlier`; `None` when none does."""
    worse = frozenset(
        verdict.item
        for verdict in scanned.judged.verdicts
        if verdict.item in earlier and is_worse(earlier[verdict.item], verdict)
    )
    return InDoubt(scanned, earlier, worse) if worse else None


def fetch_again(
    units: Sequence[InDoubt],
    settings: CrawlSettings,
    judge: Judge,
    on_event: Callable[[CrawlEvent], None] | None = None,
    ledger: Ledger | None = None,
) -> Iterator[Scanned]:
    """Each unit with its doubtful items settled by a second fetch, past every cache.

    Waits until the last first fetch is `confirm_after_s` old. `judge` judges what comes home,
    `ledger` is the sweep's.
    """
    if not units:
        return
    _wait(max(one.scanned.came for one in units), settings.confirm_after_s)
    by_id = {one.scanned.plan.unit.id: one for one in units}
    plans = [one.plan for one in units]
    fresh, again = second_settings(settings), second_ledger(ledger)
    for harvest in crawl(plans, fresh, _pages_only(on_event), again):
        one = by_id[harvest.unit_id]
        yield settled(one, judge(harvest, one.plan), harvest, datetime.now(UTC))


def second_settings(settings: CrawlSettings) -> CrawlSettings:
    """How the second fetch is made: at once, past every cache."""
    return settings.model_copy(update={"bypass_caches": True, "start_jitter_s": 0})


def second_ledger(ledger: Ledger | None) -> Ledger | None:
    """The books of the second fetch, apart from those of the first."""
    return replace(ledger, round=1) if ledger is not None else None


def _wait(since: float, seconds: float) -> None:
    """Until `seconds` have passed since the monotonic moment `since`."""
    time.sleep(max(0.0, since + seconds - time.monotonic()))


def _pages_only(
    on_event: Callable[[CrawlEvent], None] | None,
) -> Callable[[CrawlEvent], None] | None:
    """Tell of pages only: the units were counted when they were first crawled."""
    if on_event is None:
        return None

    def tell(event: CrawlEvent) -> None:
        if event.kind in ("page", "rendered"):
            on_event(event)

    return tell


def settled(one: InDoubt, again: Judged, harvest: UnitHarvest, now: datetime) -> Scanned:
    """The unit with the better of both verdicts for each doubtful item, marked as fetched twice."""
    second = {verdict.item: verdict for verdict in again.verdicts}
    verdicts = []
    documents = dict(one.scanned.judged.documents)
    for first in one.scanned.judged.verdicts:
        if first.item not in one.items or first.item not in second:
            verdicts.append(first)
            continue
        kept = better_of(first, second[first.item])
        was = documents.get(first.item, ())
        if kept is not first:
            documents[first.item] = again.documents.get(first.item, ())
        recheck = Recheck(
            before=one.earlier[first.item].verdict,
            first=first.verdict,
            second=second[first.item].verdict,
            first_at=_read_at(was, one.scanned.at),
            second_at=_read_at(again.documents.get(first.item, ()), now),
            confirmed=_is_confirmed(one.earlier[first.item], first, second[first.item]),
        )
        _tell(one.scanned.plan.unit.id, first.item, recheck)
        verdicts.append(replace(kept, recheck=recheck))
    coverage = _added(one.scanned.coverage, harvest.coverage)
    tally = added(one.scanned.tally, added(harvest.tally, again.tally))
    settled_items = {verdict.item for verdict in verdicts if verdict.recheck is not None}
    # What two fetches settled rests on both; the next scan judges it anew.
    grounds = {k: v for k, v in one.scanned.judged.grounds.items() if k not in settled_items}
    judged = Judged(tuple(verdicts), documents, grounds, tally)
    shots = {**one.scanned.screenshots, **harvest.screenshots}
    return replace(one.scanned, judged=judged, coverage=coverage, tally=tally, screenshots=shots)


def _is_confirmed(before: ItemVerdict, first: ItemVerdict, second: ItemVerdict) -> bool:
    """True when both fetches found the item worse, or both could not check it."""
    silent = {one.verdict is Verdict.ERROR for one in (first, second)}
    return len(silent) == 1 and is_worse(before, first) and is_worse(before, second)


def _read_at(documents: Sequence[Document], otherwise: datetime) -> datetime:
    moments = [d.fetch.fetched_at for d in documents if d.fetch.fetched_at is not None]
    return max(moments, default=otherwise)


def _tell(unit_id: str, item: str, recheck: Recheck) -> None:
    _log.info(
        "%s %s: was %s, first fetch %s, second fetch %s: %s", unit_id, item,
        recheck.before.value, recheck.first.value, recheck.second.value,
        "confirmed" if recheck.confirmed else "not confirmed",
    )  # fmt: skip


def _added(first: Coverage, second: Coverage) -> Coverage:
    """What both fetches cost in bytes and time; pages count once, though some were read twice."""
    skipped = {one.url: one for one in (*first.skipped, *second.skipped)}
    return Coverage(
        found=max(first.found, second.found),
        fetched=max(first.fetched, second.fetched),
        rendered=max(first.rendered, second.rendered),
        bytes=first.bytes + second.bytes,
        seconds=first.seconds + second.seconds,
        skipped=tuple(skipped.values()),
    )
