"""The scheduler with real processes and a clock that the test sets."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from database.engine import StoreError
from scheduling.book import Book, Run
from scheduling.deciding import Cause, Outcome
from scheduling.scheduler import AlreadyRunningError, Scheduler, Surroundings
from tests.databases import database_at
from tests.scheduling.nights import DAY, HOUR, at, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduling.jobs import Schedule

NIGHT = at("2026-03-02 01:00")
PATIENCE_S = 30.0
# What a job does: its first word; each writes its line into the file `did`.
PROGRAM = """
import os, sys, time
what, *rest = sys.argv[1:]
def did(word):
    with open("did", "a") as file:
        file.write(f"{word} {' '.join(rest)}".strip() + "\\n")
try:
    did(what)
    if what == "sweep" and not rest:
        print("ตรวจอยู่", flush=True)
        time.sleep(60)
    if what == "stubborn":
        while True:
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                did("deaf")
    if what == "fail":
        print("ต่อฐานข้อมูลไม่ได้\\x1b[31m\\x00")
        sys.exit(3)
    if what == "env":
        did(os.environ["OIT_START_JITTER_S"])
except KeyboardInterrupt:
    did("stopped")
    sys.exit(130)
"""


class Machine:
    """A machine with a clock that is set, on which schedulers are started and lost."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = database_at(f"{folder}/oit.db")
        self.book = Book.open(self.url, busy_timeout=1)
        self.now = NIGHT - HOUR
        self.events: list[tuple[str, dict[str, object]]] = []
        (folder / "program.py").write_text(PROGRAM, encoding="utf-8")

    def start(self, schedule: Schedule) -> Scheduler:
        program = (sys.executable, str(self.folder / "program.py"))
        around = Surroundings(self.folder / "jobs", program, now=lambda: self.now)
        scheduler = Scheduler(schedule, self.book, around, self._tell)
        scheduler.turn()
        return scheduler

    def _tell(self, event: str, /, **values: object) -> None:
        self.events.append((event, values))

    def until(self, scheduler: Scheduler, reached: Callable[[], object]) -> None:
        limit = time.monotonic() + PATIENCE_S
        while not reached():
            assert time.monotonic() < limit, self.events
            scheduler.turn()
            time.sleep(0.02)

    def did(self) -> list[str]:
        path = self.folder / "did"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def last(self, job: str) -> Run:
        return self.book.last_runs()[job]

    def told(self, event: str) -> list[dict[str, object]]:
        return [values for name, values in self.events if name == event]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.chdir(tmp_path)
    made = Machine(tmp_path)
    yield made
    made.book.close()


def daily(run: list[str], **more: Any) -> dict[str, Any]:
    return {"run": run, "when": {"daily": "01:00"}, **more}


def test_a_job_runs_when_due_and_its_result_is_kept(machine: Machine) -> None:
    scheduler = machine.start(plan(quick=daily(["quick"]), after={
        "run": ["after"], "when": {"after": "quick"}}))  # fmt: skip
    assert machine.did() == []
    machine.now = NIGHT
    machine.until(scheduler, lambda: machine.did() == ["quick", "after"])
    machine.until(scheduler, lambda: machine.last("after").outcome)
    run = machine.last("quick")
    assert (run.outcome, run.exit_code, run.cause, run.due) == (
        Outcome.SUCCESS, 0, Cause.DUE, NIGHT,
    )  # fmt: skip
    machine.now += 3 * HOUR
    scheduler.turn()
    scheduler.wind_up()
    assert machine.did() == ["quick", "after"]


def test_a_failure_is_told_with_the_end_of_its_output_and_tried_again(machine: Machine) -> None:
    scheduler = machine.start(plan(fail=daily(["fail"], retry={"times": 1, "after": "10m"})))
    machine.now = NIGHT
    machine.until(scheduler, lambda: machine.told("ended"))
    run = machine.last("fail")
    assert (run.outcome, run.exit_code, run.output) == (Outcome.FAILED, 3, "ต่อฐานข้อมูลไม่ได้")
    assert machine.told("ended")[0]["output"] == "ต่อฐานข้อมูลไม่ได้"
    scheduler.turn()
    assert machine.did() == ["fail"]
    machine.now += timedelta(minutes=10)
    machine.until(scheduler, lambda: len(machine.told("ended")) == 2)
    assert machine.last("fail").cause is Cause.RETRY
    scheduler.turn()
    scheduler.wind_up()
    assert machine.did() == ["fail", "fail"]


def test_a_program_that_is_not_there_is_a_failure_not_a_crash(machine: Machine) -> None:
    around = Surroundings(machine.folder / "jobs", ("/nowhere/oit",), now=lambda: machine.now)
    scheduler = Scheduler(plan(quick=daily(["quick"])), machine.book, around, machine._tell)
    scheduler.turn()
    machine.now = NIGHT
    scheduler.turn()
    assert machine.last("quick").outcome is Outcome.FAILED
    assert "nowhere" in str(machine.told("cannot_start"))
    scheduler.wind_up()


def test_jobs_of_a_group_take_turns(machine: Machine) -> None:
    jobs = plan(sweep=daily(["sweep"]), other=daily(["quick"], group="sweep"))
    scheduler = machine.start(jobs)
    machine.now = NIGHT
    machine.until(scheduler, lambda: machine.did() == ["sweep"])
    for _ in range(10):
        scheduler.turn()
    assert machine.did() == ["sweep"]
    assert set(machine.book.last_runs()) == {"sweep"}
    scheduler.wind_up()
    assert machine.did() == ["sweep", "stopped"]
    again = machine.start(plan(other=daily(["quick"], group="sweep")))
    machine.until(again, lambda: machine.told("ended")[1:])
    again.wind_up()
    assert machine.did() == ["sweep", "stopped", "quick"]


def test_a_sweep_is_stopped_for_quiet_hours_and_gone_on_with_after_them(machine: Machine) -> None:
    jobs = plan(sweep=daily(["sweep"], continue_with=["sweep", "--resume"],
                            quiet_hours=["08:00-16:30"]))  # fmt: skip
    scheduler = machine.start(jobs)
    machine.now = NIGHT
    machine.until(scheduler, lambda: machine.did() == ["sweep"])
    machine.now = at("2026-03-02 08:00")
    machine.until(scheduler, lambda: machine.last("sweep").outcome)
    assert (machine.last("sweep").outcome, machine.last("sweep").exit_code) == (
        Outcome.INTERRUPTED, 130,
    )  # fmt: skip
    machine.now = at("2026-03-02 12:00")
    scheduler.turn()
    assert machine.did() == ["sweep", "stopped"]
    machine.now = at("2026-03-02 16:30")
    machine.until(scheduler, lambda: machine.last("sweep").outcome is Outcome.SUCCESS)
    scheduler.wind_up()
    assert machine.did() == ["sweep", "stopped", "sweep --resume"]


def test_a_job_past_its_timeout_is_stopped_and_in_the_end_killed(machine: Machine) -> None:
    jobs = plan(stubborn=daily(["stubborn"], timeout="0.5s"))
    scheduler = machine.start(jobs.model_copy(update={"stop_within": timedelta(seconds=0.5)}))
    machine.now = NIGHT
    machine.until(scheduler, lambda: "stubborn" in machine.book.last_runs())
    machine.until(scheduler, lambda: machine.last("stubborn").outcome)
    run = machine.last("stubborn")
    assert (run.outcome, run.exit_code) == (Outcome.TIMEOUT, -9)
    assert "deaf" in machine.did()
    scheduler.wind_up()


def test_a_second_scheduler_on_the_database_is_refused(machine: Machine) -> None:
    first = machine.start(plan(quick=daily(["quick"])))
    with pytest.raises(AlreadyRunningError, match="pid"):
        machine.start(plan(quick=daily(["quick"])))
    first.wind_up()
    machine.start(plan(quick=daily(["quick"]))).wind_up()


def test_words_of_another_process_are_heard(machine: Machine) -> None:
    scheduler = machine.start(plan(quick=daily(["quick"]), other=daily(["other"])))
    with Book.open(machine.url) as elsewhere:
        elsewhere.pause("other", True)
        elsewhere.request("quick", machine.now)
        machine.until(scheduler, lambda: machine.did() == ["quick"])
        machine.until(scheduler, lambda: machine.last("quick").outcome)
        machine.now = NIGHT + DAY
        machine.until(scheduler, lambda: machine.did() == ["quick", "quick"])
        elsewhere.pause("other", False)
        scheduler.turn()
    assert machine.did() == ["quick", "quick"]
    assert machine.book.states()["other"][1].due == NIGHT + 2 * DAY
    machine.until(scheduler, lambda: machine.last("quick").outcome)
    scheduler.wind_up()


def test_a_database_that_is_busy_is_waited_for(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = machine.start(plan(quick=daily(["quick"])))
    machine.now = NIGHT
    with monkeypatch.context() as patch:

        def busy(*_: object) -> int:
            raise StoreError("database is locked")

        patch.setattr(Book, "begin", busy)
        scheduler.turn()
    assert machine.did() == []
    assert machine.told("database_fault")
    machine.until(scheduler, lambda: machine.did() == ["quick"])
    machine.until(scheduler, lambda: machine.last("quick").outcome)
    scheduler.wind_up()


def test_a_clock_that_jumps_is_told(machine: Machine) -> None:
    scheduler = machine.start(plan(quick=daily(["quick"])))
    machine.now -= HOUR
    scheduler.turn()
    assert machine.told("clock_jumped") == [{"seconds": -3600}]
    scheduler.wind_up()


def test_a_job_has_its_own_settings(machine: Machine) -> None:
    scheduler = machine.start(plan(env=daily(["env"], env={"OIT_START_JITTER_S": 600})))
    machine.now = NIGHT
    machine.until(scheduler, lambda: machine.did() == ["env", "600"])
    machine.until(scheduler, lambda: machine.last("env").outcome)
    scheduler.wind_up()


def test_the_loop_gives_a_sign_of_life(machine: Machine) -> None:
    scheduler = machine.start(plan(quick=daily(["quick"])))
    beat = machine.book.heartbeat()
    assert beat is not None
    assert (beat.beat, beat.started) == (machine.now, machine.now)
    assert isinstance(beat.beat, datetime)
    scheduler.wind_up()
