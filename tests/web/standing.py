"""A database with two scans, one finished and one under way, for the pages to tell of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checklist.evidence import Coverage, Skipped
from results.statistic_rows import note_run, start_run
from results.statistics import Runs
from results.store import Store
from tests.results.samples import AS_OF, UNIT, document, mixed, small_checklist, unreachable
from web.sources import Sources

TALLY = {"requests": 10, "received_bytes": 4_000, "not_modified": 4, "ocr_pages": 2}
COVERAGE = Coverage(
    found=12, fetched=9, rendered=1, bytes=5_000, seconds=2.5,
    skipped=(Skipped("https://x/1", "depth"), Skipped("https://x/2", "depth")),
)  # fmt: skip
WHERE = "sqlite:///{}/oit.db"


def filled(folder: Path) -> Sources:
    """Scan 1 holds two units and is finished, scan 2 has one of three."""
    with Store.open(WHERE.format(folder)) as store:
        first = store.start_scan(small_checklist(), AS_OF, {"units": [{}, {}]})
        run = start_run(store, first)
        save(store, first, "phusuan", mixed())
        save(store, first, "dark", [unreachable(f"O{n}") for n in range(1, 7)])
        note_run(
            store, run, Runs(seconds=60, cpu_seconds=5, peak_bytes=100, children_peak_bytes=300)
        )
        resumed = start_run(store, first)
        note_run(
            store, resumed, Runs(seconds=20, cpu_seconds=1, children_cpu_seconds=4, peak_bytes=200)
        )
        store.finish_scan(first)
        second = store.start_scan(small_checklist(), AS_OF, {"units": [{}, {}, {}]})
        start_run(store, second)
        save(store, second, "phusuan", mixed())
    return Sources(WHERE.format(folder), folder, "1.2.3")


def save(store: Store, scan_id: int, unit_id: str, verdicts: object) -> None:
    unit = replace(UNIT, id=unit_id)
    store.save_unit(scan_id, unit, verdicts, COVERAGE, [document()], tally=TALLY)  # type: ignore[arg-type]
