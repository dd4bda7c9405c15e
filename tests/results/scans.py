"""Stored scans on days of one's choice, for the tests of what is remembered of them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import time_machine
from openpyxl import load_workbook

from checklist.evidence import Coverage, Document, Fetch, Origin, Passage, Trail
from checklist.loader import load
from results.record import ScanStatus
from tests.results.samples import COVERAGE, UNIT

if TYPE_CHECKING:
    from checklist.verdict import ItemVerdict
    from results.store import Store

OIT = load("oit-2566")
SILENT = Coverage(found=1)


@dataclass(frozen=True)
class Night:
    """One scan: the day and what it found of each unit."""

    day: date
    units: Mapping[str, Sequence[ItemVerdict]]
    documents: Sequence[Document] = ()
    status: ScanStatus = ScanStatus.FINISHED
    coverage: Coverage = COVERAGE
    checklist: str = "oit-2566"


def at(day: date, hour: int = 6) -> datetime:
    """That day at 13.00 in Thailand."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def scan(store: Store, night: Night) -> int:
    """Store the scan of a night as if it were that day; its number."""
    with time_machine.travel(at(night.day), tick=False):
        number = store.start_scan(load(night.checklist), night.day)
        for unit, verdicts in night.units.items():
            profile = replace(UNIT, id=unit, main_site=f"https://{unit}.example.go.th")
            store.save_unit(number, profile, verdicts, night.coverage, night.documents)
        if night.status is not ScanStatus.RUNNING:
            store.finish_scan(number, night.status)
    return number


def page(
    url: str,
    text: str = "แผน",
    problem: str | None = None,
    *,
    status: int = 200,
    when: datetime | None = None,
    origin: Origin = Origin.GIVEN,
) -> Document:
    """A given address that was opened, with what it said or the problem in its place."""
    digest = "" if problem else "ab" * 32
    fetch = Fetch(
        url, url, status, sha256=digest, fetched_at=when, problem=problem, problem_detail=""
    )
    passages = () if problem else (Passage(text),)
    return Document(fetch, title="แผน", passages=passages, trail=Trail(origin))


def workbook_texts(content: bytes) -> list[str]:
    """Every text of a workbook's cells."""
    book = load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.value is not None]
