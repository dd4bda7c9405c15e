"""`oit scan`, `history`, `diff`, `availability` and `retention` from outside."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli import app
from commands.language import Lang, speak
from results.record import ScanStatus
from results.store import Store
from tests.results.samples import SITE, missing, passing, unreachable
from tests.results.scans import Night, page, scan, workbook_texts

FIRST, SECOND, AUTUMN = date(2023, 4, 1), date(2023, 4, 2), date(2023, 10, 1)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of three scans: two of the OIT, one of another list that was interrupted."""
    path = tmp_path_factory.mktemp("memory") / "oit.db"
    with Store.open(f"sqlite:///{path}") as store:
        seen = [page(f"{SITE}/plan.pdf")]
        scan(store, Night(FIRST, {"a": [passing("O1"), missing("O2")]}, seen))
        scan(store, Night(SECOND, {"a": [missing("O1"), unreachable("O2")]}, seen))
        scan(store, Night(SECOND, {"a": []}, checklist="moi-2566", status=ScanStatus.INTERRUPTED))
    return path


@pytest.fixture(autouse=True)
def _here(stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in ("OIT_HOME", "OIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    Path("var").mkdir()
    shutil.copy(stored, "var/oit.db")
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def told(*arguments: str, code: int = 0) -> Any:
    result = oit(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def refused(*arguments: str) -> str:
    result = oit(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    return result.stderr


def test_scans_are_listed_newest_first_with_their_counts() -> None:
    scans = told("scan", "list")
    assert [one["scan"] for one in scans] == [3, 2, 1]
    assert scans[2]["verdicts"]["pass"] == 1
    assert [one["status"] for one in scans] == ["interrupted", "finished", "finished"]
    assert [one["scan"] for one in told("scan", "list", "--checklist", "2566")] == [2, 1]
    assert "1 เม.ย. 2566" in oit("scan", "list").stdout


def test_a_list_that_was_cut_says_so() -> None:
    assert "อีก 2 ครั้ง" in oit("scan", "list", "--most", "1").stderr
    assert len(told("scan", "list", "--most", "1", "--all")) == 3


def test_one_scan_is_shown() -> None:
    assert told("scan", "show", "2")["unit_ids"] == ["a"]
    assert "2 เมษายน 2566" in oit("scan", "show", "2").stdout


def test_an_unknown_scan_is_refused_with_those_near_it() -> None:
    assert "ใกล้ที่สุดคือ 1, 2, 3" in refused("scan", "show", "9")
    assert "ใกล้ที่สุดคือ" in refused("diff", "1", "9")


def test_history_tells_since_when() -> None:
    items = {one["item"]: one for one in told("history", "--unit", "a")["items"]}
    assert items["O1"]["since"] == "2023-04-02"
    text = oit("history", "--unit", "a", "--item", "O1").stdout
    assert "ไม่ผ่านมาตั้งแต่ 2 เมษายน 2566 (1 ครั้ง)" in text
    assert "แย่ลง" in text


def test_history_of_an_unknown_unit_names_the_nearest() -> None:
    assert "«a»" in refused("history", "--unit", "A")


def test_diff_ends_with_1_only_when_something_got_worse() -> None:
    assert told("diff", "1", "2", code=1)["counts"]["worse"] == 1
    assert told("diff", "2", "1", code=0)["counts"]["better"] == 1
    assert told("diff", "1", "2", "--items", "O2")["counts"]["unseen"] == 1


def test_diff_in_words() -> None:
    result = oit("diff", "1", "2", "--unit", "a")
    assert result.exit_code == 1
    assert "แย่ลง 1 ข้อ · ครั้งหลังตรวจไม่ได้ 1 ข้อ" in result.stdout


def test_diff_refuses_what_cannot_be_compared() -> None:
    assert "รายการตรวจต่างกัน" in refused("diff", "1", "3")
    assert "ทั้งสองข้าง" in refused("diff", "1", "1")
    assert "«x»" in refused("diff", "1", "2", "--unit", "x")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "html"])
def test_tables_are_written_as_files(kind: str) -> None:
    assert oit("diff", "1", "2", "-o", f"d.{kind}").exit_code == 1
    assert oit("history", "--unit", "a", "--format", kind).exit_code == 0
    assert oit("availability", "-o", f"v.{kind}").exit_code == 0
    for name in ("d", "history-a", "v"):
        assert Path(f"{name}.{kind}").stat().st_size > 100


def test_a_workbook_holds_the_rows() -> None:
    oit("diff", "1", "2", "-o", "d.xlsx")
    assert "แย่ลง" in workbook_texts(Path("d.xlsx").read_bytes())


def test_a_file_of_an_unknown_kind_is_refused_before_any_work() -> None:
    assert ".xlsx" in refused("diff", "1", "2", "-o", "d.doc")
    assert "csv" in refused("diff", "1", "2", "-o", "d.xlsx", "--format", "csv")
    assert not Path("d.doc").exists()


def test_availability_of_a_unit() -> None:
    (one,) = told("availability", "--unit", "a")
    assert (one["checks"], one["answered"], one["line"]) == (2, 2, "")
    assert "น้อยครั้ง" in oit("availability", "--unit", "a").stdout
    (narrow,) = told("availability", "--from", "2566-04-02", "--to", "2/4/2566")
    assert narrow["checks"] == 1


def test_availability_refuses_days_without_a_scan() -> None:
    assert "ไม่มีการตรวจในช่วง" in refused("availability", "--from", "2566-04-10")
    assert "อยู่หลัง" in refused("availability", "--from", "2566-04-10", "--to", "2566-04-01")
    assert "«x»" in refused("availability", "--unit", "x")


def test_retention_only_tells_unless_it_is_told_to_delete(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("DAYS", "0"), ("NEWEST", "0"), ("MONTHLY", "false")):
        monkeypatch.setenv(f"OIT_KEEP_SCANS_{name}", value)
    with Store.open("sqlite:///var/oit.db") as store:
        for day in (1, 2, 3):
            scan(store, Night(AUTUMN.replace(day=day), {"a": [passing("O1")]}))
    assert [one["scan"] for one in told("retention")["scans"] if one["goes"]] == [4]
    assert "ยังไม่ได้ลบ" in oit("retention").stderr
    assert len(told("scan", "list")) == 6
    assert told("retention", "--yes", "--compact")["deleted"] == [4]
    assert [one["scan"] for one in told("scan", "list")] == [6, 5, 3, 2, 1]
    assert "ลบแล้ว 0 ครั้ง" in oit("retention", "--yes").stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("OIT_KEEP_SCANS_DAYS", "-1"), ("OIT_KEEP_SCANS_NEWEST", "x"), ("OIT_KEEP_BODIES_GB", "nan")],
)
def test_a_setting_that_does_not_fit_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in refused("retention", "--yes")


def test_commands_that_only_read_make_no_database(tmp_path: Path) -> None:
    missing_file = f"sqlite:///{tmp_path}/none.db"
    for call in (["scan", "list"], ["history", "--unit", "a"], ["retention"], ["availability"]):
        assert "ไม่พบฐานข้อมูล" in refused(*call, "--database", missing_file)
    assert not (tmp_path / "none.db").exists()
