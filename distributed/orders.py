"""What a job of the queue says: the scan, the unit, and how it is to be swept.

Settings stand in the scan itself. Folders, browser and the like are of each machine: a worker
takes its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from procrastinate.jobs import Job

from checklist.loader import load
from crawler.settings import CrawlSettings
from distributed.queue import UNIT, UNITS
from results.store import StoreError, checklist_hash
from sweep.request import SweepRequest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.ocr import OcrSettings
    from results.store import Store
    from units.registry import Unit

SWEEP_PRIORITY, FIRST_PRIORITY = 0, 10
"""A night's sweep, and what a person waits for."""
OF_MACHINE = frozenset({
    "browser_path", "bodies_folder", "documents_folder", "evidence_folder", "turns_folder",
    "evidence_url", "shared_url",
    "concurrent_hosts", "extract_workers", "extract_memory_bytes", "browser_tabs",
    "browser_memory_bytes", "keep_bodies_gb", "keep_documents_gb",
})  # fmt: skip
"""The settings of a crawl that each machine decides for itself."""
_NOT_NEEDED = {"note", "contacts", "owner_email"}


class VersionError(StoreError):
    """The worker's checklist is not the one that the sweep was begun with."""


@dataclass(frozen=True)
class Manner:
    """How a sweep's units are judged, where the scan does not say it: plain JSON values."""

    read_scans: bool
    pages_per_unit: int
    tool_version: str


@dataclass(frozen=True)
class Order:
    """One unit of a scan, as a job carries it."""

    scan: int
    unit: Unit
    manner: Manner

    @property
    def name(self) -> str:
        """By it at most one job waits and at most one is worked on."""
        return unit_name(self.scan, self.unit.id)

    def job(self, priority: int) -> Job:
        """The job to put into the queue."""
        return Job(
            queue=UNITS,
            task_name=UNIT,
            priority=priority,
            lock=self.name,
            queueing_lock=self.name,
            task_kwargs={
                "scan": self.scan,
                "unit": self.unit.model_dump(mode="json", exclude=_NOT_NEEDED),
                "manner": asdict(self.manner),
            },
        )


def unit_name(scan: int, unit_id: str) -> str:
    """The name of a unit's job."""
    return f"{scan} {unit_id}"


def orders_of(request: SweepRequest, scan: int, units: Sequence[Unit]) -> list[Order]:
    """A job for each of the units."""
    manner = Manner(request.ocr is not None, request.ocr_pages_per_unit, request.tool_version)
    return [Order(scan, unit, manner) for unit in units]


@dataclass(frozen=True)
class Machine:
    """What a worker's machine has of its own: settings of the crawl, and how it reads scans."""

    settings: CrawlSettings
    ocr: OcrSettings
    reports: Path


def request_of(store: Store, scan_id: int, manner: Manner, machine: Machine) -> SweepRequest:
    """The request of a scan as the machine carries it out; it names no units.

    Raises `VersionError` when the checklist here is another than the scan's, and `StoreError` for
    a scan that is gone.
    """
    scan = store.scan(scan_id)
    checklist = load(scan.checklist)
    if checklist_hash(checklist) != scan.checklist_hash:
        raise VersionError(
            f"รายการตรวจ {scan.checklist} ในเครื่องนี้ไม่ตรงกับที่เริ่มการตรวจครั้งที่ {scan_id} ไว้ "
            "ให้ติดตั้งโปรแกรมรุ่นเดียวกันทุกเครื่อง "
            f"(the checklist {scan.checklist} here is not the one of scan {scan_id}: install the "
            "same version everywhere)"
        )
    items: Any = scan.settings["items"]
    return SweepRequest(
        checklist=checklist,
        units=(),
        items=checklist.select(items),
        as_of=scan.as_of,
        settings=crawl_settings(scan.settings.get("crawl"), machine.settings),
        out=machine.reports,
        tool_version=manner.tool_version,
        ocr=machine.ocr if manner.read_scans else None,
        ocr_pages_per_unit=manner.pages_per_unit,
    )


def crawl_settings(stored: Any, ours: CrawlSettings) -> CrawlSettings:
    """How the scan is crawled, with the folders and programs of this machine."""
    known = CrawlSettings.model_validate(stored)
    return known.model_copy(update={name: getattr(ours, name) for name in OF_MACHINE})


def planned_alike(request: SweepRequest, stored: Any) -> SweepRequest:
    """The request by which plans are told apart: the same on every machine."""
    return replace(request, settings=CrawlSettings.model_validate(stored))
