"""The cases: each engine is hurt alike, and its jobs' own notes tell what became of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.engines.engines import Engine

CAP_S = 75.0
LONG_S = 50.0
REPEATS = 3
JOBS = 30
COUNTRY = 8300
NOOPS = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """A line that a job left: what (`start`, `end`), of which job, when, by which process."""

    what: str
    job: str
    at: float
    pid: int


@dataclass
class Figures:
    """What was measured of one engine; seconds, counts, bytes. None: not within `CAP_S`."""

    name: str
    again_s: list[float | None] = field(default_factory=list)
    long_starts: int = 0
    crash: tuple[int, int, float | None] = (0, 0, None)
    cut: tuple[int, int] = (0, 0)
    put_in_s: float = 0.0
    noops_s: float | None = None
    worker_bytes: int = 0
    server_bytes: int = 0


def notes_in(path: Path) -> list[Note]:
    """The notes so far; a line that is being written is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [line.split() for line in lines if line.endswith("\n")]
    return [Note(what, job, float(at), int(pid)) for what, job, at, pid in found]


def lost_and_doubled(notes: list[Note], jobs: list[str]) -> tuple[int, int]:
    """How many of the jobs never ended, and how many ended more than once."""
    ended = Counter(note.job for note in notes if note.what == "end")
    return sum(not ended[job] for job in jobs), sum(ended[job] > 1 for job in jobs)


def measured(engine: Engine) -> Figures:
    """All cases of one engine, whose server is started and ended here."""
    figures = Figures(engine.name)
    engine.start()
    try:
        for turn in range(REPEATS):
            figures.again_s.append(_killed_worker(engine, f"kill{turn}"))
        figures.cut = _cut(engine)
        figures.crash = _crash(engine)
        figures.long_starts = _long(engine)
        _cost(engine, figures)
    finally:
        engine.dismiss()
        engine.stop()
    return figures


def _killed_worker(engine: Engine, batch: str) -> float | None:
    """Seconds from `kill -9` of the worker until its job is begun by the other one."""
    engine.hire()
    engine.hire()
    engine.put_in(batch, 1, 4.0)
    job = f"{batch}-0"
    begun = _until(engine, lambda notes: _of(notes, job, "start"), CAP_S)
    if not begun:
        engine.dismiss()
        return None
    killed = time.time()
    engine.kill(engine.worker_of(begun[0].pid))
    again = _until(engine, lambda notes: _of(notes, job, "start")[1:], CAP_S)
    _until(engine, lambda notes: _of(notes, job, "end"), CAP_S if again else 0)
    engine.dismiss()
    return again[0].at - killed if again else None


def _cut(engine: Engine) -> tuple[int, int]:
    """A job of 4 s whose worker's connection is cut: how often it was begun, and ended."""
    engine.hire()
    engine.put_in("cut", 1, 4.0)
    _until(engine, lambda notes: _of(notes, "cut-0", "start"), CAP_S)
    engine.cut()
    _until(engine, lambda notes: _of(notes, "cut-0", "end"), CAP_S)
    time.sleep(15)
    notes = notes_in(engine.notes)
    engine.dismiss()
    return len(_of(notes, "cut-0", "start")), len(_of(notes, "cut-0", "end"))


def _crash(engine: Engine) -> tuple[int, int, float | None]:
    """The server killed and started again: jobs lost, doubled, seconds until the next one."""
    engine.hire()
    engine.hire()
    engine.put_in("crash", JOBS, 0.5)
    jobs = [f"crash-{n}" for n in range(JOBS)]
    _until(engine, lambda notes: _ended(notes, "crash")[5:], CAP_S)
    engine.kill_server()
    time.sleep(2)
    engine.start()
    back = time.time()
    first = _until(
        engine, lambda n: [one for one in n if one.what == "start" and one.at > back], CAP_S
    )
    _until(engine, lambda notes: _ended(notes, "crash")[JOBS - 1 :], CAP_S)
    time.sleep(5)
    lost, doubled = lost_and_doubled(notes_in(engine.notes), jobs)
    engine.dismiss()
    return lost, doubled, first[0].at - back if first else None


def _long(engine: Engine) -> int:
    """How often a job is begun that takes longer than the visibility timeout (20 s)."""
    engine.hire()
    engine.hire()
    engine.put_in("long", 1, LONG_S)
    _until(engine, lambda notes: _of(notes, "long-0", "end"), LONG_S + 25)
    time.sleep(2)
    starts = len(_of(notes_in(engine.notes), "long-0", "start"))
    engine.dismiss()
    return starts


def _cost(engine: Engine, figures: Figures) -> None:
    worker = engine.hire()
    time.sleep(6)
    figures.worker_bytes = _bytes([worker.pid, *_below(worker.pid)])
    figures.server_bytes = _bytes(engine.server_pids())
    began = time.time()
    engine.put_in("noop", NOOPS, 0.0)
    ended = _until(engine, lambda notes: _ended(notes, "noop")[NOOPS - 1 :], CAP_S)
    figures.noops_s = ended[0].at - began if ended else None
    engine.dismiss()
    figures.put_in_s = engine.put_in("country", COUNTRY, 0.0)


def _until(engine: Engine, found: Callable[[list[Note]], list[Note]], seconds: float) -> list[Note]:
    end = time.monotonic() + seconds
    while not (there := found(notes_in(engine.notes))) and time.monotonic() < end:
        time.sleep(0.05)
    return there


def _of(notes: list[Note], job: str, what: str) -> list[Note]:
    return [note for note in notes if note.job == job and note.what == what]


def _ended(notes: list[Note], batch: str) -> list[Note]:
    return [note for note in notes if note.what == "end" and note.job.startswith(f"{batch}-")]


def _below(pid: int) -> list[int]:
    from commands.stopping import descendants

    return descendants(pid)


def _bytes(pids: list[int]) -> int:
    """The memory that these processes hold alone or share, each share counted once (PSS)."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total * 1024
