"""What is kept of one answer, and how the manifest states it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class CaptureKind(StrEnum):
    """What a copy is: an answer's bytes, a page after its scripts ran, a picture of a page."""

    RESPONSE = "response"
    RENDERED = "rendered"
    SCREENSHOT = "screenshot"


CopyKey = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Capture:
    """What stood at an address at one moment, for the items whose verdicts rest on it.

    `payload_sha256` (hex) and `size` (bytes) are of the body. `entry_window`: captured while the
    checklist was answered in ITAS. `headers` go into the copy itself and nowhere else.
    """

    url: str
    final_url: str
    status: int
    payload_sha256: str
    size: int
    kind: CaptureKind
    content_type: str
    fetched_at: datetime
    items: tuple[str, ...] = ()
    entry_window: bool = False
    file_name: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def answered_from(self) -> str:
        """The address that answered, without the place on the page that a fragment names."""
        return without_place(self.final_url)

    @property
    def copy_key(self) -> CopyKey:
        """What two captures share that may share one copy: address, answer and bytes."""
        return self.answered_from, self.status, self.kind.value, self.payload_sha256


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture in the archive: its scan and unit, its copy's SHA-256, its line's number."""

    scan_id: int
    unit_id: str
    capture: Capture
    object_sha256: str
    seq: int

    @property
    def again(self) -> tuple[str, CaptureKind, str, datetime]:
        """What tells a capture within its scan and unit."""
        one = self.capture
        return one.url, one.kind, one.payload_sha256, one.fetched_at


CAPTURE = "capture"
FORGOTTEN = "forgotten"
SEALED = "sealed"
MENDED = "mended"
CONTINUED = "continued"
"""What a line of the manifest tells of."""


def facts_of(kept: Kept) -> dict[str, Any]:
    """What a capture's line states."""
    one = kept.capture
    return {
        "what": CAPTURE,
        "scan": kept.scan_id,
        "unit": kept.unit_id,
        "items": list(one.items),
        "url": one.url,
        "final_url": one.final_url,
        "status": one.status,
        "payload": one.payload_sha256,
        "size": one.size,
        "object": kept.object_sha256,
        "kind": one.kind.value,
        "type": one.content_type,
        "file": one.file_name,
        "fetched_at": moment(one.fetched_at),
        "entry_window": one.entry_window,
    }


def kept_of(facts: Mapping[str, Any], seq: int) -> Kept:
    """The capture that a line states; raises `ValueError` for a line that lacks a part."""
    try:
        capture = Capture(
            url=facts["url"],
            final_url=facts["final_url"],
            status=facts["status"],
            payload_sha256=facts["payload"],
            size=facts["size"],
            kind=CaptureKind(facts["kind"]),
            content_type=facts["type"],
            fetched_at=datetime.fromisoformat(facts["fetched_at"]),
            items=tuple(facts["items"]),
            entry_window=facts["entry_window"],
            file_name=facts["file"],
        )
        return Kept(facts["scan"], facts["unit"], capture, facts["object"], seq)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the line of a capture: {error}") from None


def without_place(url: str) -> str:
    """`url` without its fragment, unless that chooses a page of a script site (`#/…`, `#!…`)."""
    page, _, place = url.partition("#")
    return url if place.startswith(("/", "!")) else page


def moment(at: datetime) -> str:
    """An aware moment in UTC as the manifest and WARC write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(capture: Capture) -> Capture:
    """The capture with texts that every database and JSON reader takes."""
    return replace(
        capture,
        url=_plain(capture.url),
        final_url=_plain(capture.final_url),
        content_type=_plain(capture.content_type)[:200],
        file_name=_plain(capture.file_name)[:300],
    )


def _plain(text: str) -> str:
    """Without control characters and lone surrogates."""
    shown = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter for letter in shown if letter.isprintable() or letter == " ")


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Rising numbers as stretches, first and last of each."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
