"""Scans that other machines read: a job for each file, its reading shared by the file's hash.

A worker that takes units alone lets those read that take readings. Nothing depends on them: what
is not read in time is read by whoever judges, and what two ask for is read once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procrastinate.jobs import Job

from checklist.evidence import Document, Fetch, TextSource
from crawler.bodies import bodies_at
from crawler.ocr import read_pages
from crawler.tally import Counted
from distributed.queue import READING, READINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procrastinate import App

    from distributed.orders import Machine

logger = logging.getLogger(__name__)

WITHIN_S = 900.0
"""Seconds for which others are waited for before one reads oneself."""
_LOOK_S = 0.5
_LEFT = """
SELECT count(*) AS jobs FROM procrastinate_jobs
WHERE id = ANY(%(jobs)s) AND status IN ('todo', 'doing')
"""
_TAKE_BACK = "DELETE FROM procrastinate_jobs WHERE id = ANY(%(jobs)s) AND status <> 'doing'"


@dataclass(frozen=True)
class Wanted:
    """A scan to read, as a job carries it: its SHA-256, of what sort it is, which pages."""

    sha256: str
    source: str
    pages: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Wanted:
        """What is to be read of `document`."""
        return cls(document.fetch.sha256, document.source.value, document.blank_pages)

    def job(self, priority: int) -> Job:
        """The job; of one file one is worked on at a time, and the second finds it read."""
        return Job(
            queue=READINGS,
            task_name=READING,
            priority=priority,
            lock=f"read {self.sha256}",
            queueing_lock=None,
            task_kwargs={"sha256": self.sha256, "source": self.source, "pages": list(self.pages)},
        )


def read_here(wanted: Wanted, machine: Machine) -> int:
    """Read a scan on this machine and share what was read; the pages that had to be read.

    A body that nobody has shared is left to who asked.
    """
    settings = machine.settings
    body = bodies_at(settings.bodies_folder, settings.shared_url).get(wanted.sha256)
    if body is None:
        logger.warning("no body of %s is shared; who asked reads it", wanted.sha256)
        return 0
    scan = Document(
        Fetch("", "", sha256=wanted.sha256), TextSource(wanted.source), blank_pages=wanted.pages
    )
    tally: Any = {Counted.OCR_PAGES: 0}
    read_pages(body, scan, machine.ocr, tally=tally)
    return int(tally[Counted.OCR_PAGES])


def shared(documents: Sequence[Document], machine: Machine) -> list[Wanted]:
    """The scans whose bodies other machines can have now."""
    settings = machine.settings
    if not settings.shared_url:
        return []
    bodies = bodies_at(settings.bodies_folder, settings.shared_url)
    return [Wanted.of(one) for one in documents if bodies.share(one.fetch.sha256)]


async def read_elsewhere(app: App, scans: Sequence[Wanted], priority: int) -> None:
    """Wait until others have read these scans, or `WITHIN_S` have passed."""
    if not scans:
        return
    jobs = await app.job_manager.batch_defer_jobs_async([one.job(priority) for one in scans])
    numbers = [job.id for job in jobs]
    end = time.monotonic() + WITHIN_S
    try:
        while time.monotonic() < end:
            row = await app.connector.execute_query_one_async(_LEFT, jobs=numbers)
            if not row["jobs"]:
                return
            await asyncio.sleep(_LOOK_S)
        logger.warning("nobody read %d scans in time; they are read here", len(scans))
    finally:
        await app.connector.execute_query_async(_TAKE_BACK, jobs=numbers)
