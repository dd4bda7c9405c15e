"""Who is told, by which channel and when: the model of the operator's `notices.yaml`.

Secrets never stand in it: it names the environment variable or the file that holds them.
"""

from __future__ import annotations

import re
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from checklist.strict import Strict
from notices.told import Event
from units.addresses import AddressError, check_email, check_line_id

LINE_API = "https://api.line.me"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Days = Annotated[tuple[Annotated[int, Field(ge=0, le=120)], ...], Field(max_length=12)]
_QUIET = re.compile(r"(\d{1,2})[:.](\d{2})\s*-\s*(\d{1,2})[:.](\d{2})")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Subject(StrEnum):
    """What a person can ask to be told."""

    WORSE = "worse"
    WAIVERS = "waivers"
    DEADLINES = "deadlines"
    WEEKLY = "weekly"


SUBJECT_OF = {
    Event.WORSE: Subject.WORSE,
    Event.UNSEEN: Subject.WORSE,
    Event.GOOD_AGAIN: Subject.WORSE,
    Event.WAIVER_ENDED: Subject.WAIVERS,
    Event.WAIVER_ENDS: Subject.WAIVERS,
    Event.DEADLINE: Subject.DEADLINES,
    Event.WEEKLY: Subject.WEEKLY,
}
"""Under which subject each event falls; `undelivered` is for ศปท. whatever it asked for."""


class Security(StrEnum):
    """How a mail server is spoken to; the certificate is always verified."""

    STARTTLS = "starttls"
    SSL = "ssl"
    NONE = "none"


def _email(text: str) -> str:
    try:
        return check_email(text)
    except AddressError as error:
        raise ValueError(error.th) from None


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("ต้องเป็น URL ที่ขึ้นต้นด้วย https:// (หรือ http:// ภายในเครือข่าย) และไม่มีรหัสผ่าน")
    return text


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError("ต้องเป็นชื่อตัวแปรสภาพแวดล้อม เช่น OIT_SMTP_PASSWORD ไม่ใช่ตัวรหัสเอง")
    return text


def _line_id(text: str) -> str:
    try:
        return check_line_id(text)
    except AddressError as error:
        raise ValueError(error.th) from None


Email = Annotated[str, AfterValidator(_email)]
Address = Annotated[str, AfterValidator(_address)]
Variable = Annotated[str, AfterValidator(_variable)]
LineId = Annotated[str, AfterValidator(_line_id)]


class Mail(Strict):
    """The mail server; `user` needs `password_env` or `password_file`. `ca_file` adds a CA."""

    host: Text
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Security = Security.STARTTLS
    user: str = ""
    password_env: Variable | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    sender: Email
    sender_name: str = "ระบบตรวจการเปิดเผยข้อมูล OIT"

    @model_validator(mode="after")
    def _user_has_a_password(self) -> Self:
        if self.user and not (self.password_env or self.password_file):
            raise ValueError("มี user แล้วต้องระบุ password_env หรือ password_file")
        return self


class Line(Strict):
    """A LINE official account's Messaging API; `base_url` differs only in tests."""

    token_env: Variable | None = None
    token_file: Path | None = None
    base_url: Address = LINE_API

    @model_validator(mode="after")
    def _has_a_token(self) -> Self:
        if not (self.token_env or self.token_file):
            raise ValueError("ต้องระบุ token_env หรือ token_file ที่เก็บ channel access token")
        return self


class Webhook(Strict):
    """A program that is told; with a secret every message carries its HMAC-SHA256."""

    url: Address
    secret_env: Variable | None = None
    secret_file: Path | None = None


class Channels(Strict):
    """The ways out."""

    mail: Mail | None = None
    line: Line | None = None
    webhooks: dict[str, Webhook] = Field(default_factory=dict)


class Person(Strict):
    """Somebody who is told: where, of which units and items, what, and at which hour.

    `items` or `owners` narrow it (an item counts when either names it). `centre`: of ศปท., so that
    what reaches nobody else comes here.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9ก-๙._:-]{1,80}$")]
    name: Text
    mail: Email | None = None
    line: LineId | None = None
    webhook: str | None = None
    apprise_env: Variable | None = None
    units: Literal["all"] | tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    get: tuple[Subject, ...] = (Subject.WORSE, Subject.WAIVERS, Subject.DEADLINES)
    hour: Annotated[int, Field(ge=0, le=23)] = 8
    centre: bool = False

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.mail or self.line or self.webhook or self.apprise_env):
            raise ValueError("ต้องมีอย่างน้อยหนึ่งช่องทาง: mail, line, webhook หรือ apprise_env")
        return self


class Book(Strict):
    """The whole file."""

    channels: Channels
    people: Annotated[tuple[Person, ...], Field(min_length=1)]
    office: Text = "ศูนย์ปฏิบัติการต่อต้านการทุจริต กระทรวงมหาดไทย"
    reports: str = "reports"
    templates: Path | None = None
    quiet_hours: tuple[time, time] | None = (time(20), time(7))
    deadline_days: Days = (30, 14, 7, 3, 1)
    monthly_days: Days = (7, 3, 1)
    waiver_days: Annotated[int, Field(ge=0, le=90)] = 7
    weekly_day: Annotated[int, Field(ge=1, le=7)] = 1
    unit_owners: bool = True

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _from_to(cls, value: object) -> object:
        if value in (None, "", "none", False):
            return None
        match = _QUIET.fullmatch(str(value).strip()) if isinstance(value, str) else None
        try:
            hours = [time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))]  # type: ignore[index]
        except (TypeError, ValueError):
            raise ValueError("เขียนเช่น 20:00-07:00 หรือ none เมื่อส่งได้ตลอดเวลา") from None
        return tuple(hours)

    @model_validator(mode="after")
    def _somebody_of_the_centre_is_named(self) -> Self:
        if not any(person.centre for person in self.people):
            raise ValueError("ต้องมีผู้รับที่ centre: true อย่างน้อยหนึ่งคน (ศปท.) เพื่อรับเรื่องที่ไม่มีผู้รับและที่ส่งไม่ถึง")
        return self
