"""`oit units`: import, list and export the units, and write an empty template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.disk import refuse_unwritable_table, writing_into
from commands.language import out, refuse, refusing, say
from units.exporting import write_template, write_units
from units.importing import read_units
from units.problems import UnitsError
from units.registry import TYPE_NAMES

app = typer.Typer(help="ทะเบียนหน่วยงานและ URL รายข้อ", no_args_is_help=True)


@app.command("import")
def import_units(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx .csv หรือ .yaml")],
) -> None:
    """นำเข้าทะเบียนหน่วยงาน ใช้กับ oit sweep --db และ oit check --unit

    ตัวอย่าง: oit units import my-units.xlsx
    """
    with refusing(UnitsError):
        registry = read_units(path)
    target = options.registry_path()
    with writing_into(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with refusing(UnitsError):
        write_units(registry, target)
    say(f"นำเข้า {len(registry)} หน่วยงานแล้ว", f"imported {len(registry)} units")


@app.command("list")
def list_units(units: options.UnitsOption = None) -> None:
    """แสดงหน่วยงานในทะเบียน (ไม่ระบุไฟล์ = ที่นำเข้าไว้ หรือที่มากับโปรแกรม)

    ตัวอย่าง: oit units list --units my-units.xlsx
    """
    for unit in options.registry_of(units):
        urls = sum(len(addresses) for addresses in unit.urls.values())
        line = (
            f"{unit.id:<28} {unit.name}  [{TYPE_NAMES[unit.type]}]  {unit.main_site}  ({urls} URL)"
        )
        out.print(line, markup=False, soft_wrap=True)


@app.command("export")
def export_units(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx .csv หรือ .yaml")],
    units: options.UnitsOption = None,
) -> None:
    """บันทึกทะเบียนเป็นไฟล์ Excel, CSV หรือ YAML

    ตัวอย่าง: oit units export all-units.xlsx
    """
    refuse_unwritable_table(path)
    with refusing(UnitsError):
        write_units(options.registry_of(units), path)
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
