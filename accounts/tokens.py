"""Keys to the API: named, shown once, ending by themselves, revoked at any time."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from accounts.people import Person, PersonError, person_of
from accounts.rows import PersonRow, TokenRow
from accounts.secrets import TOKEN_START, digest, new_token
from database.base import MOST_NUMBER
from database.engine import StoreError
from database.sessions import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_DAYS = 366
MOST_TOKENS = 20
_USED_EVERY = timedelta(minutes=1)
_MOST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a key: never the key itself."""

    id: int
    label: str
    made_at: datetime
    ends: datetime
    last_used: datetime | None
    revoked_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Whether it opens anything at `now`."""
        return self.revoked_at is None and now < self.ends


class Tokens:
    """The keys in one database."""

    def __init__(self, engine: Engine) -> None:
        """Use a database that stands at the newest revision."""
        self._engine = engine

    def make(self, person: Person, label: str, days: int, now: datetime) -> tuple[Token, str]:
        """A new key and its secret; raises `PersonError` for a blank label or too many days."""
        tidy = " ".join(label.split())
        if not tidy or len(tidy) > _MOST_LABEL:
            raise PersonError(
                f"ต้องตั้งชื่อโทเคน ไม่เกิน {_MOST_LABEL} ตัวอักษร เช่น รายงานประจำเดือน",
                f"name the token in at most {_MOST_LABEL} characters",
            )
        if not 1 <= days <= MOST_DAYS:
            raise PersonError(
                f"อายุโทเคนต้องอยู่ระหว่าง 1 ถึง {MOST_DAYS} วัน", f"1 to {MOST_DAYS} days, not {days}"
            )
        secret = new_token()
        row = TokenRow(
            key=digest(secret),
            person_id=person.id,
            label=tidy,
            made_at=now,
            ends=now + timedelta(days=days),
        )
        live = (TokenRow.person_id == person.id, TokenRow.revoked_at.is_(None), TokenRow.ends > now)
        with writing(self._engine) as session:
            if (session.scalar(select(func.count()).where(*live)) or 0) >= MOST_TOKENS:
                raise PersonError(
                    f"มีโทเคนที่ใช้ได้ครบ {MOST_TOKENS} อันแล้ว ให้ยกเลิกอันที่ไม่ใช้ก่อน",
                    f"there are {MOST_TOKENS} tokens already; revoke one first",
                )
            session.add(row)
            session.flush()
            return _token(row), secret

    def find(self, secret: str, now: datetime) -> Person | None:
        """Whose key this is; `None` when it is unknown, ended, revoked or the person disabled."""
        if not secret.startswith(TOKEN_START):
            return None
        query = (
            select(TokenRow, PersonRow)
            .join(PersonRow, PersonRow.id == TokenRow.person_id)
            .where(TokenRow.key == digest(secret), PersonRow.disabled_at.is_(None))
        )
        with reading(self._engine) as session:
            found = session.execute(query).first()
            if found is None or not _token(found[0]).works(now):
                return None
            number, used, person = found[0].id, found[0].last_used, person_of(found[1])
        if used is None or now - used >= _USED_EVERY:
            with contextlib.suppress(StoreError), writing(self._engine) as session:
                noted = update(TokenRow).where(TokenRow.id == number).values(last_used=now)
                session.execute(noted)
        return person

    def ends_of(self, secret: str) -> datetime | None:
        """When the key stops working by itself; `None` for an unknown one."""
        query = select(TokenRow).where(TokenRow.key == digest(secret))
        with reading(self._engine) as session:
            row = session.scalar(query)
            return _token(row).ends if row is not None else None

    def of_person(self, person_id: int) -> list[Token]:
        """The person's keys, the newest first, ended and revoked ones too."""
        query = select(TokenRow).where(TokenRow.person_id == person_id)
        with reading(self._engine) as session:
            return [_token(row) for row in session.scalars(query.order_by(TokenRow.id.desc()))]

    def revoke(self, person_id: int, number: int, now: datetime) -> Token:
        """End a key of the person's at once; raises `PersonError` when it is not theirs."""
        with writing(self._engine) as session:
            row = session.get(TokenRow, number) if number <= MOST_NUMBER else None
            if row is None or row.person_id != person_id:
                raise PersonError("ไม่พบโทเคนนี้", "there is no such token")
            row.revoked_at = row.revoked_at or now
            return _token(row)


def _token(row: TokenRow) -> Token:
    return Token(row.id, row.label, row.made_at, row.ends, row.last_used, row.revoked_at)
