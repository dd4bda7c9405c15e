"""What a newcomer gets wrong at the command line: one line in Thai, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from checklist.loader import load_year
from checklist.profile import UnitProfile
from checklist.verdict import ItemVerdict, Kind, Verdict
from cli import app
from commands.language import Lang, speak
from results.record import Coverage
from results.store import Store

UNITS = """รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก
suan,เทศบาลตำบลบ้านสวนมะลิ,อปท.,https://suan.example.go.th
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    monkeypatch.delenv("OIT_LANG", raising=False)
    Path("units.csv").write_text(UNITS, encoding="utf-8")
    Path("note.txt").write_text("บันทึก", encoding="utf-8")
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("units template nowhere/x.xlsx", "ไม่มีโฟลเดอร์ “nowhere” ให้สร้างโฟลเดอร์นี้ก่อน"),
        ("units template note.txt/x.xlsx", "เขียนแฟ้มในโฟลเดอร์ “note.txt” ไม่ได้"),
        ("units template /proc/x.xlsx", "เขียนแฟ้มในโฟลเดอร์ “/proc” ไม่ได้"),
        ("units export nowhere/x.csv --units units.csv", "ไม่มีโฟลเดอร์ “nowhere”"),
        ("units export /proc/x.xlsx --units units.csv", "เขียนแฟ้มในโฟลเดอร์ “/proc” ไม่ได้"),
        ("units export folder.yaml --units units.csv", "“folder.yaml” เป็นโฟลเดอร์"),
        ("--lang en units export nowhere/x.csv --units units.csv", 'no folder "nowhere"'),
        ("--lang en units template /proc/x.xlsx", 'cannot be written into "/proc"'),
    ],
)
def test_a_units_file_that_cannot_be_written_names_its_folder(arguments: str, says: str) -> None:
    Path("folder.yaml").mkdir()
    result = oit(*arguments.split())
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Errno" not in result.output


def test_the_registry_folder_may_not_be_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIT_HOME", "note.txt")
    result = oit("units", "import", "units.csv")
    assert result.exit_code == 2, result.output
    assert "เขียนลงโฟลเดอร์ «note.txt» ไม่ได้: มีไฟล์ชื่อนี้อยู่แล้ว" in result.stderr


def stored_scan() -> None:
    """One unit with one verdict in the store that the commands use by default."""
    Path("var").mkdir()
    checklist = load_year(2566)
    with Store.open("sqlite:///var/oit.db") as store:
        scan = store.start_scan(checklist, date(2023, 4, 30))
        verdict = ItemVerdict("O1", Verdict.FAIL, Kind.NONE, ("no_url",))
        store.save_unit(scan, UnitProfile("suan", "บ้านสวน"), [verdict], Coverage(), [])
        store.finish_scan(scan)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("report --out /proc/rep", "เขียนลงโฟลเดอร์ «/proc/rep» ไม่ได้: ระบบไม่ให้สร้างไฟล์ที่นี่"),
        ("report --out note.txt", "เขียนลงโฟลเดอร์ «note.txt» ไม่ได้: มีไฟล์ชื่อนี้อยู่แล้ว"),
        ("report --out note.txt/rep", "«note.txt/rep» ไม่ได้: ส่วนหนึ่งของที่อยู่นี้เป็นไฟล์"),
        ("--lang en report --out note.txt", "cannot write into the folder «note.txt»"),
    ],
)
def test_reports_that_cannot_be_written_name_their_folder(arguments: str, says: str) -> None:
    stored_scan()
    result = oit(*arguments.split())
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Errno" not in result.output
