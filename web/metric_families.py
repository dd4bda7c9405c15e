"""The metrics by name: what each means and which labels it has; base units throughout."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from checklist.reasons import REASONS
from checklist.verdict import Verdict

if TYPE_CHECKING:
    from results.statistics import ScanStatistics

_STATES = ("queued", "failed", "given_up", "sent")
_LAST: tuple[tuple[str, str, Callable[[ScanStatistics], float]], ...] = (
    ("units", "Units checked", lambda one: one.units),
    ("received_bytes", "Bytes downloaded", lambda one: one.tally.get("received_bytes", 0)),
    ("requests", "Requests sent to websites", lambda one: one.tally.get("requests", 0)),
    ("not_modified_answers", "Answers of 304", lambda one: one.tally.get("not_modified", 0)),
    ("read_documents", "Documents read", lambda one: one.tally.get("documents_read", 0)),
    (
        "unchanged_documents",
        "Documents whose text was known by their content",
        lambda one: one.tally.get("documents_known", 0),
    ),
    ("kept_verdicts", "Verdicts kept", lambda one: one.tally.get("verdicts_kept", 0)),
    ("ocr_pages", "Pages read by OCR", lambda one: one.tally.get("ocr_pages", 0)),
    ("duration_seconds", "Time taken by all runs", lambda one: one.seconds),
    ("cpu_seconds", "Processor time of all processes", lambda one: one.cpu_seconds),
    (
        "peak_memory_bytes",
        "Peak memory of its largest process",
        lambda one: max(one.runs.peak_bytes, one.runs.children_peak_bytes),
    ),
)


def gauge(
    name: str, about: str, labels: Mapping[str, str] | Sequence[str], value: float = 1.0
) -> GaugeMetricFamily:
    """A gauge: with a mapping of labels it holds `value`, with names alone it holds nothing yet."""
    family = GaugeMetricFamily(name, about, labels=list(labels))
    if isinstance(labels, Mapping):
        family.add_metric(list(labels.values()), value)
    return family


def disk(folder: Path) -> Iterator[Metric]:
    """Room on the disk of the data folder; nothing when it cannot be read."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return
    yield gauge("oit_data_free_bytes", "Free room on the data folder's disk.", {}, usage.free)
    yield gauge("oit_data_size_bytes", "Size of the data folder's disk.", {}, usage.total)


def last_scan_metrics(scans: Sequence[ScanStatistics], now: datetime) -> Iterator[Metric]:
    """The newest finished scan of each checklist."""
    for name, about, value in _LAST:
        family = gauge(f"oit_last_scan_{name}", f"{about} in the last scan.", ("checklist",))
        for one in scans:
            family.add_metric([one.checklist], value(one))
        yield family
    yield _items(scans)
    yield _unchecked(scans)
    yield _pages(scans)
    ended = gauge(
        "oit_last_scan_finished_timestamp_seconds", "When the last scan ended.", ("checklist",)
    )
    age = gauge("oit_last_scan_age_seconds", "Time since the last scan ended.", ("checklist",))
    for one in scans:
        if one.finished is not None:
            ended.add_metric([one.checklist], one.finished.timestamp())
            age.add_metric([one.checklist], (now - one.finished).total_seconds())
    yield ended
    yield age


def _items(scans: Sequence[ScanStatistics]) -> Metric:
    about = "Items of the last scan by verdict; error: could not be checked."
    family = gauge("oit_last_scan_items", about, ("checklist", "verdict"))
    for one in scans:
        for verdict in Verdict:
            family.add_metric([one.checklist, verdict.value], one.verdicts.get(verdict.value, 0))
    return family


def _unchecked(scans: Sequence[ScanStatistics]) -> Metric:
    about = "Items of the last scan that could not be checked, by reason."
    family = gauge("oit_last_scan_unchecked_items", about, ("checklist", "reason"))
    for one in scans:
        counts: Counter[str] = Counter()
        for code, count in one.unchecked.items():
            counts[code if code in REASONS else "other"] += count
        for code, count in sorted(counts.items()):
            family.add_metric([one.checklist, code], count)
    return family


def _pages(scans: Sequence[ScanStatistics]) -> Metric:
    about = "Pages of the last scan that were found, fetched, and rendered in a browser."
    family = gauge("oit_last_scan_pages", about, ("checklist", "state"))
    for one in scans:
        family.add_metric([one.checklist, "found"], one.pages_found)
        family.add_metric([one.checklist, "fetched"], one.pages_fetched)
        family.add_metric([one.checklist, "rendered"], one.pages_rendered)
    return family


def running_scan_metrics(scans: Sequence[ScanStatistics]) -> Iterator[Metric]:
    """The scan of each checklist that is under way, by what the database says."""
    units = gauge("oit_running_scan_units", "Units of the running scan.", ("checklist", "state"))
    signs = gauge(
        "oit_running_scan_updated_timestamp_seconds",
        "When the running scan last finished a unit; an old one was killed.",
        ("checklist",),
    )
    for one in scans:
        units.add_metric([one.checklist, "done"], one.units)
        if one.wanted is not None:
            units.add_metric([one.checklist, "wanted"], one.wanted)
        signs.add_metric([one.checklist], (one.runs.updated or one.started).timestamp())
    yield units
    yield signs


def job_metrics(runs: Mapping[tuple[str, str], tuple[int, datetime | None]]) -> Iterator[Metric]:
    """The scheduler's runs by job and outcome."""
    if not runs:
        return
    counted = CounterMetricFamily(
        "oit_job_runs", "Runs of scheduled jobs by outcome.", labels=["job", "outcome"]
    )
    ended = gauge(
        "oit_job_last_run_timestamp_seconds",
        "When a job last ended with this outcome.",
        ("job", "outcome"),
    )
    for (job, outcome), (count, last) in sorted(runs.items()):
        counted.add_metric([job, outcome], count)
        if last is not None:
            ended.add_metric([job, outcome], last.timestamp())
    yield counted
    yield ended


def notice_metrics(counts: Mapping[str, int] | None) -> Iterator[Metric]:
    """Messages by how they stand; nothing where none are kept."""
    if counts is None:
        return
    family = gauge("oit_notices", "Messages to people by state.", ("state",))
    for state in sorted({*_STATES, *counts}):
        family.add_metric([state], counts.get(state, 0))
    yield family
