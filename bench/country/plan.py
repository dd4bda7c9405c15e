"""The plan on paper of a real night: assumptions apart from measurements, every line worked out.

The text with its arithmetic is `plan.txt`; here the numbers are put into it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.benchmarks import marks
from bench.country.drawing import MOST_UNITS
from crawler.settings import CrawlSettings

if TYPE_CHECKING:
    from bench.country.sweeping import Run

NAME = "country-plan"
NIGHT_S = 10 * 3600
_TEXT = Path(__file__).with_name("plan.txt")
_YEAR, _KEPT_SCANS, _CORES_A_MACHINE = 365, 30 + 12, 8
_THEIR_SITES, _THEIR_S = 23_663, 20 * 3600


@dataclass(frozen=True, slots=True)
class Assumed:
    """What no sweep of ours can tell; sources stand in `plan.txt`. Sizes in KB, shares of 1."""

    documents: int = 43
    extra: float = 1.5
    html_kb: float = 60
    pdf_kb: float = 1000
    pdf_share: float = 0.30
    scanned: float = 10
    spare: float = 2.0
    changed: float = 0.01


@dataclass(frozen=True, slots=True)
class Known:
    """Measured elsewhere (`docs/benchmarks.md`): CPU seconds a unit and a page, later nights."""

    nightly: float = 228.6 / 100
    second_cpu: float = 0.146
    second_bytes: float = 0.012
    ocr_page: float = 44.4 / 31


def section(run: Run) -> str:
    """The plan, marks included, from the largest run that was measured."""
    start, end = marks(NAME)
    text = _TEXT.read_text("utf-8").format(**figures(run, Assumed(), Known()))
    return f"{start}\n\n{text.strip()}\n\n{end}\n"


def figures(run: Run, assumed: Assumed, known: Known) -> dict[str, float]:
    """Every number of the text by its name there."""
    units, done = MOST_UNITS, max(1, run.found.units)
    settings = CrawlSettings()
    most, delay = settings.max_pages_per_unit, settings.delay_s
    html_share = 1 - assumed.pdf_share
    mean_kb = assumed.pdf_share * assumed.pdf_kb + html_share * assumed.html_kb
    gigabytes = units * assumed.documents * mean_kb / 1e6
    requests = assumed.documents * assumed.extra
    own = run.cpu_s / done
    unit_cpu = max(own, known.nightly)
    ocr = assumed.scanned * known.ocr_page
    hours = units * (unit_cpu + ocr) / 3600
    cores = math.ceil(hours * assumed.spare * 3600 / NIGHT_S)
    database_kb, reports_kb = (run.kept.get(n, 0) / done / 1e3 for n in ("database", "reports"))
    database_gb = units * database_kb / 1e6
    evidence_tb = gigabytes / 1e3
    rate = _THEIR_SITES / _THEIR_S
    return {
        **{name: getattr(assumed, name) for name in Assumed.__slots__},
        **{name: getattr(known, name) for name in Known.__slots__},
        "units": units, "units_run": run.found.units, "cores_run": run.cores,
        "most": most, "delay": delay, "html_share": html_share, "mean_kb": mean_kb,
        "gigabytes": gigabytes, "megabits": gigabytes * 8000 / NIGHT_S, "requests": requests,
        "slowest_min": most * delay / 60, "limit_s": settings.max_seconds_per_unit,
        "limit_min": settings.max_seconds_per_unit / 60,
        "at_once": math.ceil(units * requests * delay / NIGHT_S),
        "own": own, "unit_cpu": unit_cpu, "ocr": ocr, "hours": hours, "cores": cores,
        "machines": math.ceil(cores / _CORES_A_MACHINE),
        "again": units * unit_cpu * known.second_cpu / 3600,
        "later_gb": gigabytes * (known.second_bytes + assumed.changed),
        "database_kb": database_kb, "reports_kb": reports_kb, "database_gb": database_gb,
        "database_year": database_gb * _YEAR, "database_kept": database_gb * _KEPT_SCANS,
        "evidence_tb": evidence_tb,
        "evidence_year": evidence_tb * (1 + assumed.changed * _YEAR),
        "reports_gb": units * reports_kb / 1e6,
        "rate": rate, "ours": run.rate, "same": rate * unit_cpu,
        "same_ocr": rate * (unit_cpu + ocr),
    }  # fmt: skip
