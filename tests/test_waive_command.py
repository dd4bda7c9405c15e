"""`oit waive` from outside: what it keeps, what it refuses, what the report then shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from checklist.evidence import Document, Fetch, Passage
from checklist.loader import load_year
from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from cli import app
from commands.language import Lang, speak
from results.store import Store
from sweep.reporting import note_ended_waivers
from tests.results.samples import AS_OF, COVERAGE, SITE, UNIT, element, missing, passing

PLAN = f"{SITE}/plan.pdf"
DECIDE = (
    "--unit", UNIT.id, "--kind", "wrongly-judged", "--by", "นางสาวสมใจ ใจดี", "--reason", "ดูแล้วครบ",
)  # fmt: skip


def page(text: str) -> Document:
    return Document(Fetch(PLAN, PLAN, sha256="ab" * 32), title="แผน", passages=(Passage(text),))


def scanned(text: str = "แผนปี 2566") -> int:
    """Store a scan of one unit: O1 passes, O2 lacks a part, O4 is in review without any page."""
    unsure = element("O4.1", ElementState.UNSURE)
    review = ItemVerdict("O4", Verdict.REVIEW, Kind.MATCH, ("weak_wording",), (unsure,))
    with Store.open("sqlite:///var/oit.db") as store:
        scan = store.start_scan(load_year(2566), AS_OF)
        verdicts = [passing("O1"), missing("O2"), review]
        store.save_unit(scan, UNIT, verdicts, COVERAGE, [page(text)])
        store.finish_scan(scan)
    return scan


def note_changes(scan: int) -> None:
    with Store.open("sqlite:///var/oit.db") as store:
        note_ended_waivers(load_year(2566), store, scan, UNIT.id)


@pytest.fixture(autouse=True)
def _stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    scanned()
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def listed(*more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(oit("waive", "list", "--json", *more).stdout)
    return found


def reported() -> dict[str, object]:
    assert oit("report", "--format", "json", "--out", "out").exit_code == 0
    found: dict[str, object] = json.loads(Path(f"out/gap-{UNIT.id}.json").read_text("utf-8"))
    return found


def test_a_decision_is_kept_listed_and_reported() -> None:
    said = oit("waive", "add", "--item", "O2", *DECIDE, "--until", "2699-01-31")
    assert said.exit_code == 0
    assert "บันทึกหมายเลข 1 แล้ว: phusuan ข้อ O2 อ้างอิง 1 หน้า มีผลถึง 31 มกราคม 2699" in said.stderr
    (row,) = listed()
    assert (row["unit"], row["item"], row["standing"]) == (UNIT.id, "O2", "active")
    totals = reported()["totals"]
    assert isinstance(totals, dict)
    assert (totals["waived"], totals["missing"]) == (1, 0)


def test_a_changed_page_ends_the_decision_for_good() -> None:
    oit("waive", "add", "--item", "O2", *DECIDE)
    note_changes(scanned("แผนปี 2567"))
    assert [(row["standing"], row["loud"]) for row in listed()] == [("evidence_changed", True)]
    note_changes(scanned("แผนปี 2566"))
    assert [row["standing"] for row in listed()] == ["evidence_changed"]
    waivers = reported()["waivers"]
    assert isinstance(waivers, list)
    assert waivers[0]["loud"] is True


def test_a_decision_is_ended_by_a_person_and_stays_in_the_history() -> None:
    oit("waive", "add", "--item", "O2", *DECIDE)
    assert oit("waive", "end", "1", "--by", "นายสมชาย", "--reason", "แก้แล้ว").exit_code == 0
    assert listed() == []
    (row,) = listed("--all")
    assert str(row["line"]).endswith(": แก้แล้ว")
    again = oit("waive", "end", "1", "--by", "นายสมชาย", "--reason", "แก้แล้ว")
    assert (again.exit_code, "ถอนคืนไปแล้ว" in again.stderr) == (2, True)
    assert oit("waive", "add", "--item", "O2", *DECIDE).exit_code == 0


def test_a_decision_that_rests_on_no_page_must_have_a_last_day() -> None:
    endless = oit("waive", "add", "--item", "O4", *DECIDE)
    assert (endless.exit_code, "ต้องกำหนดวันสิ้นสุดด้วย --until" in endless.stderr) == (2, True)
    assert oit("waive", "add", "--item", "O4", *DECIDE, "--until", "31/1/2699").exit_code == 0


def test_a_decision_says_nothing_of_the_scans_before_it() -> None:
    first = 1
    scanned()
    oit("waive", "add", "--item", "O2", *DECIDE)
    assert oit("report", "--scan", str(first), "--format", "json", "--out", "out").exit_code == 0
    told = json.loads(Path(f"out/gap-{UNIT.id}.json").read_text("utf-8"))
    assert (told["totals"]["missing"], told["totals"]["waived"], told["waivers"]) == (1, 0, [])
    changes = reported()["changes"]
    assert isinstance(changes, list)
    assert [(one["before"], one["after"]) for one in changes] == [("fail", "waived")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--item", "O1", *DECIDE), "O1 ครบถ้วนอยู่แล้ว"),
        (("--item", "O3", *DECIDE), "ไม่ได้ตรวจข้อ O3"),
        (("--item", "O44", *DECIDE), "ไม่มีข้อ O44"),
        (("--item", "O2", *DECIDE, "--unit", "nobody"), "«nobody»"),
        (("--item", "O2", *DECIDE, "--scan", "9"), "9"),
        (("--item", "O2", *DECIDE, "--until", "2566-01-01"), "ผ่านไปแล้ว"),
        (("--item", "O2", *DECIDE, "--until", "สิ้นปี"), "อ่านวันที่ «สิ้นปี» ไม่ได้"),
        (("--item", "O2", *DECIDE, "--reason", " "), "--reason ว่างอยู่"),
        (("--item", "O2", *DECIDE, "--reason", "ก" * 1001), "--reason ยาวเกิน 1,000"),
        (("--item", "O2", *DECIDE, "--kind", "fine"), "--kind"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line(
    arguments: tuple[str, ...], says: str
) -> None:
    refused = oit("waive", "add", *arguments)
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert listed("--all") == []


def test_an_item_is_decided_once() -> None:
    oit("waive", "add", "--item", "O2", *DECIDE)
    second = oit("waive", "add", "--item", "O2", *DECIDE)
    assert (second.exit_code, "oit waive end 1" in second.stderr) == (2, True)


def test_a_decision_ends_only_in_its_own_unit() -> None:
    oit("waive", "add", "--item", "O2", *DECIDE)
    other = replace(UNIT, id="surin")
    with Store.open("sqlite:///var/oit.db") as store:
        scan = store.start_scan(load_year(2566), AS_OF)
        store.save_unit(scan, other, [missing("O2")], COVERAGE, [page("อื่น")])
    note_changes_of = [row["standing"] for row in listed("--unit", "surin")]
    assert note_changes_of == []
    assert [row["standing"] for row in listed()] == ["active"]


ANSWER = ("--unit", UNIT.id, "--by", "นางสาวสมใจ ใจดี", "--reason", "เปิดดูแล้ว")


def asked(text: str = "แผนปี 2566") -> int:
    """Store a scan in which O4 is a question about a page."""
    unsure = element("O4.1", ElementState.UNSURE)
    review = ItemVerdict("O4", Verdict.REVIEW, Kind.MATCH, ("ocr_year",), (unsure,), (PLAN,), "ปีใด")
    with Store.open("sqlite:///var/oit.db") as store:
        scan = store.start_scan(load_year(2566), AS_OF)
        store.save_unit(scan, UNIT, [missing("O2"), review], COVERAGE, [page(text)])
        store.finish_scan(scan)
    return scan


@pytest.mark.parametrize(
    ("kind", "counted"), [("vouched", "vouched"), ("judged-lacking", "missing")]
)
def test_the_question_of_a_review_is_answered_until_the_page_changes(
    kind: str, counted: str
) -> None:
    asked()
    assert oit("waive", "add", "--item", "O4", "--kind", kind, *ANSWER).exit_code == 0
    totals = reported()["totals"]
    assert isinstance(totals, dict)
    assert (totals[counted] - (counted == "missing"), totals["review"]) == (1, 0)
    note_changes(asked("แผนปี 2567"))
    assert [row["standing"] for row in listed()] == ["evidence_changed"]
    totals = reported()["totals"]
    assert isinstance(totals, dict)
    assert totals["review"] == 1


def test_only_a_question_about_a_page_can_be_answered() -> None:
    for item, says in (("O2", "ทำได้เพียงยกเว้น"), ("O4", "ไม่มีหน้าที่ใช้อ้างอิง")):
        said = oit("waive", "add", "--item", item, "--kind", "vouched", *ANSWER)
        assert (said.exit_code, says in said.stderr) == (2, True)
