"""`oit report` from outside: which units, items, formats, scans, and what a gate is told."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pypdfium2
import pytest
from junitparser import JUnitXml
from typer.testing import CliRunner, Result

from checklist.evidence import Document, Fetch, Passage
from checklist.loader import load, load_year
from cli import app
from commands.language import Lang, speak
from results.store import Store
from tests.results.samples import (
    AS_OF,
    COVERAGE,
    SITE,
    UNIT,
    in_review,
    missing,
    outdated,
    passing,
    unreachable,
)

if TYPE_CHECKING:
    from checklist.verdict import ItemVerdict

BROWSER = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
OTHER = replace(UNIT, id="surin", name="จังหวัดสุรินทร์")
FIRST = (passing("O1"), missing("O2"), missing("O12"), in_review("O4"), unreachable("O5"))
THEN = (passing("O1"), passing("O2"), outdated("O12"), in_review("O4"), missing("O5"))


def store_scan(results: Mapping[str, Sequence[ItemVerdict]], key: str = "oit-2566") -> int:
    page = Document(Fetch(f"{SITE}/plan.pdf", f"{SITE}/plan.pdf"), passages=(Passage("แผน"),))
    with Store.open("sqlite:///var/oit.db") as store:
        scan = store.start_scan(load(key), AS_OF)
        for unit_id, verdicts in results.items():
            unit = OTHER if unit_id == OTHER.id else UNIT
            store.save_unit(scan, unit, verdicts, COVERAGE, [page])
        store.finish_scan(scan)
    return scan


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    yield
    speak(Lang.TH)


@pytest.fixture
def _scans() -> None:
    store_scan({UNIT.id: FIRST})
    store_scan({UNIT.id: THEN, OTHER.id: FIRST})


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def written(folder: str = "reports") -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def report_json(unit_id: str = UNIT.id) -> dict[str, object]:
    found: dict[str, object] = json.loads(Path(f"reports/gap-{unit_id}.json").read_text("utf-8"))
    return found


@pytest.mark.usefixtures("_scans")
def test_the_newest_scan_is_written_in_the_usual_formats() -> None:
    assert oit("report").exit_code == 0
    units = {
        f"gap-{unit}.{kind}" for unit in (UNIT.id, "surin") for kind in ("html", "xlsx", "json")
    }
    assert written() == units | {"index.html", "overview.xlsx", "overview.json"}
    assert report_json()["scan_id"] == 2


@pytest.mark.usefixtures("_scans")
def test_every_format_is_written_and_opens() -> None:
    kinds = ("html", "xlsx", "pdf", "docx", "json", "csv", "junit", "sarif")
    chosen = [part for kind in kinds for part in ("--format", kind)]
    assert oit("report", "--unit", UNIT.id, "--browser-path", BROWSER, *chosen).exit_code == 0
    stem = f"reports/gap-{UNIT.id}"
    assert written() == {
        *(f"gap-{UNIT.id}.{kind}" for kind in ("html", "xlsx", "pdf", "docx", "json", "csv")),
        "oit.junit.xml", "oit.sarif",
    }  # fmt: skip
    assert openpyxl.load_workbook(f"{stem}.xlsx").sheetnames[0] == "สรุป"
    assert len(pypdfium2.PdfDocument(f"{stem}.pdf")) > 1
    assert UNIT.name in "\n".join(p.text for p in docx.Document(f"{stem}.docx").paragraphs)
    assert Path(f"{stem}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(Path(f"{stem}.csv").read_text("utf-8-sig").splitlines()))) > 4
    assert JUnitXml.fromfile("reports/oit.junit.xml").tests == 43
    assert json.loads(Path("reports/oit.sarif").read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.usefixtures("_scans")
def test_the_scan_to_compare_with_is_named() -> None:
    oit("report", "--unit", UNIT.id)
    moved = {change["item"]: change["direction"] for change in report_json()["changes"]}  # type: ignore[attr-defined]
    assert moved == {"O2": "better", "O5": "other"}
    third = store_scan({UNIT.id: FIRST})
    oit("report", "--unit", UNIT.id, "--scan", str(third), "--since", "1")
    assert (report_json()["changes"], report_json()["compared_scan_id"]) == ([], 1)


@pytest.mark.usefixtures("_scans")
def test_a_unit_that_the_earlier_scan_lacks_is_compared_with_nothing() -> None:
    assert oit("report", "--since", "1").exit_code == 0
    assert report_json("surin")["compared_scan_id"] is None


@pytest.mark.usefixtures("_scans")
def test_the_report_is_narrowed_to_items() -> None:
    oit("report", "--unit", UNIT.id, "--items", "O12,O4")
    assert written() == {"selected-items"}
    path = Path(f"reports/selected-items/gap-{UNIT.id}.json")
    found = json.loads(path.read_text("utf-8"))
    whole = {"items": 2, "review": 1, "outdated": 1}
    totals = found["totals"]
    assert isinstance(totals, dict)
    assert {name: count for name, count in totals.items() if count} == whole
    assert found["only"] == ["O4", "O12"]
    line = [line["item"] for line in found["itas"]]
    assert line == ["O4", "O12"]


@pytest.mark.parametrize(
    ("gate", "unit", "code"),
    [
        ("none", UNIT.id, 0),
        ("fail", UNIT.id, 1),
        ("error", UNIT.id, 0),
        ("error", OTHER.id, 1),
        ("fail,error", OTHER.id, 1),
    ],
)
@pytest.mark.usefixtures("_scans")
def test_a_gate_is_told_by_the_exit_code_and_by_junit(gate: str, unit: str, code: int) -> None:
    said = oit("report", "--unit", unit, "--format", "junit", "--fail-on", gate)
    assert said.exit_code == code
    suites = JUnitXml.fromfile("reports/oit.junit.xml")
    broken = suites.failures + suites.errors
    assert bool(broken) is (gate == "none" or bool(code))


@pytest.mark.usefixtures("_scans")
def test_the_report_speaks_english_when_asked() -> None:
    oit("report", "--unit", UNIT.id, "--lang", "en", "--format", "html", "--format", "json")
    page = Path(f"reports/gap-{UNIT.id}.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert load_year(2566).item("O12").title not in page
    assert report_json()["language"] == "en"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--scan", "99"), "ไม่พบการตรวจครั้งที่ 99"),
        (("--since", "99"), "ไม่พบการตรวจครั้งที่ 99"),
        (("--since", "2"), "เป็นครั้งเดียวกับที่ออกรายงาน"),
        (("--since", "3"), "ใช้รายการตรวจต่างกัน"),
        (("--unit", "surim"), "ไม่มีผลของหน่วยงาน «surim» ใกล้ที่สุดคือ «surin»"),
        (("--items", "O44"), "ไม่มีข้อ O44"),
        (("--fail-on", "maybe"), "«maybe»"),
        (("--format", "xls"), "--format"),
        (("--format", "pdf", "--browser-path", "/no/such"), "/no/such"),
        (("--out", "var/oit.db"), "var/oit.db"),
    ],
)
@pytest.mark.usefixtures("_scans")
def test_a_wrong_call_is_one_clear_line_and_writes_nothing(
    arguments: tuple[str, ...], says: str
) -> None:
    store_scan({UNIT.id: ()}, "moi-2566")
    scan = () if "--scan" in arguments else ("--scan", "2")
    refused = oit("report", *scan, *arguments)
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not Path("reports").exists()


@pytest.mark.usefixtures("_scans")
def test_a_browser_that_does_not_start_costs_only_the_pdf(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    said = oit(
        "report", "--unit", UNIT.id, "--format", "pdf", "--format", "docx",
        "--browser-path", str(broken),
    )  # fmt: skip
    assert said.exit_code == 2
    assert "พิมพ์ PDF ไม่ได้ 1 ฉบับ (จังหวัดภูสวน)" in said.stderr
    assert written() == {f"gap-{UNIT.id}.docx"}


@pytest.mark.usefixtures("_scans")
def test_a_sweep_of_another_list_is_never_taken_for_the_oit() -> None:
    store_scan({UNIT.id: ()}, "moi-2566")
    said = oit("report", "--unit", UNIT.id, "--format", "json")
    assert "การตรวจครั้งที่ 2 (oit-2566 เมื่อ " in said.stderr
    assert report_json()["checklist"] == "oit-2566"
    said = oit("report", "--checklist", "moi-2566", "--format", "json")
    assert "การตรวจครั้งที่ 3 (moi-2566 เมื่อ " in said.stderr
    refused = oit("report", "--checklist", "moi-2566", "--scan", "2")
    assert (refused.exit_code, "ใช้รายการตรวจ oit-2566 ไม่ใช่ moi-2566" in refused.stderr) == (2, True)


@pytest.mark.parametrize("database", ["sqlite:///no/such.db", "sqlite:///typo.db"])
def test_reading_makes_no_database(database: str) -> None:
    refused = oit("report", "--database", database)
    assert refused.exit_code == 2
    assert f"ไม่พบฐานข้อมูล «{database.removeprefix('sqlite:///')}»" in refused.stderr
    assert not list(Path().iterdir())
