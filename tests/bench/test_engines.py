"""What the notes of jobs tell of an engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.engines.job import work
from bench.engines.measure import Figures, Note, lost_and_doubled, notes_in
from bench.engines.report import section


def test_a_job_notes_its_start_and_its_end(tmp_path: Path) -> None:
    work(str(tmp_path / "notes"), "a-0", 0)
    assert [(one.what, one.job) for one in notes_in(tmp_path / "notes")] == [
        ("start", "a-0"), ("end", "a-0"),
    ]  # fmt: skip


def test_half_a_line_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("start a-0 1.0 7\nend a-0 2")
    assert notes_in(tmp_path / "notes") == [Note("start", "a-0", 1.0, 7)]


@pytest.mark.parametrize(
    ("ends", "lost", "doubled"),
    [(["a", "b"], 0, 0), (["a"], 1, 0), (["a", "a", "b"], 0, 1), ([], 2, 0)],
)
def test_jobs_are_lost_or_doubled(ends: list[str], lost: int, doubled: int) -> None:
    notes = [Note("end", job, 0.0, 1) for job in ends]
    assert lost_and_doubled(notes, ["a", "b"]) == (lost, doubled)


def test_what_did_not_come_back_is_told() -> None:
    text = section([Figures("X", again_s=[None, 1.0, 2.0])], ["Y: not there"], 1.0)
    assert "1.5 (1.0–2.0) 1× > 75" in text
    assert "not measured: Y: not there" in text
