"""`oit schedule`: what the program does by itself, and the words that change it."""

from __future__ import annotations

import json
import signal
import threading
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.disk import refuse_existing, writing_into
from commands.language import home, out, refuse, refusing, say, words
from commands.schedule_lines import check_lines, job_line, job_record
from commands.schedule_places import (
    event_log,
    jobs_folder,
    known_commands,
    opened_book,
    schedule_of,
    url_of,
)
from commands.screen import show_json
from commands.usage import SpokenGroup
from database.addresses import FILE_SETTING, SETTING
from database.engine import StoreError
from results.formats.files import write_bytes_whole
from results.speech import moment_text
from scheduling.book import Book, Heartbeat
from scheduling.jobs import Schedule
from scheduling.launching import tail_of
from scheduling.reading import BUILT_IN, deadlines_for
from scheduling.scheduler import BEAT_TOO_OLD, AlreadyRunningError, Scheduler, Surroundings

app = typer.Typer(
    help=(
        "งานตามกำหนดการ: ตรวจทุกคืน แจ้งเตือน รายงานประจำเดือน (ไม่ระบุคำสั่งย่อย = ทำงานตามกำหนดการ)\n\n"
        "ทำงานจนกว่าจะสั่งหยุด (Ctrl-C หรือ SIGTERM) บรรทัดละหนึ่งเหตุการณ์ "
        "งานที่กำลังทำอยู่เมื่อสั่งหยุดจะถูกบอกให้จบ และทำต่อเมื่อเริ่มใหม่\n\n"
        "ตัวอย่าง:\n  oit schedule template\n  oit schedule check\n  oit schedule\n"
        "  oit schedule run-now nightly-sweep"
    ),
    cls=SpokenGroup,
)

FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file", envvar="OIT_SCHEDULE", metavar="แฟ้ม",
        help="แฟ้มกำหนดการ (ไม่ระบุ = var/schedule.yaml ถ้ามี ไม่มี = กำหนดการที่มากับโปรแกรม)",
    ),
]  # fmt: skip
JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")]
JobArgument = Annotated[str, typer.Argument(metavar="งาน", help="ชื่องานจาก oit schedule list")]
JobsArgument = Annotated[
    str, typer.Argument(metavar="[งาน]", help="ชื่องานจาก oit schedule list", show_default=False)
]
AllOption = Annotated[bool, typer.Option("--all", help="ทุกงาน")]


@app.callback(invoke_without_command=True)
def work(
    ctx: typer.Context,
    file: FileOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """Work by the schedule until told to stop; its help is the group's."""
    if ctx.invoked_subcommand is not None:
        return
    schedule = schedule_of(file, known_commands(ctx))
    env = {SETTING: url_of(database), FILE_SETTING: ""}
    around = Surroundings(jobs_folder(database), env=env)
    with opened_book(database) as book:
        try:
            with writing_into(around.folder):
                scheduler = Scheduler(
                    schedule, book, around, event_log(), deadlines_for(schedule)
                )  # fmt: skip
        except AlreadyRunningError as error:
            refuse(
                f"oit schedule ทำงานกับฐานข้อมูลนี้อยู่แล้ว ({error}) ดูด้วย oit schedule list",
                f"oit schedule works on this database already ({error}); see: oit schedule list",
            )
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        scheduler.run(stop)


@app.command("list")
def list_jobs(
    ctx: typer.Context,
    file: FileOption = None,
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงงานทั้งหมด ครั้งต่อไป ผลครั้งล่าสุด และสถานะ

    ตัวอย่าง: oit schedule list --json
    """
    schedule = schedule_of(file, known_commands(ctx))
    days, now = deadlines_for(schedule), datetime.now(UTC)
    with opened_book(database) as book, refusing(StoreError):
        states, runs, beat = book.states(), book.last_runs(), book.heartbeat()
    records = [
        job_record(name, schedule, states.get(name), runs.get(name), now, days)
        for name in schedule.jobs
    ]
    if as_json:
        alive = _is_alive(beat, now)
        told = {"running": alive, "beat": beat.beat.isoformat() if beat else None, "jobs": records}
        show_json(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for record in records:
        out.print(job_line(record), markup=False, soft_wrap=True)
    _say_alive(beat, now)


@app.command("run-now")
def run_now(
    ctx: typer.Context,
    job: JobArgument,
    file: FileOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """สั่งให้ทำงานนี้ทันที แม้หยุดชั่วคราวหรืออยู่ในช่วงงด

    ตัวอย่าง: oit schedule run-now nightly-sweep
    """
    name = _named(schedule_of(file, known_commands(ctx)), job)
    with opened_book(database) as book:
        last = book.last_runs().get(name)
        beat, now = book.heartbeat(), datetime.now(UTC)
        if last is not None and last.outcome is None and _is_alive(beat, now):
            refuse(
                f"งาน {name} กำลังทำอยู่ตั้งแต่ {moment_text(last.started)}",
                f"{name} is running since {last.started:%Y-%m-%d %H:%M} UTC",
            )
        with refusing(StoreError):
            book.request(name, now)
    if _is_alive(beat, now):
        say(f"สั่งงาน {name} แล้ว ดูผลด้วย oit schedule log {name}", f"{name} will start now")
    else:
        say(
            f"บันทึกคำสั่งแล้ว งาน {name} จะเริ่มเมื่อ oit schedule ทำงาน (ขณะนี้ยังไม่ทำงาน)",
            f"{name} will start when oit schedule runs; it does not run now",
        )


@app.command("pause")
def pause(
    ctx: typer.Context,
    job: JobsArgument = "",
    every: AllOption = False,
    file: FileOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """หยุดงานนี้ไว้ชั่วคราว งานที่กำลังทำอยู่ทำจนจบ

    ตัวอย่าง:
      oit schedule pause nightly-sweep
      oit schedule pause --all
    """
    names = _chosen(schedule_of(file, known_commands(ctx)), job, every)
    with opened_book(database) as book:
        _set_paused(book, names, True)
    say(f"หยุดชั่วคราวแล้ว: {', '.join(names)}", f"paused: {', '.join(names)}")


@app.command("resume")
def resume(
    ctx: typer.Context,
    job: JobsArgument = "",
    every: AllOption = False,
    file: FileOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """ให้งานที่หยุดชั่วคราวทำตามกำหนดต่อไป ครั้งที่ผ่านไปแล้วไม่ทำย้อนหลัง

    ตัวอย่าง:
      oit schedule resume nightly-sweep
      oit schedule resume --all
    """
    names = _chosen(schedule_of(file, known_commands(ctx)), job, every)
    with opened_book(database) as book:
        _set_paused(book, names, False)
    say(f"ทำตามกำหนดต่อแล้ว: {', '.join(names)}", f"going on: {', '.join(names)}")


@app.command("log")
def log(
    ctx: typer.Context,
    job: JobArgument,
    file: FileOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงสิ่งที่งานนี้พิมพ์ไว้ในครั้งล่าสุด

    ตัวอย่าง: oit schedule log nightly-sweep
    """
    name = _named(schedule_of(file, known_commands(ctx)), job)
    with opened_book(database) as book:
        run = book.last_runs().get(name)
    if run is None:
        refuse(f"งาน {name} ยังไม่เคยทำ", f"{name} has not run yet")
    path = jobs_folder(database) / "logs" / name / f"{run.id}.log"
    say(
        f"{name} ครั้งที่ {run.id} เริ่ม {moment_text(run.started)} ({path})",
        f"{name}, run {run.id}, begun {run.started:%Y-%m-%d %H:%M} UTC ({path})",
    )
    out.print(tail_of(path, 200_000) or run.output, markup=False, soft_wrap=True)


@app.command("template")
def template(
    file: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="แฟ้ม", help="แฟ้มที่จะเขียน (ไม่ระบุ = var/schedule.yaml)"),
    ] = None,
    replace: options.ReplaceOption = False,
) -> None:
    """เขียนแฟ้มกำหนดการตัวอย่างพร้อมคำอธิบาย

    ตัวอย่าง: oit schedule template -o var/schedule.yaml
    """
    path = file or Path(home()) / "schedule.yaml"
    refuse_existing([path], replace)
    with writing_into(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_whole(path, BUILT_IN.read_bytes())
    say(
        f"เขียน {path} แล้ว แก้ไขแล้วตรวจด้วย oit schedule check",
        f"wrote {path}; check it: oit schedule check",
    )


@app.command("check")
def check(ctx: typer.Context, file: FileOption = None) -> None:
    """ตรวจแฟ้มกำหนดการ และแสดงห้าครั้งต่อไปของทุกงาน

    ตัวอย่าง: oit schedule check --file my-schedule.yaml
    """
    schedule = schedule_of(file, known_commands(ctx))
    days, now = deadlines_for(schedule), datetime.now(UTC)
    for name in schedule.jobs:
        for line in check_lines(name, schedule, now, days):
            out.print(line, markup=False, soft_wrap=True)
    say(
        f"กำหนดการใช้ได้ {len(schedule.jobs)} งาน", f"the schedule is good: {len(schedule.jobs)} jobs"
    )


def _named(schedule: Schedule, name: str) -> str:
    if name not in schedule.jobs:
        near = get_close_matches(name, schedule.jobs, n=1, cutoff=0.3)
        th = f" หมายถึง «{near[0]}» หรือไม่" if near else f" (มี: {', '.join(schedule.jobs)})"
        en = f"; did you mean «{near[0]}»?" if near else f"; there are: {', '.join(schedule.jobs)}"
        refuse(f"ไม่มีงานชื่อ «{name}»{th}", f"no job «{name}»{en}")
    return name


def _chosen(schedule: Schedule, job: str, every: bool) -> list[str]:
    if bool(job) is every:
        refuse("ระบุชื่องานหนึ่งงาน หรือ --all", "name one job, or give --all")
    return list(schedule.jobs) if every else [_named(schedule, job)]


def _set_paused(book: Book, names: list[str], paused: bool) -> None:
    with refusing(StoreError):
        for name in names:
            book.pause(name, paused)


def _is_alive(beat: Heartbeat | None, now: datetime) -> bool:
    return beat is not None and abs(now - beat.beat) < BEAT_TOO_OLD


def _say_alive(beat: Heartbeat | None, now: datetime) -> None:
    if beat is None:
        say("oit schedule ยังไม่เคยทำงาน", "oit schedule has never run")
    elif _is_alive(beat, now):
        say(
            f"oit schedule ทำงานอยู่ ({beat.host} pid {beat.pid})",
            f"running: {beat.host} pid {beat.pid}",
        )
    else:
        at = moment_text(beat.beat)
        say(
            words(f"oit schedule ไม่ทำงาน เห็นล่าสุด {at}", ""),
            f"oit schedule does not run; last seen {beat.beat:%Y-%m-%d %H:%M} UTC",
        )
