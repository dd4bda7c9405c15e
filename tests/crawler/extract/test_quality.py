"""How well a page reads as Thai, and sara am given back from a second reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.quality import Grade, page_quality
from crawler.extract.second_reading import close_gaps, mend, restore

GOOD = "ประกาศสำนักงานเทศบาลตำบลบ้านสวน เรื่อง แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ ต่าง ๆ"
FIGURES = "2564 1,250,000.00 2565 1,310,500.00 2566 1,402,750.00"
TO_SYMBOLS = 0x0E01 - 0xF0A1


def in_codes(text: str, distance: int) -> str:
    """`text` with all but its spaces moved down by `distance`."""
    return "".join(c if c == " " else chr(ord(c) - distance) for c in text)


GRADES = [
    (GOOD, Grade.GOOD),
    (GOOD * 20, Grade.GOOD),
    ("รายชื่อคณะกรรมการ\nนายสมเดช วัฒนโชติ\nนางพรทิพย์ ศรีสง่า\nนายอนันต์ คงเจริญ", Grade.GOOD),
    ("Annual report of the municipality for the year 2566", Grade.GOOD),
    (FIGURES, Grade.GOOD),
    ("ประกาศเทศบาลตาบลบ้านสวน จานวน ๓ ตาแหน่ง", Grade.REPAIRED),
    ("กำรบริหำรงำนของเทศบำลในปีที่ผ่ำนมำ", Grade.REPAIRED),
    ("ส\ufffdนักงานเทศบาลต\ufffdบล ประจ\ufffdปี", Grade.REPAIRED),
    ("หน\uf70bาที่และอํานาจของเทศบาลในการจัดบริการสาธารณะ", Grade.REPAIRED),
    ("การด าเนินงานตามแผนงานประจ าปี", Grade.REPAIRED),
    ("ค ู ่ ม ื อ ก า ร ป ฏ ิ บ ั ต ิ ง า น", Grade.REPAIRED),
    (GOOD.encode("tis-620").decode("latin-1"), Grade.REPAIRED),
    (in_codes("สำนักงานเทศบาลตำบลบ้านสวน", TO_SYMBOLS), Grade.REPAIRED),
    (in_codes("แผนการดำเนินงานประจำปีงบประมาณของเทศบาล", 0x0DD0), Grade.REPAIRED),
    ("", Grade.NONE),
    ("- 14 -", Grade.NONE),
    ("ภาคผนวก", Grade.NONE),
    ("\ue001\ue002\ue003 " * 20, Grade.GARBAGE),
    ("\x1d1>\x0f@0\x0f1>\x191/\x0f0@ \x15/B\x14>@\x12?/0@" * 5, Grade.GARBAGE),
    ("1>@01>1/0@ N1APo >B?/0=@ @P/>o?@1" * 5, Grade.GARBAGE),
    ("rrru'fiounr:ilrvtufi nrr:iuduuarqna{rv tiltnuna ?fiu vrlnr: .fi.", Grade.GARBAGE),
    ("22&2LMMM24O2!C35.,,-6OML !C3 5,M2 &L2O", Grade.GARBAGE),
    ("กลุหบ ขืจปฟ เกดงซย มนพฎถ ฉอผบ โธฏ รฐฑช คฆฝภส ขปืด กหฟง ฌฬฮฑ มึฎ", Grade.GARBAGE),
    ("ัิีึ กุูู ่้๊๋ าาะ ัััก ิิิิ ็็็ ่่่ ื้ืื แแแ เเโ ำำำ ะะ", Grade.GARBAGE),
]


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_a_page_is_graded_by_how_it_reads(text: str, grade: Grade) -> None:
    assert page_quality(text).grade is grade


FAULTS = [
    ("ประกาศส\ufffdนักงานเทศบาลต\ufffdบล", "lost"),
    ("นีҟสิѷงที", "lost"),
    ("ประกาศสานักงานเทศบาลตาบล", "swapped"),
    ("กำรบริหำรงำนเทศบำล", "swapped"),
    ("ต าบล ประจ าปี", "spaced"),
    ("สํานักงาน", "decomposed"),
    ("หน\uf70bา", "private"),
    ("คู่มืคู่อมื การปฏิบัติ", "doubled"),
    ("ก\u0e31\u0e31 \u0e48า เ ก แ ด", "orphan_marks"),
    ("à·ÈºÒÅ", "encoding"),
]


@pytest.mark.parametrize(("broken", "reason"), FAULTS)
def test_each_fault_is_named_and_lowers_the_score(broken: str, reason: str) -> None:
    quality = page_quality(f"{GOOD} {broken}")
    assert reason in quality.reasons
    assert quality.score < page_quality(GOOD).score == 1.0


def test_a_long_text_without_stacked_tones_has_lost_them() -> None:
    told = "เมื่อวันที่นี้ได้ขึ้นเนื้อที่ซื้อชั้นทั้งสิ้นซึ่งเพื่อสิ่งอื่น " * 12
    lost = told.translate({ord(tone): None for tone in "่้"})
    assert "toneless" in page_quality(lost).reasons
    assert page_quality(told).score > page_quality(lost).score


BETTER = [
    ("แผนการศึกษาและพัฒนาคุณภาพ", "แผนการศกึษาและพฒันาคณุภาพ"),
    ("กิจกรรมพัฒนาผู้เรียน", "กจิกรรมพฒันาผเู้รยีน"),
    ("ป้องกันการทุจริต", "ปอ้งกนัการทจุรติ"),
    ("สำนักงานเทศบาล", "ส\ufffd\ufffdกงานเทศบ\ufffdล"),
]


@pytest.mark.parametrize(("right", "wrong"), BETTER)
def test_the_reading_that_says_words_scores_higher(right: str, wrong: str) -> None:
    assert page_quality(right * 3).score > page_quality(wrong * 3).score


@given(st.text(max_size=200))
def test_any_text_is_graded(text: str) -> None:
    quality = page_quality(text)
    assert 0.0 <= quality.score <= 1.0
    assert (quality.score == 1.0) <= (quality.grade is Grade.GOOD)


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("สานักงานตาบล", "ส านักงานต าบล", "สำนักงานตำบล"),
        ("ประจาปี ๒๕๖๖", "ประจ าปี ๒๕๖๖", "ประจำปี ๒๕๖๖"),
        ("การทางาน การทางหลวง", "การท างาน การทางหลวง", "การทำงาน การทางหลวง"),
        ("ประจาปี", "ประจำปี", "ประจำปี"),
        ("การศึกษา", "การศึกษา", "การศึกษา"),
        ("สานักงาน", "", "สานักงาน"),
        ("ค่าเป้าหมาย", "ค่าเป้ าหมาย", "ค่าเป้าหมาย"),
        ("ร า ย ง า น", "ร า ย ง า น", "ร า ย ง า น"),
        ("จัดทา แผน", "จัดท า แผน", "จัดทำ แผน"),
    ],
)
def test_sara_am_is_given_back(first: str, second: str, mended: str) -> None:
    assert restore(first, second) == mended


def test_codes_of_another_encoding_are_read_as_thai() -> None:
    codes = "เทศบาลตำบล ญัตติ".encode("tis-620").decode("latin-1")
    assert mend(codes, "") == "เทศบาลตำบล ญัตติ"


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("ป้ องกันการทุจริต", "ป้องกันการทุจริต", "ป้องกันการทุจริต"),
        ("ประจำปี งบประมาณ", "ประจำปีงบประมาณ", "ประจำปีงบประมาณ"),
        ("ทุกปี งบประมาณ", "ทุกปี งบประมาณ", "ทุกปี งบประมาณ"),
        ("ฟื้ นฟู ปี 2566", "ฟื้นฟู ปี2566", "ฟื้นฟู ปี 2566"),
        ("ป้ องกัน", "", "ป้ องกัน"),
    ],
)
def test_false_gaps_are_closed(first: str, second: str, mended: str) -> None:
    assert close_gaps(first, second) == mended
