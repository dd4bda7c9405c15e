"""The moving part of the page in words, the same for the page and for its script. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from web.scans.live import LiveScan
from web.scans.snapshot import JobView, Snapshot


@dataclass(frozen=True, slots=True)
class LiveWords:
    """A scan under way with its job, if it was asked for in the browser."""

    scan: LiveScan
    job: JobView | None


@dataclass(frozen=True, slots=True)
class Moving:
    """What the page shows of a snapshot; `starting` are live jobs whose scan is not filled."""

    shape: str
    scans: tuple[LiveWords, ...]
    starting: tuple[JobView, ...]
    waiting: tuple[JobView, ...]
    ended: tuple[JobView, ...]

    @property
    def still(self) -> bool:
        """Whether nothing is under way and nothing waits."""
        return not (self.scans or self.starting or self.waiting)


def live_words(seen: Snapshot) -> Moving:
    """What is shown of the snapshot."""
    by_scan = {one.scan: one for one in seen.jobs if one.state != "waiting"}
    shown = tuple(LiveWords(one, by_scan.get(one.scan)) for one in seen.scans)
    running = {one.scan.scan for one in shown}
    return Moving(
        shape=seen.shape(),
        scans=shown,
        starting=tuple(
            one for one in seen.jobs if one.state != "waiting" and one.scan not in running
        ),
        waiting=tuple(one for one in seen.jobs if one.state == "waiting"),
        ended=seen.ended,
    )
