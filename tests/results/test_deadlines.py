"""Until when: the ITAS entry of the OIT, the tenth of every month of the drive plan."""

from __future__ import annotations

from datetime import date

import pytest

from checklist.loader import load
from results.deadlines import deadline

PLAN = load("moi-2566")


@pytest.mark.parametrize(
    ("as_of", "day", "left", "says"),
    [
        ("2022-08-01", "2022-10-10", 70, "ครั้งต่อไปวันที่ 10 ตุลาคม 2565 (เหลือ 70 วัน)"),
        ("2023-04-05", "2023-04-10", 5, "ครั้งต่อไปวันที่ 10 เมษายน 2566 (เหลือ 5 วัน)"),
        ("2023-04-10", "2023-04-10", 0, "วันที่ประเมินเป็นวันครบกำหนดของการรายงานความก้าวหน้า"),
        ("2023-04-11", "2023-05-10", 29, "ครั้งต่อไปวันที่ 10 พฤษภาคม 2566 (เหลือ 29 วัน)"),
        ("2023-12-31", "2023-09-10", -112, "ครั้งสุดท้ายครบกำหนดแล้วเมื่อวันที่ 10 กันยายน 2566"),
    ],
)
def test_the_plan_is_reported_on_the_tenth_of_every_month(
    as_of: str, day: str, left: int, says: str
) -> None:
    found = deadline(PLAN, date.fromisoformat(as_of))
    assert (found.day, found.days_left) == (date.fromisoformat(day), left)
    assert found.th.startswith(("การรายงานความก้าวหน้าตามแนวทางขับเคลื่อน", "วันที่ประเมิน"))
    assert says in found.th
    assert found.confirmed
    assert "ITAS" not in found.th


def test_the_oit_is_entered_in_itas() -> None:
    found = deadline(load("oit-2565"), date(2022, 4, 20))
    assert found.day == load("oit-2565").calendar.closes
    assert "ก่อนปิดกรอกข้อมูลในระบบ ITAS" in found.th
