"""Ctrl-C and SIGTERM, once and twice, sent to a real `oit` at work."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from commands.stopping import descendants
from tests.crawler.loopback_site import Answer, LoopbackSite
from tests.e2e.small_sweeps import pages

ROOT = Path(__file__).parents[2]
HEAD = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก,O1\n"


def until(what: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@contextmanager
def served() -> Iterator[tuple[LoopbackSite, LoopbackSite]]:
    """A unit that answers at once, and one whose first answer takes ten minutes."""
    slow = Answer(pages(1)["/o1"].body, delay_s=600, slow_times=1)
    with (
        LoopbackSite("127.0.0.1", pages(0)) as quick,
        LoopbackSite("127.0.0.2", {**pages(1), "/o1": slow}) as late,
    ):
        yield quick, late


def oit(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *arguments],
        cwd=folder,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "OIT_HOME": str(folder / "var"),
            "OIT_DELAY_S": "0", "OIT_RENDER": "false", "OIT_TIMEOUT_S": "900", "OIT_LANG": "th",
        },
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def sweep_of(folder: Path, *sites: LoopbackSite) -> subprocess.Popen[str]:
    rows = [f"unit-{n},เทศบาลที่ {n},อปท.,{s.url}/,{s.url}/o1\n" for n, s in enumerate(sites)]
    (folder / "units.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return oit(
        folder, "sweep", "--units", "units.csv", "--items", "O1", "--no-ocr", "--format", "json",
        "--allow-network", "127.0.0.0/8",
    )  # fmt: skip


def whole(folder: Path) -> bool:
    with sqlite3.connect(folder / "var" / "oit.db") as database:
        found = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    return bool(found == ("ok",))


def test_asked_once_the_sweep_reports_what_is_done_and_goes_on_later(tmp_path: Path) -> None:
    with served() as (quick, late):
        process = sweep_of(tmp_path, quick, late)
        until((tmp_path / "reports" / "gap-unit-0.json").exists)
        until(lambda: late.hits["/o1"])
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        lines = said.splitlines()
        assert lines[0].startswith("กำลังหยุด")
        assert "กดอีกครั้งเพื่อหยุดทันที" in lines[0]
        assert "Traceback" not in said
        overview = json.loads((tmp_path / "reports" / "overview.json").read_text("utf-8"))
        assert [unit["id"] for unit in overview["units"]] == ["unit-0"]
        hits = dict(quick.hits)

        again = oit(
            tmp_path, "sweep", "--resume", "--no-ocr", "--format", "json",
            "--allow-network", "127.0.0.0/8",
        )  # fmt: skip
        _, said = again.communicate(timeout=120)
        assert again.returncode == 1, said
        assert dict(quick.hits) == hits
        assert (tmp_path / "reports" / "gap-unit-1.json").exists()


def test_asked_twice_everything_ends_at_once(tmp_path: Path) -> None:
    with served() as (quick, late):
        process = sweep_of(tmp_path, quick, late)
        until(lambda: late.hits["/o1"])
        started = descendants(process.pid)
        assert started
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        assert time.monotonic() - begun < 20
        assert "Traceback" not in said
        until(lambda: not any(alive(pid) for pid in started), 20)
    assert whole(tmp_path)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_the_program_loads_a_signal_ends_it_with_one_line(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = oit(tmp_path, "sweep", "--help")
    maps = Path(f"/proc/{process.pid}/maps")
    until(lambda: "pydantic_core" in maps.read_text() or process.poll() is not None)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said == "หยุดแล้ว\n"


@pytest.mark.parametrize(
    ("before", "handled"), [("", True), ("sys.modules['__mp_main__'] = sys", False)]
)
def test_only_the_program_itself_says_that_it_stopped(before: str, handled: bool) -> None:
    """Worker processes read the program's main module too, and are ended with SIGTERM."""
    lines = ["import signal, sys", "sys.argv = ['oit']", before, "import commands.early"]
    lines.append("print(signal.getsignal(signal.SIGTERM) != signal.SIG_DFL)")
    told = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == str(handled)
