"""`oit worker`: takes units of distributed sweeps from the queue, on any machine."""

from __future__ import annotations

import os
import platform
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.language import Exit, home, refuse, refusing, say
from commands.stopping import heeding
from database.engine import StoreError


class Queue(StrEnum):
    """A queue that workers take from."""

    UNITS = "units"
    READINGS = "readings"


def worker(
    count: Annotated[
        int, typer.Option("-n", "--processes", metavar="จำนวน", min=1, max=64, help="จำนวนโปรเซส")
    ] = 1,
    at_once: Annotated[
        int,
        typer.Option(
            "--at-once", metavar="จำนวน", min=1, max=256, help="หน่วยงานที่แต่ละโปรเซสตรวจพร้อมกัน"
        ),
    ] = 16,
    queues: Annotated[
        list[Queue] | None,
        typer.Option(
            "--queue", help="รับงานจากคิวนี้เท่านั้น ระบุซ้ำได้ (ไม่ระบุ = ทุกคิว)", case_sensitive=False
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="ชื่อ", help="ชื่อที่เห็นในบันทึกการทำงาน (ไม่ระบุ = ชื่อเครื่อง)")
    ] = "",
    database: options.DatabaseOption = "",
    browser_path: options.BrowserOption = "",
    one: Annotated[bool, typer.Option("--one", hidden=True)] = False,
) -> None:
    """รับหน่วยงานจากคิวของ oit sweep --distributed มาตรวจ เปิดได้หลายเครื่องพร้อมกัน

    ทุกเครื่องใช้ฐานข้อมูล PostgreSQL เดียวกัน (OIT_DATABASE_URL)
    เมื่อเครื่องใดดับหรือหลุดจากเครือข่าย งานในมือกลับเข้าคิวเองภายในครึ่งนาที

    ตัวอย่าง:
      oit worker -n 4                       (สี่โปรเซส แต่ละโปรเซสตรวจ 16 หน่วยงานพร้อมกัน)
      oit worker -n 2 --at-once 32          (เครื่องที่รอเว็บไซต์มากกว่าคำนวณ)
      oit worker -n 2 --queue units         (ไม่อ่านเอกสารสแกนเอง ต้องตั้ง OIT_SHARED_URL)
      oit worker -n 4 --queue readings      (เครื่องที่มีหลายคอร์ อ่านเอกสารสแกนให้เครื่องอื่น)
      OIT_DATABASE_URL_FILE=/etc/oit/db oit worker -n 4

    หยุดด้วย Ctrl-C หรือ SIGTERM: หน่วยงานในมือตรวจต่อจนเสร็จ สั่งอีกครั้งหยุดทันทีและงานกลับเข้าคิว
    """
    from distributed.queue import conninfo_of

    url = options.database_url(database)
    with refusing(StoreError):
        conninfo_of(url)
    if one:
        _work_alone(url, at_once, queues, name, browser_path)
        return
    if queues == [Queue.READINGS] and not options.crawl_settings().shared_url:
        refuse(
            "คิว readings ต้องตั้ง OIT_SHARED_URL ให้ทุกเครื่อง เพื่อรับเอกสารและส่งผลอ่านถึงกัน",
            "the queue readings needs OIT_SHARED_URL on every machine, through which files travel",
        )
    options.store_of(database).close()
    _say_begun(count, at_once)
    if not options.with_archive(options.crawl_settings(), url).evidence_url:
        say(
            "หลักฐานเก็บในโฟลเดอร์ของเครื่องนี้ หากมีหลายเครื่อง ให้ตั้ง OIT_EVIDENCE_URL หรือใช้โฟลเดอร์ร่วมกัน",
            "evidence is kept in a folder of this machine; for several set OIT_EVIDENCE_URL",
        )
    raise typer.Exit(_crew(_words(at_once, queues, database, browser_path), count, name))


def _work_alone(
    url: str, at_once: int, queues: list[Queue] | None, name: str, browser_path: str
) -> None:
    from distributed.orders import Machine
    from distributed.queue import QUEUES
    from distributed.worker import Employment, WorkerStoppedError, work

    settings = options.crawl_settings(None, browser_path, concurrent_hosts=at_once)
    reading = options.ocr_settings(wanted=True)
    assert reading is not None
    machine = Machine(options.with_archive(settings, url), reading, Path(home()))
    wanted = [queue.value for queue in queues] if queues else list(QUEUES)
    try:
        work(Employment(url, machine, at_once, wanted, name))
    except WorkerStoppedError as error:
        say(str(error), str(error))
        raise typer.Exit(Exit.TOO_LITTLE_CHECKED) from None
    except StoreError as error:
        refuse(str(error), str(error))


def _words(at_once: int, queues: list[Queue] | None, database: str, browser_path: str) -> list[str]:
    """The words that one process of the crew is started with."""
    words = ["-c", "from cli import main; main()", "worker", "--one", "--at-once", str(at_once)]
    for queue in queues or ():
        words += ["--queue", queue.value]
    if database:
        words += ["--database", database]
    if browser_path:
        words += ["--browser-path", browser_path]
    return words


def _crew(words: list[str], count: int, name: str) -> int:
    from distributed.crew import Crew

    place = name or platform.node() or "worker"
    # Processes of their own find the program where this one found it.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    crew = Crew([[*words, "--name", f"{place}-{number + 1}"] for number in range(count)])
    with heeding(crew.ask_to_stop):
        return crew.watch()


def _say_begun(count: int, at_once: int) -> None:
    say(
        f"รอรับงาน: {count} โปรเซส โปรเซสละ {at_once} หน่วยงานพร้อมกัน หยุดด้วย Ctrl-C",
        f"waiting for work: {count} processes, {at_once} units each at a time; stop with Ctrl-C",
    )
