"""The manifest in a bucket: every batch of lines is an object, named by its first line's number.

Objects are only ever put where none stands, so that of two writers behind the same head one is
refused by the store itself, whatever became of their lock. Small ones are put together after a
while: `<first>-<last>.jsonl` holds what `<first>.jsonl` and those behind it held, byte for byte.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from database.faults import CutOffError
from evidence.capture import CONTINUED
from evidence.chain import Head, read
from evidence.writing import Writer

if TYPE_CHECKING:
    from objects.port import Entry, Objects

logger = logging.getLogger(__name__)

MANIFEST = "manifest"
FULL_BYTES = 8 * 1024 * 1024
"""A piece of this size is left as it is."""
SETTLED = timedelta(minutes=10)
"""Younger pieces stay apart: a writer may still stand behind the head that they replaced."""
FEWEST = 16
"""Fewer pieces are not worth putting together."""
_LOOKS = 5
_NAME = re.compile(MANIFEST + r"/(\d{12})(?:-(\d{12}))?\.jsonl")


@dataclass(frozen=True, slots=True)
class _Piece:
    """An object of lines: its first line's number, its last one's where the name says it."""

    entry: Entry
    first: int
    last: int


class Segments:
    """The manifest below `manifest` of a place of objects."""

    def __init__(self, place: Objects) -> None:
        """Nothing is written before the first line."""
        self._place = place
        self._known: tuple[str, Head] | None = None
        self._begun = False

    @property
    def exists(self) -> bool:
        """True when a line was ever written."""
        # Asked of every page of the dashboard; lines never go again.
        self._begun = self._begun or bool(self._pieces())
        return self._begun

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The right to add lines; what keeps machines apart is the caller's lock, and the store.

        `CutOffError` is raised when another wrote behind the same head: then nothing was written
        here, and all may be done again.
        """
        head, readable = self._head()
        writer = Writer(self._put, head)
        if not readable:
            logger.error("the manifest's last line cannot be read; see: oit evidence verify")
            writer.append([{"what": CONTINUED, "after": head.hash}])
        yield writer

    @contextmanager
    def standing_still(self) -> Iterator[int]:
        """The number of the last line now: what is added later is not read up to this mark."""
        yield self._head()[0].seq

    def raw_lines(self, mark: int | None = None) -> Iterator[bytes]:
        """Every line with its line end, each once, up to the one with the number `mark`.

        A piece that is put together with others while this reads is found again in the new one.
        """
        done: set[str] = set()
        given: set[bytes] = set()
        after, looks = 0, 0
        while looks < _LOOKS:
            looks += 1
            for piece in self._pieces():
                beyond = mark is not None and piece.first > mark
                content = None if beyond else self._fresh(piece, done)
                if content is None and not beyond and piece.entry.name not in done:
                    break
                for raw in (content or b"").splitlines(keepends=True):
                    print_of = hashlib.sha256(raw).digest()[:16]
                    known = piece.first <= after and print_of in given
                    if not known and not (mark and piece.last > mark and _number(raw) > mark):
                        given.add(print_of)
                        yield raw
                after, looks = max(after, piece.first, piece.last), 0
            else:
                return

    def _fresh(self, piece: _Piece, done: set[str]) -> bytes | None:
        """What a piece holds that was not read before; `None` when it was, or is gone."""
        if piece.entry.name in done:
            return None
        content = self._place.get(piece.entry.name)
        if content is not None:
            done.add(piece.entry.name)
        return content

    def head(self) -> Head:
        """The last line; the start's when there is none or it cannot be read."""
        head, readable = self._head()
        return head if readable else Head()

    def lines(self, numbers: Collection[int]) -> Iterator[bytes]:
        """The lines with these numbers as they stand there; only their pieces are read."""
        wanted = sorted(numbers)
        pieces = self._pieces()
        for number, piece in enumerate(pieces):
            end = piece.last or (pieces[number + 1].first if number + 1 < len(pieces) else 10**12)
            here = {seq for seq in wanted if piece.first <= seq <= end}
            for raw in (self._place.get(piece.entry.name) or b"").splitlines(keepends=True):
                line = read(raw) if here else None
                if line is not None and line.seq in here:
                    here.discard(line.seq)
                    wanted.remove(line.seq)
                    yield raw

    def tidy(self, settled: timedelta = SETTLED, full: int = FULL_BYTES) -> None:
        """Put small pieces together that are older than `settled`, into pieces of about `full`."""
        before = datetime.now(UTC) - settled
        old = [one for one in self._pieces() if one.entry.written < before]
        group: list[_Piece] = []
        covering: _Piece | None = None
        for piece in old:
            if covering is not None and piece.first <= covering.last:
                self._drop(piece, covering)
                continue
            covering = piece if piece.last else covering
            if piece.entry.size < full:
                group.append(piece)
            if piece.entry.size >= full or sum(one.entry.size for one in group) >= full:
                self._join(group)
                group = []
        self._join(group)

    def _join(self, group: Sequence[_Piece]) -> None:
        if len(group) < FEWEST:
            return
        contents = [self._place.get(one.entry.name) for one in group]
        whole = b"".join(one for one in contents if one is not None)
        if None in contents or not whole.endswith(b"\n") or not _number(_last(whole)):
            return
        name = f"{MANIFEST}/{group[0].first:012d}-{_number(_last(whole)):012d}.jsonl"
        self._place.put(name, whole)
        if self._place.get(name) != whole:
            logger.error("the pieces of the manifest were not put together: %s differs", name)
            return
        # The last one goes last: it tells the head for as long as it is there.
        for one in group:
            self._place.remove(one.entry.name)

    def _drop(self, piece: _Piece, covering: _Piece) -> None:
        """Remove what a run that was cut off left of pieces that it put together."""
        content = self._place.get(piece.entry.name)
        if content is not None and content in (self._place.get(covering.entry.name) or b""):
            self._place.remove(piece.entry.name)

    def _put(self, head: Head, lines: bytes) -> None:
        name = f"{MANIFEST}/{head.seq + 1:012d}.jsonl"
        if not self._place.put(name, lines) and self._place.get(name) != lines:
            self._known = None
            raise CutOffError(
                "เครื่องอื่นเขียนบัญชีหลักฐานในเวลาเดียวกัน ยังไม่ได้บันทึกสิ่งใด สั่งใหม่ได้ "
                f"(another machine wrote the manifest's entry {head.seq + 1} meanwhile)"
            )
        line = read(_last(lines))
        self._known = (name, line.head) if line is not None else None

    def _head(self) -> tuple[Head, bool]:
        """The head to write behind, and whether its line can be read."""
        known, since = self._known, ""
        if known is not None:
            since = known[0].removesuffix(".jsonl")
            behind = self._pieces(since)
            if [one.entry.name for one in behind] == [known[0]]:
                return known[1], True
        for _ in range(_LOOKS):
            # Only what is put together is no longer behind the piece that was known.
            pieces = (since and self._pieces(since)) or self._pieces()
            if not pieces:
                return Head(), True
            newest = pieces[-1]
            if newest.last:
                newest = max(pieces, key=lambda one: one.last)
            content = self._place.get(newest.entry.name)
            if content is None:
                continue
            last = _last(content)
            line = read(last)
            if line is not None:
                return line.head, True
            seq = max(newest.last, newest.first + content.count(b"\n") - 1)
            return Head(seq, hashlib.sha256(last).hexdigest()), False
        raise OSError("the pieces of the manifest go while they are read")

    def _pieces(self, after: str = "") -> list[_Piece]:
        found = []
        for entry in self._place.entries(MANIFEST, after):
            named = _NAME.fullmatch(entry.name)
            if named:
                found.append(_Piece(entry, int(named[1]), int(named[2] or 0)))
        return sorted(found, key=lambda one: (one.first, -one.last))


def _last(content: bytes) -> bytes:
    """The last line, without its line end."""
    return content.rstrip(b"\n").rpartition(b"\n")[2]


def _number(raw: bytes) -> int:
    """The number of a line; 0 for what is none."""
    line = read(raw)
    return line.seq if line is not None else 0


@lru_cache(maxsize=8)
def segments_in(place: Objects) -> Segments:
    """The manifest of a place: one for the life of the program, which knows its own last line."""
    return Segments(place)
