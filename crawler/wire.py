"""Messages between the crawling process and the one that started it: length, then a pickle.

The crawling process speaks to strangers and may be taken over by one: of what comes home only
values are opened, of the classes named here, never anything that runs code when it is opened.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, BinaryIO

from checklist import evidence
from checklist.whereabouts import Reach, Step, Whereabouts

_LENGTH = struct.Struct("<Q")
_MOST_BYTES = 2 * 1024**3
_PIECE = 1024**2


@dataclass(frozen=True)
class Alive:
    """Sent now and then by a working crawler."""


@dataclass(frozen=True)
class Finished:
    """The crawler's last message."""


@dataclass(frozen=True)
class LogLine:
    """A log record of the crawling process; `context` is what it is about (its unit)."""

    logger: str
    level: int
    text: str
    context: Mapping[str, str | int] = field(default_factory=dict)


def write_message(stream: BinaryIO, message: object) -> None:
    """Write one message and flush."""
    stream.write(framed(message))
    stream.flush()


def framed(message: object) -> bytes:
    """One message as it is written."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def read_message(stream: BinaryIO) -> Any:
    """Read one message of the process that started this one; `EOFError` when it is gone."""
    return pickle.loads(_body(stream))  # nosec B301  # from the process that started this one


def read_values(stream: BinaryIO) -> Any:
    """Read one message of the crawling process.

    Raises `EOFError` when it is gone, and `pickle.UnpicklingError` for a message that holds
    anything else than the values of a crawl or is larger than any.
    """
    return _Values(io.BytesIO(_body(stream))).load()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = _classes().get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"a crawl sends no {module}.{name}"[:200])
        return found


@cache
def _classes() -> dict[tuple[str, str], type]:
    """The classes whose values a crawl sends home: plain data, whose making has no effect."""
    # Imported here: processes that read documents need none of them.
    from pydantic_core import TzInfo

    from crawler.discovery import Proposal
    from crawler.harvest import CrawlEvent, UnitHarvest
    from crawler.screenshots import Screenshot
    from crawler.tally import Counted

    ours = [
        evidence.Coverage, evidence.Document, evidence.Embed, evidence.EmbedKind, evidence.Fetch,
        evidence.Form, evidence.FormField, evidence.Image, evidence.Link, evidence.Origin,
        evidence.Passage, evidence.Region, evidence.Skipped, evidence.Table, evidence.TextSource,
        evidence.Trail, Reach, Step, Whereabouts, Counter, Proposal, CrawlEvent,
        UnitHarvest, Screenshot, Counted, Alive, Finished, LogLine, datetime, date,
        timedelta, timezone, TzInfo,
    ]  # fmt: skip
    return {(one.__module__, one.__qualname__): one for one in ours}


def _body(stream: BinaryIO) -> bytes:
    size = _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]
    if size > _MOST_BYTES:
        raise pickle.UnpicklingError(f"a message of {size:,} bytes")
    return _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        # Room is made for what has come, not for what was announced.
        part = stream.read(min(size, _PIECE))
        if not part:
            raise EOFError("the other process is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
