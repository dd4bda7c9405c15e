"""The figures for Prometheus, read from the database when they are asked for.

No label holds what was crawled or who is checked: only checklists, and words of fixed lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.registry import Collector

from database.engine import StoreError
from results.statistic_rows import brief_statistics_of, newest_scans, scans_by_status
from web.metric_families import (
    disk,
    gauge,
    job_metrics,
    last_scan_metrics,
    notice_metrics,
    running_scan_metrics,
)
from web.neighbours import heartbeat, job_runs, notices

if TYPE_CHECKING:
    from prometheus_client.core import Metric
    from sqlalchemy import Engine

    from results.statistics import ScanStatistics
    from results.store import Store
    from web.sources import Sources


class ScanCollector(Collector):
    """Reads the newest scans; the figures of a finished one are read once and kept."""

    def __init__(self, sources: Sources) -> None:
        """Read from `sources` at each scrape."""
        self._sources = sources
        self._known: dict[tuple[int, datetime | None], ScanStatistics] = {}

    def collect(self) -> Iterable[Metric]:
        """Every metric; without a usable database only that it is down."""
        yield gauge("oit_build_info", "The version that runs.", {"version": self._sources.version})
        yield from disk(self._sources.folder)
        try:
            with self._sources.engine() as engine, self._sources.store() as store:
                found = [*self._scans(store), *_neighbours(engine)]
        except StoreError:
            found = []
        up = "1 when the database of results could be read, else 0."
        yield gauge("oit_database_up", up, {}, float(bool(found)))
        yield from found

    def describe(self) -> Iterable[Metric]:
        """Nothing: a registry would read the database to learn the names."""
        return ()

    def _scans(self, store: Store) -> Iterator[Metric]:
        newest = newest_scans(store)
        finished = [self._kept(store, done) for done, _running in newest.values() if done]
        running = [
            brief_statistics_of(store, now)
            for done, now in newest.values()
            if now is not None and now > (done or 0)
        ]
        yield from last_scan_metrics(finished, datetime.now(UTC))
        yield from running_scan_metrics(running)
        scans = gauge("oit_scans", "Scans that the database holds.", ("checklist", "status"))
        for (checklist, status), count in scans_by_status(store).items():
            scans.add_metric([checklist, status], count)
        yield scans

    def _kept(self, store: Store, scan_id: int) -> ScanStatistics:
        key = (scan_id, store.scan(scan_id).finished)
        if key not in self._known:
            self._known = {old: kept for old, kept in self._known.items() if old[0] != scan_id}
            self._known[key] = brief_statistics_of(store, scan_id)
        return self._known[key]


def registry_of(sources: Sources) -> CollectorRegistry:
    """A registry of its own with the scans, this process and the Python that runs it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(ScanCollector(sources))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return registry


def _neighbours(engine: Engine) -> Iterator[Metric]:
    beat = heartbeat(engine)
    if beat is not None:
        yield gauge(
            "oit_scheduler_heartbeat_timestamp_seconds",
            "When the scheduler last gave a sign of life.",
            {},
            beat.timestamp(),
        )
    yield from job_metrics(job_runs(engine))
    yield from notice_metrics(notices(engine))
