"""The command that carries a job out: `oit sweep` with the registry that the schedule sweeps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from web.scans.jobs import Job


def registry_arguments() -> Sequence[str]:
    """Which registry is swept: that of this installation, as `nightly-sweep` of the schedule."""
    return ("--db",)


def arguments_of(job: Job, out: Path, folder: Path) -> list[str]:
    """The arguments of `oit` for a job.

    A sweep of all units writes its reports below `out`. A check of named units or items writes
    none there: it would put a unit's page in the place of the overview of all.
    """
    wanted = job.wanted
    found = ["sweep", "--first", "--checklist", wanted.checklist, "--fail-on", "none"]
    if wanted.resume is not None:
        found += ["--resume", "--scan", str(wanted.resume)]
    else:
        found += registry_arguments()
        for unit in wanted.units:
            found += ["--unit", unit]
        if wanted.items:
            found += ["--items", ",".join(wanted.items)]
    if wanted.from_scratch:
        found.append("--from-scratch")
    if wanted.units or wanted.items:
        return [*found, "--out", str(reports_of(folder, job.id)), "--format", "json"]
    reports = out if wanted.checklist.startswith("oit-") else out / wanted.checklist
    return [*found, "--out", str(reports)]


def reports_of(folder: Path, number: int) -> Path:
    """Where a check of named units puts its reports, which nobody needs when it has ended."""
    return folder / f"{number}-reports"


def log_of(folder: Path, number: int) -> Path:
    """The file that holds what the process of a job wrote."""
    return folder / "logs" / f"{number}.log"
