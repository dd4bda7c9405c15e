"""The figures: what they add up, and how they are put into the document."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bench.benchmarks import write_into
from bench.read.measuring import Measured, measure
from bench.read.processes import Watch, cpu_seconds
from bench.read.report import (
    END,
    NAME,
    START,
    Figures,
    Machine,
    OcrCost,
    error_of,
    found_of,
    section,
)
from bench.read.sample import Block, Family, Paper, Part, Sample
from bench.read.speed import Speed

if TYPE_CHECKING:
    from pathlib import Path


def file(letters: int, error: float, missed: tuple[str, ...] = ()) -> Measured:
    text = Paper(0, (Block(Part.PROSE, ("ก" * letters,)),), ("แผน", "รายงาน"))
    sample = Sample("a.pdf", Family.TEXT_PDF, "กลุ่ม", b"", text)
    return Measured(sample, error, error, missed, (), 1, 0, 0.0, None, "ก → <ข>")


def figures(*files: Measured) -> Figures:
    machine = Machine(2, ("poppler 1",), ("ไม่มี LibreOffice",))
    speed = Speed("ยาว", 60, (90.0, 100.0, 95.0), (100.0, 100.0, 100.0))
    return Figures(files, (speed,), None, None, OcrCost(0, 0.0, None), machine, 3.0)


def test_a_long_file_weighs_more_than_a_short_one() -> None:
    assert error_of([file(900, 0.0), file(100, 0.5)]) == pytest.approx(0.05)


def test_phrases_are_counted_over_all_files() -> None:
    assert found_of([file(10, 0.0), file(10, 0.0, ("แผน",))]) == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ([file(100, 0.009)], "| ถึง |"),
        ([file(100, 0.011)], "| **ไม่ถึง** |"),
        ([file(100, 0.0, ("แผน",))], "| **ไม่ถึง** |"),
    ],
    ids=["both aims", "too many errors", "a phrase lost"],
)
def test_the_summary_says_whether_the_aims_are_reached(files: list[Measured], verdict: str) -> None:
    summary = next(line for line in section(figures(*files)).splitlines() if "99%" in line)
    assert summary.endswith(verdict)


def test_what_was_not_measured_is_said_and_markup_is_shown_as_text() -> None:
    text = section(figures(file(100, 0.5)))
    assert "**ไม่ได้วัด**: ไม่มี LibreOffice" in text
    assert "ก → &#60;ข&#62;" in text
    assert "0.95 (0.90–1.00)" in text


def test_the_section_replaces_the_former_one_and_leaves_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    path.write_text(f"# หัวเรื่อง\n\nก่อน\n\n{START}\nเก่า\n{END}\n\nหลัง\n", encoding="utf-8")
    for text in ("หนึ่ง", "สอง"):
        write_into(path, NAME, f"{START}\n{text}\n{END}\n")
    assert path.read_text(encoding="utf-8") == (f"# หัวเรื่อง\n\nก่อน\n\n{START}\nสอง\n{END}\n\nหลัง\n")


def test_a_new_document_gets_a_title(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    write_into(path, NAME, f"{START}\nข้อความ\n{END}\n")
    assert path.read_text(encoding="utf-8").startswith("# ผลการวัด / Benchmarks\n\n" + START)


def test_a_file_is_measured_as_the_judge_would_read_it() -> None:
    text = Paper(
        0,
        (Block(Part.TITLE, ("แผนการจัดหาพัสดุ",)), Block(Part.PROSE, ("ประจำปี พ.ศ. 2566 ของกองคลัง",))),
        ("แผนการจัดหาพัสดุ", "ประจำปี พ.ศ. 2566", "กองช่าง"),
    )
    shown = "แผนการจัดหาพัสดุ\nประจ ำปี พ.ศ. 2566 ของกองคลง\n".encode()
    done = measure(Sample("a.txt", Family.OFFICE, "TXT", shown, text))
    assert done.missed == ("กองช่าง",)
    assert done.wrongly_found == ()
    assert done.error == pytest.approx(1 / 38, abs=0.01)


def test_a_phrase_of_another_year_counts_as_wrongly_found() -> None:
    text = Paper(0, (Block(Part.TITLE, ("ประจำปี พ.ศ. ๒๕๖๖",)),), ("ประจำปี พ.ศ. ๒๕๖๖",))
    shown = "รายงานประจำปี พ.ศ. ๒๕๖๗".encode()
    done = measure(Sample("a.txt", Family.OFFICE, "TXT", shown, text))
    assert done.missed == ("ประจำปี พ.ศ. ๒๕๖๖",)
    assert done.wrongly_found == ("ประจำปี พ.ศ. ๒๕๖๗",)


def test_the_cpu_and_memory_of_a_child_are_seen() -> None:
    script = "x = bytearray(60_000_000); print('ready', flush=True); input()"
    before = cpu_seconds()
    with Watch() as watch:
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdout
        child.stdout.readline()
        during = cpu_seconds()
        deadline = time.monotonic() + 5
        while (peak := watch.largest("python")) is None or peak.bytes < 60_000_000:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        child.communicate(b"\n")
    assert during >= before
    assert watch.largest("no-such-program") is None
