"""The command `oit` from outside: exit codes, one clear line for bad input, JSON by contract."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from checklist.verdict import Verdict
from cli import app
from commands import options
from commands.gates import exit_code, gate
from commands.language import Lang, speak

PLAN = """แผนดำเนินงานและการใช้งบประมาณประจำปีงบประมาณ พ.ศ. {year}
เทศบาลตำบลบ้านสวนมะลิ

ลำดับ\tโครงการ/กิจกรรม\tงบประมาณ (บาท)\tระยะเวลาดำเนินการ
1\tโครงการซ่อมสร้างถนนสายบ้านสวน\t450,000\tต.ค. {before} - ธ.ค. {before}
2\tโครงการอบรมอาชีพผู้สูงอายุ\t80,000\tม.ค. {year} - มี.ค. {year}
3\tกิจกรรมรณรงค์คัดแยกขยะ\t35,000\tเม.ย. {year} - มิ.ย. {year}
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def plan_file(folder: Path, year: int = 2566) -> Path:
    path = folder / f"plan-{year}.txt"
    path.write_text(PLAN.format(year=year, before=year - 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "plan.txt", "--item", "O44"), "ไม่มีข้อ O44 (มี O1 ถึง O43)"),
        (("check", "plan.txt", "--item", "ข้อห้า"), "อ่านข้อ «ข้อห้า» ไม่ได้"),
        (("check", "plan.txt", "--checklist", "2599"), "ไม่มีรายการตรวจของปีงบประมาณ 2599"),
        (("--lang", "en", "check", "plan.txt", "--checklist", "2599"), "no checklist for"),
        (("check", "plan.txt", "--as-of", "30 เม.ย. 66"), "เขียนเช่น 2566-04-30"),
        (("check", "missing.pdf"), "ไม่พบไฟล์หรือโฟลเดอร์ «missing.pdf»"),
        (("check", "empty"), "ไม่มีเอกสารให้ตรวจ"),
        (("check", "www.example.go.th/plan"), "https://www.example.go.th/plan"),
        (("check", "ftp://www.example.go.th/plan.pdf"), "เปิดได้เฉพาะ http และ https"),
        (("sweep", "--units", "missing.xlsx"), "missing.xlsx"),
        (("sweep", "--units", "empty.csv"), "empty.csv"),
        (("sweep", "--units", "no-scheme.csv"), "https://"),
        (("sweep", "--units", "good.csv", "--unit", "nobody"), "nobody"),
        (("sweep", "--units", "good.csv", "--items", "O9-O5"), "กลับด้าน"),
        (("sweep", "--units", "good.csv", "--out", "plan.txt"), "ไม่ใช่โฟลเดอร์"),
        (("sweep", "--units", "good.csv", "--allow-network", "ที่บ้าน"), "allow_networks"),
        (("sweep", "--units", "good.csv", "--browser-path", "/no/such"), "/no/such"),
        (("sweep", "--units", "good.csv", "--database", "sqlite:///locked.db"), "locked.db"),
        (("sweep", "--db"), "oit units import"),
        (("sweep",), "--units"),
        (("sweep", "--resume"), "ไม่มีการตรวจที่ค้างอยู่"),
        (("sweep", "--units", "good.csv", "--shipped"), "อย่างใดอย่างหนึ่ง"),
        (("sweep", "--units", "good.csv", "--out", "/proc/reports"), "/proc/reports"),
        (("report", "--scan", "99"), "ไม่พบฐานข้อมูล «var/oit.db»"),
        (("report",), "ยังไม่มีผลตรวจ"),
        (("eval", "missing.jsonl"), "missing.jsonl"),
        (("eval", "bad.jsonl"), "บรรทัด 1"),
        (("checklist", "validate", "O12.yaml"), "line 2: titel: unknown key; did you mean"),
        (("checklist", "validate", "broken.yaml"), "broken.yaml: line"),
        (("units", "export", "units.doc"), ".xlsx .csv"),
        (("units", "template", "plan.txt"), ".xlsx"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    # A sweep waits two minutes for another program; here nobody is to let go of the database.
    monkeypatch.setattr(options, "SWEEP_PATIENCE_S", 0.5)
    plan_file(tmp_path).rename("plan.txt")
    (tmp_path / "empty").mkdir()
    Path("empty.csv").write_text("", encoding="utf-8")
    head = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก,O1\n"
    good = f"{head}suan,เทศบาลตำบลบ้านสวนมะลิ,อปท.,https://suan.example.go.th,\n"
    Path("good.csv").write_text(good, encoding="utf-8")
    Path("no-scheme.csv").write_text(f"{head}suan,บ้านสวน,อปท.,suan.go.th,\n", encoding="utf-8")
    Path("bad.jsonl").write_text('{"source": "plan.txt"}\n', encoding="utf-8")
    Path("O12.yaml").write_text("id: O12\ntitel: รายงาน\n", encoding="utf-8")
    Path("broken.yaml").write_text("id: [O12\n", encoding="utf-8")
    lock = sqlite3.connect("locked.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    before = {path for path in tmp_path.rglob("*") if "var" not in path.parts}
    try:
        result = oit(*arguments)
    finally:
        lock.close()
    assert result.exit_code == 2, result.output
    assert says in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.output
    assert {path for path in tmp_path.rglob("*") if "var" not in path.parts} <= before


def test_a_good_file_passes_and_last_years_does_not(tmp_path: Path) -> None:
    assert oit("check", str(plan_file(tmp_path)), "--item", "O11").exit_code == 0
    old = oit("check", str(plan_file(tmp_path, 2565)), "--item", "O11")
    assert old.exit_code == 1
    assert "ไม่ผ่าน" in old.output


def test_json_is_the_contract_and_nothing_else(tmp_path: Path) -> None:
    path = plan_file(tmp_path, 2565)
    result = oit("check", str(path), "--item", "O11", "--as-of", "2566-04-30", "--json")
    data = json.loads(result.stdout)
    assert data["items"][0]["placements"] == []
    assert (data["checklist"], data["as_of"], data["source"]) == ("2566", "2023-04-30", str(path))
    (item,) = data["items"]
    assert (item["item"], item["verdict"], item["kind"]) == ("O11", "fail", "match")
    assert item["reasons"] == ["outdated"]
    year = next(e for e in item["elements"] if e["verdict"] == "outdated")
    quote = year["quotes"][0]
    assert {"url", "page", "source", "text"} <= quote.keys()
    assert "2565" in quote["text"]


def test_without_an_item_it_says_which_items_a_file_could_serve(tmp_path: Path) -> None:
    path = plan_file(tmp_path)
    data = json.loads(oit("check", str(path), "--json").stdout)
    assert [item["item"] for item in data["items"]] == [f"O{n}" for n in range(1, 44)]
    assert [i["item"] for i in data["items"] if i["verdict"] == "pass"] == ["O11"]
    assert "O11" in oit("check", str(path)).output


def test_a_folder_is_judged_as_one_set_of_documents(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    plan_file(folder, 2565)
    plan_file(folder, 2566)
    assert oit("check", str(folder), "--item", "O11").exit_code == 0


def test_eval_counts_by_item_and_in_all(tmp_path: Path) -> None:
    plan_file(tmp_path)
    plan_file(tmp_path, 2565)
    cases = [
        {
            "source": "plan-2566.txt",
            "item": "O11",
            "expect": "pass",
            "elements": {"O11.1": "present"},
        },
        {"source": "plan-2565.txt", "item": "O11", "expect": "fail", "reason": "outdated"},
        {"source": "plan-2565.txt", "item": "O12", "expect": "pass"},
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    data = json.loads(oit("eval", str(path), "--json").stdout)
    assert (data["count"], data["correct"], data["false_pass"]) == (3, 2, 0)
    assert (data["precision"], data["recall"]) == (1.0, 0.5)
    assert data["by_item"]["O12"]["recall"] == 0.0
    assert data["reasons"] == {"count": 1, "correct": 1}
    assert data["cases"][0].keys() == {"source", "item", "expect", "got", "kind", "reasons"}


@pytest.mark.parametrize(
    ("verdicts", "fail_on", "code"),
    [
        ("pass pass", "review", 0),
        ("pass fail", "review", 1),
        ("pass review", "review", 1),
        ("pass review", "fail", 0),
        ("pass pass error", "review", 3),
        ("fail pass error", "review", 1),
        ("fail error", "review", 3),
        ("error error", "fail", 3),
        ("waived not_applicable pass", "review", 0),
        ("pass pass pass error", "error", 1),
        ("pass fail", "error", 0),
        ("pass fail", "error,fail", 1),
        ("pass fail review", "none", 0),
    ],
)
def test_exit_codes(verdicts: str, fail_on: str, code: int) -> None:
    assert exit_code(map(Verdict, verdicts.split()), gate(fail_on)) == code


def test_checklist_commands() -> None:
    assert "O43" in oit("checklist", "list").output
    shown = oit("checklist", "show", "O12").output
    assert "O12.1" in shown
    assert "สิ่งที่ต้องทำ" in shown
    changes = oit("checklist", "diff", "2565", "2566").output
    assert "O10 + O18 -> O11" in changes
    assert "+ O10 นโยบายคุ้มครองข้อมูลส่วนบุคคล" in changes
    assert "- O32 ช่องทางการรับฟังความคิดเห็น" in changes


def test_units_template_import_list_export(tmp_path: Path) -> None:
    assert oit("units", "template", "my-units.xlsx").exit_code == 0
    assert oit("units", "template", "my-units.xlsx").exit_code == 2
    csv = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก\nsuan,บ้านสวน,อปท.,https://suan.example.go.th\n"
    Path("units.csv").write_text(csv, encoding="utf-8")
    assert oit("units", "import", "units.csv").exit_code == 0
    assert "บ้านสวน" in oit("units", "list").output
    assert oit("units", "export", "out.xlsx").exit_code == 0
    assert (tmp_path / "out.xlsx").stat().st_size > 0


def test_every_command_has_help_with_an_example() -> None:
    for command in ("sweep", "check", "discover", "report", "eval", "demo"):
        text = oit(command, "--help").output
        assert "ตัวอย่าง" in text
        assert f"oit {command}" in text


def test_a_labellers_own_keys_are_notes(tmp_path: Path) -> None:
    plan_file(tmp_path)
    case = {"source": "plan-2566.txt", "item": "O11", "checklist": 2566, "expect": "pass"}
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({**case, "by": "ผู้เฉลย", "id": 7}), encoding="utf-8")
    assert json.loads(oit("eval", str(path), "--json").stdout)["correct"] == 1
