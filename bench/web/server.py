"""The same pages over the same history on a PostgreSQL server, into which it is copied."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.benchmarks import marks
from bench.repeats import met, table
from bench.web.asking import ask
from bench.web.report import AIM_MS
from commands.databases import every_table
from database.copying import copy_all
from database.engine import connect, migrate, to_write
from tests.postgres import running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bench.web.asking import Asked
    from bench.web.generator import History

NAME = "bench-web-postgresql"


@dataclass(frozen=True, slots=True)
class ServerRun:
    """What was measured on the server: the pages, how long the copy took, rows and bytes."""

    asked: Sequence[Asked]
    copied_s: float
    rows: int
    bytes: int
    version: str


def measure(history: History, folder: Path, tell: Callable[[str], None], times: int) -> ServerRun:
    """Copy the history into a server of its own and ask for every page there."""
    with running() as server:
        url = server.fresh(empty=True)
        source, target = connect(f"sqlite:///{history.path}", 60), connect(url, 60)
        migrate(target)
        tell("copying into PostgreSQL")
        began = time.perf_counter()
        rows = sum(one.rows for one in copy_all(source, target, every_table()))
        copied = time.perf_counter() - began
        with to_write(target).begin() as connection:
            # As the server does by itself after a while.
            connection.exec_driver_sql("ANALYZE")
        with target.connect() as connection:
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
            version = connection.exec_driver_sql("SHOW server_version")
            run = ServerRun(
                ask(history, folder, tell, times, url),
                copied,
                rows,
                int(size.scalar_one()),
                str(version.scalar_one()),
            )
        source.dispose()
        target.dispose()
        return run


def server_section(run: ServerRun, history: History) -> str:
    """The section in Markdown, between its marks."""
    start, end = marks(NAME)
    size = history.size
    opening = (
        f'คำสั่ง: `make bench-web ARGS="--postgres --scans {size.scans}"` PostgreSQL {run.version} '
        f"{size.units:,} หน่วยงาน × {len(history.items)} ข้อ × {size.scans} การตรวจ "
        f"ฐานข้อมูล {run.bytes / 1e9:.2f} GB คัดลอกจาก SQLite ด้วย `oit database copy` และเทียบทุกแถว "
        f"({run.rows:,} แถว) ใน {run.copied_s:.0f} วินาที"
    )
    rows = [
        (
            one.page.name,
            one.problem or f"{one.median_ms:.0f}",
            "" if one.problem else met(one.median_ms < AIM_MS),
            f"{one.cpu_ms:.0f}",
            f"{one.slowest_ms:.0f}",
            f"{one.first_ms:.0f}",
        )
        for one in run.asked
    ]
    head = ("หน้า", "เวลา ms", f"เป้าหมาย < {AIM_MS:.0f}", "CPU ms", "ช้าสุด ms", "คำตอบแรก ms")
    title = "## หน้าเว็บบน PostgreSQL / Pages on PostgreSQL"
    return "\n\n".join([start, title, opening, table(head, rows), end]) + "\n"
