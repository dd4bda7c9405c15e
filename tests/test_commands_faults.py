"""What a newcomer gets wrong at the command line: one line in Thai, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from checklist.evidence import Coverage
from checklist.loader import load_year
from checklist.profile import UnitProfile
from checklist.verdict import ItemVerdict, Kind, Verdict
from cli import app
from commands.language import Lang, speak
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


PLAN_OF_LAST_YEAR = "แผนดำเนินงานและการใช้งบประมาณประจำปี พ.ศ. 2565\n"


def states_shown(result: Result) -> set[str]:
    """The first word of each element's line."""
    lines = [line.split() for line in result.stdout.splitlines() if "O11." in line]
    assert lines
    return {words[0] for words in lines}


def test_the_states_of_elements_are_said_in_the_language_in_use() -> None:
    Path("plan.txt").write_text(PLAN_OF_LAST_YEAR, encoding="utf-8")
    thai = oit("check", "plan.txt", "--item", "O11", "--as-of", "2566-04-30")
    assert states_shown(thai) == {"พบ", "ขาด", "ไม่เป็นปัจจุบัน"}
    english = oit("--lang", "en", "check", "plan.txt", "--item", "O11", "--as-of", "2566-04-30")
    assert states_shown(english) == {"present", "absent", "outdated"}


def test_nothing_is_said_of_elements_where_nothing_could_be_read() -> None:
    Path("broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    result = oit("check", "broken.pdf", "--item", "O12")
    assert result.exit_code == 3, result.output
    assert "O12 " in result.stdout
    assert "ตรวจไม่ได้" in result.stdout
    assert "O12." not in result.stdout


def test_an_item_is_shown_in_thai_words() -> None:
    for number in range(1, 44):
        marks = [
            line.rpartition("[")[2]
            for line in oit("checklist", "show", f"O{number}").stdout.splitlines()
            if line.startswith("  • ")
        ]
        assert marks
        assert not [mark for mark in marks if any("a" <= letter <= "z" for letter in mark)]
    assert "[เนื้อหา; พบสองแหล่ง]" in oit("checklist", "show", "O12").stdout
    english = oit("--lang", "en", "checklist", "show", "O12").stdout
    assert "[content; two sources]" in english
    assert "what to do: " in english


def test_year_rules_of_two_years_are_compared_in_thai_words() -> None:
    changes = oit("checklist", "diff", "2565", "2566").stdout
    assert "_fy" not in changes


BAD_CASES = """ไม่ใช่ JSON
{"source": "a.txt"}

{"source": "a.txt", "item": "O1", "expect": "ok", "elemets": {}}
[1]
{"source": 1, "item": "O1", "expect": "pass", "elements": {"O1.1": "here"}}
{"source": "a.txt", "item": "O1", "expect": "fail"}
"""


def test_all_bad_lines_of_a_cases_file_are_said_at_once() -> None:
    Path("bad.jsonl").write_text(BAD_CASES, encoding="utf-8")
    result = oit("eval", "bad.jsonl")
    assert result.exit_code == 2, result.output
    assert result.stderr.splitlines() == [
        "bad.jsonl: อ่านไม่ได้ 5 บรรทัด จึงยังไม่ได้วัด",
        "  - บรรทัด 1: ไม่ใช่ JSON ที่อ่านได้ ตรวจวงเล็บปีกกาและเครื่องหมายคำพูด",
        "  - บรรทัด 2: ขาดคีย์ item; ขาดคีย์ expect",
        "  - บรรทัด 4: ค่าของ expect ต้องเป็น pass, fail, review หรือ error; "
        "ไม่รู้จักคีย์ elemets หมายถึง elements หรือไม่",
        "  - บรรทัด 5: ต้องเป็นวัตถุ JSON ในวงเล็บปีกกา",
        "  - บรรทัด 6: ค่าของ source ผิดชนิด; "
        "ค่าของ elements.O1.1 ต้องเป็น present, absent, outdated หรือ unsure",
    ]
    assert "line 2: the key item is missing" in oit("--lang", "en", "eval", "bad.jsonl").stderr


def test_a_cases_file_full_of_mistakes_is_said_in_twenty_lines() -> None:
    Path("bad.jsonl").write_text("{}\n" * 33, encoding="utf-8")
    lines = oit("eval", "bad.jsonl").stderr.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "... และอีก 13 บรรทัด"


def test_a_cases_file_that_is_no_utf8_is_said() -> None:
    Path("bad.jsonl").write_bytes("กรณี".encode("cp874"))
    result = oit("eval", "bad.jsonl")
    assert result.exit_code == 2, result.output
    assert "ให้บันทึกใหม่เป็น UTF-8" in result.stderr


def test_the_figures_have_thai_headings() -> None:
    Path("plan.txt").write_text(PLAN_OF_LAST_YEAR, encoding="utf-8")
    case = '{"source": "plan.txt", "item": "O11", "expect": "fail", "as_of": "2566-04-30"}'
    Path("cases.jsonl").write_text(case, encoding="utf-8")
    heading = oit("eval", "cases.jsonl").stdout.splitlines()[0]
    assert "ผ่านผิด" in heading
    assert "precision" not in heading
    assert "false pass" in oit("--lang", "en", "eval", "cases.jsonl").stdout.splitlines()[0]
