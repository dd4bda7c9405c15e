"""A schedule file: what it says, and what a person who mistypes it is told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduling.forms import QuietHours, read_span
from scheduling.reading import (
    BUILT_IN,
    ScheduleError,
    deadlines_for,
    definition_of,
    read_schedule,
)
from scheduling.timing import next_due

GOOD = """\
quiet_hours: ["จ-ศ 08:00-16:30"]
jobs:
  nightly-sweep:
    title: ตรวจทุกคืน
    run: [sweep, --db]
    when: {daily: "01:00"}
    retry: {times: 2, after: 30 นาที}
"""


def read(folder: Path, text: str) -> object:
    path = folder / "schedule.yaml"
    path.write_text(text, encoding="utf-8")
    return read_schedule(path, ("sweep", "notify"))


def test_a_file_says_what_runs_and_when(tmp_path: Path) -> None:
    path = tmp_path / "schedule.yaml"
    path.write_text(GOOD, encoding="utf-8")
    schedule = read_schedule(path)
    job = schedule.jobs["nightly-sweep"]
    assert (job.run, job.when.daily) == (("sweep", "--db"), time(1))
    assert job.retry.after == timedelta(minutes=30)
    assert schedule.quiet(job) == (QuietHours(time(8), time(16, 30), (0, 1, 2, 3, 4)),)
    assert schedule.zone(job).key == "Asia/Bangkok"


@pytest.mark.parametrize(
    ("wrong", "line", "told"),
    [
        (("timeout", "run: [sweep, --db]", "run: [sweep]\n    tiemout: 2h"), 6, "«timeout»"),
        (("key of when", "{daily:", "{dialy:"), 6, "«daily»"),
        (("key of the file", "quiet_hours:", "quite_hours:"), 1, "«quiet_hours»"),
        (("command", "[sweep, --db]", "[swep, --db]"), 5, "«sweep»"),
        (("clock", '"01:00"', '"25:00"'), 6, "อ่านเวลา «25:00» ไม่ได้"),
        (("clock as a number", '"01:00"', "01.00"), 6, "ในเครื่องหมายคำพูด"),
        (("two times", '{daily: "01:00"}', '{daily: "01:00", cron: "0 1 * * *"}'), 6, "อย่างใดอย่างหนึ่ง"),
        (("no time of day", '{daily: "01:00"}', "{weekly: จันทร์}"), 6, "at ใช้คู่กับ weekly"),
        (("day", '{daily: "01:00"}', '{weekly: จันทน์, at: "01:00"}'), 6, "อ่านวัน «จันทน์» ไม่ได้"),
        (("day of month", '{daily: "01:00"}', '{monthly: 31, at: "01:00"}'), 6, "monthly"),
        (("cron", '{daily: "01:00"}', '{cron: "0 1 * *"}'), 6, "อ่าน cron «0 1 * *» ไม่ได้"),
        (("cron day", '{daily: "01:00"}', '{cron: "0 1 * * 0"}'), 6, "เขียนวันเป็นชื่อ"),
        (("leader", '{daily: "01:00"}', "{after: sweep-x}"), 6, "ไม่มีงานอื่นชื่อ «sweep-x»"),
        (("span", "30 นาที", "soon"), 7, "อ่านระยะเวลา «soon» ไม่ได้"),
        (("quiet hours", "จ-ศ 08:00-16:30", "ทั้งวัน"), 1, "อ่านช่วงเวลางด «ทั้งวัน» ไม่ได้"),
        (("no title", "    title: ตรวจทุกคืน\n", ""), 3, "title: ต้องระบุคีย์นี้"),
        (("name", "nightly-sweep:", "ตรวจ:"), 3, "ชื่องานใช้ได้เฉพาะ"),
        (("yaml", "jobs:", "jobs: ["), 4, "อ่านเป็น YAML ไม่ได้"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)  # fmt: skip
def test_a_fault_names_line_key_and_mend_in_one_line(
    tmp_path: Path, wrong: tuple[str, str, str], line: int, told: str
) -> None:
    _, good, bad = wrong
    assert good in GOOD
    with pytest.raises(ScheduleError) as error:
        read(tmp_path, GOOD.replace(good, bad))
    text = str(error.value)
    assert "\n" not in text
    assert f"schedule.yaml: บรรทัด {line}: " in text
    assert told in text
    assert f"schedule.yaml: line {line}: " in error.value.en


@pytest.mark.parametrize("text", ["", "- a\n", "jobs: [1]\n", "jobs:\n  a: 1\n", "\x00"])
def test_a_file_that_is_no_schedule_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScheduleError) as error:
        read(tmp_path, text)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_told_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError, match="oit schedule template"):
        read_schedule(tmp_path / "none.yaml")


def test_a_day_that_never_comes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError, match="ไม่มีวันใดตรงกับ"):
        read(tmp_path, GOOD.replace('{daily: "01:00"}', '{cron: "0 1 30 2 *"}'))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [(600, 600), ("600", 600), ("90s", 90), ("30m", 1800), ("1.5h", 5400), ("2 ชั่วโมง", 7200),
     ("1d", 86400), ("1 วัน", 86400)],
)  # fmt: skip
def test_spans_are_read_as_people_write_them(text: object, seconds: int) -> None:
    assert read_span(text).total_seconds() == seconds


def test_the_built_in_schedule_covers_what_a_ministry_needs() -> None:
    schedule = read_schedule(None)
    ran = [" ".join(job.run) for job in schedule.jobs.values()]
    # Each person's hour and the retries need more than one look a day.
    digest = schedule.jobs["digest"].when
    times = [datetime(2023, 1, 2, tzinfo=UTC)]
    while (due := next_due(digest, ZoneInfo("Asia/Bangkok"), times[-1], ())) and len(times) < 13:
        times.append(due)
    assert {due - before for before, due in pairwise(times[1:])} == {timedelta(hours=1)}
    for wanted in ("sweep --db", "notify", "notify --weekly", "retention --yes", "evidence verify"):
        assert wanted in ran
    report = schedule.jobs["monthly-report"]
    assert report.run[:2] == ("paper", "monthly")
    assert report.when.monthly == 10
    sweep = schedule.jobs["nightly-sweep"]
    assert sweep.continue_with[:2] == ("sweep", "--resume")
    assert schedule.quiet(sweep)
    assert {job.apart_from for name, job in schedule.jobs.items() if "sweep" in name} == {"sweep"}
    start, deadlines = datetime(2023, 1, 1, tzinfo=UTC), deadlines_for(schedule)
    for name, job in schedule.jobs.items():
        is_due = next_due(job.when, schedule.zone(job), start, deadlines)
        assert is_due is not None, name


def test_reminders_take_their_days_from_the_checklists_calendars() -> None:
    assert [f"{day}" for day in deadlines_for(read_schedule(None))][-1] == "2023-04-30"


def test_only_a_change_of_its_times_makes_a_job_reckon_anew(tmp_path: Path) -> None:
    def definition(text: str) -> str:
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        schedule = read_schedule(tmp_path / "s.yaml")
        return definition_of(schedule, schedule.jobs["nightly-sweep"])

    assert definition(GOOD) == definition(GOOD.replace("ตรวจทุกคืน", "ตรวจ"))
    assert definition(GOOD) != definition(GOOD.replace("01:00", "02:00"))
    assert definition(GOOD) != definition("timezone: Asia/Tokyo\n" + GOOD)


def test_the_example_explains_every_key_of_a_job() -> None:
    from scheduling.jobs import Job, When

    text = BUILT_IN.read_text(encoding="utf-8")
    unexplained = {"timezone", "at"}
    names = (Job.model_fields.keys() | When.model_fields.keys()) - unexplained
    assert [name for name in names if name not in text] == []
