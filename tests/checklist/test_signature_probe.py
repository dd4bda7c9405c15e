"""Who signed, as what, and when: the ways in which Thai offices close a paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.probes.signature import SignatureProbe
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, UNIT, page, text

PROBE = SignatureProbe(
    kind="signature",
    by=("นายกเทศมนตรี", "ผู้อำนวยการ", "อธิบดี", "ปลัดกระทรวง", "ผู้ว่าการ", "วัฒนธรรมจังหวัด"),
)
DAY = "ประกาศ ณ วันที่ 10 มกราคม พ.ศ. 2566"


@pytest.mark.parametrize(
    "closing",
    [
        f"{DAY}\n\n(แพทย์หญิงศิรินทร์ วรรณธารา)\nผู้อำนวยการโรงพยาบาลคำสร้อย\n",
        f"{DAY}\n\n(ผู้ช่วยศาสตราจารย์ ดร.มานะ ใจดี)\nผู้อำนวยการ\n",
        f"{DAY}\n\nลงนาม อารยา เพียรธรรมกุล\nผู้อำนวยการสำนักงาน\n",
        f"{DAY}\n\n(ลงชื่อ) บุญส่ง วงศ์คำลือ\nนายกเทศมนตรีตำบลนาคูหา\n",
        f"{DAY}\n\n(อารยา เพียรธรรมกุล)\nอธิบดีกรมพัฒนาแหล่งน้ำ\n",
        f"{DAY}\n\nนางอารยา เพียรธรรมกุล\nผู้ว่าการการท่าเรือ\n",
        f"{DAY}\n\nนายสมชาย ใจมั่นคง นายกเทศมนตรีตำบลบ้านสวน\n",
        "จึงประกาศให้ทราบโดยทั่วกัน\n\n(นายสมชาย ใจมั่นคง)\nนายกเทศมนตรีตำบลบ้านสวน\n10 มกราคม 2566\n",
        "จึงประกาศให้ทราบโดยทั่วกัน\n\n(นายสมชาย ใจมั่นคง)\nนายกเทศมนตรีตำบลบ้านสวน\n10 ม.ค. 66\n",
    ],
)
def test_a_head_signs_in_many_ways(closing: str) -> None:
    assert PROBE.look([text(closing)], CONTEXT).present


@pytest.mark.parametrize(
    ("closing", "state"),
    [
        (f"{DAY}\n\n(นายสมาน ทองทอ)\nรองอธิบดีกรมส่งเสริมหัตถกรรม\n", "unsure"),
        (f"{DAY}\n\n(นายสมาน ทองทอ)\nผู้อำนวยการกองคลัง\n", "unsure"),
        (f"{DAY}\n\n(นายสมาน ทองทอ)\nผู้อำนวยการกองทุนหมู่บ้าน\n", "present"),
        (f"{DAY}\n\n(....................)\nอธิบดีกรมส่งเสริมหัตถกรรม\n", "absent"),
        (f"{DAY}\n\n(นายสมาน ทองทอ)\nหัวหน้าฝ่าย สำนักงานวัฒนธรรมจังหวัดปทุม\n", "unsure"),
        (f"{DAY}\n\n(นายสมาน ทองทอ)\nวัฒนธรรมจังหวัดปทุม\n", "present"),
        (f"{DAY}\n\nอธิบดีกรมส่งเสริมหัตถกรรม\n", "absent"),
        (f"{DAY}\n\nนายกเทศมนตรี ตำบลบ้านสวน\n", "absent"),
        ("ข้าพเจ้า นายสมาน ทองทอ อธิบดี ขอประกาศเจตนารมณ์\n", "absent"),
        ("นายสมาน ทองทอ อธิบดี เป็นประธานการประชุม\n", "absent"),
    ],
)
def test_who_is_no_head_and_what_is_no_signature(closing: str, state: str) -> None:
    assert PROBE.look([text(closing)], CONTEXT).state is ElementState(state)


def test_a_local_government_is_not_headed_by_an_official_of_the_ministry() -> None:
    paper = [page(f"<p>{DAY}</p><p>(นายพิสิฐ มหานิยม)</p><p>ปลัดกระทรวงกิจการชุมชน</p>")]
    ministry = UnitProfile("m", "สำนักงานปลัดกระทรวงกิจการชุมชน", UnitType.CENTRAL)
    assert PROBE.look(paper, replace(CONTEXT, unit=ministry)).present
    assert PROBE.look(paper, replace(CONTEXT, unit=UNIT)).state is ElementState.UNSURE
