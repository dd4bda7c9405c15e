"""`python -m bench.read`: make the files, read them, and write the figures down."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.benchmarks import write_into
from bench.read import generator, printed, speed
from bench.read.measuring import Measured, measure
from bench.read.processes import Watch
from bench.read.report import NAME, Figures, Machine, OcrCost, section

if TYPE_CHECKING:
    from bench.read.processes import Peak
    from bench.read.sample import Sample
    from bench.read.speed import Speed

_SOURCES = {
    "printed": (generator.by_chromium, generator.by_libreoffice),
    "sound": (generator.sound,),
    "faults": (generator.faulty,),
    "office": (generator.office_files,),
    "scans": (generator.scanned,),
}
_PROGRAMS = (("poppler", "pdftotext", "-v"), ("tesseract", "tesseract", "--version"))


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; 0 when all figures were written, 2 when no file could be made."""
    options = _parser().parse_args(arguments)
    began = time.perf_counter()
    samples, missing = _samples(options.only)
    if not samples:
        print(*missing, sep="\n", file=sys.stderr)
        return 2
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for sample in samples:
            (options.keep / sample.name).write_bytes(sample.body)
    with Watch() as watch:
        files = tuple(_measured(sample) for sample in samples)
    pages = sum(file.blank for file in files)
    cost = OcrCost(pages, sum(file.ocr_cpu_s for file in files), watch.largest("python"))
    speeds, reader, poppler = ((), None, None) if options.no_speed else _speeds()
    machine = Machine(os.cpu_count() or 1, _versions(), tuple(missing))
    seconds = time.perf_counter() - began
    text = section(Figures(files, speeds, reader, poppler, cost, machine, seconds))
    print(text)
    if options.out:
        write_into(options.out, NAME, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.read", description=__doc__)
    parser.add_argument("--only", choices=_SOURCES, action="append", help="one part of the files")
    parser.add_argument("--no-speed", action="store_true", help="leave out the long files")
    parser.add_argument("--keep", type=Path, help="a folder to keep the generated files in")
    parser.add_argument("--out", type=Path, help="the document to write the section into")
    return parser


def _samples(only: list[str] | None) -> tuple[list[Sample], list[str]]:
    """The files of the chosen parts, and what could not be made."""
    samples: list[Sample] = []
    missing: list[str] = []
    for part in only or _SOURCES:
        for make in _SOURCES[part]:
            try:
                samples.extend(make())
            except printed.MissingProgramError as error:
                missing.append(str(error))
    return samples, missing


def _measured(sample: Sample) -> Measured:
    file = measure(sample)
    print(
        f"{sample.name}: CER {file.raw_error:.2%} -> {file.error:.2%}, "
        f"phrases {file.found_share:.0%}, OCR {file.blank}/{file.pages}",
        file=sys.stderr,
    )
    return file


def _speeds() -> tuple[tuple[Speed, ...], Peak | None, Peak | None]:
    files = list(speed.long_files())
    reader, poppler = speed.worker_memory(files[0][1])
    return tuple(speed.measure(name, body) for name, body in files), reader, poppler


def _versions() -> tuple[str, ...]:
    found = [f"Python {platform.python_version()}", f"pypdfium2 {version('pypdfium2')}"]
    for name, program, flag in _PROGRAMS:
        try:
            done = subprocess.run([program, flag], capture_output=True, text=True, timeout=10)
        except (OSError, subprocess.SubprocessError):
            continue
        words = (done.stdout + done.stderr).split()
        found.append(f"{name} " + next((word for word in words if word[0].isdigit()), "?"))
    found.append(f"tesserocr {version('tesserocr')}")
    return tuple(found)


if __name__ == "__main__":
    sys.exit(main())
