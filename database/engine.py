"""The database itself: opening it, bringing it up to date, and saying clearly what is wrong."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

logger = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(RuntimeError):
    """The database cannot be used or was asked for what it does not hold; one clear line."""


def connect(url: str, busy_timeout: float) -> Engine:
    """An engine for the database at `url`; waits `busy_timeout` seconds for another writer.

    The folder of a SQLite file is created. Raises `StoreError` for an address of no use.
    """
    try:
        address = make_url(url)
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise StoreError(
            "ที่อยู่ฐานข้อมูลไม่ถูกต้อง ตัวอย่างที่ใช้ได้: sqlite:///var/oit.db "
            "(not a database address that can be used; example: sqlite:///var/oit.db)"
        ) from None
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            _make_folder(Path(address.database).parent)
            _keep_to_ourselves(engine, Path(address.database))
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
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begin)


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
                        f"ฐานข้อมูล {_name(engine)} เป็นของโปรแกรมอื่น กรุณาระบุไฟล์ใหม่ด้วย --database "
                        "(the database belongs to another program)"
                    )
            with engine.execution_options(immediate=True).begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except CommandError:
        raise StoreError(
            f"ฐานข้อมูล {_name(engine)} สร้างด้วยโปรแกรมรุ่นใหม่กว่านี้ กรุณาอัปเดตโปรแกรม "
            "(the database was written by a newer version of this tool)"
        ) from None
    logger.info("database is at revision %s", newest)


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def clear_errors(engine: Engine) -> Iterator[None]:
    """Turn what goes wrong in the database inside the block into one clear `StoreError`."""
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        th = "ใช้งานฐานข้อมูลไม่ได้"
        if "locked" in cause:
            th = "ฐานข้อมูลถูกโปรแกรมอื่นใช้งานอยู่ กรุณารอให้เสร็จหรือปิดโปรแกรมนั้นก่อน"
        elif "readonly" in cause or "unable to open" in cause:
            th = "เขียนฐานข้อมูลไม่ได้ กรุณาตรวจสิทธิ์ของไฟล์และโฟลเดอร์"
        elif " full" in cause or "No space left" in cause:
            th = "เนื้อที่ดิสก์เต็ม บันทึกลงฐานข้อมูลไม่ได้ ผลที่บันทึกแล้วยังอยู่ครบ กรุณาเพิ่มเนื้อที่แล้วสั่งใหม่"
        elif "not a database" in cause:
            th = "ไฟล์นี้ไม่ใช่ฐานข้อมูล"
        raise StoreError(f"{th}: {_name(engine)} ({cause})") from error
