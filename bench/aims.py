"""Which aims the sections of `docs/benchmarks.md` reach, told at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.repeats import met, table

NAME = "bench-aims"
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_REACHED, _MISSED = met(True), met(False)


@dataclass(frozen=True, slots=True)
class Aims:
    """A section's title, how many of its aims are reached, and the rows of those that are not."""

    title: str
    reached: int
    missed: tuple[str, ...]


def aims_of(text: str) -> list[Aims]:
    """The aims of every section of the document `text`; sections without any are left out."""
    titles = list(_SECTION.finditer(text))
    ends = [one.start() for one in titles[1:]] + [len(text)]
    found = [
        _aims(title[1], text[title.end() : end]) for title, end in zip(titles, ends, strict=True)
    ]
    return [one for one in found if one.reached or one.missed]


def section(text: str) -> str:
    """The section about all others of the document `text`, marks left out."""
    rows = [
        (one.title, str(one.reached), str(len(one.missed)), "; ".join(one.missed))
        for one in aims_of(text)
    ]
    return (
        "## เป้าหมายที่ถึงและไม่ถึง / Aims reached and missed\n\n"
        "นับจากตารางข้างล่างทุกครั้งที่คำสั่งวัดเขียนเอกสารนี้ / counted from the tables below by whichever "
        "command writes this document\n\n"
        + table(("เรื่อง", "จำนวนที่ถึง", "จำนวนที่ไม่ถึง", "แถวที่ไม่ถึง"), rows)
    )


def _aims(title: str, body: str) -> Aims:
    told = list(_told(body))
    missed = tuple(name for name, reached in told if not reached)
    return Aims(title, len(told) - len(missed), missed)


def _told(body: str) -> Iterator[tuple[str, bool]]:
    """The first cell of each row that tells of an aim, and whether it is reached."""
    for line in body.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        words = {cell.rpartition(": ")[2] for cell in cells}
        if line.startswith("|") and words & {_REACHED, _MISSED}:
            yield cells[0], _MISSED not in words
