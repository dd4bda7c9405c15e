"""Stands in for `oit` where a test is about the queue: fills a scan of the units it is told of.

It holds the sweep's lock, notes its scan, says so in its log, stops at the first SIGTERM with what
it has, and ends at once at the second. The file `OIT_STAND_IN_GO` lets it go on to its end.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

times = 0


def heed(*_: object) -> None:
    global times
    times += 1
    if times > 1:
        os._exit(130)


def option(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else ""


def main() -> int:
    signal.signal(signal.SIGTERM, heed)
    database = Path(os.environ["OIT_DATABASE_URL"].removeprefix("sqlite:///"))
    key = option("--checklist")
    lock = database.with_name(f".{database.name}.{key}.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("มีการตรวจกำลังทำงานอยู่ (a sweep of the same checklist is running)", flush=True)
        return 2
    with sqlite3.connect(database, timeout=30, isolation_level=None) as told:
        resumed = int(option("--scan") or 0)
        number = resumed or told.execute(
            "INSERT INTO scans (year, checklist, checklist_hash, as_of, started, status, settings,"
            " tool_version, scope, planned) VALUES (2566, ?, '', '2023-04-05', ?, 'running', ?, '',"
            " ?, 2)",
            (key, now(), json.dumps({"units": [{"id": "a"}, {"id": "b"}], "items": []}),
             "units" if "--unit" in sys.argv else "whole"),
        ).lastrowid  # fmt: skip
        told.execute("UPDATE scans SET status = 'running' WHERE id = ?", (number,))
        told.execute(
            "INSERT INTO scan_runs (scan_id, started, updated, seconds, cpu_seconds,"
            " children_cpu_seconds, peak_bytes, children_peak_bytes) VALUES (?, ?, ?, 0, 0, 0, 0, 0)",
            (number, now(), now()),
        )
        print(json.dumps({"event": "scan begun", "level": "info", "scan": number}), flush=True)
        until = time.monotonic() + 30
        go = Path(os.environ["OIT_STAND_IN_GO"])
        deaf = (go.parent / "deaf").exists()
        while not go.exists() and (deaf or not times) and time.monotonic() < until:
            time.sleep(0.02)
        status = "interrupted" if times else "finished"
        told.execute(
            "UPDATE scans SET status = ?, finished = ? WHERE id = ?", (status, now(), number)
        )
    return 130 if times else int(os.environ.get("OIT_STAND_IN_CODE", "0"))


def now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime())


sys.exit(main())
