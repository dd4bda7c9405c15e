"""The top of `docs/benchmarks.md`: what is reached and missed, counted from its own tables."""

from __future__ import annotations

from pathlib import Path

from bench.aims import NAME, Aims, aims_of, section
from bench.benchmarks import marks, write_into

TOLD = """# ผลการวัด

## ความเร็ว / Speed

| แฟ้ม | อัตราส่วน | ≥ 0.9 |
| --- | --- | --- |
| Chromium | 1.78 | ถึง |
| LibreOffice | 0.64 | **ไม่ถึง** |

| Scrapy | 0.101 เป้าหมาย ≥ 0.8: **ไม่ถึง** |
| `oit check` | 1.63 | ≤ 2: ถึง |

## ไม่มีเป้าหมาย / No aims

ถึงแล้ว แต่ไม่ใช่แถวของตาราง

| ถึงวันที่ | 3 |
"""


def test_each_row_that_tells_of_an_aim_is_counted_once() -> None:
    assert aims_of(TOLD) == [Aims("ความเร็ว / Speed", 2, ("LibreOffice", "Scrapy"))]


def test_what_is_told_of_the_aims_is_no_aim_itself() -> None:
    assert aims_of(TOLD + section(TOLD)) == aims_of(TOLD)


def test_whoever_writes_a_section_tells_the_aims_anew(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    start, end = marks(NAME)
    path.write_text(TOLD.replace("## ความเร็ว", f"{start}\n{end}\n\n## ความเร็ว"), encoding="utf-8")
    first, last = marks("bench-new")
    write_into(path, "bench-new", f"{first}\n\n## ใหม่\n\n| ก | **ไม่ถึง** |\n\n{last}\n")
    text = path.read_text(encoding="utf-8")
    assert "| ความเร็ว / Speed | 2 | 2 | LibreOffice; Scrapy |" in text
    assert "| ใหม่ | 0 | 1 | ก |" in text
    assert text.count(start) == text.count(end) == 1


def test_a_document_that_tells_no_aims_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "scaling.md"
    first, last = marks("country")
    write_into(path, "country", f"{first}\n\n## ประเทศ\n\n| ก | ถึง |\n\n{last}\n")
    assert "เป้าหมายที่ถึง" not in path.read_text(encoding="utf-8")
