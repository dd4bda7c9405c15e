"""Copying an archive from one place to another: what is there already is left, all is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from database.faults import StoreError
from evidence.chain import Head, read
from evidence.objects import AT_ONCE, OBJECTS, name_in

if TYPE_CHECKING:
    from evidence.archive import Archive
    from objects.port import Entry

_BATCH_BYTES = 1024 * 1024
OnObject = Callable[[int, int], None]
"""Told after every copy: how many are done, of how many."""


class CopyError(StoreError):
    """An archive cannot be copied there; one clear line."""


@dataclass
class Copied:
    """What was copied, or would be: copies, their bytes, lines; and what was there already.

    `damaged` are the copies that are not what their names say, which stay behind. `head` is the
    last line's in both places.
    """

    objects: int = 0
    bytes: int = 0
    there: int = 0
    lines: int = 0
    damaged: list[str] = field(default_factory=list)
    head: Head = field(default_factory=Head)


def plan(source: Archive, target: Archive) -> Copied:
    """What `copy` would do; nothing is written. Raises as `copy` does."""
    entries, there = _missing(source, target)
    lines = sum(1 for _ in _new_lines(source, target, None))
    size = sum(one.size for one in entries)
    return Copied(len(entries), size, there, lines, head=source.manifest.head())


def copy(source: Archive, target: Archive, on_object: OnObject | None = None) -> Copied:
    """Bring copies and manifest of `source` to `target`, which is of the same database.

    Every copy is checked against its hash where it comes from and where it arrives. A copy that
    is stopped is gone on with by the next one; lines come last, and none before what it names.
    Raises `CopyError` when `target` holds another manifest or does not keep what it is given, and
    `StoreError` or `OSError` when a place cannot be used.
    """
    done = Copied()
    _copy_objects(source, target, done, on_object)
    with source.standing_still() as (_, mark):
        # What came meanwhile.
        _copy_objects(source, target, done, None)
        with target.manifest.writing() as writer:
            for first, head, raw in _batches(_new_lines(source, target, mark)):
                writer.extend(first, head, raw)
                done.lines += raw.count(b"\n")
            done.head = writer.head
    return done


def _missing(source: Archive, target: Archive) -> tuple[list[Entry], int]:
    """The copies that the target lacks, or has in another size, and how many it has."""
    known = {one.name: one.size for one in target.place.entries(OBJECTS)}
    entries = [one for one in source.place.entries(OBJECTS) if name_in(one.name)]
    missing = [one for one in entries if known.get(one.name) != one.size]
    return missing, len(entries) - len(missing)


def _copy_objects(
    source: Archive, target: Archive, done: Copied, on_object: OnObject | None
) -> None:
    missing, there = _missing(source, target)
    missing = [one for one in missing if one.name not in done.damaged]
    done.there = there - done.objects
    with ThreadPoolExecutor(AT_ONCE) as pool:
        copied = pool.map(lambda one: _copy_one(source, target, one.name), missing)
        for number, (entry, size) in enumerate(zip(missing, copied, strict=True), 1):
            if size is None:
                done.damaged.append(entry.name)
            else:
                done.objects += 1
                done.bytes += size
            if on_object is not None:
                on_object(number, len(missing))


def _copy_one(source: Archive, target: Archive, name: str) -> int | None:
    """Copy an object and read it back; its size, `None` when it is damaged where it comes from."""
    content = source.place.get(name)
    if content is None or hashlib.sha256(content).hexdigest() != name_in(name):
        return None
    if not target.place.put(name, content) and target.place.get(name) != content:
        # A broken one stands there, which is of no use to anybody.
        target.place.remove(name)
        target.place.put(name, content)
    if target.place.get(name) != content:
        raise CopyError(
            f"ปลายทางไม่เก็บสำเนา {name} ตามที่ส่งให้: {target.place.shown} "
            f"(the target does not keep {name} as it was given)"
        )
    return len(content)


def _new_lines(
    source: Archive, target: Archive, mark: int | None
) -> Iterator[tuple[int, Head, bytes]]:
    """The source's complete lines behind those that the target has: number, head, bytes."""
    head = target.manifest.head()
    if head.seq == 0 and next(target.manifest.raw_lines(), b"").endswith(b"\n"):
        raise _another(target)
    met, before = head.seq == 0, 0
    for raw in source.manifest.raw_lines(mark):
        if not raw.endswith(b"\n"):
            return
        line = read(raw.rstrip(b"\n"))
        seq = line.seq if line is not None else before + 1
        mark_of = line.hash if line is not None else hashlib.sha256(raw.rstrip(b"\n")).hexdigest()
        if met:
            yield seq, Head(seq, mark_of), raw
        elif seq == head.seq and mark_of == head.hash:
            met = True
        before = seq
    if not met:
        raise _another(target)


def _another(target: Archive) -> CopyError:
    return CopyError(
        f"ปลายทางมีบัญชีหลักฐานอื่นอยู่แล้ว: {target.place.shown} ให้ใช้ปลายทางที่ว่าง "
        f"(the target holds another manifest, or one that went on by itself; use an empty one)"
    )


def _batches(lines: Iterator[tuple[int, Head, bytes]]) -> Iterator[tuple[int, Head, bytes]]:
    """Lines together: the first one's number, the last one's head, the bytes."""
    first, head, held = 0, Head(), b""
    for seq, here, raw in lines:
        if held and len(held) + len(raw) > _BATCH_BYTES:
            yield first, head, held
            held = b""
        if not held:
            first = seq
        head, held = here, held + raw
    if held:
        yield first, head, held
