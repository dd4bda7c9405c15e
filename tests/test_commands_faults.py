"""What a newcomer gets wrong at the command line: one line in Thai, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner, Result

from checklist.evidence import Coverage
from checklist.loader import load_year
from checklist.profile import UnitProfile
from checklist.verdict import ItemVerdict, Kind, Verdict
from cli import app
from commands.language import Lang, speak
from results.store import Store

ROOT = Path(__file__).parent.parent
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
        ("units export nowhere/x.csv --units units.csv", "ไม่มีโฟลเดอร์ «nowhere»"),
        ("units export /proc/x.xlsx --units units.csv", "เขียนแฟ้มในโฟลเดอร์ “/proc” ไม่ได้"),
        ("units export folder.yaml --units units.csv", "“folder.yaml” เป็นโฟลเดอร์"),
        ("--lang en units export nowhere/x.csv --units units.csv", "no folder «nowhere»"),
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
    assert "สร้างโฟลเดอร์ของฐานข้อมูลไม่ได้: note.txt" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("output", "says"),
    [("nowhere/found.csv", "ไม่มีโฟลเดอร์ «nowhere»"), ("found.pdf", "ไม่รู้จักชนิดไฟล์ «.pdf»")],
)
def test_discover_asks_for_a_place_for_its_table_before_it_searches(output: str, says: str) -> None:
    result = oit("discover", "http://192.0.2.1/", "-o", output)
    assert result.exit_code == 2, result.output
    assert says in result.stderr


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
{"source": "note.txt", "item": "O1", "expect": "fail"}
{"source": "a.txt", "item": "O1", "expect": "fail"}
{"source": "note.txt", "item": "O44", "expect": "fail"}
{"source": "note.txt", "item": "O1", "checklist": "ปีนี้", "expect": "fail"}
"""


def test_all_bad_lines_of_a_cases_file_are_said_at_once() -> None:
    Path("bad.jsonl").write_text(BAD_CASES, encoding="utf-8")
    result = oit("eval", "bad.jsonl")
    assert result.exit_code == 2, result.output
    assert result.stderr.splitlines() == [
        "bad.jsonl: ใช้ไม่ได้ 8 บรรทัด จึงยังไม่ได้วัด",
        "  - บรรทัด 1: ไม่ใช่ JSON ที่อ่านได้ ตรวจวงเล็บปีกกาและเครื่องหมายคำพูด",
        "  - บรรทัด 2: ขาดคีย์ item; ขาดคีย์ expect",
        "  - บรรทัด 4: ค่าของ expect ต้องเป็น pass, fail, review หรือ error; "
        "ไม่รู้จักคีย์ elemets หมายถึง elements หรือไม่",
        "  - บรรทัด 5: ต้องเป็นวัตถุ JSON ในวงเล็บปีกกา",
        "  - บรรทัด 6: ค่าของ source ผิดชนิด; "
        "ค่าของ elements.O1.1 ต้องเป็น present, absent, outdated หรือ unsure",
        "  - บรรทัด 8: ไม่พบไฟล์ «a.txt»",
        "  - บรรทัด 9: ไม่มีข้อ «O44»",
        "  - บรรทัด 10: ไม่รู้จักรายการตรวจ «ปีนี้» ใกล้ที่สุดคือ oit-2566",
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


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("check", "ยังไม่ได้ระบุ SOURCE (Missing argument 'SOURCE'.) ดูวิธีใช้: "),
        ("check a.pdf --itm O1", "ไม่รู้จักตัวเลือก --itm หมายถึง --item"),
        ("check a.pdf --zzz", "ไม่รู้จักตัวเลือก --zzz (No such option: --zzz)"),
        ("check a.pdf --json=1", "ตัวเลือก --json ไม่ต้องใส่ค่า"),
        ("sweep --fail-on", "ต้องใส่ค่าหลังตัวเลือก --fail-on"),
        ("sweep --fail-on maybe", "ค่าของ --fail-on «maybe» ใช้ไม่ได้"),
        (
            "sweep --checklist ปีนี้",
            "ไม่มีรายการตรวจ «ปีนี้» ใกล้ที่สุดคือ oit-2566 (มี: oit-2565, oit-2566, moi-2566)",
        ),
        ("checklist list --checklist moi-2567", "ไม่มีรายการตรวจ «moi-2567» ใกล้ที่สุดคือ moi-2566"),
        ("discover https://a.test --checklist moi2566", "ใกล้ที่สุดคือ moi-2566"),
        ("checklist show O5 --checklist moi-2566", "รายการตรวจ moi-2566 ไม่มีข้อ O5 (มี M1 ถึง M20)"),
        ("checklist show M5", "รายการตรวจ 2566 ไม่มีข้อ M5 (มี O1 ถึง O43)"),
        ("checklist show M5-O7 --checklist moi-2566", "ช่วง «M5-O7» ปนข้อสองชนิด"),
        ("checklist diff 2566 2599", "ไม่มีรายการตรวจของปีงบประมาณ 2599 ใกล้ที่สุดคือ oit-2566"),
        ("report --scan แรก", "ค่าของ --scan ต้องเป็นจำนวนเต็ม"),
        ("--lang fr check", "--lang ต้องเป็นอย่างใดอย่างหนึ่งใน th, en ไม่ใช่ fr"),
        ("discover a b c", "มีคำเกินมา: b c"),
        ("ตรวจ", "ไม่มีคำสั่ง ตรวจ"),
        ("units exprot x.csv", "ไม่มีคำสั่ง exprot หมายถึง export หรือไม่"),
    ],
)
def test_a_wrong_call_is_told_in_one_thai_line(arguments: str, says: str) -> None:
    result = oit(*arguments.split())
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_wrong_call_is_told_in_english_when_asked() -> None:
    result = oit("--lang", "en", "check")
    assert result.exit_code == 2
    assert result.stderr.startswith("Missing argument 'SOURCE'. See: ")


ENGLISH_OF_HELP = (
    "Options",
    "Arguments",
    "Commands",
    "OPTIONS",
    "Show this",
    "default:",
    "required",
)


@pytest.mark.parametrize(
    "arguments",
    ["", "check", "sweep", "discover", "report", "eval", "demo", "units", "units import",
     "units template", "checklist", "checklist show"],
)  # fmt: skip
def test_the_frame_of_the_help_is_thai(arguments: str) -> None:
    result = oit(*arguments.split(), "--help")
    assert result.exit_code == 0, result.output
    assert [word for word in ENGLISH_OF_HELP if word in result.stdout] == []
    assert "ตัวเลือก" in result.stdout
    assert "แสดงวิธีใช้นี้" in result.stdout


def test_the_frame_of_the_help_is_english_when_asked() -> None:
    shown = oit("--lang", "en", "checklist", "show", "--help").stdout
    assert "Options" in shown
    assert "Arguments" in shown
    assert "Show this message" in shown


def test_a_bare_command_shows_its_help() -> None:
    result = oit()
    assert result.exit_code == 2
    assert "sweep" in result.output
    assert "สั่งไม่ถูกรูปแบบ" not in result.output


SITE = {
    "/": """<html lang="th"><title>เทศบาลตำบลบ้านสวนมะลิ</title><body>
      <h1>เทศบาลตำบลบ้านสวนมะลิ</h1><a href="/home">หน้าแรก</a>
      <a href="/structure">โครงสร้างหน่วยงาน</a>
      <p>ที่อยู่ 1 หมู่ 2 ตำบลบ้านสวน โทรศัพท์ 02-123-4567</p></body></html>""",
    "/structure": """<html lang="th"><title>โครงสร้างหน่วยงาน</title><body>
      <h1>โครงสร้างหน่วยงาน</h1><p>สำนักปลัด กองคลัง กองช่าง</p></body></html>""",
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = SITE.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def crawled(*arguments: str) -> Result:
    settings = {"OIT_DELAY_S": "0", "OIT_RENDER": "false"}
    return CliRunner().invoke(app, [*arguments, "--allow-network", "127.0.0.0/8"], env=settings)


def test_discovering_something_is_a_success(site: str) -> None:
    run = crawled("discover", site, "--items", "O1,O11", "-o", "found.csv")
    assert run.exit_code == 0, run.stderr
    assert f"{site}structure" in run.stdout
    assert f"{site}structure" in Path("found.csv").read_text(encoding="utf-8-sig")
    assert "พบ URL ของ 1 จาก 2 ข้อ" in run.stderr
    assert "ไม่พบลิงก์หรือหัวข้อที่ชื่อตรงกับ “แผนดำเนินงาน" in run.stdout


def test_what_is_discovered_is_swept_as_it_is(site: str) -> None:
    run = crawled("discover", site, "--items", "O1,O11", "-o", "urls.xlsx", "--json")
    assert run.exit_code == 0, run.stderr
    data = json.loads(run.stdout)
    found = {item["item"]: item for item in data["items"]}
    assert found["O1"]["urls"] == [f"{site}structure"]
    assert (found["O1"]["confidence"], found["O11"]["confidence"]) == ("high", "none")
    assert data["unit"]["name"] == "เทศบาลตำบลบ้านสวนมะลิ"
    swept = crawled("sweep", "--units", "urls.xlsx", "--items", "O1,O11", "--out", "reports")
    assert swept.exit_code == 1, swept.stderr
    [path] = Path("reports").glob("gap-127.0.0.1-*.json")
    report = json.loads(path.read_text(encoding="utf-8"))
    [one] = [
        f for group in ("fails", "reviews", "passes") for f in report[group] if f["item"] == "O1"
    ]
    assert one["urls"] == [f"{site}structure"]
    assert one["placements"][0]["clicks"] == 1


@pytest.mark.parametrize("written", ["local", "อปท.", "เทศบาลตำบล", "อบต."])
def test_check_takes_the_unit_types_of_clerks(written: str) -> None:
    Path("plan.txt").write_text(PLAN_OF_LAST_YEAR, encoding="utf-8")
    result = oit("check", "plan.txt", "--item", "O11", "--unit-type", written)
    assert result.exit_code == 1, result.output


def test_check_refuses_a_type_it_does_not_know() -> None:
    Path("plan.txt").write_text(PLAN_OF_LAST_YEAR, encoding="utf-8")
    result = oit("check", "plan.txt", "--item", "O11", "--unit-type", "บริษัท")
    assert result.exit_code == 2, result.output
    assert "ไม่รู้จักประเภทหน่วยงาน «บริษัท» ใช้ ส่วนกลาง, จังหวัด, อปท., อื่น ๆ" in result.stderr
