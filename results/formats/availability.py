"""How addresses answered, as a table for files: a row an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from results.availability import Period, causes_text, share_text
from results.excel.book import Text
from results.excel.table import Column, Value
from results.formats.listing import Listing
from results.speech import _, day_text, moment_text

if TYPE_CHECKING:
    from results.availability import AddressAvailability, Stretch, UnitAvailability

_ALWAYS = 100.0


def availability_listing(
    found: Sequence[UnitAvailability], checklist: str, period: Period
) -> Listing:
    """A row an address of each unit, those that answered least first within a unit.

    `checklist` is the title of the checklist.
    """
    title = _("ความพร้อมใช้งานของเว็บไซต์ ({checklist})", checklist=checklist)
    columns = [
        Column(_("รหัสหน่วยงาน"), 16),
        Column(_("หน่วยงาน"), 30),
        Column("URL", 46),
        Column(_("ตรวจ (ครั้ง)"), 9, shape="0"),
        Column(_("ตอบ (ครั้ง)"), 9, shape="0"),
        Column(_("ตอบร้อยละ"), 9, shape="0.0"),
        Column(_("ไม่ตอบติดต่อกันนานที่สุด"), 44),
        Column(_("ตอบครั้งสุดท้าย"), 24),
        Column(_("สาเหตุ"), 46),
        Column(_("ถูกปิดกั้น (ครั้ง)"), 9, shape="0"),
        Column(_("ไม่ได้เปิดเอง (ครั้ง)"), 9, shape="0"),
    ]
    rows = [row for one in found for row in _rows(one)]
    notes = [
        _("ตั้งแต่ {first} ถึง {last}", first=day_text(period.first), last=day_text(period.last)),
        _("ตอบ หมายถึงแสดงหน้าที่ขอ ไม่พบหน้า ต้องลงชื่อเข้าใช้ เครื่องแม่ข่ายขัดข้อง หรือไม่ตอบในเวลา ไม่นับว่าตอบ"),
        _(
            "ครั้งที่เว็บไซต์ปิดกั้นระบบตรวจ และครั้งที่ระบบไม่ได้เปิดเอง (robots.txt โควตา เครือข่ายของผู้ตรวจ) "
            "แสดงไว้ต่างหาก ไม่นับในร้อยละ"
        ),
    ]
    return Listing("availability", title, _("ความพร้อมใช้งาน"), columns, rows, notes, frozen=3)


def _rows(one: UnitAvailability) -> Iterator[list[Value]]:
    for address in one.addresses:
        always = address.percent is None or address.percent >= _ALWAYS
        yield [
            one.unit,
            one.name,
            Text(address.url, "" if always else "missing", url=address.url),
            address.checks,
            address.answered,
            address.percent,
            stretch_text(address.longest),
            moment_text(address.last_answer) if address.last_answer else "",
            causes_text(address.causes),
            address.refused,
            address.unasked,
        ]


def stretch_text(stretch: Stretch | None) -> str:
    """`3 ครั้ง ตั้งแต่ … จนตอบอีกเมื่อ …`, "" where every check was answered."""
    if stretch is None:
        return ""
    begun = _("{count:,} ครั้ง ตั้งแต่ {since}", count=stretch.checks, since=moment_text(stretch.since))
    if stretch.until is None:
        return begun + " " + _("และยังไม่ตอบ")
    return begun + " " + _("จนตอบอีกเมื่อ {until}", until=moment_text(stretch.until))


def percent_text(address: AddressAvailability) -> str:
    """The share in the terminal's table, `–` without checks."""
    return "–" if address.percent is None else share_text(address.percent)
