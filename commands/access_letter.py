"""`oit paper letter`: the letter that asks a website's keeper to let the checker read."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from commands import options, unit_lists
from commands.disk import refuse_existing, writing_into
from commands.language import refuse, refusing, say
from commands.memo import office_of
from results.formats.files import report_stem, write_bytes_whole
from results.papers.access_letter import AccessLetter, Asker
from results.papers.access_letter_docx import access_letter_docx
from results.wording import tidy
from units.registry import UnknownUnitError

_LONGEST = 300


def access_letter(
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="รหัส", help="หน่วยงาน ระบุซ้ำได้ (ไม่ระบุ = หนังสือกลางหนึ่งฉบับ)"),
    ] = None,
    units: Annotated[
        Path | None, typer.Option("--units", metavar="ไฟล์", help="ไฟล์หน่วยงาน (ไม่ระบุ = ที่นำเข้าไว้)")
    ] = None,
    ip: Annotated[
        list[str] | None,
        typer.Option("--ip", metavar="เลข", help="หมายเลข IP ที่ระบบตรวจใช้ออกอินเทอร์เน็ต ระบุซ้ำได้"),
    ] = None,
    hours: Annotated[
        str, typer.Option("--hours", metavar="ข้อความ", help='เช่น "ทุกวัน 20.00 - 05.00 น."')
    ] = "",
    office: options.OfficeOption = None,
    address: Annotated[
        str, typer.Option("--address", metavar="ที่อยู่", help="ที่ตั้งของส่วนราชการ ใต้ชื่อด้านขวา")
    ] = "",
    number: options.LetterNumberOption = "",
    date: options.LetterDateOption = "",
    out: Annotated[Path, typer.Option("--out", metavar="โฟลเดอร์")] = Path("reports/letters"),
    replace: options.ReplaceOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ออกหนังสือภายนอก (Word) ขอให้ผู้ดูแลเว็บไซต์อนุญาตระบบตรวจ พร้อมวิธีตั้งค่า

    User-Agent และผู้ติดต่อเป็นของเครื่องนี้ (OIT_CONTACT) ช่องที่ไม่ได้ระบุเป็นเส้นประให้เติมด้วยมือ

    ตัวอย่าง:
      oit paper letter --unit surin --ip 203.0.113.7 --hours "ทุกวัน 20.00 - 05.00 น."
      oit paper letter --ip 203.0.113.7 --number "มท 0226.2/ว 123" --date 2566-04-10
    """
    settings = options.crawl_settings()
    asker = Asker(
        settings.full_user_agent,
        settings.robots_name,
        settings.contact,
        settings.delay_s,
        tuple(_address(one) for one in ip or ()),
        tidy(hours, _LONGEST),
    )
    sender, day = office_of(office), options.day_of(date)
    about = {"number": tidy(number, _LONGEST), "address": tidy(address, _LONGEST)}
    made: dict[str, AccessLetter] = {}
    if not unit:
        made["letter.docx"] = AccessLetter(sender, asker, day=day, **about)
    else:
        with refusing(UnknownUnitError):
            chosen = unit_lists.registry_of(units, database=database).select(unit)
        for one in chosen:
            name = f"letter{report_stem(one.id).removeprefix('gap')}.docx"
            made[name] = AccessLetter(sender, asker, one.name, one.main_site, day=day, **about)
    refuse_existing([out / name for name in made], replace)
    with writing_into(out):
        for name, letter in made.items():
            write_bytes_whole(out / name, access_letter_docx(letter))
    say(
        f"ออกหนังสือ {len(made)} ฉบับใน {out.resolve()}",
        f"{len(made)} letters in {out.resolve()}",
    )


def _address(text: str) -> str:
    try:
        return (
            str(ipaddress.ip_network(text.strip(), strict=False))
            .removesuffix("/32")
            .removesuffix("/128")
        )
    except ValueError:
        refuse(
            f"--ip «{tidy(text, 60)}» ไม่ใช่หมายเลข IP ให้เขียนเช่น 203.0.113.7 หรือ 203.0.113.0/28",
            f"--ip «{tidy(text, 60)}» is no IP address; write it like 203.0.113.7",
        )
