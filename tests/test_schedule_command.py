"""`oit schedule` from outside: what it shows, changes and refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path

import pytest
import time_machine
import typer
from typer.main import get_command
from typer.testing import CliRunner, Result

from cli import app
from commands.language import Lang, speak
from commands.schedule_places import event_log, unknown_arguments
from scheduling.book import Book, Run
from scheduling.deciding import Cause, Outcome, Start, State
from scheduling.reading import read_schedule

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
SCHEDULE = """\
jobs:
  nightly-sweep:
    title: ตรวจทุกคืน
    run: [sweep, --db]
    when: {daily: "01:00"}
  weekly:
    title: สรุปประจำสัปดาห์
    run: [units, list]
    when: {weekly: จันทร์, at: "07:30"}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    for name in ("OIT_HOME", "OIT_SCHEDULE", "OIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "schedule.yaml").write_text(SCHEDULE, encoding="utf-8")
    with time_machine.travel(NOW, tick=False):
        yield tmp_path
    speak(Lang.TH)


def schedule(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["schedule", *arguments])


def a_run(outcome: Outcome, code: int, output: str = "") -> None:
    with Book.open("sqlite:///var/oit.db") as book:
        start = Start(Cause.DUE, ("sweep", "--db"), NOW)
        number = book.begin("nightly-sweep", "", State(), State(), start, NOW - timedelta(hours=2))
        run = Run(number, "nightly-sweep", Cause.DUE, start.arguments, NOW - timedelta(hours=2),
                  ended=NOW, outcome=outcome, exit_code=code, output=output)  # fmt: skip
        book.end(run, State(), State())


def test_the_list_says_when_in_thai_and_what_came_of_the_last_run() -> None:
    a_run(Outcome.FAILED, 3, "ต่ออินเทอร์เน็ตไม่ได้")
    done = schedule("list")
    assert done.exit_code == 0
    for said in (
        "nightly-sweep  ตรวจทุกคืน  [รอเวลา]",
        "ทุกวัน 01.00 น. · ครั้งต่อไป 3 มีนาคม 2569 เวลา 01.00 น.",
        "ครั้งล่าสุด 2 มีนาคม 2569 เวลา 10.00 น. (ตามกำหนด) ไม่สำเร็จ รหัสจบ 3 ใช้เวลา 2 ชั่วโมง",
        "| ต่ออินเทอร์เน็ตไม่ได้",
        "ทุกวันจันทร์ 07.30 น. · ครั้งต่อไป 9 มีนาคม 2569 เวลา 07.30 น.",
        "ครั้งล่าสุด ยังไม่เคยทำ",
    ):
        assert said in done.stdout
    assert "oit schedule ยังไม่เคยทำงาน" in done.stderr


def test_the_list_as_json_is_nothing_but_json() -> None:
    a_run(Outcome.SUCCESS, 0)
    told = json.loads(schedule("list", "--json").stdout)
    assert told["running"] is False
    job = told["jobs"][0]
    assert (job["name"], job["state"], job["next"]) == (
        "nightly-sweep", "waiting", "2026-03-02T18:00:00+00:00",
    )  # fmt: skip
    assert job["last"]["outcome"] == "success"


def test_a_job_is_paused_and_let_go_on() -> None:
    assert schedule("pause", "weekly").exit_code == 0
    assert "สรุปประจำสัปดาห์  [หยุดชั่วคราว]" in schedule("list").stdout
    assert "ตรวจทุกคืน  [รอเวลา]" in schedule("list").stdout
    assert schedule("resume", "--all").exit_code == 0
    assert "หยุดชั่วคราว" not in schedule("list").stdout


def test_a_run_that_is_asked_for_waits_for_the_scheduler_and_says_so() -> None:
    done = schedule("run-now", "weekly")
    assert done.exit_code == 0
    assert "จะเริ่มเมื่อ oit schedule ทำงาน" in done.stderr
    assert "[สั่งให้ทำแล้ว]" in schedule("list").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run-now", "weakly"), "หมายถึง «weekly» หรือไม่"),
        (("pause",), "ระบุชื่องานหนึ่งงาน หรือ --all"),
        (("pause", "weekly", "--all"), "ระบุชื่องานหนึ่งงาน หรือ --all"),
        (("log", "weekly"), "ยังไม่เคยทำ"),
        (("list", "--file", "none.yaml"), "ไม่พบแฟ้มกำหนดการ"),
        (("list", "--database", "oit.db"), "ที่อยู่ฐานข้อมูลไม่ถูกต้อง"),
        (("template",), "อยู่แล้ว"),
    ],
)
def test_a_wrong_call_is_refused_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    done = schedule(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("[units, list]", "[unit, list]", ".run: ไม่มีคำสั่ง oit unit หมายถึง «units» หรือไม่"),
        (
            "[units, list]",
            "[units, lisst]",
            ".run: สั่ง oit units lisst ไม่ได้: No such command 'lisst'",
        ),
        ("[sweep, --db]", "[sweep, --dbb]", ".run: สั่ง oit sweep --dbb ไม่ได้: No such option: --dbb"),
    ],
)
def test_arguments_that_oit_would_refuse_are_found_before_the_night(
    folder: Path, good: str, bad: str, told: str
) -> None:
    path = folder / "var" / "schedule.yaml"
    wrong = SCHEDULE.replace(good, bad)
    path.write_text(wrong, encoding="utf-8")
    done = schedule("check")
    line = next(n for n, text in enumerate(wrong.splitlines(), start=1) if bad in text)
    assert done.exit_code == 2
    assert f"บรรทัด {line}: jobs." in done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_check_shows_the_next_five_runs_of_each_job() -> None:
    done = schedule("check")
    assert done.exit_code == 0
    assert done.stdout.count("    - ") == 10
    assert "    - 7 มีนาคม 2569 เวลา 01.00 น." in done.stdout
    assert "กำหนดการใช้ได้ 2 งาน" in done.stderr


def test_the_example_is_written_and_is_the_built_in_schedule(folder: Path) -> None:
    assert schedule("template", "-o", "new/mine.yaml").exit_code == 0
    assert read_schedule(folder / "new" / "mine.yaml") == read_schedule(None)


def test_without_a_file_the_built_in_jobs_apply(folder: Path) -> None:
    (folder / "var" / "schedule.yaml").unlink()
    told = json.loads(schedule("list", "--json").stdout)
    assert [job["name"] for job in told["jobs"]] == list(read_schedule(None).jobs)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["schedule", "--file", "mine.yaml"], ""),
        (["schedule", "list", "--json"], ""),
        (["schedule", "--fiel", "mine.yaml"], "No such option: --fiel"),
        (["schedule", "run-now"], "Missing argument"),
    ],
)
def test_a_group_with_options_of_its_own_is_asked_itself(arguments: list[str], told: str) -> None:
    group = get_command(app)
    fault = unknown_arguments(arguments, (group, typer.Context(group)))
    assert told in fault
    assert bool(told) == bool(fault)


def test_the_built_in_jobs_are_commands_that_oit_takes() -> None:
    group = get_command(app)
    context = typer.Context(group)
    jobs = read_schedule(None).jobs.values()
    faults = {
        " ".join(words): fault
        for job in jobs
        for words in (job.run, job.continue_with)
        if words and (fault := unknown_arguments(words, (group, context)))
    }
    assert faults == {}


def test_an_event_tells_its_time_in_utc_and_a_full_disk_stops_no_scheduler(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    event_log()("started", jobs=2)
    assert json.loads(capsys.readouterr().err)["time"].endswith("Z")
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr("sys.stderr", TextIOWrapper(full, write_through=True))
        event_log()("started", jobs=2)
