"""`oit paper analysis` and the files it starts from: scores and measures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checklist.loader import available_years
from checklist.thai import to_arabic_digits
from commands import options
from commands.disk import refuse_existing, writing_into
from commands.language import refuse, refusing, say
from commands.stored import scan_of, units_of
from results.formats.files import write_bytes_whole
from results.papers.analysis import LIMIT, analyse
from results.papers.measures import SHIPPED, read_measures
from results.papers.open_items import sweep_facts
from results.papers.score_file import read_scores
from results.papers.score_template import scores_template
from results.store import StoreError
from sweep.reporting import report_of, today
from units.problems import UnitsError

if TYPE_CHECKING:
    from results.papers.analysis import Analysis
    from results.papers.open_items import SweepFacts

_SHOWN_YEARS = 3
_DOCX, _XLSX, _YAML = (".docx",), (".xlsx",), (".yaml", ".yml")


def analysis(
    scores: Annotated[
        Path, typer.Option("--scores", metavar="ไฟล์", help="คะแนน ITA รายปี .xlsx หรือ .csv")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="ไฟล์.docx", help="รายงานที่จะเขียน")
    ] = Path("analysis.docx"),
    scan: Annotated[
        int, typer.Option("--scan", metavar="N", min=0, help="ผลตรวจเว็บไซต์ครั้งที่ (ไม่ระบุ = ล่าสุด)")
    ] = 0,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="รหัส", help="เฉพาะผลตรวจของหน่วยงานนี้ ระบุซ้ำได้"),
    ] = None,
    limit: Annotated[
        str, typer.Option("--limit", metavar="คะแนน", help="คะแนนที่ต่ำกว่านี้เป็นจุดอ่อน")
    ] = str(LIMIT),
    measures: Annotated[
        Path | None,
        typer.Option(
            "--measures", metavar="ไฟล์", help="มาตรการของท่าน .yaml (ไม่ระบุ = ที่มากับโปรแกรม)"
        ),
    ] = None,
    agency: Annotated[str, typer.Option("--agency", metavar="ชื่อ", help="ชื่อหน่วยงานในรายงาน")] = "",
    results_form: Annotated[
        Path | None,
        typer.Option(
            "--results-form",
            metavar="ไฟล์.docx",
            help="เขียนแบบรายงานผลตามมาตรการ (ข้อ O43) ให้กรอกด้วย",
        ),
    ] = None,
    replace: options.ReplaceOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ทำรายงานวิเคราะห์ผล ITA สามปีและมาตรการ (ข้อ O42) เป็น Word พร้อมแก้ไข

    ตัวอย่าง:
      oit paper scores-template คะแนน.xlsx
      oit paper analysis --scores คะแนน.xlsx -o analysis.docx
      oit paper analysis --scores คะแนน.csv --scan 3 --limit 90 --agency "กรมการปกครอง"
      oit paper analysis --scores คะแนน.xlsx --measures มาตรการ.yaml --results-form o43.docx
    """
    for path in (out, results_form):
        _refuse_other_kind(path, _DOCX)
    if results_form and results_form.resolve() == out.resolve():
        refuse(
            "--results-form กับ -o เป็นไฟล์เดียวกัน ให้ตั้งชื่อต่างกัน",
            "--results-form and -o name the same file; give two names",
        )
    refuse_existing([path for path in (out, results_form) if path], replace)
    below = _limit(limit)
    with refusing(UnitsError):
        years = read_scores(scores)
        chosen = read_measures(measures)
    checklists = {year: options.checklist_of(year) for year in available_years()}
    found = analyse(years, chosen, checklists, below)
    facts = _facts(scan, unit, database)
    name = agency.strip() or (facts.units[0] if facts and len(facts.units) == 1 else "")
    _write_papers(found, name, facts, out, results_form)
    if not name:
        say(
            "ยังไม่มีชื่อหน่วยงานในรายงาน ให้ใส่ --agency หรือแก้ในแฟ้ม",
            "the paper lacks the agency's name; give --agency, or fill it in",
        )


def scores_form(
    path: Annotated[Path, typer.Argument(metavar="FILE")] = Path("ita-scores.xlsx"),
    newest: Annotated[
        int, typer.Option("--year", metavar="ปี", min=2555, max=2600, help="ปีล่าสุดที่มีผลคะแนน (พ.ศ.)")
    ] = max(available_years()) - 1,
    replace: options.ReplaceOption = False,
) -> None:
    """สร้างแบบกรอกคะแนน ITA สามปี (Excel) พร้อมคำอธิบาย

    ตัวอย่าง: oit paper scores-template คะแนน.xlsx --year 2565
    """
    _refuse_other_kind(path, _XLSX)
    years = range(max(newest - _SHOWN_YEARS + 1, 2555), newest + 1)
    _write_new(path, scores_template(years), replace)


def measures_form(
    path: Annotated[Path, typer.Argument(metavar="FILE")] = Path("measures.yaml"),
    replace: options.ReplaceOption = False,
) -> None:
    """เขียนมาตรการที่มากับโปรแกรมเป็นแฟ้ม YAML ให้แก้ แล้วใช้กับ --measures

    ตัวอย่าง: oit paper measures-template มาตรการ.yaml
    """
    _refuse_other_kind(path, _YAML)
    _write_new(path, SHIPPED.read_bytes(), replace)


def _facts(scan: int, unit_ids: list[str] | None, database: str) -> SweepFacts | None:
    if not scan and options.missing_database(database) is not None:
        _say_unswept()
        return None
    lists = (options.checklist_of(year) for year in available_years())
    keys = {checklist.key: checklist for checklist in lists}
    with options.store_of(database) as store, refusing(StoreError):
        scans = [info for info in store.scans() if info.units and info.checklist in keys]
        if not scan and not scans:
            _say_unswept()
            return None
        info = scan_of(store, scan or scans[0].id)
        if info.checklist not in keys:
            refuse(
                f"การตรวจครั้งที่ {info.id} ใช้รายการตรวจ {info.checklist} ไม่ใช่ OIT ให้เลือก --scan อื่น",
                f"scan {info.id} is of {info.checklist}, not of the OIT; name another",
            )
        wanted = units_of(store, info, unit_ids)
        reports = [report_of(store, keys[info.checklist], info.id, unit) for unit in wanted]
    if not reports:
        refuse(
            f"ผลตรวจครั้งที่ {info.id} ยังไม่มีหน่วยงานที่ตรวจเสร็จ",
            f"scan {info.id} holds no unit that is done",
        )
    return sweep_facts(reports)


def _say_unswept() -> None:
    say(
        "ยังไม่มีผลตรวจเว็บไซต์ รายงานจะไม่มีข้อ OIT ที่ยังต้องแก้ไข",
        "no sweep is stored; the paper will name no open OIT items",
    )


def _write_papers(
    found: Analysis, name: str, facts: SweepFacts | None, out: Path, results_form: Path | None
) -> None:
    # Word's and the chart's libraries are slow to load, and only this command needs them.
    from results.papers.analysis_docx import analysis_docx
    from results.papers.outcome_form import outcome_form

    papers = [(out, analysis_docx(found, name, today(), facts))]
    if results_form:
        papers.append((results_form, outcome_form(found, name, today())))
    for path, content in papers:
        with writing_into(path.parent):
            write_bytes_whole(path, content)
        say(f"เขียนแล้ว: {path}", f"written: {path}")


def _limit(text: str) -> Decimal:
    try:
        limit = Decimal(to_arabic_digits(text).strip())
    except InvalidOperation:
        limit = Decimal(-1)
    if not (limit.is_finite() and 0 < limit <= 100):
        refuse(
            f"ค่าของ --limit ต้องเป็นคะแนนมากกว่า 0 ถึง 100 เช่น 95 ไม่ใช่ «{text}»",
            f"--limit is a score above 0, at most 100, such as 95, not «{text}»",
        )
    return limit


def _refuse_other_kind(path: Path | None, suffixes: tuple[str, ...]) -> None:
    if path is not None and path.suffix.lower() not in suffixes:
        wanted = " หรือ ".join(suffixes)
        refuse(
            f"ชื่อไฟล์ «{path}» ต้องลงท้ายด้วย {wanted}",
            f"the file name «{path}» must end in {' or '.join(suffixes)}",
        )


def _write_new(path: Path, content: bytes, replace: bool) -> None:
    refuse_existing([path], replace)
    with writing_into(path.parent):
        write_bytes_whole(path, content)
    say(f"เขียนแล้ว: {path}", f"written: {path}")
