"""Browsers in which a person signed in before: strangers who guess do not make them wait.

What such a browser shows is made from the kept hash of the password and a number of its own, so
nothing more is kept, another password ends it, and whoever reads it learns nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from sqlalchemy import select

from accounts.rows import PersonRow
from accounts.secrets import new_secret
from database.sessions import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

KNOWN_DAYS = 180
"""How long a browser keeps it."""


def mark_for(engine: Engine, name: str) -> str:
    """What a browser is given after `name` signed in there; "" without a password of ours."""
    kept = _kept(engine, name)
    number = new_secret()
    return f"{number}.{_made(kept, name, number)}" if kept else ""


def known(engine: Engine, name: str, mark: str) -> str:
    """The browser's own number when `name` signed in there before, else ""."""
    number, _dot, shown = mark.partition(".")
    kept = _kept(engine, name) if number and shown else ""
    wanted = _made(kept, name, number)
    fits = hmac.compare_digest(shown.encode("utf-8", "replace"), wanted.encode())
    return number if kept and fits else ""


def _kept(engine: Engine, name: str) -> str:
    query = select(PersonRow.password).where(PersonRow.name == name.strip().lower())
    with reading(engine) as session:
        return session.scalar(query) or ""


def _made(kept: str, name: str, number: str) -> str:
    told = f"known browser:{name.strip().lower()}:{number}".encode("utf-8", "replace")
    return hmac.new(kept.encode(), told, hashlib.sha256).hexdigest()
