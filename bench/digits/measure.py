"""How well years in Thai digits are read in scans: `python -m bench.digits.measure --fonts DIR`.

Pages of known text are rendered in many families (those of `faces.HELD_OUT` were never trained
on), worn as scans are, and read from the picture alone. Counted are years of four Thai digits:
right, wrong, missed, and those wrong although sure (confidence at or above the threshold).
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bench.digits.faces import HELD_OUT, Face, find_faces
from bench.digits.papers import Paper, paper
from bench.digits.wear import Wear, worn
from crawler.ocr.engine import Engine, engine_for
from crawler.ocr.network import DigitNetwork, loaded, shipped
from crawler.ocr.reading import read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.ocr.model import PageReading

_log = logging.getLogger("bench.digits.measure")
SURE = 95.0
FAMILIES = (
    *HELD_OUT, "Sarabun", "Norasi", "Garuda", "Loma", "Kinnari", "Umpush", "NotoSansThai",
)  # fmt: skip
WEARS = {"scan": Wear.scan, "harsh": Wear.drawn}
_GROUP = re.compile(r"[0-9๐-๙]+")
_YEAR = re.compile(r"๒[๔๕][๐-๙]{2}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A year on the page (empty: none stands there) and what was read, with its confidence."""

    truth: str
    read: str
    sure: float


def compared(lines: Sequence[str], reading: PageReading) -> Iterator[Seen]:
    """Pair each year of `lines` with what was read in the line most like its own.

    Years read where none stands come with an empty truth.
    """
    read_lines = list(_with_figures(reading))
    free = set(range(len(read_lines)))
    expected = 0
    for truth in lines:
        fits = {i: _alike(truth, read_lines[i][0]) - 2 * abs(i - expected) for i in free}
        best = max(fits, key=lambda i: fits[i], default=None)
        if best is None or fits[best] < 40:
            yield from (Seen(year, "", 0.0) for year in _GROUP.findall(truth) if _is_year(year))
            continue
        free.discard(best)
        expected = best + 1
        yield from _paired(_GROUP.findall(truth), read_lines[best][1])
    for index in free:
        yield from (
            Seen("", group, sure) for group, sure in read_lines[index][1] if _is_year(group)
        )


def _with_figures(reading: PageReading) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    figures = iter(reading.digits)
    for line in reading.text.splitlines():
        groups = [(group, min(next(figures) for _ in group)) for group in _GROUP.findall(line)]
        yield line, groups


def _alike(truth: str, read: str) -> float:
    return fuzz.ratio(_GROUP.sub("#", truth), _GROUP.sub("#", read))


def _is_year(group: str) -> bool:
    return _YEAR.fullmatch(group) is not None


def _paired(truth: list[str], read: list[tuple[str, float]]) -> Iterator[Seen]:
    """Groups aligned in order at the least cost; only pairs that involve a year are told."""
    rows, columns = len(truth) + 1, len(read) + 1
    cost = np.zeros((rows, columns))
    cost[:, 0], cost[0, :] = np.arange(rows) * 3.0, np.arange(columns) * 3.0
    for i in range(1, rows):
        for j in range(1, columns):
            pair = cost[i - 1, j - 1] + Levenshtein.distance(truth[i - 1], read[j - 1][0])
            cost[i, j] = min(pair, cost[i - 1, j] + 3, cost[i, j - 1] + 3)
    i, j = rows - 1, columns - 1
    while i or j:
        both = (
            i
            and j
            and cost[i, j]
            == cost[i - 1, j - 1] + Levenshtein.distance(truth[i - 1], read[j - 1][0])
        )
        if both:
            i, j = i - 1, j - 1
            if _is_year(truth[i]) or _is_year(read[j][0]):
                yield Seen(truth[i], *read[j])
        elif i and cost[i, j] == cost[i - 1, j] + 3:
            i -= 1
            if _is_year(truth[i]):
                yield Seen(truth[i], "", 0.0)
        else:
            j -= 1
            if _is_year(read[j][0]):
                yield Seen("", *read[j])


def figures(seen: Sequence[Seen], sure: float = SURE) -> dict[str, float]:
    """Shares of the years that stand on the pages; `wrong_sure` also counts invented years."""
    years = [one for one in seen if _is_year(one.truth)]
    count = max(1, len(years))
    right = [one for one in years if one.read == one.truth]
    wrong = [
        one for one in seen if one.read != one.truth and _is_year(one.read) and one.sure >= sure
    ]
    return {
        "years": len(years),
        "right": round(len(right) / count, 4),
        "right_and_sure": round(sum(one.sure >= sure for one in right) / count, 4),
        "wrong_sure": round(len(wrong) / count, 5),
        "wrong_sure_count": len(wrong),
    }


def _pages(
    faces: Sequence[Face], dpi: int, pages: int, random: np.random.Generator
) -> Iterator[tuple[str, Paper]]:
    for family in FAMILIES:
        upright = [face for face in faces if face.family == family]
        for _ in range(pages if upright else 0):
            face = upright[int(random.integers(len(upright)))]
            yield family, paper(face, dpi, random)


def measured(
    faces: Sequence[Face],
    dpi: int,
    pages: int,
    seed: int,
    reader: tuple[Engine, DigitNetwork],
    wear_name: str = "scan",
) -> tuple[dict[str, list[Seen]], float]:
    """What was seen by family, and CPU seconds a page."""
    random = np.random.default_rng(seed)
    seen: dict[str, list[Seen]] = defaultdict(list)
    spent, count = 0.0, 0
    for family, page in _pages(faces, dpi, pages, random):
        wear = WEARS[wear_name](random).kept_legible(0.068 * dpi)
        picture = worn(page.picture, wear, random)
        started = time.process_time()
        reading = read_picture(picture, 1, dpi, *reader)
        spent += time.process_time() - started
        count += 1
        found = list(compared(page.lines, reading))
        seen[family].extend(found)
        for one in found:
            if one.read != one.truth:
                _log.debug("%s %d dpi %s", family, dpi, one)
    return seen, spent / max(1, count)


def main() -> None:
    """Measure at 150, 200 and 300 dpi and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--pages", type=int, default=3, help="pages a family and resolution")
    parser.add_argument("--seed", type=int, default=43)
    parser.add_argument("--dpi", type=int, action="append", default=None)
    parser.add_argument("--network", type=Path, default=None)
    parser.add_argument("--wear", choices=sorted(WEARS), default="scan")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _log.setLevel(logging.DEBUG if given.verbose else logging.INFO)
    faces = find_faces(given.fonts)
    network = loaded(given.network.read_bytes()) if given.network else shipped()
    engine = engine_for(None, "tha+eng")
    report: dict[str, object] = {}
    for dpi in given.dpi or (150, 200, 300):
        seen, seconds = measured(
            faces, dpi, given.pages, given.seed + dpi, (engine, network), given.wear
        )
        every = [one for found in seen.values() for one in found]
        held = [one for family in HELD_OUT for one in seen[family]]
        report[f"{dpi} dpi"] = {
            "all": figures(every),
            "held_out": figures(held),
            "by_family": {family: figures(found)["right"] for family, found in seen.items()},
            "thresholds": {
                str(level): figures(every, level) for level in (80.0, 90.0, 95.0, 97.0, 98.0, 99.0)
            },
            "cpu_seconds_a_page": round(seconds, 2),
        }
    _log.info("%s", json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
