"""The table of captures: rows in, plain values out. Every function works in a caller's session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import delete, func, select

from evidence.capture import Capture, CaptureKind, CopyKey, Kept, without_place
from evidence.chain import Head
from evidence.models import CaptureRow, HeadRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_AT_ONCE = 500
_T = TypeVar("_T")


def add(session: Session, captures: Iterable[Kept]) -> None:
    """Add a row for each."""
    session.add_all(map(_row, captures))


def of_unit(session: Session, scan_id: int, unit_id: str) -> list[Kept]:
    """A unit's captures of a scan, in the order of their lines."""
    query = select(CaptureRow).where(CaptureRow.scan_id == scan_id, CaptureRow.unit_id == unit_id)
    return [_kept(row) for row in session.scalars(query.order_by(CaptureRow.seq))]


def with_payloads(session: Session, digests: Collection[str]) -> Iterator[Kept]:
    """Every capture of these bodies, oldest first."""
    for part in _parts(sorted(digests)):
        query = select(CaptureRow).where(CaptureRow.payload_sha256.in_(part))
        for row in session.scalars(query.order_by(CaptureRow.seq)):
            yield _kept(row)


def of_unit_in(session: Session, scan_ids: Collection[int], unit_id: str) -> Iterator[Kept]:
    """A unit's captures of these scans, oldest first."""
    for part in _parts(sorted(scan_ids)):
        query = select(CaptureRow).where(
            CaptureRow.scan_id.in_(part), CaptureRow.unit_id == unit_id
        )
        for row in session.scalars(query.order_by(CaptureRow.seq)):
            yield _kept(row)


def of_address_in(
    session: Session, scan_ids: Collection[int], unit_id: str, url: str
) -> Iterator[Kept]:
    """A unit's captures of one address in these scans, oldest first."""
    for part in _parts(sorted(scan_ids)):
        query = select(CaptureRow).where(
            CaptureRow.scan_id.in_(part), CaptureRow.unit_id == unit_id, CaptureRow.url == url
        )
        for row in session.scalars(query.order_by(CaptureRow.seq)):
            yield _kept(row)


def objects_of(session: Session, payloads: Collection[str]) -> dict[CopyKey, str]:
    """An object by `Capture.copy_key` for captures of these bodies."""
    columns = (CaptureRow.final_url, CaptureRow.status, CaptureRow.kind, CaptureRow.payload_sha256)
    found: dict[CopyKey, str] = {}
    for part in _parts(sorted(payloads)):
        query = select(*columns, CaptureRow.object_sha256).where(
            CaptureRow.payload_sha256.in_(part)
        )
        for url, status, kind, payload, name in session.execute(query.distinct()):
            found[without_place(url), status, kind, payload] = name
    return found


def every(session: Session) -> Iterator[Kept]:
    """All captures by the number of their lines, a few at a time."""
    query = select(CaptureRow).order_by(CaptureRow.seq).execution_options(yield_per=_AT_ONCE)
    # Closed by name: on PostgreSQL a cursor stays open on the server where a row cannot be read.
    with session.scalars(query) as rows:
        for row in rows:
            yield _kept(row)


def protected_scans(session: Session) -> frozenset[int]:
    """The scans that hold a capture made inside an entry window."""
    query = select(CaptureRow.scan_id).where(CaptureRow.entry_window).distinct()
    return frozenset(session.scalars(query))


def unprotected(session: Session, scan_ids: Collection[int]) -> list[tuple[int, str]]:
    """Line numbers and objects of these scans' captures made outside every entry window."""
    found: list[tuple[int, str]] = []
    for part in _parts(sorted(scan_ids)):
        query = select(CaptureRow.seq, CaptureRow.object_sha256).where(
            CaptureRow.scan_id.in_(part), CaptureRow.entry_window.is_(False)
        )
        found += [(seq, name) for seq, name in session.execute(query)]
    return sorted(found)


def remove(session: Session, numbers: Collection[int]) -> None:
    """Delete the rows with these line numbers."""
    for part in _parts(sorted(numbers)):
        session.execute(delete(CaptureRow).where(CaptureRow.seq.in_(part)))


def still_used(session: Session, objects: Collection[str]) -> set[str]:
    """Those of `objects` that a row names."""
    used: set[str] = set()
    for part in _parts(sorted(objects)):
        query = select(CaptureRow.object_sha256).where(CaptureRow.object_sha256.in_(part))
        used.update(session.scalars(query.distinct()))
    return used


def note_head(session: Session, scan_id: int, head: Head) -> None:
    """Note where the manifest stands at the end of a scan."""
    now = datetime.now(UTC)
    session.add(HeadRow(scan_id=scan_id, seq=head.seq, hash=head.hash, noted_at=now))


def heads(session: Session) -> list[tuple[int, Head]]:
    """Every head that was noted, with its scan, oldest first."""
    rows = session.scalars(select(HeadRow).order_by(HeadRow.id))
    return [(row.scan_id, Head(row.seq, row.hash)) for row in rows]


def ended_scans(session: Session, first: int, last: int) -> set[int]:
    """The scans numbered `first` to `last` that came to an end."""
    ids = session.scalars(select(HeadRow.scan_id).where(HeadRow.scan_id.between(first, last)))
    return set(ids)


def last_number(session: Session) -> int:
    """The highest number of a line that the database knows of; 0 when it knows of none."""
    captured = session.scalar(select(func.max(CaptureRow.seq)))
    noted = session.scalar(select(func.max(HeadRow.seq)))
    return max(captured or 0, noted or 0)


def count(session: Session) -> int:
    """How many captures there are."""
    return session.scalar(select(func.count()).select_from(CaptureRow)) or 0


def _parts(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _row(kept: Kept) -> CaptureRow:
    one = kept.capture
    return CaptureRow(
        seq=kept.seq,
        scan_id=kept.scan_id,
        unit_id=kept.unit_id,
        items=list(one.items),
        url=one.url,
        final_url=one.final_url,
        status=one.status,
        payload_sha256=one.payload_sha256,
        size=one.size,
        object_sha256=kept.object_sha256,
        kind=one.kind.value,
        content_type=one.content_type,
        file_name=one.file_name,
        fetched_at=one.fetched_at,
        entry_window=one.entry_window,
    )


def _kept(row: CaptureRow) -> Kept:
    capture = Capture(
        url=row.url,
        final_url=row.final_url,
        status=row.status,
        payload_sha256=row.payload_sha256,
        size=row.size,
        kind=CaptureKind(row.kind),
        content_type=row.content_type,
        fetched_at=row.fetched_at,
        items=tuple(row.items),
        entry_window=row.entry_window,
        file_name=row.file_name,
    )
    return Kept(row.scan_id, row.unit_id, capture, row.object_sha256, row.seq)
