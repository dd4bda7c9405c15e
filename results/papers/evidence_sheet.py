"""The sheet for the clarification round: what a link showed, when, and how anyone can check it.

A civil servant signs it and attaches it; so every word is either what was seen or how to check it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results.speech import day_text, moment_text

if TYPE_CHECKING:
    from results.report import ItemFinding


@dataclass(frozen=True, slots=True)
class Shown:
    """One address at one moment (aware): what came, and the file of the pack that holds it.

    `kind` says in Thai what the copy is; `moments` are all moments at which the same bytes came,
    in order, `others` how often the address showed something else between them. `problem` says
    in Thai why nothing could be read there, "" otherwise. An address without a copy has no
    `sha256`.
    """

    url: str
    final_url: str
    kind: str
    status: int
    at: datetime | None
    sha256: str = ""
    file: str = ""
    line: int = 0
    problem: str = ""
    entered: bool = False
    in_window: bool = False
    moments: tuple[datetime, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for the sheet (PNG or JPEG), its caption, and its file in the pack."""

    caption: str
    content: bytes
    file: str


@dataclass(frozen=True, slots=True)
class EntryWindow:
    """When the checklist was answered in ITAS (both days included); `confirmed` by a document."""

    start: date
    end: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the sheet tells; `line` and `line_hash` are the manifest's last line when made."""

    unit: str
    checklist: str
    finding: ItemFinding
    scan_id: int
    checked_at: datetime
    entered: tuple[str, ...]
    shown: tuple[Shown, ...]
    pictures: tuple[Picture, ...]
    window: EntryWindow | None
    line: int
    line_hash: str
    pack: str
    made_at: datetime
    tool: str = ""


PURPOSE = (
    "ในช่วงชี้แจง ผู้ประเมินพิจารณาเฉพาะสิ่งที่แสดงอยู่ที่ URL ที่กรอกไว้เดิม เอกสารนี้แสดงว่า URL นั้นแสดงอะไร เมื่อใด "
    "พร้อมสำเนาที่ตรวจสอบได้ว่าไม่ถูกแก้ไขหลังเก็บ"
)
SHORT = 16
"""So many characters of a hash stand in tables; the whole one is in the list at the end."""


def title(sheet: Sheet) -> str:
    """The sheet's title."""
    return f"หลักฐานประกอบการชี้แจง ข้อ {sheet.finding.item}"


def facts(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """The head of the sheet: names and what they stand for."""
    finding = sheet.finding
    return [
        ("หน่วยงาน", [sheet.unit]),
        ("รายการตรวจ", [sheet.checklist]),
        ("ข้อ", [f"{finding.item} {finding.title}"]),
        ("URL ที่กรอก", list(sheet.entered) or ["ไม่ได้กรอก (ค้นจากเว็บไซต์หลัก)"]),
        ("เก็บหลักฐานเมื่อ", [_collected(sheet.shown)]),
        ("อยู่ในช่วงกรอก ITAS หรือไม่", [window_said(sheet)]),
        ("ผลที่โปรแกรมตรวจได้", _result(sheet)),
    ]


def _collected(shown: Sequence[Shown]) -> str:
    moments = sorted(one.at for one in shown if one.at is not None)
    if not moments:
        return "ไม่มีหน้าใดตอบ จึงไม่มีสำเนา"
    first, last = moment_text(moments[0]), moment_text(moments[-1])
    return first if first == last else f"{first} ถึง {last}"


def window_said(sheet: Sheet) -> str:
    """Whether the copies were made while ITAS was open for answers, and on what that rests."""
    window = sheet.window
    if window is None:
        return "รายการตรวจนี้ไม่ได้กรอกในระบบ ITAS"
    days = f"{day_text(window.start)} ถึง {day_text(window.end)}"
    unproven = "" if window.confirmed else " กำหนดการนี้ยังไม่มีประกาศยืนยัน โปรดตรวจกับปฏิทินของ ป.ป.ช."
    copies = [one for one in sheet.shown if one.sha256]
    inside = sum(one.in_window for one in copies)
    if copies and inside == len(copies):
        return f"อยู่ในช่วงกรอก ({days}) ทุกรายการ{unproven}"
    if inside:
        part = f"{inside} จาก {len(copies)} รายการ ดูช่อง “ช่วงกรอก” ในข้อ 1"
        return f"อยู่ในช่วงกรอก ({days}) {part}{unproven}"
    return f"ไม่อยู่ในช่วงกรอก ({days}){unproven}"


def _result(sheet: Sheet) -> list[str]:
    finding = sheet.finding
    stored = f"การตรวจครั้งที่ {sheet.scan_id} บันทึกเมื่อ {moment_text(sheet.checked_at)}"
    said = [f"{finding.verdict_th} ({stored})"]
    if finding.verdict is not Verdict.PASS and finding.summary:
        said.append(finding.summary)
    said.append("เป็นผลของโปรแกรมช่วยตรวจ ไม่ใช่ผลการประเมินของสำนักงาน ป.ป.ช.")
    return said


def shown_rows(sheet: Sheet) -> list[list[list[str]]]:
    """A row for each address: number, address and what it showed, moment, status, window."""
    return [
        [[str(number)], _what(one), _moments(one), [_status(one)], [_window(one)]]
        for number, one in enumerate(sheet.shown, 1)
    ]


def _what(one: Shown) -> list[str]:
    lines = [("URL ที่กรอก: " if one.entered else "เอกสารที่อ้างถึง: ") + one.url]
    if one.final_url != one.url:
        lines.append(f"เปิดแล้วไปที่: {one.final_url}")
    lines.append(f"แสดง: {one.problem or one.kind}")
    if one.sha256:
        lines.append(f"SHA-256: {one.sha256[:SHORT]}…")
    return lines


def _moments(one: Shown) -> list[str]:
    if one.at is None:
        return ["-"]
    lines = [moment_text(one.at)]
    if len(one.moments) > 1:
        first, last = moment_text(one.moments[0]), moment_text(one.moments[-1])
        lines.append(f"พบเนื้อหาเดียวกันทุกไบต์ {len(one.moments)} ครั้ง ตั้งแต่ {first} ถึง {last}")
    if one.others:
        lines.append(f"ระหว่างนั้นพบเนื้อหาอื่นที่ URL นี้ {one.others} ครั้ง")
    return lines


def _status(one: Shown) -> str:
    return f"HTTP {one.status}" if one.status else "ไม่ตอบ"


def _window(one: Shown) -> str:
    if not one.sha256:
        return "-"
    return "ใช่" if one.in_window else "ไม่"


def element_rows(finding: ItemFinding) -> list[list[list[str]]]:
    """A row for each required part: what it is, what was found, the words and where they stand."""
    rows = []
    for element in finding.elements:
        quotes = [f"“{quote.text}” ({quote.where})" for quote in element.quotes[:3]]
        lines = quotes or [element.detail or "-"]
        rows.append([[element.text], [element.state_th], lines])
    return rows


def file_rows(sheet: Sheet) -> list[list[list[str]]]:
    """A row for each copy: number, file, whole hash, number of its line in the manifest."""
    return [
        [[str(number)], [one.file or "ในแฟ้ม WARC"], [one.sha256], [str(one.line)]]
        for number, one in enumerate(sheet.shown, 1)
        if one.sha256
    ]


def how_to_check(sheet: Sheet) -> list[str]:
    """The steps by which anybody can check the pack without this program."""
    return [
        f"แตกแฟ้ม {sheet.pack} แล้วสั่ง sha256sum -c hashes.txt (Linux) หรือใน Windows "
        "สั่ง certutil -hashfile ชื่อแฟ้ม SHA256 แล้วเทียบกับ hashes.txt ทุกแฟ้มต้องตรงกัน",
        "เปิด evidence.warc.gz ด้วยโปรแกรมอ่านแฟ้ม WARC เช่น ReplayWeb.page เพื่อดูหน้าเว็บตามที่ได้รับ "
        "พร้อมเวลาและ HTTP header ของเว็บไซต์",
        "ค่า SHA-256 ในข้อ 4 คือค่าของเนื้อหาที่เว็บไซต์ส่งมา ตรงกับ WARC-Payload-Digest ในแฟ้ม WARC "
        "และตรงกับแฟ้มต้นฉบับในโฟลเดอร์ originals",
        "manifest-lines.jsonl คือรายการเหล่านี้ในบัญชีหลักฐานที่ค่าแฮชต่อกันเป็นลูกโซ่ ผู้เก็บคลังตรวจทั้งคลังได้ด้วย "
        f"oit evidence verify (ขณะออกเอกสารนี้ บัญชีถึงรายการที่ {sheet.line} ค่าแฮช {sheet.line_hash})",
    ]


LIMITS = (
    "โปรแกรมเก็บสำเนาเองโดยอัตโนมัติตามเวลาที่ระบุ และไม่แก้ไขสำเนาที่เก็บแล้ว การแก้ไขภายหลังจะปรากฏเมื่อตรวจค่าแฮช",
    "เวลาเป็นเวลาของเครื่องที่ตรวจ และบัญชีหลักฐานเก็บโดยผู้ใช้โปรแกรม ไม่มีบุคคลภายนอกรับรองเวลา "
    "หากมีการบันทึกค่าแฮชท้ายบัญชีไว้ในหนังสือราชการก่อนหน้านี้ ให้แนบหนังสือนั้นด้วย",
)
