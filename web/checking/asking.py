"""What a person asks for, read from a form's or a program's fields; each slip in one Thai line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checklist.fiscal import day_in
from checklist.loader import available, load
from checklist.thai import to_arabic_digits
from results.speech import day_text
from results.wording import tidy
from sweep.self_check.request import may_be_opened
from units.addresses import AddressError, check_url
from web.checking.units_known import UnknownUnit, unit_named

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist
    from crawler.settings import CrawlSettings

Fields = Mapping[str, Sequence[str]]
"""What was sent, by name; each may have come several times."""

_NAME_LETTERS = 150
_NAMELESS = "ไฟล์ที่ส่งมา"


class AskedWrong(ValueError):  # noqa: N818  its text is an answer for a person
    """What was asked cannot be done; `str` says in Thai what is wrong and how to mend it."""


@dataclass(frozen=True)
class Asked:
    """What is to be judged, but for the file: `items` are ids, none for all."""

    url: str
    checklist: Checklist
    items: tuple[str, ...]
    as_of: date
    unit: UnitProfile

    @property
    def host(self) -> str:
        """The web server that is asked, "" for a file."""
        return (urlsplit(self.url).hostname or "") if self.url else ""


@dataclass(frozen=True)
class Around:
    """What an asking is read against: the units that the person may name, the day, the crawl."""

    units: Mapping[str, UnitProfile]
    today: date
    crawl: CrawlSettings


def asked_of(fields: Fields, has_file: bool, around: Around) -> Asked:
    """What the fields ask for. Raises `AskedWrong`."""
    url = _one(fields, "url")
    if has_file and url:
        raise AskedWrong("ให้ใส่ URL หรือเลือกไฟล์ อย่างใดอย่างหนึ่ง ไม่ใช่ทั้งสองอย่าง")
    if not has_file and not url:
        raise AskedWrong("ยังไม่ได้ใส่ URL หรือเลือกไฟล์ที่จะตรวจ")
    checklist = _checklist(_one(fields, "checklist"))
    return Asked(
        url=_address(url, around.crawl) if url else "",
        checklist=checklist,
        items=_items(fields, checklist),
        as_of=_day(_one(fields, "as_of"), checklist, around.today),
        unit=_unit(_one(fields, "unit"), around.units),
    )


def usual_day(checklist: Checklist, today: date) -> date:
    """The day to judge for unless another is named: today, or the last that counts."""
    return max(checklist.fiscal_year.start, min(today, checklist.calendar.closes))


def shown_name(name: str) -> str:
    """A file's name as it may be shown and judged: no folders, nothing invisible, not too long."""
    bare = re.split(r"[/\\]", name)[-1]
    return tidy(bare, _NAME_LETTERS).strip(". ") or _NAMELESS


def _one(fields: Fields, name: str) -> str:
    values = [value.strip() for value in fields.get(name, ()) if value.strip()]
    return values[0] if values else ""


def _address(text: str, crawl: CrawlSettings) -> str:
    try:
        url = check_url(text)
    except AddressError as error:
        raise AskedWrong(error.th) from None
    if not may_be_opened(url, crawl):
        raise AskedWrong(
            "ที่อยู่นี้อยู่ในเครือข่ายภายใน ประชาชนเปิดไม่ได้ ระบบจึงไม่ตรวจ "
            "ให้ใช้ URL ที่เผยแพร่บนอินเทอร์เน็ต หรือส่งเป็นไฟล์แทน"
        )
    return url


def _checklist(key: str) -> Checklist:
    known = available()
    if key and key not in known:
        raise AskedWrong(f"ไม่มีรายการตรวจ «{key[:40]}» ใช้ได้: {', '.join(known)}")
    return load(key or newest_checklist())


def newest_checklist() -> str:
    """The key of the OIT of the newest year."""
    return max(key for key in available() if key.startswith("oit-"))


def _items(fields: Fields, checklist: Checklist) -> tuple[str, ...]:
    wanted = _named(fields.get("items", ()))
    known = {item.id for item in checklist.items}
    for one in wanted:
        if one not in known:
            first, last = checklist.items[0].id, checklist.items[-1].id
            raise AskedWrong(f"รายการตรวจนี้ไม่มีข้อ «{one[:20]}» มีข้อ {first} ถึง {last}")
    return tuple(item.id for item in checklist.items if item.id in wanted)


def _named(values: Collection[str]) -> set[str]:
    parts = (part for value in values for part in re.split(r"[,\s]+", to_arabic_digits(value)))
    return {part.upper() for part in parts if part}


def _day(text: str, checklist: Checklist, today: date) -> date:
    if not text:
        return usual_day(checklist, today)
    try:
        day = day_in(text)
    except ValueError:
        raise AskedWrong(f"อ่านวันที่ «{text[:40]}» ไม่ได้ ให้เขียนเช่น 30/4/2566") from None
    first = checklist.fiscal_year.start
    last = max(checklist.fiscal_year.end, checklist.calendar.closes)
    if not first <= day <= last:
        raise AskedWrong(
            f"วันที่ {day_text(day)} อยู่นอกปีของรายการตรวจนี้ "
            f"ให้ใช้วันระหว่าง {day_text(first)} ถึง {day_text(last)}"
        )
    return day


def _unit(text: str, units: Mapping[str, UnitProfile]) -> UnitProfile:
    if not text and len(units) == 1:
        return next(iter(units.values()))
    try:
        return unit_named(units, text)
    except UnknownUnit as error:
        raise AskedWrong(str(error)) from None
