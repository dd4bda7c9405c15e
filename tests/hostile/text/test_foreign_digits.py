"""A year in digits that are not Thai or ASCII, or in letters that look like digits.

Tried: 2566 in Arabic-Indic, Lao, Khmer, full-width, mathematical, circled digits, with O, l, S or Cyrillic letters.
Must: Thai and ASCII digits count, mixed ones too; all others name no year, so nothing passes by them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checklist.mentions import find_mentions
from checklist.thai import normalise
from tests.hostile.text.reading import checklist_of, passes, read

CASES = Path(__file__).parents[2] / "checklist" / "oit-2566" / "O11"


FOREIGN = [
    "٢٥٦٦",
    "໒໕໖໖",
    "២៥៦៦",
    "２５６６",
    "𝟐𝟓𝟔𝟔",
    "²⁵⁶⁶",
    "②⑤⑥⑥",
    "2S66",
    "l566",
    "256б",
    "25O6",
    "25\u030366",
]


@pytest.mark.parametrize("year", FOREIGN, ids=ascii)
def test_it_names_no_year(year: str) -> None:
    assert find_mentions(normalise(f"ปีงบประมาณ พ.ศ. {year}")) == []


@pytest.mark.parametrize("year", ["2566", "๒๕๖๖", "2๕6๖"])
def test_thai_and_ascii_digits_do(year: str) -> None:
    assert len(find_mentions(normalise(f"ปีงบประมาณ พ.ศ. {year}"))) == 1


@pytest.mark.parametrize("year", ["٢٥٦٦", "２５６６", "25O6"])
def test_a_plan_of_such_a_year_does_not_pass(year: str) -> None:
    plan = (CASES / "pass" / "plan.html").read_text("utf-8")
    swapped = re.sub(r"(?:25)?6[4-7](?!\d)|(?:๒๕)?๖[๔-๗]", year, plan)
    assert not passes(checklist_of(2566).item("O11"), read(swapped))
