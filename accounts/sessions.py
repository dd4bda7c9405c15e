"""Signed-in browsers: begun at login, found by their cookie, ended by time or by the person."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from accounts.people import Person, person_of
from accounts.rows import PersonRow, SessionRow
from accounts.secrets import digest, new_secret
from database.engine import StoreError
from database.sessions import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most so often."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as it is found: whose, when it began and was last used."""

    person: Person
    key: str
    begun: datetime
    seen: datetime
    address: str = ""
    browser: str = ""

    @property
    def name(self) -> str:
        """What its person calls it by; it opens nothing."""
        return self.key[:16]


class Sessions:
    """The sessions of one database; they end `idle` after their last use, `longest` after login."""

    def __init__(self, engine: Engine, idle: timedelta, longest: timedelta) -> None:
        """Use a database that stands at the newest revision."""
        self._engine, self._idle, self._longest = engine, idle, longest

    def begin(self, person: Person, now: datetime, address: str, browser: str) -> str:
        """Begin a session and return the secret for its cookie, which is kept nowhere."""
        secret = new_secret()
        with writing(self._engine) as session:
            session.execute(delete(SessionRow).where(SessionRow.ends < now))
            session.add(
                SessionRow(
                    key=digest(secret),
                    person_id=person.id,
                    begun=now,
                    seen=now,
                    ends=now + self._longest,
                    address=address[:64],
                    browser="".join(c for c in browser if c.isprintable())[:200],
                )
            )
            mine = update(PersonRow).where(PersonRow.id == person.id)
            session.execute(mine.values(last_login=now))
        return secret

    def find(self, secret: str, now: datetime) -> SignedIn | None:
        """Whose session the cookie's secret is; `None` when it ended or the person is disabled."""
        query = (
            select(SessionRow, PersonRow)
            .join(PersonRow, PersonRow.id == SessionRow.person_id)
            .where(SessionRow.key == digest(secret), PersonRow.disabled_at.is_(None))
        )
        with reading(self._engine) as session:
            found = session.execute(query).first()
            if found is None:
                return None
            row, person = found
            signed_in = _signed_in(row, person)
            if now >= row.ends or now - row.seen >= self._idle:
                return None
        if now - signed_in.seen >= SEEN_EVERY:
            self._note(signed_in.key, now)
        return signed_in

    def _note(self, key: str, now: datetime) -> None:
        # A page that only reads does not fail because somebody else is writing.
        with contextlib.suppress(StoreError), writing(self._engine) as session:
            session.execute(update(SessionRow).where(SessionRow.key == key).values(seen=now))

    def of_person(self, person_id: int, now: datetime) -> list[SignedIn]:
        """The person's sessions that have not ended, the newest first."""
        query = (
            select(SessionRow, PersonRow)
            .join(PersonRow, PersonRow.id == SessionRow.person_id)
            .where(
                SessionRow.person_id == person_id,
                SessionRow.ends > now,
                SessionRow.seen > now - self._idle,
            )
            .order_by(SessionRow.begun.desc())
        )
        with reading(self._engine) as session:
            return [_signed_in(row, person) for row, person in session.execute(query)]

    def end(self, key: str) -> None:
        """End one session."""
        with writing(self._engine) as session:
            session.execute(delete(SessionRow).where(SessionRow.key == key))

    def end_others(self, person_id: int, key: str) -> int:
        """End all sessions of the person but that of `key`; returns how many."""
        others = (SessionRow.person_id == person_id, SessionRow.key != key)
        with writing(self._engine) as session:
            ended = session.scalars(select(SessionRow.key).where(*others)).all()
            session.execute(delete(SessionRow).where(*others))
        return len(ended)


def _signed_in(row: SessionRow, person: PersonRow) -> SignedIn:
    return SignedIn(person_of(person), row.key, row.begun, row.seen, row.address, row.browser)
