"""Who is at the door: name and password against the accounts, slowly for those who guess."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from accounts.known_browsers import known
from accounts.passwords import fits
from accounts.people import Person, person_of
from accounts.rows import PersonRow
from accounts.throttle import Throttle
from database.sessions import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine


def proven(
    engine: Engine, name: str, password: str, address: str, now: datetime, mark: str = ""
) -> Person | None:
    """The person whose password this is, else `None`, after the same time for any name.

    `mark` is what the browser shows of having been signed in with before. Raises
    `accounts.throttle.TooSoonError` when earlier failures make the try wait.
    """
    throttle = Throttle(engine)
    browser = known(engine, name, mark)
    throttle.begin(name, address, now, browser)
    query = select(PersonRow).where(PersonRow.name == name.strip().lower())
    with reading(engine) as session:
        row = session.scalar(query)
        kept = row.password if row is not None else ""
        person = person_of(row) if row is not None else None
        ended = row is not None and row.one_time_until is not None and row.one_time_until <= now
    if not fits(kept, password) or person is None or person.disabled_at is not None or ended:
        return None
    throttle.succeeded(name, address, browser)
    return person
