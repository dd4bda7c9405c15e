"""The desk: processes that always come to an end, a fair queue, nothing left behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.self_check.asked import DONE, STUB, awaited, report_of, request_of
from web.checking.desk import NEVER_SHOWN, Desk, FullError
from web.checking.job import Job, State
from web.checking.line import in_order, next_of
from web.checking.running import CRASHED, MEMORY
from web.checking.settings import SelfCheckSettings


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2023, 4, 30, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Desk]]:
    desks = []

    def opened(**settings: object) -> Desk:
        chosen = SelfCheckSettings.model_validate(settings)
        desks.append(Desk(tmp_path / "running", chosen, clock, STUB))
        return desks[-1]

    yield opened
    for desk in desks:
        desk.close()
    assert list((tmp_path / "running").glob("*")) == [], "nothing is left behind"


def begin(desk: Desk, name: str, person: str = "somjai", host: str = "") -> Job:
    return desk.start(person, request_of(desk.folders.new(), DONE, name), host)


def alive(pid: int) -> bool:
    try:
        return "(sleep) Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def child_of(job: Job) -> int:
    told = job.request.folder / "child.pid"
    deadline = time.monotonic() + 10
    while not (told.exists() and told.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return int(told.read_text())


def test_a_check_tells_its_steps_in_order_and_leaves_no_file(
    open_desk: Callable[..., Desk],
) -> None:
    job = awaited(begin(open_desk(), "แผน.pdf"))
    told = [(event.number, event.name, event.data.get("text")) for event in job.news()]
    assert told == [
        (1, "place", None),
        (2, "step", "first"),
        (3, "step", "second"),
        (4, "end", "ตรวจเสร็จแล้ว"),
    ]
    assert job.report == report_of()
    assert not job.request.folder.exists()


def test_cancelling_kills_what_was_started_wherever_it_went(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    job = begin(desk, "hang")
    child = child_of(job)
    assert alive(child)
    desk.cancel(job)
    assert awaited(job).state is State.CANCELLED
    assert not alive(child)
    assert not job.request.folder.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("crash", CRASHED), ("nonsense", CRASHED), ("memory", MEMORY), ("no memory", MEMORY)],
)
def test_a_process_that_comes_to_grief_is_told_of_in_one_sentence(
    open_desk: Callable[..., Desk], name: str, sentence: str
) -> None:
    job = awaited(begin(open_desk(memory_mb=256), name))
    assert (job.state, job.failure, job.report) == (State.FAILED, sentence, None)
    assert job.news()[-1].data == {"state": "failed", "text": sentence}


def test_a_check_that_takes_too_long_is_stopped(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(seconds=0.6)
    job = begin(desk, "hang")
    assert "ภายใน 0.6 วินาที" in awaited(job).failure


def test_two_run_and_the_others_see_their_places(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    first, second = begin(desk, "hang", "a"), begin(desk, "hang", "b")
    third, fourth = begin(desk, "แผน", "c"), begin(desk, "แผน", "d")
    assert [job.state for job in (first, second)] == [State.RUNNING] * 2
    assert [third.place, fourth.place] == [1, 2]
    desk.cancel(first)
    awaited(third)
    awaited(fourth)
    assert [e.data["place"] for e in fourth.news() if e.name == "place"] == [2, 1, 0]


def test_a_person_runs_one_at_a_time_and_may_wait_with_a_few(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk(waiting_each=1)
    begin(desk, "hang", "a")
    waiting = begin(desk, "hang", "a")
    assert waiting.state is State.WAITING
    with pytest.raises(FullError, match="ท่านมีการตรวจที่ยังไม่เสร็จอยู่ 2 รายการแล้ว"):
        desk.refuse_when_full("a")
    desk.refuse_when_full("b")


def test_a_full_queue_is_told_of(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(at_once=1, waiting=1)
    begin(desk, "hang", "a")
    begin(desk, "hang", "b")
    with pytest.raises(FullError, match="เต็มจำนวนที่รับได้"):
        desk.refuse_when_full("c")


def test_another_persons_check_does_not_exist(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    job = begin(desk, "hang", "a")
    assert desk.find("a", job.id) is job
    assert desk.find("b", job.id) is None
    assert desk.of("b") == []


def test_an_answer_is_forgotten_half_an_hour_after_it_was_shown(
    open_desk: Callable[..., Desk], clock: Clock
) -> None:
    desk = open_desk()
    shown, unseen = awaited(begin(desk, "แผน")), awaited(begin(desk, "แผน"))
    clock.now += timedelta(minutes=50)
    desk.saw(shown)
    clock.now += timedelta(minutes=29)
    desk.tidy()
    assert len(desk.of("somjai")) == 2
    clock.now += timedelta(minutes=1)
    desk.tidy()
    assert desk.of("somjai") == [unseen]
    clock.now += NEVER_SHOWN
    desk.tidy()
    assert desk.of("somjai") == []


def test_forgetting_a_running_check_stops_it(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    job = begin(desk, "hang")
    child = child_of(job)
    desk.forget(job)
    assert desk.find("somjai", job.id) is None
    awaited(job)
    assert not alive(child)


def test_what_a_killed_server_left_is_deleted_by_the_next(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    left = tmp_path / "running" / "tmpdead"
    left.mkdir(parents=True)
    (left / "owner.lock").write_bytes(b"")
    (left / "upload").write_bytes(b"secret")
    running = open_desk()
    other = open_desk()
    assert not left.exists()
    assert running.folders.path.exists(), "a server that lives keeps its folder"
    assert other.folders.path.exists()


def test_everybodys_first_goes_before_anybodys_second(tmp_path: Path) -> None:
    asked = request_of(tmp_path)
    jobs = [Job(person, asked, host, datetime.now(UTC)) for person, host in
            (("a", "x"), ("a", ""), ("a", ""), ("b", "x"), ("c", "y"))]  # fmt: skip
    assert [jobs.index(job) for job in in_order(jobs)] == [0, 3, 4, 1, 2]
    jobs[0].begin()
    assert next_of(jobs, at_once=2) is jobs[4], "b's host is being asked already"
    jobs[4].begin()
    assert next_of(jobs, at_once=2) is None
