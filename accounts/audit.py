"""The log of who did what: written line by line, never changed, searched and exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from accounts.rows import AuditRow
from database.sessions import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done; `subject` is what it was done to, such as `unit:surin`."""

    at: datetime
    who: str
    role: str
    address: str
    what: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are asked for; what is empty is not asked about. `until` is not included."""

    who: str = ""
    what: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    """The log in one database."""

    def __init__(self, engine: Engine) -> None:
        """Use a database that stands at the newest revision."""
        self._engine = engine

    def write(self, entry: Entry) -> None:
        """Add a line; `detail` must be plain JSON values and hold no secret."""
        with writing(self._engine) as session:
            session.add(
                AuditRow(
                    at=entry.at,
                    who=_plain(entry.who)[:64],
                    role=entry.role[:20],
                    address=entry.address[:64],
                    what=entry.what[:60],
                    subject=_plain(entry.subject)[:500],
                    detail=dict(entry.detail),
                )
            )

    def count(self, sought: Sought) -> int:
        """How many entries there are."""
        with reading(self._engine) as session:
            return session.scalar(_where(select(func.count(AuditRow.id)), sought)) or 0

    def page(self, sought: Sought, skip: int, most: int) -> list[Entry]:
        """Entries from the newest on."""
        query = _where(select(AuditRow), sought).order_by(AuditRow.id.desc())
        with reading(self._engine) as session:
            return [_entry(row) for row in session.scalars(query.offset(skip).limit(most))]

    def each(self, sought: Sought) -> Iterator[Entry]:
        """Every entry from the newest on, read some hundred at a time."""
        last: int | None = None
        while True:
            query = _where(select(AuditRow), sought).order_by(AuditRow.id.desc()).limit(_AT_ONCE)
            if last is not None:
                query = query.where(AuditRow.id < last)
            with reading(self._engine) as session:
                found = [_entry(row) for row in session.scalars(query)]
            yield from found
            if len(found) < _AT_ONCE:
                return
            last = found[-1].id

    def kinds(self) -> list[str]:
        """The sorts of things that were done, each once."""
        with reading(self._engine) as session:
            return list(session.scalars(select(AuditRow.what).distinct().order_by(AuditRow.what)))


def _where(query: Select[Any], sought: Sought) -> Select[Any]:
    if sought.who:
        query = query.where(AuditRow.who == sought.who.strip().lower())
    if sought.what:
        query = query.where(AuditRow.what == sought.what)
    if sought.subject:
        query = query.where(AuditRow.subject.contains(sought.subject.strip(), autoescape=True))
    if sought.since is not None:
        query = query.where(AuditRow.at >= sought.since)
    if sought.until is not None:
        query = query.where(AuditRow.at < sought.until)
    return query


def _entry(row: AuditRow) -> Entry:
    return Entry(row.at, row.who, row.role, row.address, row.what, row.subject, row.detail, row.id)


def _plain(text: str) -> str:
    """Text that every database takes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
