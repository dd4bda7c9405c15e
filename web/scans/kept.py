"""The kept scans as a list: coverage, verdicts, causes and duration, counted once when finished."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results.record import ScanInfo, ScanStatus, Scope
from results.scan_list import STATUSES
from results.statistic_rows import brief_statistics_of
from results.wording import skip_reason
from web.scans.live import Cause

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from results.statistics import ScanStatistics
    from results.store import Store
    from web.scans.jobs import Job

SCOPE_WORDS = {
    Scope.WHOLE: "ทุกหน่วยงาน ทุกข้อ",
    Scope.UNITS: "บางหน่วยงาน",
    Scope.ITEMS: "บางข้อ",
}
COUNTED = (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR)
_MOST_KEPT = 200
_MOST_CAUSES = 3


@dataclass(frozen=True, slots=True)
class KeptScan:
    """One kept scan with its figures; `live` that a process fills it, `resumable` that one could.

    `job` is what asked for it in the browser, if anybody did.
    """

    info: ScanInfo
    figures: ScanStatistics
    job: Job | None
    live: bool
    resumable: bool

    @property
    def status_th(self) -> str:
        """Where the scan stands, in Thai."""
        if self.info.status is ScanStatus.RUNNING:
            return "กำลังตรวจ" if self.live else "ขาดตอน"
        return STATUSES[self.info.status]

    @property
    def asked_by(self) -> str:
        """Who asked for it, in Thai."""
        return self.job.asked_by if self.job else "กำหนดการหรือคำสั่งบนเครื่อง"

    @property
    def counts(self) -> tuple[tuple[Verdict, int], ...]:
        """How many items have each verdict."""
        return tuple((one, self.figures.verdicts.get(one.value, 0)) for one in COUNTED)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The commonest causes why items could not be checked."""
        return causes_of(self.figures)[:_MOST_CAUSES]


def causes_of(figures: ScanStatistics) -> tuple[Cause, ...]:
    """Why items could not be checked, the commonest cause first."""
    found = sorted(figures.unchecked.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Cause(th=skip_reason(code), count=count) for code, count in found)


class Figures:
    """The figures of scans; those of a scan that ended are counted once while this lives."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: OrderedDict[tuple[object, ...], ScanStatistics] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, store: Store, info: ScanInfo) -> ScanStatistics:
        """The figures of the scan; raises `StoreError`."""
        key = (store.url, info.id, info.status, info.finished)
        with self._lock:
            known = self._known.get(key)
        if known is not None:
            return known
        found = brief_statistics_of(store, info.id)
        if info.finished is not None:
            with self._lock:
                self._known[key] = found
                while len(self._known) > _MOST_KEPT:
                    self._known.popitem(last=False)
        return found


FIGURES = Figures()


def kept_scans(
    store: Store,
    infos: Sequence[ScanInfo],
    jobs: Mapping[int, Job],
    live: Collection[int],
    resumable: Collection[int],
) -> list[KeptScan]:
    """The scans of `infos` with their figures; `live` and `resumable` are numbers of scans."""
    return [
        KeptScan(
            info=one,
            figures=FIGURES.of(store, one),
            job=jobs.get(one.id),
            live=one.id in live,
            resumable=one.id in resumable and one.id not in live and one.planned is not None,
        )
        for one in infos
    ]
