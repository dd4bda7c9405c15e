"""Reads an uploaded units file: `python -m web.units_worker PATH`, a process of its own.

Spreadsheets are archives of XML; what opens an uploaded one is limited and has no network. It
answers on stdout with JSON: the units and problems, or the problems that leave nothing to read.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from crawler.confinement import Limits, begin_job, confine
from units.importing import Examined, examine
from units.problems import Problem, UnitsError

MEMORY_BYTES = 1024**3
CPU_S = 20
WALL_S = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What the file holds, or (with `read` left out) why nothing of it can be used."""

    read: Examined | None = None
    problems: tuple[Problem, ...] = ()


ANSWER = TypeAdapter(Told)


def main(path: Path) -> int:
    """Read the file and answer; 1 when that cannot be done within the limits."""
    confine(Limits(MEMORY_BYTES, reads=(str(path),)))
    begin_job(CPU_S, WALL_S)
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        told = Told(examine(path))
    except UnitsError as error:
        told = Told(problems=error.problems)
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return 1
    with stream:
        stream.write(ANSWER.dump_json(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
