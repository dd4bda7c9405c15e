"""One request and what becomes of it: asked, answered, read."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.headers import header
from crawler.memory.traces import Journal

if TYPE_CHECKING:
    from scrapy.http import Response

    from checklist.evidence import Document
    from crawler.hosted import Book
    from crawler.problems import Problem
    from crawler.tally import Tally


@dataclass(frozen=True)
class Ask:
    """One request: for which unit, how long it may take (seconds), whether social pages count.

    The body may have `most_bytes`, or as many as any where that is `None`. What it costs is added
    to `tally`, what it asks of the network noted in `journal`.
    """

    url: str
    unit_id: str
    timeout_s: float
    social: bool = False
    tally: Tally = field(default_factory=Counter, compare=False)
    journal: Journal = field(default_factory=Journal, compare=False)
    begun: float = field(default_factory=time.monotonic, compare=False)
    most_bytes: int | None = None


@dataclass(frozen=True)
class Answer:
    """What came over the network: a response, or the problem that stood in its place."""

    ask: Ask
    response: Response | None = None
    problem: Problem | None = None
    book: Book | None = None
    texts: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Length of the body in bytes."""
        return len(self.response.body) if self.response is not None else 0

    @property
    def retry_after(self) -> str:
        """The `Retry-After` header of a refusal for too many requests, "" for other answers."""
        if self.response is None or self.response.status not in (429, 503):
            return ""
        return header(self.response, "Retry-After")


@dataclass(frozen=True)
class Page:
    """A read answer; `note` says in Thai why a page that wanted a browser did not get one."""

    document: Document
    rendered: bool = False
    note: str = ""
