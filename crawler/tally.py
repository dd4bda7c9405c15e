"""What a crawl counts, besides what a report shows: the figures of a scan's statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Counted(StrEnum):
    """The names of the counts; sizes in bytes."""

    REQUESTS = "requests"
    RECEIVED_BYTES = "received_bytes"
    NOT_MODIFIED = "not_modified"
    READ = "documents_read"
    READ_BEFORE = "documents_known"
    RENDERED = "pages_rendered"
    RESUMED = "visits_resumed"
    OCR_PAGES = "ocr_pages"
    JUDGED = "items_judged"
    JUDGED_BEFORE = "verdicts_kept"


Tally = Counter[Counted]


def added(first: Mapping[Counted, int], second: Mapping[Counted, int]) -> Tally:
    """Both counts together."""
    total: Tally = Counter(first)
    total.update(second)
    return total
