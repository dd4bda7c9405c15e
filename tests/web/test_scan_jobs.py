"""The queue of scans: who goes first, never two at once, stopped, killed, found again."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from results.newest import known_scan, resumable_scans
from results.record import ScanStatus, Scope
from sweep.alone import alone
from web.scans.book import MOST_WAITING, JobBook, TooManyError
from web.scans.endings import ending_of
from web.scans.jobs import Job, JobState, Wanted, ahead_of, in_turn, next_job
from web.scans.live import LiveScan
from web.scans.lock_holder import sweeping_process
from web.scans.log import last_words, log_lines, scan_number
from web.scans.processes import mark_of
from web.scans.snapshot import (
    Snapshot,
    job_view,
    read_snapshot,
    still_live,
    with_their_scans,
)
from web.scans.starter import Starter, Workplace
from web.scans.wording import live_words

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard
    from web.site import Site

KEY = "oit-2566"
NOW = datetime(2023, 4, 5, 8, tzinfo=UTC)
ALL, SURIN = Wanted(KEY), Wanted(KEY, ("surin",), ("O1",))
PLAN = Wanted("moi-2566")
WAITING, DONE, STOPPED, FAILED = (
    JobState.WAITING, JobState.DONE, JobState.STOPPED, JobState.FAILED,
)  # fmt: skip


class Queue:
    """The jobs of a dashboard with a stand-in for the program, turned by hand."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.book = JobBook(site.engine)
        self.go = folder / "go"
        self.starter = self.begin()

    def begin(self) -> Starter:
        program = (sys.executable, str(Path(__file__).with_name("stand_in.py")))
        place = Workplace(
            self.folder / "jobs", self.folder / "out", program, {"OIT_STAND_IN_GO": str(self.go)}
        )
        return Starter(lambda: self.site.store, place)

    def ask(self, wanted: Wanted, who: str = "reviewer") -> int:
        return self.book.ask(wanted, who, NOW)[0].id

    def job(self, number: int) -> Job:
        found = self.book.job(number)
        assert found is not None
        return found

    def until(self, what: Callable[[], object], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, [
                (one.id, one.state, one.message) for one in self.book.open_jobs()
            ]
            self.starter.turn()
            time.sleep(0.02)

    def until_begun(self, number: int) -> Job:
        self.until(lambda: self.job(number).scan_id is not None)
        return self.job(number)

    def until_ended(self, number: int) -> Job:
        self.until(lambda: not self.job(number).open)
        return self.job(number)


@pytest.fixture
def queue(dashboard: Dashboard, tmp_path: Path) -> Iterator[Queue]:
    made = Queue(dashboard.site, tmp_path)
    yield made
    made.go.touch()
    for job in made.book.live_jobs():
        if job.pid is not None and mark_of(job.pid) == job.process:
            os.kill(job.pid, signal.SIGKILL)
    made.starter.stop()


def test_a_check_of_one_unit_goes_before_sweeps_that_wait() -> None:
    def job(number: int, wanted: Wanted, state: JobState = WAITING) -> Job:
        return Job(number, "", NOW, wanted, state)

    jobs = [job(1, ALL), job(2, PLAN), job(3, SURIN), job(4, SURIN)]
    assert [one.id for one in in_turn(jobs)] == [3, 4, 1, 2]
    assert next_job(jobs, {KEY}) == jobs[1]
    assert next_job(jobs, {KEY, "moi-2566"}) is None
    live = job(9, ALL, JobState.RUNNING)
    assert [one.id for one in ahead_of(jobs[0], [*jobs, live])] == [9, 3, 4]


def _live(scan: int, process: int, checklist: str = KEY) -> LiveScan:
    return LiveScan(
        scan=scan, checklist=checklist, scope=Scope.UNITS, units=0, planned=1, pages=0,
        per_minute=0, hosts=(), started=NOW, elapsed=0, left=None, problems=(), process=process,
    )  # fmt: skip


def _running(number: int, wanted: Wanted, pid: int | None, scan: int | None = None) -> Job:
    return Job(number, "", NOW, wanted, JobState.RUNNING, pid=pid, scan_id=scan)


@pytest.mark.parametrize(
    ("job", "scan", "found"),
    [
        (_running(1, SURIN, 40), _live(4, 40), 4),
        (_running(1, SURIN, 40), _live(4, 0), 4),
        (_running(1, SURIN, None), _live(4, 40), 4),
        (_running(1, SURIN, 40), _live(4, 41), None),
        (_running(1, PLAN, 40), _live(4, 40), None),
        (_running(1, SURIN, 40, scan=3), _live(4, 40), 3),
        (Job(1, "", NOW, SURIN, WAITING), _live(4, 40), None),
    ],
)
def test_a_check_is_shown_once_also_before_its_scan_is_noted(
    job: Job, scan: LiveScan, found: int | None
) -> None:
    (known,) = with_their_scans([job], [scan])
    assert known.scan_id == found
    seen = Snapshot(scans=(scan,), jobs=(job_view(known),), ended=())
    moving = live_words(seen)
    assert len(moving.starting) == (found != 4 and job.state is not WAITING)
    assert (moving.scans[0].job is not None) == (found == 4)


def test_a_scan_whose_job_ended_while_it_was_read_is_not_shown_as_running() -> None:
    over = Job(1, "", NOW, SURIN, DONE, pid=40, scan_id=4)
    assert still_live([_live(4, 40)], [over]) == ()
    by_hand = _live(4, 41)
    assert still_live([by_hand, _live(4, 0)], [over]) == (by_hand, _live(4, 0))


@pytest.mark.parametrize(
    ("code", "status", "stops", "state", "word"),
    [
        (0, ScanStatus.FINISHED, 0, DONE, ""),
        (3, ScanStatus.FINISHED, 0, DONE, "ตรวจไม่ได้"),
        (None, ScanStatus.FINISHED, 0, DONE, ""),
        (130, ScanStatus.INTERRUPTED, 1, STOPPED, "ตามที่สั่ง"),
        (130, ScanStatus.INTERRUPTED, 0, STOPPED, "ถูกสั่งปิด"),
        (-9, ScanStatus.RUNNING, 0, FAILED, "สัญญาณ 9"),
        (-9, ScanStatus.RUNNING, 2, STOPPED, "หยุดทันที"),
        (None, ScanStatus.RUNNING, 0, FAILED, "ปิดไปเอง"),
        (None, None, 0, FAILED, "ก่อนเริ่ม"),
        (2, None, 0, FAILED, "ดิสก์เต็ม"),
        (1, ScanStatus.FAILED, 0, FAILED, "รหัส 1"),
        (70, None, 0, FAILED, "รหัส 70"),
    ],
)
def test_how_a_process_ended_is_told_in_thai(
    code: int | None, status: ScanStatus | None, stops: int, state: JobState, word: str
) -> None:
    found = ending_of(code, status, stops, "ดิสก์เต็ม")
    assert found.state is state
    assert word in found.message
    assert ("สั่งทำต่อได้" in found.message) == (state in (STOPPED, FAILED) and status is not None)


def test_jobs_of_one_checklist_are_done_one_after_the_other(queue: Queue) -> None:
    sweep, check, plan = queue.ask(ALL), queue.ask(SURIN, "webmaster"), queue.ask(PLAN)
    queue.until_begun(check)
    queue.until_begun(plan)
    assert queue.job(sweep).state is WAITING
    waits = next(one for one in read_snapshot(queue.site).jobs if one.job == sweep)
    assert waits.waits_for == f"รอการตรวจครั้งที่ {queue.job(check).scan_id}"
    queue.go.touch()
    ended = [queue.until_ended(one) for one in (check, sweep, plan)]
    assert [one.state for one in ended] == [DONE, DONE, DONE]
    first, second, _plan = ended
    assert first.ended_at is not None
    assert second.started_at is not None
    assert first.ended_at <= second.started_at
    assert (first.scan_id or 0) < (second.scan_id or 0)


def test_it_waits_for_a_sweep_that_was_started_by_hand(queue: Queue) -> None:
    with alone(queue.site.store.url, KEY):
        assert sweeping_process(queue.site.store.url, KEY) == os.getpid()
        assert sweeping_process(queue.site.store.url, "moi-2566") is None
        job = queue.ask(SURIN)
        for _ in range(3):
            queue.starter.turn()
        assert queue.job(job).state is WAITING
    assert sweeping_process(queue.site.store.url, KEY) is None
    queue.until_begun(job)


def test_one_that_lost_the_race_for_the_lock_waits_again(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.scans.starter.sweeping_process", lambda *_: None)
    with alone(queue.site.store.url, KEY):
        job = queue.ask(SURIN)
        queue.until(lambda: queue.job(job).pid is not None)
        queue.until(lambda: queue.job(job).pid is None)
    assert queue.job(job).state is WAITING
    assert queue.job(job).scan_id is None


def test_a_stop_keeps_what_is_done_and_can_be_gone_on_with(queue: Queue) -> None:
    job = queue.ask(ALL)
    scan = queue.until_begun(job).scan_id
    assert scan is not None
    asked = queue.book.ask_stop(job, "admin", NOW)
    assert asked is not None
    assert asked.state is JobState.STOPPING
    ended = queue.until_ended(job)
    assert (ended.state, ended.exit_code, ended.stopped_by) == (STOPPED, 130, "admin")
    assert [one.id for one in resumable_scans(queue.site.store, KEY)] == [scan]
    queue.go.touch()
    again = queue.until_ended(queue.ask(Wanted(KEY, resume=scan)))
    assert (again.state, again.scan_id) == (DONE, scan)


def test_a_second_stop_ends_it_at_once(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when both signals come while the process does not run: it hears of two but once."""
    monkeypatch.setattr("web.scans.starter.TELL_AGAIN_S", 0.1)
    (queue.folder / "deaf").touch()
    job = queue.ask(ALL)
    pid = queue.until_begun(job).pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    queue.book.ask_stop(job, "admin", NOW)
    for _ in range(5):
        queue.starter.turn()
    assert queue.job(job).state is JobState.STOPPING
    queue.book.ask_stop(job, "admin", NOW)
    queue.starter.turn()
    os.kill(pid, signal.SIGCONT)
    assert queue.until_ended(job).state is STOPPED


def test_one_that_waits_is_taken_out_of_the_queue(queue: Queue) -> None:
    job = queue.ask(ALL)
    queue.book.ask_stop(job, "admin", NOW)
    queue.starter.turn()
    assert (queue.job(job).state, queue.job(job).pid) == (STOPPED, None)
    assert queue.book.ask_stop(job, "admin", NOW) is None


def test_a_killed_process_is_told_and_its_scan_can_be_gone_on_with(queue: Queue) -> None:
    job = queue.until_begun(queue.ask(ALL))
    assert job.pid is not None
    os.kill(job.pid, signal.SIGKILL)
    ended = queue.until_ended(job.id)
    assert (ended.state, ended.exit_code) == (FAILED, -9)
    assert "สั่งทำต่อได้" in ended.message
    assert [one.id for one in resumable_scans(queue.site.store, KEY)] == [job.scan_id]


def test_the_process_outlives_the_server_and_is_found_again(queue: Queue) -> None:
    job = queue.until_begun(queue.ask(ALL))
    waiting = queue.ask(SURIN)
    queue.starter.stop()
    queue.starter = queue.begin()
    for _ in range(3):
        queue.starter.turn()
    assert queue.job(job.id).state is JobState.RUNNING
    assert queue.job(waiting).state is WAITING
    queue.go.touch()
    assert queue.until_ended(job.id).state is DONE
    assert queue.until_ended(waiting).state is DONE


def test_one_that_died_while_the_server_was_away_is_told(queue: Queue) -> None:
    job = queue.until_begun(queue.ask(ALL))
    queue.starter.stop()
    assert job.pid is not None
    os.kill(job.pid, signal.SIGKILL)
    queue.until(lambda: mark_of(job.pid or 0) == "")
    queue.starter = queue.begin()
    ended = queue.until_ended(job.id)
    assert (ended.state, ended.exit_code) == (FAILED, None)
    scan = known_scan(queue.site.store, job.scan_id or 0)
    assert scan is not None
    assert scan.status is ScanStatus.RUNNING


def test_a_number_that_another_process_got_is_not_taken_for_ours(queue: Queue) -> None:
    job = queue.ask(ALL)
    queue.book.change(job, state="running", pid=os.getpid(), process="other:1", host="x")
    assert queue.until_ended(job).state is FAILED


def test_of_two_servers_one_carries_the_jobs_out(queue: Queue) -> None:
    queue.starter.turn()
    other = queue.begin()
    job = queue.ask(ALL)
    other.turn()
    assert queue.job(job).state is WAITING
    queue.starter.stop()
    other.turn()
    assert queue.job(job).state is JobState.RUNNING
    queue.starter = other


def test_the_same_wish_waits_once_and_nobody_fills_the_queue(queue: Queue) -> None:
    first, new = queue.book.ask(SURIN, "webmaster", NOW)
    second, again = queue.book.ask(SURIN, "reviewer", NOW)
    assert (new, again, second.id) == (True, False, first.id)
    for number in range(MOST_WAITING - 1):
        queue.ask(Wanted(KEY, (f"unit-{number}",)), "webmaster")
    with pytest.raises(TooManyError):
        queue.ask(Wanted(KEY, ("one-more",)), "webmaster")
    queue.ask(Wanted(KEY, ("one-more",)), "reviewer")


def test_the_log_tells_the_scan_and_the_last_words(tmp_path: Path) -> None:
    log = tmp_path / "1.log"
    log.write_text(
        '{"time": "2026-11-23T18:26:28.167Z", "level": "info", "event": "scan begun", "scan": 12}\n'
        '{"level": "info", "event": "unit done", "unit": "<b>surin</b>", "pages": 1200}\n'
        "\x1b[31mดิสก์เต็ม\x1b[0m\n",
        encoding="utf-8",
    )
    assert scan_number(log) == 12
    assert last_words(log) == "ดิสก์เต็ม"
    begun, unit, said = log_lines(log)
    assert (begun.text, unit.text, said.text) == ("เริ่มตรวจ", "ตรวจหน่วยงานเสร็จ", "ดิสก์เต็ม")
    assert unit.figures == "unit <b>surin</b> · pages 1,200"
    assert log_lines(tmp_path / "none.log") == []
