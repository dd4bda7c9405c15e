"""`python -m bench.country`: sweep a country of invented units, and write down what it cost."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.benchmarks import write_into
from bench.country import plan, report
from bench.country.drawing import MOST_UNITS, SEED
from bench.country.sweeping import POSTGRESQL, SQLITE, Run, Tell, Wanted, run

_KEPT = Path.home() / ".cache" / "oit-bench" / "country"


def main(arguments: list[str] | None = None) -> int:
    """Measure what is not measured yet, and write the tables.

    1 for a false pass, or a host that was asked by two at once.
    """
    options = _parser().parse_args(arguments)
    began = time.perf_counter()

    def tell(text: str) -> None:
        print(f"{time.perf_counter() - began:7.1f} s  {text}", file=sys.stderr, flush=True)

    options.kept.mkdir(parents=True, exist_ok=True)
    for units in options.units:
        for workers in options.workers:
            _measure(_wanted(options, units, workers), options, tell)
    runs = [Run.read(path) for path in options.kept.glob("*.json")]
    runs.sort(key=lambda one: (one.wanted["workers"], one.wanted["database"], one.found.units))
    largest = max(runs, key=lambda one: (one.found.units, one.wanted["workers"]))
    texts = {
        report.NAME: report.section(runs, "make bench-country"),
        plan.NAME: plan.section(largest),
    }
    for name, text in texts.items():
        print(text)
        if options.out:
            write_into(options.out, name, text)
    bad = any(one.found.false_passes or one.found.at_once > 1 for one in runs)
    return 1 if bad else 0


def _measure(wanted: Wanted, options: argparse.Namespace, tell: Tell) -> None:
    path = options.kept / f"{wanted.name}.json"
    if path.is_file() and not options.again:
        tell(f"{wanted.name}: measured before")
        return
    tell(wanted.name)
    one = run(wanted, options.kept / wanted.name, tell)
    one.write(path)
    tell(f"{wanted.name}: {one.found.units} units in {one.wall_s:.0f} s")


def _wanted(options: argparse.Namespace, units: int, workers: int) -> Wanted:
    return Wanted(
        units=units,
        workers=workers,
        database=POSTGRESQL if workers else options.database,
        seed=options.seed,
        items=options.items,
        delay_s=options.delay,
        hosts=options.hosts,
        servers=options.servers,
        within_s=options.within * 60.0,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    add = parser.add_argument
    add("--units", type=int, nargs="+", default=[500, MOST_UNITS], help="sizes of the country")
    add("--workers", type=int, nargs="+", default=[0], help="workers; 0: the embedded engine")
    add("--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="of the embedded engine")
    add("--items", default="", help="the items that are judged; all unless given")
    add("--delay", type=float, default=0.2, help="seconds between two requests of a host")
    add("--hosts", type=int, default=32, help="units crawled at once by a crawling process")
    add("--servers", type=int, default=2, help="processes that serve the sites")
    add("--within", type=float, default=120, help="minutes after which a sweep is stopped")
    add("--seed", type=int, default=SEED)
    add("--again", action="store_true", help="measure again what was measured before")
    add("--kept", type=Path, default=_KEPT, help="what is kept from run to run")
    add("--out", type=Path, help="the document to write the tables into")
    return parser


if __name__ == "__main__":
    sys.exit(main())
