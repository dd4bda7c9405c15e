"""Where `oit schedule` finds things: its file, its database, its folder, known commands."""

from __future__ import annotations

import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from commands.language import home, refuse, refusing
from commands.options import database_url
from database.addresses import file_of
from database.engine import StoreError
from scheduling.book import Book
from scheduling.jobs import Schedule
from scheduling.reading import ScheduleError, line_of, read_schedule
from scheduling.scheduler import Announce

_PATIENCE_S = 15.0


def known_commands(ctx: typer.Context) -> tuple[Any, Any]:
    """The group `oit` itself and its context, which know every command that a job may be."""
    root = ctx.find_root()
    return root.command, root


def schedule_of(file: Path | None, oit: tuple[Any, Any]) -> Schedule:
    """The schedule of `file`, of `var/schedule.yaml`, or the built-in; a fault ends the command.

    Every job's arguments must be ones that `oit` takes; those of the built-in schedule are.
    """
    usual = Path(home()) / "schedule.yaml"
    path = file or (usual if usual.exists() else None)
    group, context = oit
    with refusing(ScheduleError):
        schedule = read_schedule(path, group.list_commands(context) if path else ())
    if path is not None:
        for name, job in schedule.jobs.items():
            for key in ("run", "continue_with"):
                _refuse_unknown_arguments(path, (name, key), getattr(job, key), oit)
    return schedule


def unknown_arguments(arguments: Collection[str], oit: tuple[Any, Any]) -> str:
    """Why `oit` would refuse these arguments, in one line; empty when it takes them."""
    command, context = oit
    rest = list(arguments)
    # A group's own options end the walk: it is asked itself what it makes of the rest.
    while rest and hasattr(command, "list_commands") and not rest[0].startswith("-"):
        name = rest.pop(0)
        inner = command.get_command(context, name)
        if inner is None:
            return f"No such command '{name}'"
        command = inner
    try:
        command.make_context(command.name, rest, parent=context)
    except typer.TyperException as error:
        return " ".join(error.format_message().split())
    return ""


def _refuse_unknown_arguments(
    path: Path, place: tuple[str, str], arguments: Collection[str], oit: tuple[Any, Any]
) -> None:
    fault = unknown_arguments(arguments, oit) if arguments else ""
    if fault:
        line = " ".join(arguments)
        number, key = line_of(path, "jobs", *place), ".".join(place)
        refuse(
            f"{path}: บรรทัด {number}: jobs.{key}: สั่ง oit {line} ไม่ได้: {fault}",
            f"{path}: line {number}: jobs.{key}: oit {line} is refused: {fault}",
        )


def url_of(database: str) -> str:
    """The database's address as every command finds it."""
    return database_url(database)


def opened_book(database: str) -> Book:
    """The book of jobs; a database of no use ends the command with a clear line."""
    with refusing(StoreError):
        return Book.open(url_of(database), busy_timeout=_PATIENCE_S)


def jobs_folder(database: str) -> Path:
    """Where locks and logs of jobs lie: beside the database, so that one database has one."""
    if (file := file_of(url_of(database))) is not None:
        return file.resolve().with_name(f"{file.stem}-schedule")
    return Path(home()).resolve() / "schedule"


def event_log() -> Announce:
    """Writes events to standard error, a line of JSON each, with their `time` in UTC.

    A line that cannot be written (a full disk) is lost; the jobs go on.
    """
    # Loaded when the scheduler runs: no other command should wait for it.
    import structlog

    logger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )

    def told(event: str, /, **values: object) -> None:
        with suppress(OSError):
            logger.msg(event, **values)

    return told
