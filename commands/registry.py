"""`oit units`: import, list and export the units, and write an empty template."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import options, unit_lists
from commands.disk import refuse_unwritable_table
from commands.language import out, refuse, refusing, say
from crawler.address_policy import AddressPolicy
from crawler.registered import without_inner
from registry.importing import Plan, bring_in, plan, take_over
from registry.reading import units as stored_units
from registry.records import Author, RegistryError
from registry.workbook import stands, write_registry
from results.speech import moment_text
from results.store import StoreError
from units.exporting import write_template, write_units
from units.importing import examine
from units.problems import UnitsError
from units.registry import TYPE_NAMES

app = typer.Typer(help="ทะเบียนหน่วยงานและ URL รายข้อ", no_args_is_help=True)


@app.command("import")
def import_units(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx .csv หรือ .yaml")],
    whole: Annotated[
        bool,
        typer.Option("--replace", help="แฟ้มนี้เป็นทะเบียนทั้งหมด นำหน่วยงานที่ไม่มีในแฟ้มออกจากทะเบียน"),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="แสดงว่าจะเปลี่ยนอะไรบ้าง โดยไม่นำเข้า")
    ] = False,
    database: options.DatabaseOption = "",
) -> None:
    """นำเข้าทะเบียนหน่วยงานลงฐานข้อมูล ใช้กับ oit sweep, oit notify และหน้าทะเบียนของ oit serve

    หน่วยงานที่ไม่มีในแฟ้ม และคอลัมน์ที่แฟ้มไม่มี คงไว้ตามเดิม แฟ้มที่มีข้อผิดพลาดจะไม่นำเข้าข้อมูลใด

    ตัวอย่าง:
      oit units import my-units.xlsx
      oit units import my-units.xlsx --dry-run
      oit units import all-units.xlsx --replace
    """
    with refusing(UnitsError):
        read = without_inner(examine(path), AddressPolicy(options.crawl_settings().allow_networks))
        if read.problems:
            raise UnitsError(path.name, read.problems)
    with options.store_of(database) as store, refusing(StoreError, RegistryError, UnitsError):
        take_over(store.engine, unit_lists.registry_path(), _author())
        if dry_run:
            held = {unit.id: unit for unit in stored_units(store.engine)}
            _tell(plan(held, read.units, columns=read.columns, whole=whole), done=False)
            return
        done = bring_in(
            store.engine, read.units, _author(), path.name, columns=read.columns, whole=whole
        )
    _tell(done, done=True)


def _author() -> Author:
    return Author("oit", datetime.now(UTC))


def _tell(made: Plan, *, done: bool) -> None:
    """Say how many units change, and which, when it is not done yet."""
    if made.refused:
        refuse(made.refused[0])
    if not done:
        for step in made.steps:
            mark = "+" if step.before is None else "-" if step.after is None else "~"
            columns = ", ".join(change.title for change in step.changes) if mark == "~" else ""
            out.print(f"{mark} {step.unit_id}  {step.name}  {columns}", markup=False)
    counts = (len(made.added), len(made.changed), len(made.removed), made.same + made.absent)
    th = "เพิ่ม {} แก้ไข {} นำออก {} คงเดิม {} หน่วยงาน".format(*counts)
    en = "{} added, {} changed, {} removed, {} as they were".format(*counts)
    if done:
        say(f"นำเข้าแล้ว: {th}", f"imported: {en}")
    else:
        say(f"ถ้านำเข้าจะ{th}", f"an import would give: {en}")


@app.command("list")
def list_units(units: options.UnitsOption = None, database: options.DatabaseOption = "") -> None:
    """แสดงหน่วยงานในทะเบียน (ไม่ระบุไฟล์ = ที่นำเข้าไว้ หรือที่มากับโปรแกรม)

    ตัวอย่าง: oit units list --units my-units.xlsx
    """
    for unit in unit_lists.registry_of(units, database=database):
        urls = sum(len(addresses) for addresses in unit.urls.values())
        line = (
            f"{unit.id:<28} {unit.name}  [{TYPE_NAMES[unit.type]}]  {unit.main_site}  ({urls} URL)"
        )
        out.print(line, markup=False, soft_wrap=True)


@app.command("export")
def export_units(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx .csv หรือ .yaml")],
    units: options.UnitsOption = None,
    database: options.DatabaseOption = "",
) -> None:
    """บันทึกทะเบียนเป็นไฟล์ Excel, CSV หรือ YAML ไฟล์ Excel มีแผ่นงานการอนุมัติด้วย

    ตัวอย่าง: oit units export all-units.xlsx
    """
    refuse_unwritable_table(path)
    with refusing(UnitsError, StoreError):
        if units is None and options.missing_database(database) is None:
            with options.store_of(database) as store:
                found = stands(store.engine)
        else:
            found = []
        if found:
            write_registry(found, path, moment_text)
        else:
            write_units(unit_lists.registry_of(units, database=database), path)
    say(f"บันทึกแล้ว: {path}", f"saved: {path}")


@app.command()
def template(
    path: Annotated[Path, typer.Argument(metavar="FILE")] = Path("my-units.xlsx"),
) -> None:
    """สร้างแบบทะเบียน Excel พร้อมคำอธิบายและแถวตัวอย่าง

    ตัวอย่าง: oit units template my-units.xlsx
    """
    if path.suffix.lower() != ".xlsx":
        refuse("แบบทะเบียนเป็นไฟล์ .xlsx", "the template is an .xlsx file")
    if path.exists():
        refuse(f"มีไฟล์ «{path}» อยู่แล้ว ไม่เขียนทับ", f"«{path}» exists and is not overwritten")
    with refusing(UnitsError):
        write_template(path)
    say(f"สร้างแบบทะเบียนแล้ว: {path}", f"template written: {path}")
