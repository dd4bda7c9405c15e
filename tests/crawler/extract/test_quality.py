"""The measure of well-formed Thai, and sara am given back from a second reading."""

from __future__ import annotations

import pytest

from crawler.extract.quality import measure
from crawler.extract.second_reading import close_gaps, restore

GOOD = "ประกาศสำนักงานเทศบาลตำบลบ้านสวน เรื่อง แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ ต่าง ๆ"


def test_flawless_thai_scores_one() -> None:
    assert measure(GOOD).score == 1.0
    assert measure(GOOD).thai_share > 0.9


@pytest.mark.parametrize(
    "broken",
    [
        "ประกาศส\ufffdนักงานเทศบาลต\ufffdบล",
        "ค ู ่ ม ื อ ก า ร ป ฏ ิ บ ั ต ิ",
        "คู่มืคู่อมื การปฏิบัติบังาน",
        "ประกาศสานักงานเทศบาลตาบล",
        "กำรบริหำรงำนเทศบำล",
        "ก\u0e31\u0e31 \u0e48า เ ก แ ด",
        "นีҟสิѷง",
        "ต าบล ประจ าปี",
        "สํานักงาน",
        "หน\uf70bา",
    ],
)
def test_each_fault_lowers_the_score(broken: str) -> None:
    assert measure(f"{GOOD} {broken}").score < 1.0


def test_faults_that_normalising_mends_weigh_less_than_lost_letters() -> None:
    assert measure("ประจ าปี ต าบล ส านักงาน").score > measure("ประจาปี ตาบล สานักงาน").score


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (GOOD, False),
        ("Annual report of the municipality, 2566", False),
        ("http://www.a.go.th/f/?id=1&x=2 " * 5, False),
        ("\ue001\ue002\ue003 " * 20, True),
        ("1>@01>1/0@ N1APo >B?/0=@ @P/>o?@1" * 5, True),
        ("", False),
    ],
)
def test_codes_of_an_embedded_font_are_told_apart(text: str, garbled: bool) -> None:
    assert measure(text).garbled is garbled


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("สานักงานตาบล", "ส านักงานต าบล", "สำนักงานตำบล"),
        ("ประจาปี ๒๕๖๖", "ประจ าปี ๒๕๖๖", "ประจำปี ๒๕๖๖"),
        ("การทางาน การทางหลวง", "การท างาน การทางหลวง", "การทำงาน การทางหลวง"),
        ("ประจาปี", "ประจำปี", "ประจำปี"),
        ("การศึกษา", "การศึกษา", "การศึกษา"),
        ("สานักงาน", "", "สานักงาน"),
    ],
)
def test_sara_am_is_given_back(first: str, second: str, mended: str) -> None:
    assert restore(first, second) == mended


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
