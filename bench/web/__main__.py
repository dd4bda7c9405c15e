"""`python -m bench.web`: write a large history, ask for its pages, tell how long they take."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.benchmarks import write_into
from bench.web.asking import TIMES, ask, slow
from bench.web.filling import fill_anew
from bench.web.generator import History, Size, write_history
from bench.web.report import AIM_MS, NAME, Run, section


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; 1 when a page is slower than the aim or a line is not that of its verdicts."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()

    def tell(text: str) -> None:
        print(f"{time.perf_counter() - began:6.1f} s  {text}", file=sys.stderr, flush=True)

    size = Size(options.units, options.scans, options.sample, options.decided)
    with tempfile.TemporaryDirectory(prefix="bench-web-", dir=options.folder) as folder:
        path = Path(folder) / "oit.db"
        history = write_history(path, size, tell)
        if options.postgres:
            return _on_server(history, Path(folder), options, tell)
        written = time.perf_counter() - began
        tell("one scan's lines anew")
        filled, unlike = fill_anew(path, history.newest)
        asked = ask(history, Path(folder), tell, options.times)
        run = Run(
            history=history,
            asked=asked,
            bytes=path.stat().st_size,
            written_s=written,
            filled_s=filled,
            unlike=unlike,
            cores=os.cpu_count() or 1,
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            times=options.times,
            load=os.getloadavg()[0],
        )
    text = section(run)
    print(text)
    if options.out:
        write_into(options.out, NAME, text)
    return 1 if unlike or slow(asked, AIM_MS) else 0


def _on_server(
    history: History, folder: Path, options: argparse.Namespace, tell: Callable[[str], None]
) -> int:
    # Loaded here: the usual run needs no server.
    from bench.web.server import NAME as ON_SERVER
    from bench.web.server import measure, server_section

    run = measure(history, folder, tell, options.times)
    text = server_section(run, history)
    print(text)
    if options.out:
        write_into(options.out, ON_SERVER, text)
    return 1 if slow(run.asked, AIM_MS) else 0


def _parser() -> argparse.ArgumentParser:
    usual = Size()
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--units", type=int, default=usual.units, help="units of the registry")
    parser.add_argument("--scans", type=int, default=usual.scans, help="scans of history")
    parser.add_argument("--sample", type=int, default=usual.sample, help="units with all evidence")
    parser.add_argument("--decided", type=int, default=usual.decided, help="decisions of people")
    parser.add_argument("--times", type=int, default=TIMES, help="answers a page")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server")
    parser.add_argument("--folder", type=Path, help="where the database stands meanwhile (5 GB)")
    parser.add_argument("--out", type=Path, help="the document to write the section into")
    return parser


if __name__ == "__main__":
    sys.exit(main())
