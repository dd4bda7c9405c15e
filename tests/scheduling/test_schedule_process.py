"""`oit schedule` as a process of its own: killed, stopped, spoken to from another terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from cli import app
from scheduling.book import Book
from scheduling.deciding import Cause, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60.0
# The scheduler with a program of the test in place of `oit`; its sweep takes long.
SCRIPT = """
import json, signal, sys, threading
from pathlib import Path
from scheduling.book import Book
from scheduling.reading import read_schedule
from scheduling import scheduler
from scheduling.scheduler import Scheduler, Surroundings
scheduler.TURN_S = 0.1
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
tell = lambda event, /, **values: print(json.dumps({"event": event, **values}), flush=True)
around = Surroundings(Path("jobs"), (sys.executable, "program.py"))
with Book.open("sqlite:///oit.db") as book:
    Scheduler(read_schedule(Path("schedule.yaml")), book, around, tell).run(stop)
"""
PROGRAM = """
import os, sys, time
def did(word):
    with open("did", "a") as file:
        file.write(f"{word} {os.getpid()}\\n")
try:
    did(" ".join(sys.argv[1:]))
    if sys.argv[1:] == ["sweep"]:
        time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.3)  # the report of what was checked
    did("reported")
    sys.exit(130)
"""
SCHEDULE = """
jobs:
  nightly:
    {title: ตรวจทุกคืน, run: [sweep], continue_with: [sweep, --resume], when: {cron: "0 0 29 2 *"},
     too_late_after: 1d}
"""


class Terminal:
    """A folder in which schedulers are started, and the events they told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []
        for name, text in (("program.py", PROGRAM), ("schedule.yaml", SCHEDULE)):
            (folder / name).write_text(text, encoding="utf-8")

    def start(self, *command: str) -> subprocess.Popen[str]:
        with (self.folder / "events").open("a", encoding="utf-8") as events:
            process = subprocess.Popen(
                [sys.executable, *(command or ("-c", SCRIPT))], cwd=self.folder, text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=events, stderr=events,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def did(self) -> list[str]:
        path = self.folder / "did"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.rpartition(" ")[0] for line in lines]

    def pids(self) -> list[int]:
        lines = (self.folder / "did").read_text(encoding="utf-8").splitlines()
        return [int(line.rpartition(" ")[2]) for line in lines]

    def until(self, reached: Callable[[], object]) -> None:
        limit = time.monotonic() + PATIENCE_S
        while not reached():
            assert time.monotonic() < limit, (self.folder / "events").read_text(encoding="utf-8")
            time.sleep(0.05)

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        for pid in self.pids() if (self.folder / "did").exists() else ():
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.end()


@pytest.fixture
def book(terminal: Terminal) -> Iterator[Book]:
    with Book.open(f"sqlite:///{terminal.folder}/oit.db") as opened:
        yield opened


def ask(book: Book, name: str = "nightly") -> None:
    from datetime import UTC, datetime

    book.request(name, datetime.now(UTC))


def test_a_killed_scheduler_leaves_no_second_sweep_and_goes_on_with_the_first(
    terminal: Terminal, book: Book
) -> None:
    scheduler = terminal.start()
    ask(book)
    terminal.until(lambda: terminal.did() == ["sweep"])
    scheduler.kill()
    scheduler.wait()
    terminal.start()
    terminal.until(lambda: book.last_runs()["nightly"].outcome is Outcome.SUCCESS)
    assert terminal.did() == ["sweep", "reported", "sweep --resume"]
    events = (terminal.folder / "events").read_text(encoding="utf-8")
    assert '"outcome": "broken"' in events
    assert book.last_runs()["nightly"].cause is Cause.CONTINUED
    assert book.unfinished() == []


def test_sigterm_lets_the_running_job_finish_cleanly_and_it_goes_on_later(
    terminal: Terminal, book: Book
) -> None:
    scheduler = terminal.start()
    ask(book)
    terminal.until(lambda: terminal.did() == ["sweep"])
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(PATIENCE_S) == 0
    assert terminal.did() == ["sweep", "reported"]
    run = book.last_runs()["nightly"]
    assert (run.outcome, run.exit_code) == (Outcome.INTERRUPTED, 130)
    terminal.start()
    terminal.until(lambda: book.last_runs()["nightly"].outcome is Outcome.SUCCESS)
    assert terminal.did() == ["sweep", "reported", "sweep --resume"]


def test_the_command_itself_runs_a_job_of_oit_and_refuses_a_second_of_itself(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(terminal.folder)
    monkeypatch.delenv("OIT_HOME", raising=False)
    (terminal.folder / "schedule.yaml").write_text(
        'jobs: {lists: {title: รายการ, run: [units, list], when: {daily: "00:00"}, paused: true}}',
        encoding="utf-8",
    )

    def oit(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["schedule", *arguments, "--file", "schedule.yaml"])

    first = terminal.start("-m", "cli", "schedule", "--file", "schedule.yaml")
    terminal.until(lambda: "started" in (terminal.folder / "events").read_text(encoding="utf-8"))
    second = oit()
    assert second.exit_code == 2
    assert "oit schedule ทำงานกับฐานข้อมูลนี้อยู่แล้ว" in second.stderr
    assert oit("run-now", "lists").exit_code == 0
    with Book.open(f"sqlite:///{terminal.folder}/var/oit.db") as book:
        terminal.until(lambda: book.last_runs() and book.last_runs()["lists"].outcome)
    told: dict[str, Any] = json.loads(oit("list", "--json").stdout)
    [job] = told["jobs"]
    assert (told["running"], job["state"], job["next"]) == (True, "paused", None)
    assert (job["last"]["outcome"], job["last"]["exit_code"]) == ("success", 0)
    assert "สุรินทร์" in oit("log", "lists").stdout
    first.send_signal(signal.SIGINT)
    assert first.wait(PATIENCE_S) == 0
    last = (terminal.folder / "events").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["event"] == "stopped"
