"""A whole database copied into another one, of the same kind or the other; all of it or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select, text

from database.engine import clear_errors, to_write
from database.faults import StoreError, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 1000
_MOST = 2**256
OnTable = Callable[[str, int, int], None]
"""Told of a table's name, its rows so far, and all that it has."""


class NotEmptyError(StoreError):
    """The database to copy into holds something already."""


class CopyError(StoreError):
    """What arrived is not what was sent; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table as it was copied: its rows, and a sum over the digests of all of them."""

    name: str
    rows: int
    digest: int


def counted(engine: Engine, metadata: MetaData) -> dict[str, int]:
    """The rows of every table, by its name."""
    with clear_errors(engine), engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def copy_all(
    source: Engine, target: Engine, metadata: MetaData, on_table: OnTable = lambda *_: None
) -> list[Copied]:
    """Copy every table of `metadata`; both databases are at the newest revision.

    The source is read as it stands at one moment, the target is written in one transaction and
    read again before it is kept. Raises `NotEmptyError`, `CopyError`, and `StoreError` when a
    database cannot be used; the target is then as it was.
    """
    with (
        clear_errors(target),
        clear_errors(source),
        source.connect() as reading,
        to_write(target).begin() as writing,
    ):
        _refuse_what_is_there(writing, metadata, name_of(target))
        copied = [_copied(table, reading, writing, on_table) for table in metadata.sorted_tables]
        for one, table in zip(copied, metadata.sorted_tables, strict=True):
            if (arrived := _sum(table, _rows(table, writing))) != one:
                raise CopyError(
                    f"ตาราง {one.name} ที่ปลายทางไม่ตรงกับต้นทาง "
                    f"({arrived.rows:,} จาก {one.rows:,} แถว) "
                    "จึงยกเลิกทั้งหมด ปลายทางยังว่างเหมือนเดิม "
                    f"(table {one.name} did not arrive as it was sent; nothing was kept)"
                )
        _go_on_counting(writing, metadata)
    return copied


def _refuse_what_is_there(connection: Connection, metadata: MetaData, name: str) -> None:
    for table in metadata.sorted_tables:
        if connection.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise NotEmptyError(
                f"ฐานข้อมูลปลายทาง {name} มีข้อมูลอยู่แล้ว (ตาราง {table.name}) "
                "ให้คัดลอกลงฐานข้อมูลที่สร้างใหม่ เพื่อไม่ให้ผลสองชุดปนกัน "
                f"(the target {name} holds data already, in {table.name}; copy into a new one)"
            )


def _copied(table: Table, reading: Connection, writing: Connection, on_table: OnTable) -> Copied:
    total = reading.scalar(select(func.count()).select_from(table)) or 0

    def sent() -> Iterator[Sequence[Mapping[str, Any]]]:
        count = 0
        on_table(table.name, count, total)
        for batch in _rows(table, reading):
            writing.execute(insert(table), list(batch))
            count += len(batch)
            on_table(table.name, count, total)
            yield batch

    return _sum(table, sent())


def _sum(table: Table, batches: Iterator[Sequence[Mapping[str, Any]]]) -> Copied:
    count = digest = 0
    for batch in batches:
        count += len(batch)
        digest = (digest + sum(map(_digest, batch))) % _MOST
    return Copied(table.name, count, digest)


def _rows(table: Table, connection: Connection) -> Iterator[Sequence[Mapping[str, Any]]]:
    """All rows in batches; those that others point to come before them where keys are numbers."""
    query = select(table).order_by(*table.primary_key.columns)
    # Of the statement alone: a connection that is told so keeps it for all that follow.
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as result:
        for batch in result.mappings().partitions():
            yield [dict(row) for row in batch]


def _digest(row: Mapping[str, Any]) -> int:
    """A row's digest as a number: sums of them do not depend on the order of rows."""
    told = json.dumps(dict(row), sort_keys=True, default=_plain, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest(), "big")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _go_on_counting(connection: Connection, metadata: MetaData) -> None:
    """Let the server number further rows after those that came with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.scalar(select(func.max(column)))
        sequence = connection.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        )
        if last is not None and sequence is not None:
            connection.execute(
                text("SELECT setval(:name, :last)"), {"name": sequence, "last": last}
            )
