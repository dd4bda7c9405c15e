"""`oit paper memo`: a memo (บันทึกข้อความ) to each unit, in the office's own template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.disk import refuse_existing, writing_into
from commands.language import home, refuse, refusing, say
from commands.stored import scan_of, told_scan, units_of
from results.formats.files import report_stem, write_bytes_whole
from results.papers.memo import Letter, has_gaps, memo_values
from results.papers.memo_docx import MemoTemplate
from results.papers.memo_template import memo_template as built_in_template
from results.papers.office import FILE_NAME, Office, OfficeError, read_office
from results.papers.template_package import MOST_BYTES, TemplateError
from results.record import ScanInfo
from results.report import GapReport
from results.store import StoreError
from sweep.reporting import report_of


def memo_template(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="แฟ้ม .docx ที่จะเขียน")],
    replace: options.ReplaceOption = False,
) -> None:
    """เขียนแม่แบบบันทึกข้อความให้แก้ใน Word (หน้าสุดท้ายอธิบายช่องข้อมูล)

    ตัวอย่าง: oit paper memo-template memo.docx
    """
    if path.suffix.lower() != ".docx":
        refuse(f"แม่แบบต้องเป็นแฟ้ม .docx ไม่ใช่ «{path.name}»", f"not a .docx name: «{path.name}»")
    refuse_existing([path], replace)
    with writing_into(path.parent):
        write_bytes_whole(path, built_in_template())
    say(
        f"เขียนแม่แบบแล้วที่ {path.resolve()} แก้ใน Word แล้วใช้กับ oit paper memo --template {path.name}",
        f"template written to {path.resolve()}; edit it in Word, then: "
        f"oit paper memo --template {path.name}",
    )


def memo(
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="รหัส", help="เฉพาะหน่วยงานนี้ ระบุซ้ำได้")
    ] = None,
    scan: Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")] = 0,
    checklist: options.ScanListOption = "",
    template: Annotated[
        Path | None, typer.Option("--template", metavar="ไฟล์", help="แม่แบบ .docx ของส่วนราชการ")
    ] = None,
    office: options.OfficeOption = None,
    to: Annotated[str, typer.Option("--to", metavar="ผู้รับ", help="เรียนผู้ใด (ทีละหน่วยงาน)")] = "",
    from_office: Annotated[
        str, typer.Option("--from-office", metavar="ชื่อ", help="ส่วนราชการเจ้าของหนังสือ")
    ] = "",
    phone: Annotated[str, typer.Option("--phone", metavar="เลข", help="โทรศัพท์")] = "",
    number: options.LetterNumberOption = "",
    date: options.LetterDateOption = "",
    due: Annotated[
        str, typer.Option("--due", metavar="ปปปป-ดด-วว", help="ให้แก้ไขแล้วเสร็จภายในวันที่")
    ] = "",
    signer_name: Annotated[str, typer.Option("--signer-name", metavar="ชื่อ", help="ผู้ลงนาม")] = "",
    signer_position: Annotated[
        str, typer.Option("--signer-position", metavar="ตำแหน่ง", help="ตำแหน่งผู้ลงนาม")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="ออกให้หน่วยงานที่ไม่มีข้อต้องแก้ไขด้วย")] = False,
    out: Annotated[Path, typer.Option("--out", metavar="โฟลเดอร์")] = Path("reports/memo"),
    replace: options.ReplaceOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ออกบันทึกข้อความ (Word) แจ้งข้อที่ต้องแก้ไขแก่หน่วยงาน หน่วยงานละหนึ่งฉบับ

    ช่องที่ไม่ได้ระบุ เช่น เลขที่ วันที่ ผู้ลงนาม จะเป็นเส้นประให้เติมด้วยมือ

    ตัวอย่าง:
      oit paper memo --unit surin --number "มท 0226.2/ว 123" --date 2566-04-10 --due 2566-04-20
      oit paper memo --template memo.docx --out memos
    """
    letter = Letter(to=to, number=number, day=options.day_of(date), due=options.day_of(due))
    if letter.day and letter.due and letter.due < letter.day:
        refuse("--due อยู่ก่อน --date ให้แก้วันใดวันหนึ่ง", "--due lies before --date; mend one of them")
    sender = office_of(office).overridden(
        office=from_office, phone=phone, signer_name=signer_name, signer_position=signer_position
    )
    form = _template(template)
    info, reports = _reports(database, scan, unit, checklist)
    wanted = [report for report in reports if every or has_gaps(report)]
    if to and len(wanted) > 1:
        refuse(
            f"--to ใช้ได้ทีละหน่วยงาน แต่มี {len(wanted)} หน่วยงาน ให้ระบุ --unit",
            f"--to fits one unit, but there are {len(wanted)}; name one with --unit",
        )
    with refusing(TemplateError):
        made = {
            f"memo{report_stem(report.unit.id).removeprefix('gap')}.docx": form.filled(
                memo_values(report, sender, letter)
            )
            for report in wanted
        }
    refuse_existing([out / name for name in made], replace)
    with writing_into(out):
        for name, content in made.items():
            write_bytes_whole(out / name, content)
    _tell(out, info, len(made), len(reports) - len(wanted))


def office_of(path: Path | None) -> Office:
    """The sending office: of the file named, else of this installation, else unknown."""
    own = Path(home()) / FILE_NAME
    with refusing(OfficeError):
        if path is not None:
            return read_office(path)
        return read_office(own) if own.exists() else Office()


def _template(path: Path | None) -> MemoTemplate:
    if path is None:
        return MemoTemplate(built_in_template())
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        refuse(f"เปิดแม่แบบ «{path}» ไม่ได้ ตรวจชื่อและสิทธิ์ของแฟ้ม", f"cannot open the template «{path}»")
    try:
        return MemoTemplate(content)
    except TemplateError as error:
        refuse(f"{path.name}: {error}", f"{path.name}: {error.en}")


def _reports(
    database: str, scan: int, units: list[str] | None, key: str
) -> tuple[ScanInfo, list[GapReport]]:
    """The scan and the reports of its units."""
    with options.stored_results(database) as store, refusing(StoreError):
        info = scan_of(store, scan, key)
        checklist = options.checklist_of(info.checklist)
        wanted = units_of(store, info, units)
        reports = [report_of(store, checklist, info.id, unit_id) for unit_id in wanted]
    return info, reports


def _tell(out: Path, info: ScanInfo, written: int, left_out: int) -> None:
    if written:
        th, en = told_scan(info)
        say(
            f"ออกบันทึกข้อความ {written} ฉบับจาก{th} ใน {out.resolve()}",
            f"{written} memos of {en} in {out.resolve()}",
        )
    if left_out:
        say(
            f"ไม่ออกบันทึกให้ {left_out} หน่วยงานที่ไม่มีข้อต้องแก้ไข (เพิ่ม --all หากต้องการ)",
            f"no memo for {left_out} units without gaps (add --all to write them too)",
        )
