"""The people of the dashboard, in the tables of one database."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from accounts.passwords import check_password, hashed
from accounts.roles import Role
from accounts.rows import PersonRow, SessionRow, TokenRow
from accounts.secrets import new_password
from database.sessions import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

ONE_TIME_FOR = timedelta(days=7)
"""How long a password that somebody else made opens the account."""
NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_MOST_DISPLAY = 200


class PersonError(ValueError):
    """Something about a person cannot be done: in Thai, and in English as `en`."""

    def __init__(self, th: str, en: str) -> None:
        """Say it in both languages."""
        super().__init__(th)
        self.en = en


@dataclass(frozen=True, slots=True)
class Person:
    """A person as others may know them; `must_change` when the password was made by another."""

    id: int
    name: str
    display: str
    role: Role
    units: frozenset[str]
    made_at: datetime
    disabled_at: datetime | None = None
    last_login: datetime | None = None
    must_change: bool = False
    outside: bool = False
    """True when an OpenID provider vouches for the person."""


def person_of(row: PersonRow) -> Person:
    """The person of a row."""
    return Person(
        id=row.id,
        name=row.name,
        display=row.display,
        role=Role(row.role),
        units=frozenset(row.units),
        made_at=row.made_at,
        disabled_at=row.disabled_at,
        last_login=row.last_login,
        must_change=row.one_time_until is not None,
        outside=bool(row.issuer),
    )


def tidy_name(name: str) -> str:
    """The name as it is kept, small letters; raises `PersonError` for one that cannot be."""
    tidy = name.strip().lower()
    if not NAME.fullmatch(tidy):
        raise PersonError(
            f"ชื่อผู้ใช้ «{name.strip()[:64]}» ใช้ไม่ได้ ใช้ a-z 0-9 . _ - @ ยาว 2 ถึง 64 ตัว เช่น somjai.j",
            "not a user name: a-z 0-9 . _ - @, 2 to 64 characters, such as somjai.j",
        )
    return tidy


def tidy_display(display: str) -> str:
    """The name for people, on one line; raises `PersonError` for a blank or endless one."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in display).split())
    if not tidy or len(tidy) > _MOST_DISPLAY:
        raise PersonError(
            f"ต้องมีชื่อและนามสกุลสำหรับแสดง ไม่เกิน {_MOST_DISPLAY} ตัวอักษร",
            f"give the name to show, at most {_MOST_DISPLAY} characters",
        )
    return tidy


class People:
    """Adds, finds and changes people; every fault of the database is a `StoreError`."""

    def __init__(self, engine: Engine) -> None:
        """Use a database that stands at the newest revision."""
        self._engine = engine

    def add(
        self,
        name: str,
        display: str,
        role: Role,
        now: datetime,
        *,
        units: Collection[str] = (),
        password: str = "",
        issuer: str = "",
        subject: str = "",
    ) -> tuple[Person, str]:
        """Add a person; returns it with a one-time password, "" when `password` is given.

        With an `issuer` there is no password at all. Raises `PersonError` for a name that is
        taken or of no use, `PasswordError` for a weak password.
        """  # fmt: skip
        tidy, shown = tidy_name(name), tidy_display(display)
        one_time = "" if password or issuer else new_password()
        if password:
            check_password(password, tidy, shown)
        row = PersonRow(
            name=tidy,
            display=shown,
            role=role.value,
            units=sorted(units),
            password="" if issuer else hashed(password or one_time),
            one_time_until=now + ONE_TIME_FOR if one_time else None,
            issuer=issuer,
            subject=subject,
            made_at=now,
        )
        try:
            with writing(self._engine) as session:
                session.add(row)
                session.flush()
                return person_of(row), one_time
        except IntegrityError:
            raise PersonError(
                f"มีผู้ใช้ชื่อ «{tidy}» อยู่แล้ว", f"there is a user «{tidy}» already"
            ) from None

    def all(self) -> list[Person]:
        """Everybody, by name."""
        with reading(self._engine) as session:
            found = session.scalars(select(PersonRow).order_by(PersonRow.name))
            return [person_of(row) for row in found]

    def any(self) -> bool:
        """Whether somebody may enter at all."""
        with reading(self._engine) as session:
            return session.scalar(select(PersonRow.id).limit(1)) is not None

    def named(self, name: str) -> Person:
        """The person of that name; raises `PersonError` when there is none."""
        with reading(self._engine) as session:
            return person_of(_row(session, name))

    def vouched(self, issuer: str, subject: str) -> Person | None:
        """The person whom an OpenID provider calls `subject`."""
        query = select(PersonRow).where(PersonRow.issuer == issuer, PersonRow.subject == subject)
        with reading(self._engine) as session:
            row = session.scalar(query)
            return person_of(row) if row is not None and issuer else None

    def change(self, name: str, *, display: str, role: Role, units: Collection[str]) -> Person:
        """Set what a person is; raises `PersonError` when no administrator would be left."""
        shown = tidy_display(display)
        with writing(self._engine) as session:
            row = _row(session, name)
            if role is not Role.ADMINISTRATOR:
                _refuse_last(session, row)
            row.display, row.role, row.units = shown, role.value, sorted(units)
            return person_of(row)

    def disable(self, name: str, now: datetime) -> Person:
        """Shut a person out at once; raises `PersonError` for the last administrator."""
        with writing(self._engine) as session:
            row = _row(session, name)
            _refuse_last(session, row)
            row.disabled_at = row.disabled_at or now
            session.execute(delete(SessionRow).where(SessionRow.person_id == row.id))
            return person_of(row)

    def enable(self, name: str) -> Person:
        """Let a person in again; tokens that were not revoked work again."""
        with writing(self._engine) as session:
            row = _row(session, name)
            row.disabled_at = None
            return person_of(row)

    def reset_password(self, name: str, now: datetime) -> str:
        """A new one-time password; ends all sessions and revokes all tokens of the person."""
        password = new_password()
        self._set(name, password, now, now + ONE_TIME_FOR)
        return password

    def set_password(self, name: str, password: str, now: datetime) -> None:
        """Set a password for good, and end all sessions; raises `PasswordError` for a weak one."""
        person = self.named(name)
        check_password(password, person.name, person.display)
        self._set(name, password, now, None)

    def _set(self, name: str, password: str, now: datetime, until: datetime | None) -> None:
        kept = hashed(password)
        with writing(self._engine) as session:
            row = _row(session, name)
            if row.issuer:
                raise PersonError(
                    f"«{row.name}» ลงชื่อเข้าใช้ผ่านระบบยืนยันตัวตนภายนอก จึงไม่มีรหัสผ่านที่นี่",
                    f"«{row.name}» signs in elsewhere and has no password here",
                )
            row.password, row.one_time_until = kept, until
            session.execute(delete(SessionRow).where(SessionRow.person_id == row.id))
            if until is not None:
                mine = (TokenRow.person_id == row.id, TokenRow.revoked_at.is_(None))
                session.execute(update(TokenRow).where(*mine).values(revoked_at=now))


def _row(session: Session, name: str) -> PersonRow:
    row = session.scalar(select(PersonRow).where(PersonRow.name == name.strip().lower()))
    if row is None:
        raise PersonError(
            f"ไม่มีผู้ใช้ชื่อ «{name.strip()[:64]}» ดูรายชื่อด้วย oit user list",
            f"there is no user «{name.strip()[:64]}»; see: oit user list",
        )
    return row


def _refuse_last(session: Session, row: PersonRow) -> None:
    """An installation that nobody can look after any more is not made."""
    others = select(func.count()).where(
        PersonRow.role == Role.ADMINISTRATOR.value,
        PersonRow.disabled_at.is_(None),
        PersonRow.id != row.id,
    )
    if row.role == Role.ADMINISTRATOR.value and not session.scalar(others):
        raise PersonError(
            f"«{row.name}» เป็นผู้ดูแลระบบคนสุดท้าย ให้ตั้งผู้ดูแลระบบคนอื่นก่อน",
            f"«{row.name}» is the last administrator; make another one first",
        )
