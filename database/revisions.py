"""At which revision a database stands, read without changing it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, inspect, select, table

from database.addresses import file_of
from database.engine import clear_errors

_MIGRATIONS = Path(__file__).parent / "migrations"
# Asked for plainly: alembic tells the log of each look, and a health check looks every minute.
_VERSION = table("alembic_version", column("version_num"))


@cache
def newest_revision() -> str | None:
    """The revision that this version of the program brings a database to."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def is_newest(engine: Engine) -> bool:
    """True when the database stands at `newest_revision`; raises `StoreError` when unreadable."""
    with clear_errors(engine), engine.connect() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return False
        return list(connection.scalars(select(_VERSION.c.version_num))) == [newest_revision()]


def is_there(url: str) -> bool:
    """False when `url` names a SQLite file that does not exist, which opening would create."""
    file = file_of(url)
    return file is None or file.is_file()
