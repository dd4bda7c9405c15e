"""What the registry tells: a unit as it stands, one of its revisions, an approval. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from units.registry import Unit


class How(StrEnum):
    """The way in which a revision came about."""

    FORM = "form"
    API = "api"
    IMPORT = "import"
    RESTORED = "restored"
    REMOVED = "removed"


HOW_NAMES = {
    How.FORM: "แก้ไขในหน้าทะเบียน",
    How.API: "แก้ไขผ่าน API",
    How.IMPORT: "นำเข้าแฟ้ม",
    How.RESTORED: "ย้อนกลับ",
    How.REMOVED: "นำออกจากทะเบียน",
}


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the registry: the login name, and when (UTC)."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """That `name` approved the addresses as they stood at revision `number`."""

    number: int
    at: datetime
    by: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What the unit became at `number`; no unit: it was taken out. `batch` names an import."""

    unit_id: str
    number: int
    at: datetime
    by: str
    how: How
    unit: Unit | None
    note: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as it stands at revision `number`.

    `approved` is the revision approved last, `changed` how many items' addresses differ from it.
    """

    unit: Unit
    number: int
    problems: int = 0
    approved: int | None = None
    changed: int = 0


class RegistryError(ValueError):
    """What was asked of the registry cannot be done; `str()` is one line in Thai, `en` English."""

    def __init__(self, th: str, en: str) -> None:
        """One sentence in each language."""
        super().__init__(th)
        self.en = en


class UnknownRevisionError(RegistryError):
    """The registry has no such unit, or the unit no such revision."""


class ConflictError(RegistryError):
    """Somebody changed the unit meanwhile; `current` is its newest revision."""

    def __init__(self, seen: int, current: int) -> None:
        """`seen` is the revision that the change started from."""
        super().__init__(
            f"มีผู้แก้ไขหน่วยงานนี้ไปแล้วระหว่างนี้ (ฉบับที่ {seen} เป็นฉบับที่ {current}) ให้เปิดดูข้อมูลล่าสุดแล้วแก้ไขใหม่",
            f"the unit was changed meanwhile (revision {seen} is now {current}); "
            "look at it and change it again",
        )
        self.seen, self.current = seen, current
