"""Checks the whole archive: the chain of lines, the heads of scans, every copy, every row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from evidence import findings, table
from evidence.capture import CAPTURE, FORGOTTEN, MENDED, SEALED, Kept, facts_of
from evidence.chain import START, Head, Line, canonical, digest, read
from evidence.objects import AT_ONCE
from evidence.warc import UNREADABLE, payload_of

if TYPE_CHECKING:
    from evidence.archive import Archive
    from evidence.findings import Finding

_TOGETHER = 64
_FRAME = ("seq", "at", "previous", "hash")


@dataclass
class Checked:
    """What a check found, and how much it looked at; `head` is the last line's."""

    findings: list[Finding] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    lines: int = 0
    captures: int = 0
    forgotten: int = 0
    objects: int = 0

    @property
    def clean(self) -> bool:
        """True when nothing speaks for tampering or loss."""
        return all(one.is_note for one in self.findings)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What remains of a capture's line while the check goes on."""

    facts: bytes
    object: str
    payload: str
    scan: int
    unit: str
    url: str
    entry_window: bool
    at: str

    @property
    def batch(self) -> tuple[int, str, str]:
        """Its scan, its unit and when its line was written: a batch has all its rows or none."""
        return self.scan, self.unit, self.at


@dataclass
class _Walk:
    """What was met on the way through the manifest."""

    hashes: dict[int, str] = field(default_factory=dict)
    captures: dict[int, _Stated] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    gone_objects: set[str] = field(default_factory=set)
    ends: dict[int, int] = field(default_factory=dict)
    """The last line that says that a scan ended, by scan."""


def verify(archive: Archive) -> Checked:
    """Check everything; nothing is changed. Raises `StoreError` when the database cannot be read.

    An archive that does not exist has no line and is clean.
    """
    checked, walk = Checked(), _Walk()
    rows: dict[int, Kept] = {}
    with archive.standing_still() as (session, mark):
        checked.findings += _lines(archive, mark, checked, walk)
        noted = table.heads(session)
        try:
            for kept in table.every(session):
                rows[kept.seq] = kept
        except ValueError:
            checked.findings.append(findings.rows_unreadable())
    checked.findings += _heads(noted, checked.head, walk)
    checked.findings += _forgotten(walk)
    checked.findings += _rows(rows, walk)
    checked.findings += _objects(archive, rows, walk, checked)
    checked.captures, checked.forgotten = len(walk.captures), len(walk.gone)
    return checked


def holds_nothing(archive: Archive) -> bool:
    """True when nothing was ever kept: no manifest, and a database that knows of none."""
    if archive.exists:
        return False
    with archive.reading() as session:
        return not table.heads(session) and not table.count(session)


def _lines(archive: Archive, mark: int, checked: Checked, walk: _Walk) -> Iterator[Finding]:
    """Walk the chain; after a break it goes on from what the next line states."""
    seq, before = 0, START
    for number, raw in enumerate(archive.manifest.raw_lines(mark), 1):
        if not raw.endswith(b"\n"):
            yield findings.torn(len(raw))
            break
        line = read(raw.rstrip(b"\n"))
        checked.lines = number
        if line is None:
            yield findings.line_unreadable(number)
            seq, before = number, hashlib.sha256(raw.rstrip(b"\n")).hexdigest()
            continue
        yield from _line(line, seq, before)
        seq, before = line.seq, line.hash
        try:
            yield from _met(line, walk)
        except (TypeError, ValueError):
            yield findings.line_changed(line.seq)
        checked.head = line.head


def _line(line: Line, seq: int, before: str) -> Iterator[Finding]:
    if not line.holds:
        yield findings.line_changed(line.seq)
    if line.seq > seq + 1:
        yield findings.lines_missing(seq + 1, line.seq - 1)
    elif line.seq <= seq:
        yield findings.lines_swapped(line.seq)
    elif line.previous != before:
        yield findings.chain_broken(line.seq)


def _met(line: Line, walk: _Walk) -> Iterator[Finding]:
    walk.hashes[line.seq] = digest(line.previous, line.says)
    says = line.says
    if line.what == CAPTURE:
        walk.captures[line.seq] = _stated(says)
    elif line.what == MENDED:
        yield findings.mended(line.seq, int(says.get("bytes", 0)))
    elif line.what == SEALED:
        walk.ends[int(says.get("scan", 0))] = line.seq
    elif line.what == FORGOTTEN:
        for first, last in says.get("lines", ()):
            walk.gone.update(range(first, last + 1))
        walk.gone_objects.update(says.get("objects", ()))


def _stated(says: Mapping[str, Any]) -> _Stated:
    facts = {name: value for name, value in says.items() if name not in _FRAME}
    return _Stated(
        hashlib.sha256(canonical(facts)).digest(),
        str(says.get("object", "")),
        str(says.get("payload", "")),
        int(says.get("scan", 0)),
        str(says.get("unit", "")),
        str(says.get("url", "")),
        bool(says.get("entry_window")),
        str(says.get("at", "")),
    )


def _heads(noted: list[tuple[int, Head]], last: Head, walk: _Walk) -> Iterator[Finding]:
    for scan_id, head in noted:
        if head.seq > last.seq:
            yield findings.tail_cut(scan_id, head.seq, last.seq)
        elif head.seq in walk.hashes and walk.hashes[head.seq] != head.hash:
            yield findings.head_differs(scan_id, head.seq)


def _forgotten(walk: _Walk) -> Iterator[Finding]:
    for seq in sorted(walk.gone):
        stated = walk.captures.get(seq)
        if stated is not None and stated.entry_window:
            yield findings.window_forgotten(seq)


def _rows(rows: Mapping[int, Kept], walk: _Walk) -> Iterator[Finding]:
    for seq, kept in rows.items():
        stated = walk.captures.get(seq)
        if stated is None:
            yield findings.row_without_line(seq)
        elif hashlib.sha256(canonical(facts_of(kept))).digest() != stated.facts:
            yield findings.row_differs(seq)
    unsettled = _cut_off(rows, walk)
    for seq, stated in walk.captures.items():
        if seq not in rows and seq not in walk.gone:
            told = findings.interrupted if seq in unsettled else findings.line_without_row
            yield told(seq, stated.scan, stated.unit)


def _cut_off(rows: Mapping[int, Kept], walk: _Walk) -> set[int]:
    """Lines that a crash kept from getting their rows: of a whole batch, none has one.

    The unit was written down again later, or its scan never came to its end.
    """
    settled = {one.batch for seq, one in walk.captures.items() if seq in rows or seq in walk.gone}
    newest: dict[tuple[int, str], int] = {}
    for seq, one in walk.captures.items():
        if one.batch in settled:
            newest[one.scan, one.unit] = max(seq, newest.get((one.scan, one.unit), 0))
    return {
        seq
        for seq, one in walk.captures.items()
        if one.batch not in settled
        and (newest.get((one.scan, one.unit), 0) > seq or walk.ends.get(one.scan, 0) < seq)
    }


def _objects(
    archive: Archive, rows: Mapping[int, Kept], walk: _Walk, checked: Checked
) -> Iterator[Finding]:
    """Every object once, by the first entry that names it."""
    wanted: dict[str, tuple[int, str, str]] = {}
    for seq, stated in walk.captures.items():
        lost = seq not in rows and stated.object in walk.gone_objects
        if (seq not in walk.gone or seq in rows) and not lost:
            wanted.setdefault(stated.object, (seq, stated.url, stated.payload))
    for seq, kept in rows.items():
        one = kept.capture
        wanted.setdefault(kept.object_sha256, (seq, one.url, one.payload_sha256))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(0, len(wanted), _TOGETHER):
            some = list(islice(wanted.items(), start, start + _TOGETHER))
            checked.objects += len(some)
            for found in pool.map(lambda one: _object(archive, one[0], *one[1]), some):
                yield from found
    for name in archive.objects.names():
        if name not in wanted and name not in walk.gone_objects:
            yield findings.object_without_line(name)


def _object(archive: Archive, name: str, seq: int, url: str, payload: str) -> list[Finding]:
    content = archive.objects.raw(name)
    if content is None:
        return [findings.object_gone(name, seq, url)]
    if hashlib.sha256(content).hexdigest() != name:
        return [findings.object_changed(name, seq, url)]
    try:
        held = payload_of(content)
    except UNREADABLE:
        return [findings.object_changed(name, seq, url)]
    if not held.intact or held.sha256 != payload:
        return [findings.payload_differs(name, seq, url)]
    return []
