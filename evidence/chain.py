"""Lines of the manifest, each sealed with the hash of the one before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""What the first line names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a manifest, by its number (from 1) and hash; an empty one has number 0."""

    seq: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: its number, the hashes it states, all that it says."""

    seq: int
    previous: str
    hash: str
    says: Mapping[str, Any]

    @property
    def what(self) -> str:
        """What the line tells of."""
        return str(self.says.get("what", ""))

    @property
    def head(self) -> Head:
        """The line as a manifest's head."""
        return Head(self.seq, self.hash)

    @property
    def holds(self) -> bool:
        """True when the line says what it was sealed with."""
        return digest(self.previous, self.says) == self.hash


def canonical(values: Mapping[str, Any]) -> bytes:
    """The values as JSON in one way only: sorted names, no blanks, ASCII."""
    return json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode("ascii")


def digest(previous: str, says: Mapping[str, Any]) -> str:
    """The hash that seals a line: SHA-256 in hex over `previous` and what the line says."""
    said = {name: value for name, value in says.items() if name not in ("hash", "previous")}
    return hashlib.sha256(previous.encode("ascii", "replace") + canonical(said)).hexdigest()


def sealed(after: Head, at: str, facts: Mapping[str, Any]) -> tuple[bytes, Head]:
    """The line that follows `after`, written at the moment `at`, as bytes with its line end."""
    said = {**facts, "seq": after.seq + 1, "at": at}
    mark = digest(after.hash, said)
    body = canonical({**said, "previous": after.hash, "hash": mark})
    return body + b"\n", Head(after.seq + 1, mark)


def read(raw: bytes) -> Line | None:
    """The line in `raw`, without its line end; `None` for what is no line of a manifest."""
    try:
        says = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(says, dict):
        return None
    seq, previous, mark = (says.get(name) for name in ("seq", "previous", "hash"))
    if type(seq) is not int or not isinstance(previous, str) or not isinstance(mark, str):
        return None
    return Line(seq, previous, mark, says)
