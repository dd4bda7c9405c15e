"""`python -m bench.nightly`: sweep a ministry three times, and write down what each sweep cost."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from bench.benchmarks import write_into
from bench.nightly.measure import measure
from bench.nightly.report import NAME, Run, section
from demo.plan import span

_UNITS = 100


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; 1 when verdicts differ or another set of pages was found than changed."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()

    def tell(text: str) -> None:
        print(f"{time.perf_counter() - began:6.1f} s  {text}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="nightly-") as folder:
        cache = options.pdfs or Path(folder) / "pdfs"
        measured = measure(options.units, Path(folder), cache, tell, span(options.items))
    seconds = time.perf_counter() - began
    text = section(Run(measured, os.cpu_count() or 1, platform.python_version(), seconds))
    print(text)
    if options.out:
        write_into(options.out, NAME, text)
    return 0 if measured.sound else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.nightly", description=__doc__)
    parser.add_argument("--units", type=int, default=_UNITS, help="how many units the ministry has")
    parser.add_argument("--items", default="O1-O43", help="the items that are judged")
    parser.add_argument("--pdfs", type=Path, help="folder that keeps printed PDFs from run to run")
    parser.add_argument("--out", type=Path, help="the document to write the section into")
    return parser


if __name__ == "__main__":
    sys.exit(main())
