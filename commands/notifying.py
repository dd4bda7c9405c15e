"""`oit notify`: tells the people who must act what happened, once."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from checklist.loader import ChecklistError
from commands import options, unit_lists
from commands.disk import refuse_existing, writing_into
from commands.language import home, out, refuse, refusing, say
from commands.notice_texts import (
    notice_json,
    notice_line,
    plan_json,
    plan_lines,
    tally_lines,
)
from commands.screen import show_json
from commands.usage import SpokenGroup
from notices.channels import Sender, addresses, check_secrets, new_id
from notices.collecting import Sources, recent_checklists
from notices.composing import queue
from notices.letters import LetterError, Letters
from notices.notice import Channel, Notice, Sent, State
from notices.outbox import Outbox
from notices.people import Book, Person
from notices.people_file import EXAMPLE, FILE_NAME, BookError, read_book
from notices.sending import Tally, send_due
from notices.telling import planned_now
from notices.unit_contacts import with_contacts
from results.formats.files import write_whole
from results.store import Store, StoreError

app = typer.Typer(cls=SpokenGroup, invoke_without_command=True)
PeopleOption = Annotated[
    Path | None,
    typer.Option(
        "--people", metavar="แฟ้ม", help="แฟ้มผู้รับแจ้ง (ไม่ระบุ = OIT_NOTICES หรือ var/notices.yaml)"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")]
_FAILED = 1
_TEST_TH = "ข้อความทดสอบจากระบบตรวจการเปิดเผยข้อมูล OIT ถ้าท่านได้รับข้อความนี้ แปลว่าช่องทางนี้ใช้ได้ ไม่ต้องทำอะไร"


@app.callback()
def notify(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="แสดงว่าใครจะได้รับอะไรทางใด โดยไม่เขียนและไม่ส่ง")
    ] = False,
    checklist: Annotated[
        str,
        typer.Option("--checklist", metavar="ปีหรือชื่อ", help="เฉพาะรายการตรวจนี้ (ไม่ระบุ = ทุกรายการ)"),
    ] = "",
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ดูผลถึงครั้งนี้ (ไม่ระบุ = ล่าสุด)")] = 0,
    weekly: Annotated[bool, typer.Option("--weekly", help="ส่งสรุปประจำสัปดาห์ด้วย แม้ยังไม่ถึงวัน")] = False,
    as_json: JsonOption = False,
    people: PeopleOption = None,
    units: options.UnitsOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """แจ้งผู้รับผิดชอบเมื่อข้อแย่ลง การยกเว้นสิ้นสุด หรือใกล้ครบกำหนด

    คนละไม่เกินหนึ่งฉบับต่อวัน แต่ละเรื่องแจ้งครั้งเดียว สิ่งที่ส่งไม่ถึงจะลองใหม่

    จบด้วยรหัส 0 ส่งครบหรือไม่มีอะไรต้องส่ง · 1 ส่งไม่สำเร็จบางฉบับ (จะลองใหม่) · 2 คำสั่งหรือแฟ้มผู้รับผิด

    ตัวอย่าง:
      oit notify template -o var/notices.yaml
      oit notify --dry-run
      oit notify
    """
    if context.invoked_subcommand is not None:
        return
    registry = unit_lists.registry_of(units, database=database)
    mails = {unit.id: unit.owner_email for unit in registry if unit.owner_email}
    with (
        options.stored_results(database) as store,
        Outbox.open(store.url) as outbox,
        refusing(StoreError, ChecklistError, BookError, LetterError),
    ):
        file = read_book(book_path(people), {*registry.ids, *_stored_units(store)})
        book = with_contacts(file, registry)
        letters = Letters(book.templates)
        if not dry_run:
            check_secrets(book)
        sources = _sources(store, outbox, book, checklist, scan, weekly)
        whole = not checklist and not scan
        plan = planned_now(sources, mails, letters, whole=whole)
        if dry_run:
            _show(plan_json(plan) if as_json else None, plan_lines(plan))
            return
        queued = queue(plan, outbox)
        tally = send_due(outbox, Sender(book), _now, book.quiet_hours)
    _tell(tally, queued, plan_json(plan) if as_json else None)
    if tally.failed or tally.given_up or tally.waiting:
        raise typer.Exit(_FAILED)


@app.command("list")
def list_notices(
    state: Annotated[
        list[State] | None, typer.Option("--state", help="เฉพาะสถานะนี้ ระบุซ้ำได้")
    ] = None,
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงข้อความที่รอส่ง ส่งแล้ว และส่งไม่สำเร็จ ใหม่สุดก่อน

    ตัวอย่าง: oit notify list --state given_up
    """
    with (
        options.stored_results(database) as store,
        Outbox.open(store.url) as outbox,
        refusing(StoreError),
    ):
        found = outbox.notices(*(state or ()))
    if as_json:
        show_json(json.dumps([notice_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        out.print(notice_line(one), markup=False, soft_wrap=True)
    if not found:
        say("ไม่มีข้อความในคิว", "the outbox holds nothing")


@app.command("retry")
def retry(
    number: Annotated[int, typer.Argument(metavar="หมายเลข", help="หมายเลขจาก oit notify list")],
    people: PeopleOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """ให้ส่งข้อความที่ส่งไม่สำเร็จอีกครั้ง ไปยังที่อยู่ปัจจุบันในแฟ้มผู้รับแจ้ง

    ข้อความจะออกเมื่อสั่ง oit notify ครั้งถัดไป

    ตัวอย่าง: oit notify retry 12
    """
    registry = unit_lists.registry_of(None, database=database)
    with (
        options.stored_results(database) as store,
        Outbox.open(store.url) as outbox,
        refusing(StoreError, BookError),
    ):
        book = with_contacts(read_book(book_path(people)), registry)
        found = [one for one in outbox.notices() if one.id == number]
        address = _address_now(book, found[0]) if found else ""
        notice = outbox.requeue(number, address, _now())
    say(
        f"หมายเลข {notice.id} กลับเข้าคิวแล้ว จะส่งถึง {notice.address} เมื่อสั่ง oit notify",
        f"notice {notice.id} is queued again for {notice.address}; run: oit notify",
    )


@app.command("test")
def send_test(
    person: Annotated[str, typer.Argument(metavar="ผู้รับ", help="รหัส (id) ในแฟ้มผู้รับแจ้ง")],
    people: PeopleOption = None,
) -> None:
    """ส่งข้อความทดสอบหนึ่งฉบับทางทุกช่องทางของผู้รับคนนี้ทันที

    ตัวอย่าง: oit notify test centre
    """
    with refusing(BookError):
        book = read_book(book_path(people))
        found = next((one for one in book.people if one.id == person), None)
        if found is None:
            known = ", ".join(one.id for one in book.people)
            refuse(f"ไม่มีผู้รับ «{person}» (มี: {known})", f"no person «{person}»; known: {known}")
        failed = False
        for channel, address in addresses(found):
            outcome = Sender(book)(_test_notice(found, channel, address, book))
            if isinstance(outcome, Sent):
                say(f"ส่งทดสอบถึง {address} แล้ว", f"test sent to {address}")
            else:
                failed = True
                say(f"ส่งทดสอบถึง {address} ไม่สำเร็จ: {outcome.error}",
                    f"test to {address} failed: {outcome.error}")  # fmt: skip
    if failed:
        raise typer.Exit(_FAILED)


@app.command("template")
def template(
    file: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="แฟ้ม", help="แฟ้มที่จะเขียน (ไม่ระบุ = var/notices.yaml)"),
    ] = None,
    replace: options.ReplaceOption = False,
) -> None:
    """เขียนแฟ้มผู้รับแจ้งตัวอย่างพร้อมคำอธิบาย

    ตัวอย่าง: oit notify template -o var/notices.yaml
    """
    path = file or Path(home()) / FILE_NAME
    refuse_existing([path], replace)
    with writing_into(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, EXAMPLE.read_text(encoding="utf-8"))
    say(
        f"เขียน {path} แล้ว แก้ไขแล้วดูผลด้วย oit notify --dry-run --people {path}",
        f"{path} written; edit it, then run: oit notify --dry-run --people {path}",
    )


def book_path(path: Path | None) -> Path:
    """Where the file of people lies: named, in `OIT_NOTICES`, or in the program's own folder."""
    named = path or os.environ.get("OIT_NOTICES")
    found = Path(named) if named else Path(home()) / FILE_NAME
    if not found.is_file():
        refuse(
            f"ไม่พบแฟ้มผู้รับแจ้ง «{found}» เขียนตัวอย่างด้วย oit notify template -o {found}",
            f"no file of people «{found}»; write one with: oit notify template -o {found}",
        )
    return found


def _sources(
    store: Store, outbox: Outbox, book: Book, checklist: str, scan: int, weekly: bool
) -> Sources:
    now = _now()
    if scan:
        info = store.scan(scan)
        if checklist and options.checklist_of(checklist).key != info.checklist:
            refuse(
                f"การตรวจครั้งที่ {scan} ใช้รายการตรวจ {info.checklist} ไม่ใช่ {checklist}",
                f"scan {scan} is of {info.checklist}, not of {checklist}",
            )
        keys: tuple[str, ...] = (info.checklist,)
    elif checklist:
        keys = (options.checklist_of(checklist).key,)
    else:
        keys = recent_checklists(store, now)
    return Sources(store, outbox, book, now, keys, scan, weekly)


def _stored_units(store: Store) -> set[str]:
    found: set[str] = set()
    for info in store.scans()[:30]:
        found |= store.done_units(info.id)
    return found


def _show(as_json: dict[str, Any] | None, lines: Any) -> None:
    if as_json is not None:
        show_json(json.dumps(as_json, ensure_ascii=False, indent=2))
        return
    for line in lines:
        out.print(line, markup=False, soft_wrap=True)


def _tell(tally: Tally, queued: int, as_json: dict[str, Any] | None) -> None:
    if as_json is not None:
        counts = {name: getattr(tally, name) for name in tally.__dataclass_fields__}
        show_json(json.dumps({**as_json, "queued": queued, **counts}, ensure_ascii=False, indent=2))
        return
    say(*tally_lines(tally, queued))
    for error in tally.errors:
        say(error, error)


def _test_notice(person: Person, channel: Channel, address: str, book: Book) -> Notice:
    text = _TEST_TH
    if channel is Channel.WEBHOOK:
        text = json.dumps({"schema_version": "oit-notice/1", "test": True, "person": person.id})
    now = _now()
    return Notice(person.id, channel, address, "ทดสอบการแจ้งเตือน OIT", text, "",
                  new_id(channel, book), (), now, now)  # fmt: skip


def _address_now(book: Book, notice: Notice) -> str:
    for person in book.people:
        if person.id == notice.person:
            return dict(addresses(person)).get(notice.channel, "")
    return ""


def _now() -> datetime:
    return datetime.now(UTC)
