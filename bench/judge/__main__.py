"""`python -m bench.judge`: make the documents, judge them, and write the figures down."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from pathlib import Path

from bench.benchmarks import write_into
from bench.judge.measure import measure
from bench.judge.report import NAME, Run, section
from checklist.loader import load_year

_YEAR = 2566


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; 0 when all figures were made."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()
    measured = measure(load_year(_YEAR), options.documents, options.size, options.rounds)
    seconds = time.perf_counter() - began
    text = section(Run(measured, os.cpu_count() or 1, platform.python_version(), seconds))
    print(text)
    if options.out:
        write_into(options.out, NAME, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.judge", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000, help="how many documents")
    parser.add_argument("--size", type=int, default=20_000, help="bytes of text in each")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--out", type=Path, help="the document to write the section into")
    return parser


if __name__ == "__main__":
    sys.exit(main())
