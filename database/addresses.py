"""The one setting that says which database: `OIT_DATABASE_URL`, or a file that holds it.

An address of PostgreSQL holds a password, so it may stand in a file that only one account reads,
and what people and logs are shown of it is never the whole.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from database.faults import StoreError

SETTING = "OIT_DATABASE_URL"
FILE_SETTING = "OIT_DATABASE_URL_FILE"
_SQLITE = "sqlite"
_POSTGRESQL = "postgresql"
_DRIVER = "postgresql+psycopg"
_NAMES = ("postgresql", "postgres", "postgresql+psycopg")
_SHORTEST = 3


def url_in(environment: Mapping[str, str] = os.environ) -> str:
    """The address that the environment gives, itself or in a file; empty when it gives none.

    Raises `StoreError` when both are given, or the file cannot be read or holds no one line.
    """
    url = environment.get(SETTING, "").strip()
    file = environment.get(FILE_SETTING, "").strip()
    if not file:
        return url
    if url:
        raise StoreError(
            f"ตั้งทั้ง {SETTING} และ {FILE_SETTING} กรุณาตั้งเพียงอย่างเดียว (both are set; set one of them)"
        )
    try:
        lines = Path(file).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise StoreError(
            f"อ่านแฟ้ม «{file}» ที่ {FILE_SETTING} ระบุไม่ได้ (cannot read «{file}»: {why})"
        ) from None
    if len(lines) != 1:
        raise StoreError(
            f"แฟ้ม «{file}» ที่ {FILE_SETTING} ระบุ ต้องมีที่อยู่ฐานข้อมูลบรรทัดเดียว "
            f"(«{file}» must hold one address, on one line)"
        )
    return lines[0]


def address_of(url: str) -> URL:
    """The address in parts, PostgreSQL's with the driver of this program.

    Raises `StoreError` for one of no use, in which nothing of the address is repeated.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise unusable() from None
    if address.drivername in _NAMES:
        return address.set(drivername=_DRIVER)
    if address.drivername == _SQLITE:
        return address
    raise unusable()


def unusable() -> StoreError:
    """What is said of an address that names no database that can be used."""
    return StoreError(
        "ที่อยู่ฐานข้อมูลไม่ถูกต้อง ตัวอย่างที่ใช้ได้: sqlite:///var/oit.db หรือ "
        "postgresql://ชื่อผู้ใช้:รหัสผ่าน@เครื่อง:5432/oit "
        "(not a database address that can be used; examples: sqlite:///var/oit.db, "
        "postgresql://user:password@host:5432/oit)"
    )


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; `None` for any other, and for one in memory."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    if address.get_backend_name() != _SQLITE or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def has_password(url: str) -> bool:
    """True when a password stands in the address."""
    try:
        return make_url(url).password is not None
    except (ArgumentError, ValueError):
        return False


def shown(address: URL | str) -> str:
    """The address as people and logs may see it: no password, no further options."""
    parts = address_of(address) if isinstance(address, str) else address
    if parts.get_backend_name() != _POSTGRESQL:
        return parts.set(query={}).render_as_string(hide_password=True)
    plain = parts.set(drivername=_POSTGRESQL, password=None, query={})
    return plain.render_as_string(hide_password=True)
