"""A self-check from the request to the account of it, telling each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checklist.evidence import Origin, Trail
from checklist.loader import load
from crawler.extract.members import members_of
from crawler.extract.pool import ExtractPool
from crawler.extract.reader import fetched_file
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from results.self_check import Checked, SelfCheckReport, SourceText, build_self_check
from sweep.judging import bodies_of, context_for, distinct, placed, taken_apart
from sweep.second_look import judge_with_ocr
from sweep.self_check import steps
from sweep.self_check.request import OCR_PAGES, crawl_limits, reading_limits

if TYPE_CHECKING:
    from pathlib import Path

    from checklist.evidence import Coverage, Document
    from checklist.schema import Checklist, Item
    from crawler.harvest import CrawlEvent
    from sweep.second_look import BodyOf, Documents, Judged
    from sweep.self_check.request import SelfCheckRequest

_READ_WITHIN_S = 90.0
Tell = Callable[[steps.Step], None]


def check(
    request: SelfCheckRequest, tell: Tell, before_reading: Callable[[], None] = lambda: None
) -> SelfCheckReport:
    """Fetch or read what is asked about, judge it, and account for it.

    `before_reading` is called when nothing more is fetched and this process itself begins to
    read. Raises `MemoryError` when the document needs more than this process may have,
    `ChecklistError` for an unknown checklist and `KeyError` for an unknown item.
    """
    checklist = load(request.checklist)
    items = checklist.select(request.items) if request.items else checklist.items
    work = _Work(request, checklist, items, tell)
    return work.of_page(before_reading) if request.url else work.of_file(before_reading)


class _Work:
    """One request, its checklist and items, and who is told."""

    def __init__(
        self, request: SelfCheckRequest, checklist: Checklist, items: Sequence[Item], tell: Tell
    ) -> None:
        self._request = request
        self._checklist = checklist
        self._items = items
        self._tell = tell

    def of_file(self, before_reading: Callable[[], None]) -> SelfCheckReport:
        request = self._request
        assert request.file is not None, "held by the request"
        before_reading()
        self._tell(steps.reading_file(request.name))
        document = _called(self._read(request.file), request.name)
        sha256, path = document.fetch.sha256, request.file
        documents = members_of(document)
        together = {item.id: documents for item in self._items}
        judged = self._judged(together, lambda sha: path.read_bytes() if sha == sha256 else None)
        return self._account(judged, judged.documents[self._items[0].id])

    def _read(self, file: Path) -> Document:
        """The uploaded file, read by a confined worker."""
        body, fetch = fetched_file(file)
        with ExtractPool(1, _READ_WITHIN_S, self._request.memory_bytes) as pool:
            document = pool.submit(body, fetch, trail=Trail(origin=Origin.FILE)).result()
        return replace(document, file_name=file.name)

    def of_page(self, before_reading: Callable[[], None]) -> SelfCheckReport:
        request = self._request
        settings = crawl_limits(request.settings, request.folder)
        targets = tuple(ItemTarget(item, (request.url,)) for item in self._items)
        plan = UnitPlan(request.unit, targets, self._checklist.year)
        self._tell(steps.asking(request.url))
        harvest = next(iter(crawl([plan], settings, self._crawled)))
        before_reading()
        documents = taken_apart(harvest.documents)
        judged = placed(self._items, self._judged(documents, bodies_of(settings)))
        return self._account(judged, distinct(judged.documents), harvest.coverage)

    def _crawled(self, event: CrawlEvent) -> None:
        step = steps.crawled(event)
        if step is not None:
            self._tell(step)

    def _judged(self, documents: Documents, body_of: BodyOf) -> Judged:
        request = self._request
        self._tell(steps.judging(len(self._items)))

        def on_page(_document: Document, place: int, total: int) -> None:
            self._tell(steps.looking(place, total))

        return judge_with_ocr(
            self._items,
            documents,
            context_for(self._checklist, request.as_of, request.unit),
            body_of,
            reading_limits(request.folder),
            OCR_PAGES,
            on_page=on_page,
        )

    def _account(
        self, judged: Judged, documents: Sequence[Document], coverage: Coverage | None = None
    ) -> SelfCheckReport:
        request = self._request
        checked = Checked(
            source=SourceText(
                kind="url" if request.url else "file", name=request.url or request.name
            ),
            unit=request.unit,
            as_of=request.as_of,
            verdicts=judged.verdicts,
            documents=documents,
            chosen=bool(request.items),
            coverage=coverage,
        )
        return build_self_check(self._checklist, checked, datetime.now(UTC))


def _called(document: Document, name: str) -> Document:
    """The document under its owner's name for it, which is part of what it says of itself."""
    fetch = replace(document.fetch, url=name, final_url=name)
    return replace(document, fetch=fetch, file_name=name)
