"""`oit user`: who may sign in to the dashboard, and their keys to its API."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from accounts.audit import Audit, Entry
from accounts.passwords import PasswordError
from accounts.people import People, Person, PersonError
from accounts.roles import ROLE_NAMES, Role
from accounts.tokens import MOST_DAYS, Tokens
from commands import options
from commands.language import out, refuse, refusing, say, words
from commands.screen import show_json
from database.sessions import together
from results.speech import moment_text
from results.store import Store, StoreError

app = typer.Typer(
    help="ผู้ใช้ของแดชบอร์ด (oit serve): เพิ่ม ระงับ เปลี่ยนรหัสผ่าน ออกโทเคนสำหรับ API", no_args_is_help=True
)
NameArgument = Annotated[str, typer.Argument(metavar="ชื่อผู้ใช้", help="a-z 0-9 . _ - @ เช่น somjai.j")]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="อ่านรหัสผ่านบรรทัดเดียวจาก stdin แทนการพิมพ์")
]
_FROM_SHELL = "command"


@app.command("add")
def add(
    name: NameArgument,
    display: Annotated[
        str, typer.Option("--display", metavar="ชื่อ", help="ชื่อและนามสกุล (ไม่ระบุ = ชื่อผู้ใช้)")
    ] = "",
    role: Annotated[Role, typer.Option("--role", help="บทบาท")] = Role.GUEST,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="รหัส", help="หน่วยงานที่ดูแล สำหรับ webmaster ระบุได้หลายครั้ง"),
    ] = None,
    one_time: Annotated[
        bool, typer.Option("--one-time", help="ออกรหัสผ่านชั่วคราวให้ แสดงครั้งเดียว ใช้ได้ 7 วัน")
    ] = False,
    password_stdin: StdinOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """เพิ่มผู้ใช้ รหัสผ่านพิมพ์บนจอโดยไม่แสดง (สร้างฐานข้อมูลให้ถ้ายังไม่มี)

    ตัวอย่าง:
      oit user add somjai --display "สมใจ ใจดี" --role administrator
      oit user add surin.web --role webmaster --unit surin --one-time
      printf '%s' "$PASSWORD" | oit user add robot --role reviewer --password-stdin
    """
    if (role is Role.WEBMASTER) != bool(unit):
        refuse(
            "ผู้ดูแลเว็บไซต์ (webmaster) ต้องมี --unit อย่างน้อยหนึ่งหน่วยงาน บทบาทอื่นไม่ต้องระบุ",
            "a webmaster needs --unit, other roles have none",
        )
    password = "" if one_time else _password(password_stdin)
    with _people(database) as (store, people):
        now = datetime.now(UTC)
        shown = display or name
        person, made = people.add(name, shown, role, now, units=unit or (), password=password)
        _note(store, "user.added", person, role=role.value, units=sorted(person.units))
    say(f"เพิ่ม {person.name} ({ROLE_NAMES[role]}) แล้ว", f"added {person.name} ({role.value})")
    if made:
        say("รหัสผ่านชั่วคราว (จะไม่แสดงอีก ใช้ได้ 7 วัน):", "one-time password (shown once, 7 days):")
        typer.echo(made)


@app.command("list")
def list_people(
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงผู้ใช้ทั้งหมด

    ตัวอย่าง: oit user list
    """
    with _people(database, make=False, change=False) as (_store, people):
        found = people.all()
    if as_json:
        show_json(json.dumps([_facts(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        out.print(_line(one), markup=False, soft_wrap=True)
    if not found:
        say("ยังไม่มีผู้ใช้ เพิ่มด้วย oit user add", "nobody yet; see: oit user add")


@app.command("disable")
def disable(name: NameArgument, database: options.DatabaseOption = "") -> None:
    """ระงับผู้ใช้ ออกจากระบบทุกอุปกรณ์ทันที โทเคนใช้ไม่ได้ ประวัติยังอยู่ครบ

    ตัวอย่าง: oit user disable somjai
    """
    with _people(database, make=False) as (store, people):
        person = people.disable(name, datetime.now(UTC))
        _note(store, "user.disabled", person)
    say(f"ระงับ {person.name} แล้ว", f"disabled {person.name}")


@app.command("enable")
def enable(name: NameArgument, database: options.DatabaseOption = "") -> None:
    """เปิดให้ผู้ใช้ที่ถูกระงับเข้าใช้ได้อีก

    ตัวอย่าง: oit user enable somjai
    """
    with _people(database, make=False) as (store, people):
        person = people.enable(name)
        _note(store, "user.enabled", person)
    say(f"เปิดใช้ {person.name} แล้ว", f"enabled {person.name}")


@app.command("passwd")
def passwd(
    name: NameArgument,
    one_time: Annotated[
        bool, typer.Option("--one-time", help="ออกรหัสผ่านชั่วคราวให้ แสดงครั้งเดียว ใช้ได้ 7 วัน")
    ] = False,
    password_stdin: StdinOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ตั้งรหัสผ่านใหม่ ออกจากระบบทุกอุปกรณ์

    ตัวอย่าง:
      oit user passwd somjai
      oit user passwd somjai --one-time
    """
    with _people(database, make=False) as (store, people):
        person = people.named(name)
        now = datetime.now(UTC)
        if one_time:
            made = people.reset_password(name, now)
        else:
            made = ""
            people.set_password(name, _password(password_stdin), now)
        _note(store, "user.password_reset", person)
    say(f"ตั้งรหัสผ่านของ {person.name} แล้ว", f"the password of {person.name} is set")
    if made:
        say("รหัสผ่านชั่วคราว (จะไม่แสดงอีก ใช้ได้ 7 วัน):", "one-time password (shown once, 7 days):")
        typer.echo(made)


@app.command("token")
def token(
    name: NameArgument,
    label: Annotated[str, typer.Option("--label", metavar="ชื่อ", help="ใช้ทำอะไร")],
    days: Annotated[
        int, typer.Option("--days", metavar="วัน", min=1, max=MOST_DAYS, help="อายุเป็นวัน")
    ] = 90,
    database: options.DatabaseOption = "",
) -> None:
    """ออกโทเคนสำหรับ API ของผู้ใช้ แสดงครั้งเดียวทาง stdout

    ตัวอย่าง: oit user token somjai --label "รายงานประจำเดือน" --days 30
    """
    with _people(database, make=False) as (store, people):
        person = people.named(name)
        made, secret = Tokens(store.engine).make(person, label, days, datetime.now(UTC))
        _note(store, "token.made", person, token=made.id, label=made.label)
    say(
        f"โทเคนของ {person.name} ใช้ได้ถึง {moment_text(made.ends)} จะไม่แสดงอีก",
        f"a token of {person.name}, shown once, until {made.ends:%Y-%m-%d}",
    )
    typer.echo(secret)


@contextmanager
def _people(url: str, *, make: bool = True, change: bool = True) -> Iterator[tuple[Store, People]]:
    """The people of the database, which only `make` makes.

    A `change` and its line in the log are kept both or neither.
    """
    opened = options.store_of(url) if make else options.stored_results(url)
    with opened as store, refusing(StoreError, PersonError, PasswordError):
        people = People(store.engine)
        if not change:
            yield store, people
            return
        with together(store.engine):
            yield store, people


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        refuse(
            "ไม่มีจอให้พิมพ์รหัสผ่าน ใช้ --password-stdin หรือ --one-time",
            "no terminal to ask for a password; use --password-stdin or --one-time",
        )
    said: str = typer.prompt(words("รหัสผ่าน (ไม่แสดง)", "Password (not shown)"), hide_input=True)
    again: str = typer.prompt(words("พิมพ์อีกครั้ง", "Again"), hide_input=True)
    if said != again:
        refuse("รหัสผ่านสองครั้งไม่ตรงกัน", "the two passwords differ")
    return said


def _note(store: Store, what: str, person: Person, **detail: object) -> None:
    now = datetime.now(UTC)
    subject = f"user:{person.name}"
    who = f"คำสั่ง oit ({_system_user()})"
    Audit(store.engine).write(Entry(now, who, _FROM_SHELL, "", what, subject, detail))


def _system_user() -> str:
    try:
        return getpass.getuser().lower()
    except (KeyError, OSError):
        return str(os.getuid())


def _facts(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "display": person.display,
        "role": person.role.value,
        "units": sorted(person.units),
        "disabled": person.disabled_at is not None,
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }


def _line(person: Person) -> str:
    state = words("ระงับ", "disabled") if person.disabled_at else words("ใช้งานได้", "active")
    units = f"  {', '.join(sorted(person.units))}" if person.units else ""
    return f"{person.name:<20} {person.role.value:<14} [{state}]  {person.display}{units}"
