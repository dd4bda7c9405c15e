"""Progress on a terminal: units done, pages a second, time left, the host at work."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from commands.language import err, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crawler.harvest import CrawlEvent


def writing_progress(units: Sequence[str]) -> Iterator[str]:
    """`units` one by one, shown as a bar while they are worked on; silent off a terminal."""
    with Progress(console=err, disable=not err.is_terminal, transient=True) as bar:
        yield from bar.track(units, description=words("เขียนรายงาน", "reports"))


@contextmanager
def crawl_progress(units: int) -> Iterator[Callable[[CrawlEvent], None]]:
    """Show the crawl's events while the block runs; silent when stderr is no terminal."""
    columns = (
        TextColumn(words("ตรวจหน่วยงาน", "units")),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn(words("เหลือ", "left")),
        TimeRemainingColumn(),
        TextColumn("{task.fields[pages]} " + words("หน้า", "pages") + " {task.fields[speed]}"),
        TextColumn("{task.fields[host]}", markup=False),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=units, pages=0, speed="", host="")
        pages = 0

        def on_event(event: CrawlEvent) -> None:
            nonlocal pages
            pages += event.count if event.kind == "page" else 0
            elapsed = bar.tasks[0].elapsed or 0
            speed = f"({pages / elapsed:.1f}/s)" if elapsed > 1 else ""
            done = 1 if event.kind == "unit_done" else 0
            host = event.host[:40]
            bar.update(task, advance=done, pages=pages, speed=speed, host=host)

        yield on_event
