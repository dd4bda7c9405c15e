"""The database itself: opening it, bringing it up to date, and saying clearly what is wrong."""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import ArgumentError

from database.addresses import address_of, file_of, unusable
from database.faults import CutOffError, StoreError, clear_errors, name_of
from database.postgres import ALONE, WRITES, open_postgres

__all__ = ["CutOffError", "StoreError", "clear_errors", "connect", "migrate", "to_write"]

logger = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str, busy_timeout: float) -> Engine:
    """An engine for the database at `url`; waits `busy_timeout` seconds for another writer.

    A server that is away is waited for as long. The folder of a SQLite file is created. Raises
    `StoreError` for an address of no use.
    """
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        return open_postgres(address, busy_timeout)
    try:
        engine = create_engine(address)
    except ArgumentError:
        raise unusable() from None
    if (file := file_of(url)) is not None:
        _make_folder(file.parent)
        _keep_to_ourselves(engine, file)
    _prepare_sqlite(engine, busy_timeout)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"สร้างโฟลเดอร์ของฐานข้อมูลไม่ได้: {folder} (cannot create the folder: {error.strerror})"
        ) from None


def _keep_to_ourselves(engine: Engine, path: Path) -> None:
    """A database that is made now is for this account alone; its journals follow it."""

    def about_to_connect(*_: object) -> None:
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    event.listen(engine, "do_connect", about_to_connect)


def _prepare_sqlite(engine: Engine, busy_timeout: float) -> None:
    """Let readers and one writer work side by side, with transactions that begin when told.

    The driver on its own opens no transaction for reading, so a reader could see half of a
    unit replaced; and a write that starts as a read cannot wait for another writer.
    """

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {round(busy_timeout * 1000)}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(WRITES) is None
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)


def to_write(engine: Engine, *, beside: str = ALONE) -> Engine:
    """The same database for transactions that write, one at a time.

    With `beside`, a name of what they write, those with other names may run beside them where
    the database can (PostgreSQL): only for rows that no other name writes or decides by.
    """
    return engine.execution_options(**{WRITES: beside})


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision; raises `StoreError` when that cannot be done."""
    # Loaded here: the crawling process, which only connects, would wait half a second for them.
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.util import CommandError

    from database.revisions import newest_revision

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    newest = newest_revision()
    try:
        with clear_errors(engine):
            with engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
                if current == newest:
                    return
                if current is None and inspect(connection).get_table_names():
                    raise StoreError(
                        f"ฐานข้อมูล {name_of(engine)} เป็นของโปรแกรมอื่น กรุณาระบุไฟล์ใหม่ด้วย --database "
                        "(the database belongs to another program)"
                    )
            with to_write(engine).begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except CommandError:
        raise StoreError(
            f"ฐานข้อมูล {name_of(engine)} สร้างด้วยโปรแกรมรุ่นใหม่กว่านี้ กรุณาอัปเดตโปรแกรม "
            "(the database was written by a newer version of this tool)"
        ) from None
    logger.info("database is at revision %s", newest)
