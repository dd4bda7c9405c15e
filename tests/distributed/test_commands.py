"""`oit worker` and `oit sweep --distributed` as people use them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from commands.stopping import descendants
from distributed.crew import INPUT_WAS_WRONG, Crew
from tests.databases import POSTGRESQL, database_at, on
from tests.distributed.crews import LONGEST_S, ROOT, rows, until
from tests.e2e.small_sweeps import Served, units


def oit(*words: str, url: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "--lang", "en", *words],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={
            **os.environ, "OIT_DATABASE_URL": url, "OIT_HOME": str(folder / "home"),
            "OIT_ALLOW_NETWORKS": "127.0.0.0/8", "OIT_RENDER": "false", "OIT_CONFIRM_AFTER_S": "0",
            "OIT_DELAY_S": "0.1",
        },
    )  # fmt: skip


def test_two_processes_sweep_and_stop_when_told(tmp_path: Path) -> None:
    with on(POSTGRESQL):
        url = database_at(tmp_path / "oit.db")
    with Served(3) as served:
        listed = tmp_path / "units.yaml"
        told = [unit.model_dump(mode="json", exclude_defaults=True) for unit in units(served.urls)]
        listed.write_text(json.dumps({"units": told}, ensure_ascii=False))
        sweep = oit(
            "sweep", "--units", str(listed), "--distributed", "--items", "O1-O3,O7", "--as-of",
            "2023-04-30", "--out", str(tmp_path / "reports"), "--no-ocr", url=url, folder=tmp_path,
        )  # fmt: skip
        crew = oit("worker", "-n", "2", "--at-once", "2", url=url, folder=tmp_path)
        try:
            said = sweep.communicate(timeout=LONGEST_S)[0].decode()
            assert sweep.returncode == 1, said
            assert "3 units" in said
            assert len(list((tmp_path / "reports").glob("gap-*.html"))) == 3
            assert rows(url, "SELECT status FROM scans") == [("finished",)]
            theirs = descendants(crew.pid)
            crew.terminate()
            assert crew.wait(LONGEST_S) == 0
            until(lambda: not any(_lives(pid) for pid in theirs), "nothing of the crew lives on")
        finally:
            for process in (sweep, crew):
                if process.poll() is None:
                    process.kill()
                process.communicate()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("words", [("worker",), ("sweep", "--distributed", "--shipped")])
def test_a_database_of_one_machine_is_refused(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_DATABASE_URL", f"sqlite:///{tmp_path / 'oit.db'}")
    done = CliRunner().invoke(app, [*words])
    assert done.exit_code == 2
    assert "PostgreSQL" in done.output


def test_readings_need_a_place_that_machines_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_DATABASE_URL", "postgresql://oit:x@127.0.0.1:1/oit")
    monkeypatch.setenv("OIT_HOME", str(tmp_path))
    done = CliRunner().invoke(app, ["worker", "--queue", "readings"])
    assert done.exit_code == 2
    assert "OIT_SHARED_URL" in done.output


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    note = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()} '); time.sleep(60)"
    file = tmp_path / "pids"
    crew = Crew([["-c", note, str(file)]])
    watching = threading.Thread(target=crew.watch, daemon=True)
    watching.start()
    until(lambda: file.exists() and len(file.read_text().split()) == 1, "the first one works")
    os.kill(int(file.read_text()), signal.SIGKILL)
    until(lambda: len(file.read_text().split()) == 2, "another one works")
    crew.ask_to_stop()
    watching.join(10)
    assert not watching.is_alive()


def test_a_worker_that_refuses_to_begin_ends_the_crew() -> None:
    began = time.monotonic()
    crew = Crew(
        [["-c", f"raise SystemExit({INPUT_WAS_WRONG})"], ["-c", "import time; time.sleep(60)"]]
    )
    assert crew.watch() == INPUT_WAS_WRONG
    assert time.monotonic() - began < 30
