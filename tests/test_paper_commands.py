"""`oit paper` at the command line: what is written, and one clear line for a wrong call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from checklist.evidence import Coverage
from checklist.loader import load_year
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ItemVerdict, Kind, Verdict
from cli import app
from commands.language import Lang, speak
from results.store import Store
from tests.results.papers.papers_samples import template_of, text_of

CHECKLIST = load_year(2566)
UNITS = (
    UnitProfile("suan", "จังหวัดสวน", UnitType.PROVINCE, (), "https://suan.example.go.th"),
    UnitProfile("nam", "จังหวัดน้ำ", UnitType.PROVINCE, (), "https://nam.example.go.th"),
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OIT_HOME", str(tmp_path / "home"))
    for name in ("OIT_LANG", "OIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with Store.open(f"sqlite:///{tmp_path}/home/oit.db") as store:
        scan = store.start_scan(CHECKLIST, date(2023, 4, 5))
        for profile, verdict in zip(UNITS, (Verdict.FAIL, Verdict.PASS), strict=True):
            reasons = ("not_found",) if verdict is Verdict.FAIL else ()
            verdicts = [
                ItemVerdict(item.id, verdict, Kind.MATCH, reasons) for item in CHECKLIST.items
            ]
            store.save_unit(scan, profile, verdicts, Coverage(), ())
        store.finish_scan(scan)
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["paper", *arguments])


def test_memos_go_to_units_with_gaps() -> None:
    done = oit("memo", "--number", "มท 0226.2/ว 123", "--date", "2566-04-10", "--out", "out")
    assert done.exit_code == 0, done.stderr
    assert [path.name for path in Path("out").iterdir()] == ["memo-suan.docx"]
    assert "ไม่ออกบันทึกให้ 1 หน่วยงานที่ไม่มีข้อต้องแก้ไข" in done.stderr
    text = text_of(Path("out/memo-suan.docx").read_bytes())
    assert "มท ๐๒๒๖.๒/ว ๑๒๓" in text
    assert "ต้องแก้ไข ๔๓ ข้อ" in text


def test_all_units_are_written_to_when_asked() -> None:
    assert oit("memo", "--all", "--out", "out").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "memo-nam.docx",
        "memo-suan.docx",
    ]
    assert "ไม่พบข้อที่ต้องแก้ไข" in text_of(Path("out/memo-nam.docx").read_bytes())


def test_the_office_is_kept_in_a_file_and_overridden_by_options() -> None:
    Path("home/office.yaml").write_text("office: ศปท.มท.\nphone: 50152\n", encoding="utf-8")
    assert oit("memo", "--unit", "suan", "--phone", "50153", "--out", "out").exit_code == 0
    assert "ศปท.มท.  โทร. ๕๐๑๕๓" in text_of(Path("out/memo-suan.docx").read_bytes())


def test_a_template_is_written_edited_and_used() -> None:
    assert oit("memo-template", "memo.docx").exit_code == 0
    document = Document("memo.docx")
    document.add_paragraph("สำเนาถึง {{ หน่วยงาน }}")
    document.save("memo.docx")
    assert oit("memo", "--template", "memo.docx", "--out", "out").exit_code == 0
    assert "สำเนาถึง จังหวัดสวน" in text_of(Path("out/memo-suan.docx").read_bytes())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("memo --unit surin", "ไม่มีผลของหน่วยงาน «surin»"),
        ("memo --scan 9", "ไม่พบการตรวจครั้งที่ 9"),
        ("memo --date 2566-13-01", "อ่านวันที่ «2566-13-01» ไม่ได้"),
        ("memo --date 2566-04-10 --due 2566-04-01", "--due อยู่ก่อน --date"),
        ("memo --all --to ผู้ว่าราชการจังหวัดสวน", "--to ใช้ได้ทีละหน่วยงาน"),
        ("memo --office nowhere.yaml", "nowhere.yaml: เปิดแฟ้มข้อมูลส่วนราชการไม่ได้"),
        ("memo --template nowhere.docx", "เปิดแม่แบบ «nowhere.docx» ไม่ได้"),
        ("memo --template wrong.docx", "wrong.docx: ไม่รู้จักช่อง «หน่วยงาม» ช่องที่ใกล้เคียงที่สุดคือ «หน่วยงาน»"),
        ("memo --template note.txt", "note.txt: แม่แบบไม่ใช่แฟ้ม Word"),
        ("memo-template memo.doc", "แม่แบบต้องเป็นแฟ้ม .docx"),
        ("memo-template /proc/memo.docx", "เขียนลงโฟลเดอร์ «/proc» ไม่ได้"),
        ("monthly --month เมษายน", "อ่านเดือน «เมษายน» ไม่ได้"),
        ("monthly --month 2566-13", "อ่านเดือน «2566-13» ไม่ได้"),
        ("monthly --month 2560-04", "ไม่มีผลตรวจที่บันทึกไว้ถึงวันที่ 10 เมษายน 2560"),
        ("monthly --checklist 2599", "ไม่มีรายการตรวจของปีงบประมาณ 2599"),
        ("monthly --unit surin", "ไม่มีผลของหน่วยงาน surin"),
        ("monthly --format odt", "ค่าของ --format"),
        ("monthly --format pdf --browser-path nowhere", "ไม่พบโปรแกรม «nowhere»"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line_and_writes_nothing(arguments: str, says: str) -> None:
    Path("wrong.docx").write_bytes(template_of("เรียน {{ หน่วยงาม }}"))
    Path("note.txt").write_text("บันทึก", encoding="utf-8")
    out = [] if arguments.startswith("memo-template") else ["--out", "out"]
    done = oit(*arguments.split(), *out)
    assert done.exit_code == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not Path("out").exists()


def test_the_monthly_report_is_written_as_word() -> None:
    done = oit("monthly", "--out", "out")
    assert done.exit_code == 0, done.stderr
    (path,) = Path("out").iterdir()
    assert path.suffix == ".docx"
    text = text_of(path.read_bytes())
    assert "ไม่มีการตรวจของเดือนก่อนให้เทียบ" in text
    assert "ครบถ้วน ๔๓ ข้อ ขาดข้อมูล ๔๓ ข้อ" in text


def test_help_shows_the_papers() -> None:
    done = oit("--help")
    for name in ("memo", "memo-template", "monthly"):
        assert name in done.stdout
