"""`python -m bench`: every figure that is told as a ratio, each measured in one run."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import cast

from bench.benchmarks import write_into
from bench.repeats import REPEATS
from bench.subject import Means, Subject

_NAMES = ("crawling", "politeness", "needed", "documents", "starting", "memory")
_KEPT = Path.home() / ".cache" / "oit-bench"


def main(arguments: list[str] | None = None) -> int:
    """Measure the subjects asked for, print each section, and write it where `--out` says."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()

    def tell(text: str) -> None:
        print(f"{time.perf_counter() - began:6.1f} s  {text}", file=sys.stderr, flush=True)

    for name in options.only or _NAMES:
        subject = cast("Subject", import_module(f"bench.{name}").SUBJECT)
        tell(name)
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
            kept = options.kept / "pdfs"
            kept.mkdir(parents=True, exist_ok=True)
            peers = options.peers or options.kept / "peers"
            body = subject.measure(Means(Path(folder), kept, peers, options.repeats, tell))
        text = subject.section(body, time.perf_counter() - start)
        print(text)
        if options.out:
            write_into(options.out, subject.mark, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=_NAMES, help="measure this subject; may be repeated"
    )
    parser.add_argument("--repeats", type=int, default=REPEATS, help="rounds of each subject")
    parser.add_argument("--kept", type=Path, default=_KEPT, help="what is kept from run to run")
    parser.add_argument("--peers", type=Path, help="environments made by bench/crawling/install.sh")
    parser.add_argument("--out", type=Path, help="the document to write the sections into")
    return parser


if __name__ == "__main__":
    sys.exit(main())
