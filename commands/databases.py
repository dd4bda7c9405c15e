"""`oit database`: which database is in use, bringing it up to date, copying it into another."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from commands import options
from commands.language import err, out, refuse, refusing, say, words
from commands.screen import show_json
from database.engine import StoreError, connect, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine, MetaData

app = typer.Typer(help="ฐานข้อมูลของผลตรวจ: ดู ปรับรุ่น คัดลอกไปฐานข้อมูลอื่น", no_args_is_help=True)
_PATIENCE_S = 30.0


@app.command("info")
def info(
    json_: Annotated[bool, typer.Option("--json", help="พิมพ์เป็น JSON")] = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงว่าใช้ฐานข้อมูลใด รุ่นใด ใหญ่เท่าใด มีกี่แถว (ไม่แสดงรหัสผ่าน)

    ตัวอย่าง:
      oit database info
      OIT_DATABASE_URL_FILE=/etc/oit/db oit database info --json
    """
    url = _there(database)
    with refusing(StoreError), _opened(url) as engine:
        told = _facts(engine)
    if json_:
        show_json(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = told.pop("rows")
    for name, th, en in _LINES:
        out.print(f"{words(th, en)}: {told[name]}", markup=False)
    for table, count in sorted(rows.items(), key=lambda pair: -pair[1]):
        if count:
            out.print(f"  {table:<24} {count:>14,}", markup=False)


_LINES = (
    ("database", "ฐานข้อมูล", "database"),
    ("server", "โปรแกรม", "server"),
    ("revision", "รุ่นของตาราง", "revision"),
    ("newest", "ตารางเป็นรุ่นล่าสุด", "up to date"),
    ("bytes", "ขนาด (ไบต์)", "bytes"),
)


@app.command("upgrade")
def upgrade(database: options.DatabaseOption = "") -> None:
    """ปรับตารางให้เป็นรุ่นของโปรแกรมนี้ (oit sweep และ oit serve ทำให้เองอยู่แล้ว)

    ตัวอย่าง:
      oit database upgrade
    """
    url = options.database_url(database)
    with refusing(StoreError), _opened(url) as engine:
        migrate(engine)
        revision = _facts(engine)["revision"]
    say(f"ตารางเป็นรุ่น {revision} แล้ว", f"the tables are at revision {revision}")


@app.command("copy")
def copy(
    to: Annotated[
        str, typer.Option("--to", metavar="URL", help="ปลายทางที่ไม่มีรหัสผ่าน เช่น sqlite:///backup.db")
    ] = "",
    to_file: Annotated[
        Path | None,
        typer.Option("--to-file", metavar="แฟ้ม", help="แฟ้มที่มีที่อยู่ของปลายทางบรรทัดเดียว (มีรหัสผ่านได้)"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="บอกว่าจะคัดลอกอะไร ไม่เขียนสิ่งใด")] = False,
    database: options.DatabaseOption = "",
) -> None:
    """คัดลอกฐานข้อมูลทั้งหมดไปฐานข้อมูลใหม่ เช่น จาก SQLite ไป PostgreSQL หรือกลับ

    ปลายทางต้องว่าง เขียนในธุรกรรมเดียวและอ่านกลับมาเทียบทุกแถวก่อนเก็บ ถ้าไม่ครบจะไม่เหลือสิ่งใด
    หยุด oit serve, oit schedule และการตรวจก่อนคัดลอก แฟ้มหลักฐานและเอกสารไม่อยู่ในฐานข้อมูล ไม่ต้องคัดลอก

    ตัวอย่าง:
      oit database copy --to-file /etc/oit/database-url --dry-run
      oit database copy --to-file /etc/oit/database-url      (SQLite -> PostgreSQL)
      oit database copy --to sqlite:///backup/oit.db         (PostgreSQL -> SQLite)
    """
    source, target = _there(database), _target(to, to_file)
    from database.addresses import address_of, shown
    from database.copying import copy_all, counted

    metadata = every_table()
    with refusing(StoreError):
        if address_of(source) == address_of(target):
            refuse("ต้นทางและปลายทางเป็นฐานข้อมูลเดียวกัน", "source and target are the same database")
        with _opened(source) as here:
            migrate(here)
            rows = sum(counted(here, metadata).values())
            told = f"{shown(source)} -> {shown(target)}"
            if dry_run:
                say(f"จะคัดลอก {rows:,} แถว: {told}", f"would copy {rows:,} rows: {told}")
                return
            with _opened(target) as there, _progress() as on_table:
                migrate(there)
                copied = copy_all(here, there, metadata, on_table)
    total = sum(one.rows for one in copied)
    say(
        f"คัดลอกและเทียบแล้ว {total:,} แถวใน {len(copied)} ตาราง: {told} "
        "ต่อไปให้ตั้ง OIT_DATABASE_URL เป็นปลายทาง",
        f"copied and compared {total:,} rows of {len(copied)} tables: {told}; "
        "now set OIT_DATABASE_URL to the target",
    )


def _there(database: str) -> str:
    """The address of a database that exists; a missing file is refused."""
    missing = options.missing_database(database)
    if missing is not None:
        refuse(
            f"ไม่พบฐานข้อมูล «{missing}» ให้ระบุ --database หรือตั้ง OIT_DATABASE_URL",
            f"no database «{missing}»; give --database or set OIT_DATABASE_URL",
        )
    return options.database_url(database)


def _target(to: str, file: Path | None) -> str:
    from database.addresses import FILE_SETTING, has_password, url_in

    if bool(to) == (file is not None):
        refuse(
            "ระบุปลายทางด้วย --to หรือ --to-file อย่างใดอย่างหนึ่ง", "name the target: --to or --to-file"
        )
    if has_password(to):
        refuse(
            "อย่าใส่รหัสผ่านในคำสั่ง เพราะผู้ใช้อื่นของเครื่องมองเห็นได้ ให้ใช้ --to-file",
            "no password in a command, where others see it; use --to-file",
        )
    with refusing(StoreError):
        return to or url_in({FILE_SETTING: str(file)})


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = connect(url, _PATIENCE_S)
    try:
        yield engine
    finally:
        engine.dispose()


def every_table() -> MetaData:
    """Every table of the program."""
    import web.scans.models  # noqa: F401
    from database.base import Base

    return Base.metadata


def _facts(engine: Engine) -> dict[str, Any]:
    from sqlalchemy import inspect, text

    from database.copying import counted
    from database.engine import clear_errors
    from database.faults import name_of
    from database.revisions import is_newest

    newest = is_newest(engine)
    with clear_errors(engine), engine.connect() as connection:
        on_server = engine.dialect.name == "postgresql"
        version = connection.scalar(
            text("SHOW server_version" if on_server else "SELECT sqlite_version()")
        )
        size = connection.scalar(
            text(
                "SELECT pg_database_size(current_database())" if on_server
                else "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            )
        )  # fmt: skip
        known = inspect(connection).has_table("alembic_version")
        revision = (
            connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None
        )
    return {
        "database": name_of(engine),
        "server": f"{'PostgreSQL' if on_server else 'SQLite'} {version}",
        "revision": revision,
        "newest": newest,
        "bytes": size,
        "rows": counted(engine, every_table()) if newest else {},
    }


@contextmanager
def _progress() -> Iterator[Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, total: bar.update(
            task, description=name, completed=done, total=total
        )
