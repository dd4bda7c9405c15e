"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from checklist.fiscal import day_in
from checklist.loader import ChecklistError, available, available_years, load
from checklist.schema import Checklist, Item
from checklist.thai import to_arabic_digits
from commands.language import home, refuse, refusing
from crawler.ocr import OcrSettings
from crawler.settings import CrawlSettings, given_in
from results.formats import Format

if TYPE_CHECKING:
    from results.store import Store

ChecklistOption = Annotated[
    str,
    typer.Option(
        "--checklist",
        metavar="ปีหรือชื่อ",
        help="รายการตรวจ: ปีงบประมาณของ OIT (พ.ศ.) หรือชื่อ เช่น moi-2566",
    ),
]
ItemsOption = Annotated[
    str, typer.Option("--items", metavar="O1,O5-O9", help="ตรวจเฉพาะข้อเหล่านี้ (ไม่ระบุ = ทุกข้อ)")
]
ItemOption = Annotated[
    list[str] | None, typer.Option("--item", metavar="O5", help="ตรวจเฉพาะข้อนี้ ระบุซ้ำได้")
]
AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="ปปปป-ดด-วว",
        help="ตรวจเสมือนเป็นวันนี้ (ค.ศ. หรือ พ.ศ.) ไม่ระบุ = วันนี้ แต่ไม่เกินวันปิดกรอก ITAS หรือสิ้นสุดแผนของปีนั้น",
    ),
]  # fmt: skip
UnitsOption = Annotated[
    Path | None, typer.Option("--units", metavar="ไฟล์", help="ทะเบียนหน่วยงาน .xlsx .csv หรือ .yaml")
]
DatabaseOption = Annotated[
    str, typer.Option("--database", metavar="URL", help="ฐานข้อมูลผลตรวจ (ไม่ระบุ = var/oit.db)")
]
OfficeOption = Annotated[
    Path | None,
    typer.Option("--office", metavar="ไฟล์", help="ข้อมูลส่วนราชการ (ไม่ระบุ = var/office.yaml ถ้ามี)"),
]
LetterNumberOption = Annotated[
    str, typer.Option("--number", metavar="เลขที่", help='เช่น "มท 0226.2/ว 123"')
]
LetterDateOption = Annotated[
    str, typer.Option("--date", metavar="ปปปป-ดด-วว", help="วันที่ของหนังสือ (ค.ศ. หรือ พ.ศ.)")
]
NetworkOption = Annotated[
    list[str] | None,
    typer.Option("--allow-network", metavar="CIDR", help="เครือข่ายภายในที่อนุญาตให้เปิด เช่น 127.0.0.0/8"),
]
BrowserOption = Annotated[
    str, typer.Option("--browser-path", metavar="ไฟล์", help="โปรแกรม Chromium (ไม่ระบุ = ที่ติดตั้งไว้)")
]

OcrOption = Annotated[
    bool, typer.Option("--ocr/--no-ocr", help="อ่านเอกสารสแกนด้วย OCR เมื่ออาจเปลี่ยนผลได้ (ช้ากว่า)")
]

ReportsOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="โฟลเดอร์",
        help="ที่เก็บรายงาน (ไม่ระบุ = reports สำหรับ OIT, reports/<ชื่อ> สำหรับรายการตรวจอื่น)",
    ),
]  # fmt: skip

ReplaceOption = Annotated[bool, typer.Option("--replace", help="เขียนทับแฟ้มเดิมที่อาจมีผู้แก้ไขไว้")]
ScanListOption = Annotated[
    str,
    typer.Option(
        "--checklist", metavar="ปีหรือชื่อ", help="ผลตรวจของรายการตรวจนี้ (ไม่ระบุ = OIT ที่ตรวจล่าสุด)"
    ),
]
FormatOption = Annotated[
    list[Format] | None,
    typer.Option("--format", case_sensitive=False, help="ชนิดไฟล์ ระบุซ้ำได้ (ไม่ระบุ = html xlsx json)"),
]

LATEST = str(max(available_years()))
_PATIENCE_S = 5.0
"""Seconds that a person waits for another program that writes to the database."""
SWEEP_PATIENCE_S = 120.0
"""Seconds that a sweep does: what it has read must not be lost for a backup of some seconds."""
_SQLITE = "sqlite:///"
_RANGE = re.compile(r"^([A-Z])?(\d{1,2})(?:-([A-Z])?(\d{1,2}))?$", re.IGNORECASE)
_OIT_FOLDER = "oit-"


def checklist_of(name: str | int) -> Checklist:
    """The shipped checklist: an OIT year (`2566`) or a folder's name (`oit-2566`, `moi-2566`).

    An unknown one ends the command with a clear line that names the nearest.
    """
    key = key_of(name)
    if key not in available():
        known = ", ".join(available())
        if key.startswith(_OIT_FOLDER):
            year = key.removeprefix(_OIT_FOLDER)
            th, en = f"ของปีงบประมาณ {year}", f"for fiscal year {year}"
        else:
            th, en = f" «{name}»", f"«{name}»"
        refuse(
            f"ไม่มีรายการตรวจ{th} ใกล้ที่สุดคือ {nearest(name)} (มี: {known})",
            f"no checklist {en}; nearest: {nearest(name)}; available: {known}",
        )
    with refusing(ChecklistError):
        return load(key)


def key_of(name: str | int) -> str:
    """The key that a person's name for a checklist means: `2566` and `๒๕๖๖` are `oit-2566`."""
    text = to_arabic_digits(str(name)).strip().casefold()
    return f"{_OIT_FOLDER}{text}" if text.isdigit() else text


def nearest(name: str | int) -> str:
    """The key of the shipped checklist that an unknown name is most like."""
    return get_close_matches(key_of(name), available(), n=1, cutoff=0)[0]


def name_of(checklist: Checklist) -> str:
    """How commands call the checklist: the OIT by its year, any other by its key."""
    return checklist.key.removeprefix(_OIT_FOLDER)


def reports_folder(out: Path | None, checklist: Checklist) -> Path:
    """Where reports go: `out`, else a folder in which no other list's reports are written over."""
    if out is not None:
        return out
    folder = Path("reports")
    return folder if checklist.key.startswith(_OIT_FOLDER) else folder / checklist.key


def items_of(checklist: Checklist, wanted: str | list[str] | None) -> tuple[Item, ...]:
    """The items that `O1,O5-O9` or a list of ids names; all of them when nothing is named.

    A number without a letter is an item of this checklist.
    """
    text = ",".join(wanted) if isinstance(wanted, list) else wanted or ""
    if not text.strip():
        return checklist.items
    ids: list[str] = []
    for part in re.split(r"[,\s]+", to_arabic_digits(text).strip(", ")):
        match = _RANGE.match(part)
        if not match:
            refuse(
                f"อ่านข้อ «{part}» ไม่ได้ เขียนเช่น O5 หรือ O1,O5-O9",
                f"cannot read item «{part}»; write it like O5 or O1,O5-O9",
            )
        first, last = int(match[2]), int(match[4] or match[2])
        letter = (match[1] or checklist.items[0].id[0]).upper()
        if match[3] and match[3].upper() != letter:
            refuse(f"ช่วง «{part}» ปนข้อสองชนิด", f"the range «{part}» mixes two kinds of items")
        if last < first:
            refuse(f"ช่วง «{part}» กลับด้าน", f"the range «{part}» runs backwards")
        ids += [f"{letter}{number}" for number in range(first, last + 1)]
    known = {item.id for item in checklist.items}
    for item_id in ids:
        if item_id not in known:
            first_id, last_id = checklist.items[0].id, checklist.items[-1].id
            refuse(
                f"รายการตรวจ {name_of(checklist)} ไม่มีข้อ {item_id} (มี {first_id} ถึง {last_id})",
                f"the checklist {name_of(checklist)} has no item {item_id} "
                f"(it has {first_id} to {last_id})",
            )
    return checklist.select(ids)


def as_of_day(text: str, checklist: Checklist) -> date:
    """The day to judge for; B.E. years are understood. Default: today, or the year's last."""
    if not text.strip():
        return min(datetime.now().astimezone().date(), checklist.calendar.closes)
    return read_day(text)


def read_day(text: str) -> date:
    """A day in C.E. or B.E., in Thai or Arabic digits; another text ends the command."""
    try:
        return day_in(text)
    except ValueError:
        refuse(
            f"อ่านวันที่ «{text}» ไม่ได้ เขียนเช่น 2566-04-30 หรือ 30/4/2566",
            f"cannot read the date «{text}»; write it like 2023-04-30",
        )


def day_of(text: str) -> date | None:
    """The day that an option names, B.E. or C.E.; `None` when it is empty."""
    return read_day(text) if text.strip() else None


def store_of(url: str, patience_s: float = _PATIENCE_S) -> Store:
    """The result store; a locked or unusable database ends the command with a clear line.

    `patience_s` is how long another writer is waited for, in seconds.
    """
    # Imported here: most of what the commands do needs no database, which takes long to load.
    from results.store import Store, StoreError

    with refusing(StoreError):
        return Store.open(database_url(url), busy_timeout=patience_s)


def stored_results(url: str) -> Store:
    """The result store for a command that only reads: a database that is not there is refused."""
    missing = missing_database(url)
    if missing is not None:
        refuse(
            f"ยังไม่มีผลตรวจที่บันทึกไว้: ไม่พบฐานข้อมูล «{missing}» ให้สั่ง oit sweep ก่อน หรือระบุ --database",
            f"no scan is stored: no database «{missing}»; run: oit sweep, or give --database",
        )
    return store_of(url)


def missing_database(url: str) -> Path | None:
    """The SQLite file that would have to be made first; `None` when there is a database."""
    from database.addresses import file_of

    file = file_of(database_url(url))
    return file if file is not None and not file.is_file() else None


def database_url(url: str) -> str:
    """The database that an option names, else the environment, else that of this installation.

    An option must hold no password: every account of the machine sees the words of a command. A
    setting of no use ends the command with a clear line.
    """
    from database.addresses import FILE_SETTING, SETTING, has_password, url_in
    from database.faults import StoreError

    with refusing(StoreError):
        given = url_in()
    if has_password(url) and url != given:
        refuse(
            "อย่าใส่รหัสผ่านของฐานข้อมูลในคำสั่ง เพราะผู้ใช้อื่นของเครื่องมองเห็นได้ "
            f"ให้ตั้ง {SETTING} หรือ {FILE_SETTING}",
            f"no password in a command, where others see it; set {SETTING} or {FILE_SETTING}",
        )
    return url or given or f"{_SQLITE}{home()}/oit.db"


def ocr_settings(wanted: bool) -> OcrSettings | None:
    """How scans are read, the readings kept below this installation's folder; None: not at all."""
    if not wanted:
        return None
    shared = os.environ.get("OIT_SHARED_URL", "").strip()
    return OcrSettings(cache_folder=Path(home()) / "ocr", shared_url=shared)


def with_archive(settings: CrawlSettings, database_url: str) -> CrawlSettings:
    """The settings with the evidence archive of a database, where no other folder is named."""
    if settings.evidence_url:
        if settings.evidence_folder is not None:
            refuse(
                "ตั้งทั้ง OIT_EVIDENCE_URL และ OIT_EVIDENCE_FOLDER กรุณาตั้งเพียงอย่างเดียว",
                "OIT_EVIDENCE_URL and OIT_EVIDENCE_FOLDER are both set; set one of them",
            )
        return settings
    if settings.evidence_folder is not None:
        return settings
    from evidence.archive import folder_beside

    folder = folder_beside(database_url) or Path(home()) / "evidence"
    return settings.model_copy(update={"evidence_folder": folder})


def evidence_place(database_url: str) -> Path | str:
    """Where the evidence archive of a database is: a folder, or the address of a bucket."""
    place = with_archive(crawl_settings(), database_url).evidence_place
    assert place is not None, "with_archive names one"
    return place


def crawl_settings(
    networks: list[str] | None = None, browser_path: str = "", **more: Any
) -> CrawlSettings:
    """Settings from the environment (`OIT_` and the field's name in capitals), then options.

    Lists are separated by commas. A value that does not fit ends the command with a clear line.
    """
    values = given_in(os.environ)
    if networks:
        values["allow_networks"] = networks
    values.setdefault("bodies_folder", Path(home()) / "bodies")
    values.setdefault("documents_folder", Path(home()) / "documents")
    values.setdefault("turns_folder", Path(home()) / "turns")
    if browser_path:
        if not Path(browser_path).is_file():
            refuse(f"ไม่พบโปรแกรม «{browser_path}»", f"no such program: «{browser_path}»")
        values["browser_path"] = browser_path
    try:
        return CrawlSettings.model_validate({**values, **more})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "settings"
        message = first["msg"].removeprefix("Value error, ")
        variable = f"OIT_{name.upper()}"
        refuse(
            f"ค่าตั้ง {name} ({variable}) ใช้ไม่ได้: {message}", f"setting {name} ({variable}): {message}"
        )
