"""Who is next: fair between people, one check a person, one check a web server. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from web.checking.job import State

if TYPE_CHECKING:
    from web.checking.job import Job


def in_order(jobs: Sequence[Job]) -> list[Job]:
    """Those that wait, next first; `jobs` stand in the order in which they came.

    Everybody's first comes before anybody's second, and who has one running counts as served.
    """
    served = Counter(job.person for job in jobs if job.state is State.RUNNING)
    ranked: list[tuple[int, int, Job]] = []
    for number, job in enumerate(jobs):
        if job.state is State.WAITING:
            ranked.append((served[job.person], number, job))
            served[job.person] += 1
    return [job for _, _, job in sorted(ranked, key=lambda one: one[:2])]


def next_of(jobs: Sequence[Job], at_once: int) -> Job | None:
    """The job to begin now, when there is room: nobody runs two, no host is asked by two."""
    running = [job for job in jobs if job.state is State.RUNNING]
    if len(running) >= at_once:
        return None
    people = {job.person for job in running}
    hosts = {job.host for job in running if job.host}
    free = (j for j in in_order(jobs) if j.person not in people and j.host not in hosts)
    return next(free, None)
