"""`python -m bench.engines`: the engines side by side, their table written into the decision."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.benchmarks import write_into
from bench.engines.engines import ENGINES
from bench.engines.measure import Figures, measured
from bench.engines.report import MARK, section

_PEERS = Path.home() / ".cache" / "oit-bench" / "peers"


def main(arguments: list[str] | None = None) -> int:
    """Measure all engines at the same time; they wait more than they work."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=__doc__)
    parser.add_argument("--peers", type=Path, default=_PEERS, help="made by install.sh")
    parser.add_argument("--out", type=Path, help="the document to write the table into")
    options = parser.parse_args(arguments)
    found: dict[str, Figures] = {}
    faults: list[str] = []
    began = time.monotonic()

    def run(kind: type, folder: Path) -> None:
        engine = kind(folder, options.peers)
        try:
            found[engine.name] = measured(engine)
        except Exception as error:
            faults.append(f"{engine.name}: {error!r}")
        print(f"{time.monotonic() - began:6.0f} s  {engine.name}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="oit-engines-") as place:
        threads = []
        for kind in ENGINES:
            folder = Path(place) / kind.__name__
            folder.mkdir()
            threads.append(threading.Thread(target=run, args=(kind, folder)))
            threads[-1].start()
        for thread in threads:
            thread.join()
    text = section(list(found.values()), faults, time.monotonic() - began)
    print(text)
    if options.out:
        write_into(options.out, MARK, text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
