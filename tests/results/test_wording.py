"""How reports speak Thai."""

from __future__ import annotations

import sys
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.evidence import Origin, Region, TextSource
from checklist.verdict import ElementState, Kind, Tier, Verdict
from results import wording
from results.group import Group
from results.speech import day_text, moment_text
from results.wording import duration_text, size, skip_reason, tidy


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 4, 30), "30 เมษายน 2566"),
        (date(2022, 10, 1), "1 ตุลาคม 2565"),
        (date(2024, 2, 29), "29 กุมภาพันธ์ 2567"),
    ],
)
def test_dates_are_in_the_buddhist_era(day: date, said: str) -> None:
    assert day_text(day) == said


def test_a_moment_is_told_in_thailands_time() -> None:
    late = datetime(2022, 12, 31, 18, 5, tzinfo=UTC)
    assert moment_text(late) == "1 มกราคม 2566 เวลา 01.05 น."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "ไม่ถึง 1 วินาที"),
        (59.6, "1 นาที"),
        (125, "2 นาที 5 วินาที"),
        (3600, "1 ชั่วโมง"),
        (3725, "1 ชั่วโมง 2 นาที 5 วินาที"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration_text(seconds) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (999, "999 B"), (14_200_000, "14.2 MB"), (5_000_000_000_000, "5000.0 GB")],
)
def test_sizes(count: int, said: str) -> None:
    assert size(count) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("blocked_by_robots", "ไฟล์ robots.txt ของเว็บไซต์ไม่อนุญาตให้ระบบตรวจอ่านหน้านี้"),
        ("budget_pages", "ครบโควตาจำนวนหน้า"),
        ("something_new", "เหตุอื่น (something_new)"),
    ],
)
def test_why_a_page_was_skipped(code: str, said: str) -> None:
    assert skip_reason(code) == said


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("  แผนปฏิบัติราชการ\n\n ปี 2566 ", 0, "แผนปฏิบัติราชการ ปี 2566"),
        ("ลำดับ\tโครงการ\tงบประมาณ", 0, "ลำดับ | โครงการ | งบประมาณ"),
        ("ไฟล์\u202efdp.exe", 0, "ไฟล์fdp.exe"),
        ("ก\x00\x1bข\ud800", 0, "กข"),
        ("ก\ufffeข\uffff", 0, "กข"),
        ("กำหนดการ", 20, "กำหนดการ"),
        ("แผนที่ตั้ง", 4, "แผน …"),
        ("แผนที่ตั้ง", 5, "แผน …"),
        ("แผนที่ตั้ง", 6, "แผนที่ …"),
        ("รายได้ที่ 1", 7, "รายได้ …"),
        ("ประจำปี", 4, "ประ …"),
        ("น้ำท่วม", 2, "…"),
    ],
)
def test_text_is_made_fit_to_show(text: str, limit: int, said: str) -> None:
    assert tidy(text, limit) == said


@given(st.text(max_size=200), st.integers(0, 60))
def test_tidy_text_is_one_safe_short_line(text: str, limit: int) -> None:
    shown = tidy(text, limit)
    shown.encode("utf-8")
    assert "\n" not in shown
    assert "\t" not in shown
    assert not any(unicodedata.category(char) == "Cc" for char in shown)
    if limit:
        assert len(shown) <= max(limit, 0) + 2
    assert tidy(shown) == shown


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (wording.VERDICTS, Verdict),
        (wording.STATES, ElementState),
        (wording.KINDS, Kind),
        (wording.REGIONS, Region),
        (wording.SOURCES, TextSource),
        (wording.TIERS, Tier),
        (wording.ORIGINS, Origin),
        (wording.GROUPS, [group.value for group in Group]),
    ],
    ids=["verdicts", "states", "kinds", "regions", "sources", "tiers", "origins", "groups"],
)
def test_every_value_has_words_of_its_own(words: dict[str, str], kinds: list[str]) -> None:
    assert set(words) == set(kinds)
    assert len(set(words.values())) == len(words)


def disguises(char: str) -> bool:
    """What `tidy` must drop, by the character's own properties."""
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    control = unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace()
    return control or char in "\ufffe\uffff" or unicodedata.bidirectional(char) in turns


def test_what_disguises_a_text_is_dropped_and_nothing_else() -> None:
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    dropped = {char for char in every if tidy(f"ก{char}ข") == "กข"}
    assert dropped == {char for char in every if disguises(char)}
