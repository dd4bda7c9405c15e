"""What every fuzzed reader shares: how a target is told, and what must be true of a document."""

from __future__ import annotations

import dataclasses
import importlib
import logging
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklist.evidence import Document, Fetch, Region, TextSource
from crawler.extract import extract

SLOWEST_S = 5.0
MOST_TEXT = 40_000_000
URL = "https://www.bansuan.example.go.th/oit/file"
PROBLEMS = {"unreadable", "too_large", "extract_failed", "unsupported_type"}
Mutator = Callable[[bytes, int, int], bytes]


class BrokenError(AssertionError):
    """Something that must hold for every input does not; the text says what."""


@dataclass(frozen=True)
class Target:
    """One thing to fuzz.

    `check` reads one input and raises when something is wrong; `seeds` are small valid inputs;
    `tokens` the words of the format; `mutate(data, most bytes, seed)` changes an input so that
    it stays in its format, `None` leaves that to the fuzzer. `twice` tells that a second reading
    must answer the same.
    """

    check: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    tokens: Sequence[bytes] = ()
    mutate: Mutator | None = None
    max_len: int = 65_536
    twice: bool = True


def load(name: str) -> Target:
    """The target called `name`; raises `ModuleNotFoundError` for another."""
    found: Target = importlib.import_module(f"tests.fuzz.targets.{name}").TARGET
    return found


def probe(target: Target, data: bytes, *, again: bool = True) -> None:
    """Hold one input against everything that is promised; raises what it finds."""
    began = time.process_time()
    first = target.check(data)
    spent = time.process_time() - began
    if spent > SLOWEST_S:
        raise BrokenError(f"took more than {SLOWEST_S:.0f} seconds")
    if again and target.twice and target.check(data) != first:
        raise BrokenError("a second reading answers otherwise")


def read(body: bytes, content_type: str = "", **more: Any) -> Document:
    """Read `body` through the door of the room and hold the document against its promises."""
    fetch = Fetch(URL, URL, content_type=content_type)
    return sound(extract(body, fetch, **more))


def sound(document: Document) -> Document:
    """`document`, once all that every document promises is seen to be true."""
    require(isinstance(document, Document), "not a document")
    problem = document.fetch.problem
    if problem is not None:
        require(problem in PROBLEMS, f"unknown reason {problem}")
        require(bool(document.fetch.problem_detail), "a reason without words")
        require(document.source is TextSource.NONE, "a source together with a problem")
        content = (document.passages, document.tables, document.links, document.images)
        require(not any(content), "content together with a problem")
    size = 0
    for text in _texts(document):
        size += len(text)
        require("\0" not in text, "NUL in the text")
        require(not any("\ud800" <= c <= "\udfff" for c in text), "lone surrogate in the text")
    require(size <= MOST_TEXT, "more text than any document holds")
    _places(document)
    pickle.dumps(document)
    return document


def _places(document: Document) -> None:
    last = document.page_count
    for passage in document.passages:
        require(bool(passage.text.strip()), "a passage without text")
        if passage.table is not None:
            require(0 <= passage.table < len(document.tables), "a row of no table")
        elif passage.region is Region.TABLE:
            require(document.tables == () or passage.table is None, "a row of no table")
        if passage.page is not None:
            require(passage.page >= 1, "a page before the first")
            require(last is None or passage.page <= last, "a page after the last")
    for page in document.blank_pages:
        require(last is not None and 1 <= page <= last, "a blank page that is not there")
    for image in document.images:
        require((image.width or 0) >= 0 and (image.height or 0) >= 0, "a picture of less than 0")


def _texts(value: object) -> Iterator[str]:
    """Every text in a document, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from _texts(getattr(value, part.name))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from _texts(key)
            yield from _texts(held)
    elif isinstance(value, tuple | list):
        for held in value:
            yield from _texts(held)


def require(true: bool, words: str) -> None:
    """Raise `BrokenError` with `words` unless `true`."""
    if not true:
        raise BrokenError(words)


class Caught(logging.Handler):
    """Notes the errors that the room's last net caught: no reader thought of them."""

    def __init__(self) -> None:
        """Listen to the room's door from now on."""
        super().__init__(logging.WARNING)
        self.last: BaseException | None = None
        log = logging.getLogger("crawler.extract.reader")
        log.addHandler(self)
        log.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the error that is being handled."""
        if record.levelno >= logging.WARNING:
            self.last = sys.exc_info()[1]

    def take(self) -> BaseException | None:
        """The error caught since this was last asked, if any."""
        last, self.last = self.last, None
        return last
