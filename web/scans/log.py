"""What the process of a job wrote: the number of its scan, its last words, lines to read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_HEAD_BYTES = 400_000
_TAIL_BYTES = 60_000
_MOST_VALUE = 300
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KNOWN = frozenset({"time", "level", "logger", "event", "scan", "exception"})
EVENTS = {
    "scan begun": "เริ่มตรวจ",
    "unit done": "ตรวจหน่วยงานเสร็จ",
    "scan ended": "จบการตรวจ",
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, how grave (`info`, `warning`, `error`), what, and its figures as text."""

    at: datetime | None
    level: str
    text: str
    figures: str = ""


def scan_number(log: Path) -> int | None:
    """The scan that the process fills, as it said itself; `None` while it has not."""
    for line in _lines(log, _HEAD_BYTES, tail=False):
        fields = _fields(line)
        if fields.get("event") == "scan begun" and isinstance(fields.get("scan"), int):
            return int(fields["scan"])
    return None


def last_words(log: Path, most: int = 3) -> str:
    """The last lines that were meant for a person, without log lines."""
    plain = [line for line in _lines(log, _TAIL_BYTES) if line.strip() and not _fields(line)]
    return "\n".join(plain[-most:])


def log_lines(log: Path, most: int = 200) -> list[LogLine]:
    """The newest lines, oldest first; none when the log is not kept any more."""
    found = [_read(line) for line in _lines(log, _TAIL_BYTES) if line.strip()]
    return found[-most:]


def _read(line: str) -> LogLine:
    fields = _fields(line)
    if not fields:
        return LogLine(None, "", line[:2000])
    event = str(fields.get("event", ""))
    more = (f"{name} {_shown(value)}" for name, value in fields.items() if name not in _KNOWN)
    level = str(fields.get("level", ""))
    return LogLine(_moment(fields.get("time")), level, EVENTS.get(event, event), " · ".join(more))


def _shown(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)[:_MOST_VALUE]


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _fields(line: str) -> Mapping[str, Any]:
    if not line.startswith("{"):
        return {}
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) and "event" in found else {}


def _lines(log: Path, limit: int, *, tail: bool = True) -> Iterator[str]:
    """Whole lines of the log's end, or of its beginning, without control characters."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = max(0, size - limit) if tail else 0
            file.seek(start)
            body = file.read(limit)
    except OSError:
        return
    lines = body.decode("utf-8", "replace").split("\n")
    for line in lines[1:] if start else lines:
        yield _CONTROL.sub("", line.replace("\r", ""))
