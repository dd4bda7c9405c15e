"""One source checked on its own: a URL, a file, or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.evidence import Coverage, Document
from crawler.extract.folders import read_source
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from sweep.judging import bodies_of, distinct, placed, taken_apart
from sweep.second_look import judge_with_ocr

if TYPE_CHECKING:
    from checklist.probes.base import Context
    from checklist.profile import UnitProfile
    from checklist.schema import Item
    from checklist.verdict import ItemVerdict
    from crawler.ocr import OcrSettings
    from crawler.settings import CrawlSettings
    from sweep.request import OnEvent


@dataclass(frozen=True)
class CheckResult:
    """Verdicts on one source, with the documents they rest on."""

    verdicts: tuple[ItemVerdict, ...]
    documents: tuple[Document, ...]
    coverage: Coverage = field(default_factory=Coverage)


def check_files(
    source: Path, items: Sequence[Item], context: Context, ocr: OcrSettings | None = None
) -> CheckResult:
    """Judge a file, or all files of a folder together, for every item.

    Raises `SourceError` when there is nothing to read.
    """
    return check_documents(read_source(source), items, context, ocr)


def check_documents(
    documents: tuple[Document, ...],
    items: Sequence[Item],
    context: Context,
    ocr: OcrSettings | None = None,
) -> CheckResult:
    """Judge documents read from local files, together, for every item."""
    paths = {d.fetch.sha256: Path(d.fetch.url) for d in documents}
    together = {item.id: documents for item in items}
    judged = judge_with_ocr(items, together, context, lambda sha: paths[sha].read_bytes(), ocr)
    return CheckResult(judged.verdicts, documents)


def check_url(
    url: str,
    items: Sequence[Item],
    context: Context,
    settings: CrawlSettings,
    unit: UnitProfile,
    on_event: OnEvent | None = None,
    ocr: OcrSettings | None = None,
) -> CheckResult:
    """Fetch a URL as if the unit had given it for every item, and judge each item."""
    targets = tuple(ItemTarget(item, (url,)) for item in items)
    plan = UnitPlan(unit, targets, context.fiscal_year.year)
    harvest = next(iter(crawl([plan], settings, on_event)))
    documents = taken_apart(harvest.documents)
    judged = judge_with_ocr(items, documents, context, bodies_of(settings), ocr)
    judged = placed(items, judged)
    return CheckResult(judged.verdicts, tuple(distinct(judged.documents)), harvest.coverage)
