"""The archive of one database: keeping captures, finding them again, forgetting the old ones.

An object is safe before its line is written, and its line before its row: a crash leaves at most
an object or a line too much, never a row that has nothing behind it. Whoever adds lines holds the
database's lock of that name: the machines that share a database and a bucket write one chain.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from database.addresses import file_of
from database.engine import StoreError, clear_errors, connect, migrate, to_write
from database.sessions import repeatable
from evidence import table
from evidence.capture import FORGOTTEN, SEALED, Capture, CopyKey, Kept, facts_of, plain, runs
from evidence.captures import Captures
from evidence.chain import Head
from evidence.manifest import Manifest
from evidence.objects import ObjectStore
from evidence.segments import Segments, segments_in
from evidence.warc import UNREADABLE, object_of, payload_of
from objects.opening import objects_at

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from evidence.writing import Chain, Writer
    from objects.opening import Place

logger = logging.getLogger(__name__)

_LOCK = "evidence manifest"
_REMOVED_AT_ONCE = 100

BodyOf = Callable[[str], "bytes | None"]
"""The body with a SHA-256 in hex, when it was kept."""


class ArchiveError(StoreError):
    """The archive cannot be written; one clear line."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `Archive.forget` removed: captures, objects and their bytes."""

    captures: int = 0
    objects: int = 0
    bytes: int = 0


def folder_beside(database_url: str) -> Path | None:
    """Where the archive of a SQLite database lies when no folder is named: beside its file.

    `var/oit.db` has `var/oit-evidence`. `None` for a database without a file.
    """
    file = file_of(database_url)
    return None if file is None else file.with_name(f"{file.stem}-evidence")


class Archive(Captures):
    """Captures in a folder or bucket and in the tables of one database; close it, or use `with`."""

    def __init__(self, place: Place, engine: Engine) -> None:
        """Use an engine whose database is at the newest revision.

        Raises `StoreError` for the address of a bucket that is of no use.
        """
        self.place = objects_at(place)
        self.manifest: Chain = (
            Manifest(place / "manifest.jsonl")
            if isinstance(place, Path)
            else segments_in(self.place)
        )
        self.objects = ObjectStore(self.place)
        super().__init__(engine)

    @classmethod
    def open(cls, place: Place, database_url: str, *, busy_timeout: float = 15.0) -> Archive:
        """Open the archive in a folder, or at the address of a bucket, of a database.

        Nothing is made before the first capture. Raises `StoreError` as the result store does.
        """
        engine = connect(database_url, busy_timeout)
        migrate(engine)
        return cls(place, engine)

    def close(self) -> None:
        """Let go of the database's connections."""
        self.engine.dispose()

    def __enter__(self) -> Archive:
        """Give the archive to a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    @property
    def exists(self) -> bool:
        """True when anything was ever kept here."""
        return self.manifest.exists

    @repeatable
    def keep(
        self,
        scan_id: int,
        unit_id: str,
        captures: Iterable[Capture],
        body_of: BodyOf,
        about: Mapping[str, str],
    ) -> list[Kept]:
        """Keep a unit's captures and return all of them; what was kept before is not kept twice.

        A body is only read when its copy is not in the archive. One that is nowhere to be found
        is left out and logged. `about` names the tool in new copies. Raises `ArchiveError` when
        the disk or bucket refuses, `StoreError` when the database does; nothing counts as kept
        then.
        """
        wanted = [plain(one) for one in captures]
        if not wanted:
            return []
        with self.reading() as session:
            there = table.of_unit(session, scan_id, unit_id)
            fresh = _others(there, [Kept(scan_id, unit_id, one, "", 0) for one in wanted])
            copies = table.objects_of(session, {x.capture.payload_sha256 for x in fresh})
        about = {**about, "unit": unit_id, "scan": str(scan_id)}
        # Copied before anybody has to wait for it.
        with self._clearly():
            fresh = list(self._copied(fresh, copies, set(copies.values()), body_of, about))
        if not fresh:
            return there
        with self._locked() as (session, writer):
            there = table.of_unit(session, scan_id, unit_id)
            # What was forgotten meanwhile, or never arrived, is copied now.
            fresh = _others(there, fresh)
            held = self.objects.holding({one.object_sha256 for one in fresh})
            named = list(self._copied(fresh, copies, held, body_of, about))
            writer.go_on_after(table.last_number(session))
            numbers = writer.append([facts_of(one) for one in named])
            kept = [replace(one, seq=seq) for one, seq in zip(named, numbers, strict=True)]
            table.add(session, kept)
        return [*there, *kept]

    def _copied(
        self,
        fresh: Iterable[Kept],
        copies: dict[CopyKey, str],
        held: set[str],
        body_of: BodyOf,
        about: Mapping[str, str],
    ) -> Iterator[Kept]:
        """The captures with the names of their copies, made where none of `held` is theirs."""
        for one in fresh:
            name = copies.get(one.capture.copy_key, "")
            if name not in held:
                name = self._copy(one.capture, body_of, about)
            if name:
                copies[one.capture.copy_key] = name
                held.add(name)
                yield replace(one, object_sha256=name)

    def _copy(self, capture: Capture, body_of: BodyOf, about: Mapping[str, str]) -> str:
        body = body_of(capture.payload_sha256)
        if body is None:
            logger.warning("the body of %s was not kept, so there is no copy", capture.url)
            return ""
        return self.objects.put(object_of(capture, body, about))

    @repeatable
    def seal(self, scan_id: int) -> Head:
        """Note in the database where the manifest stands at the end of a scan, and return it.

        Nothing is noted for an archive in which nothing was ever kept.
        """
        if not self.exists:
            return Head()
        with self._locked() as (session, writer):
            writer.go_on_after(table.last_number(session))
            writer.append([{"what": SEALED, "scan": scan_id}])
            table.note_head(session, scan_id, writer.head)
            head = writer.head
        try:
            self.manifest.tidy()
        except OSError as error:
            logger.warning("the manifest is put together another time: %s", error)
        return head

    def body(self, kept: Kept) -> bytes | None:
        """The bytes of a capture; `None` when its copy is gone or is no longer what it was."""
        with self._clearly():
            content = self.objects.get(kept.object_sha256)
        if content is None:
            return None
        try:
            payload = payload_of(content)
        except UNREADABLE:
            return None
        return payload.content if payload.sha256 == kept.capture.payload_sha256 else None

    def payload(self, sha256: str) -> bytes | None:
        """The body with that SHA-256 in hex, whenever it was kept; `None` without a whole copy."""
        with self.reading() as session:
            copies = {one.object_sha256: one for one in table.with_payloads(session, {sha256})}
        found = (self.body(one) for one in copies.values())
        return next((body for body in found if body is not None), None)

    def forget(self, scan_ids: Collection[int]) -> Forgotten:
        """Remove these scans' captures made outside every entry window, and objects of no use now.

        A line of the manifest names what was removed, so that `verify` can tell it from
        tampering. Raises `ArchiveError` when the disk refuses, `StoreError` for the database.
        """
        if not self.exists:
            return Forgotten()
        with self._locked() as (session, writer):
            gone = table.unprotected(session, scan_ids)
            if not gone:
                return Forgotten()
            writer.go_on_after(table.last_number(session))
            numbers = [seq for seq, _ in gone]
            table.remove(session, numbers)
            objects = {name for _, name in gone}
            objects -= table.still_used(session, objects)
            said = {"what": FORGOTTEN, "lines": runs(numbers), "objects": sorted(objects)}
            writer.append([said])
        freed = self._freed(sorted(objects))
        return Forgotten(len(gone), len(freed), sum(freed))

    def _freed(self, objects: Sequence[str]) -> list[int]:
        """The bytes that each object freed, but for those that a capture names again by now."""
        freed: list[int] = []
        for start in range(0, len(objects), _REMOVED_AT_ONCE):
            some = objects[start : start + _REMOVED_AT_ONCE]
            with self._locked() as (session, _):
                used = table.still_used(session, some)
                freed += [self.objects.remove(name) for name in some if name not in used]
        return freed

    @contextmanager
    def standing_still(self) -> Iterator[tuple[Session, int]]:
        """A session that reads, and a mark up to which the manifest is as old as what it shows."""
        with self._clearly(), ExitStack() as stack:
            with self._changing() if isinstance(self.manifest, Segments) else nullcontext():
                mark = stack.enter_context(self.manifest.standing_still())
                session = stack.enter_context(self.reading())
                # What it shows is settled by its first question.
                table.last_number(session)
            yield session, mark

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """A session that writes, alone among those that write evidence, on all machines."""
        engine = to_write(self.engine, beside=_LOCK)
        with clear_errors(self.engine), Session(engine) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def _locked(self) -> Iterator[tuple[Session, Writer]]:
        """The right to add lines, and a session that is kept when they are written."""
        with self._clearly(), self._changing() as session, self.manifest.writing() as writer:
            yield session, writer

    @contextmanager
    def _clearly(self) -> Iterator[None]:
        try:
            yield
        except StoreError:
            raise
        except OSError as error:
            why, shown = error.strerror or error, self.place.shown
            raise ArchiveError(
                f"ใช้คลังหลักฐานไม่ได้: {shown} ({why}) ตรวจเนื้อที่ดิสก์และสิทธิ์ของโฟลเดอร์ "
                f"(the evidence archive cannot be used: {shown}: {why})"
            ) from error


def _others(there: Sequence[Kept], found: Sequence[Kept]) -> list[Kept]:
    """Those of `found` that are not there yet."""
    known = {one.again for one in there}
    return [one for one in found if one.again not in known]
