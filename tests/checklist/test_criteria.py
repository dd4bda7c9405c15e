"""The checklist's own wording pasted on a page is told from what a unit itself writes."""

from __future__ import annotations

import pytest

from checklist.criteria import is_criteria_wording

PASTED = [
    "แสดงแผนดำเนินงาน ที่มีข้อมูลรายละเอียด อย่างน้อยประกอบด้วย โครงการและงบประมาณ",
    "อย่างน้อยประกอบด้วย (1) โครงการหรือกิจกรรม (2) งบประมาณที่ใช้",
    "เป็นข้อมูลในระยะเวลาอย่างน้อย 6 เดือนแรกของปี พ.ศ. 2566",
    "เป็นข้อมูลในระยะเวลาอย่างน้อย ๖ เดือนแรก ของปี พ.ศ. ๒๕๖๖",
    "เป็นแผนที่มีระยะเวลาบังคับใช้ครอบคลุมปี พ.ศ. 2566",
    "เป็นการดำเนินการในปี พ.ศ. 2566",
    "* กรณีหน่วยงานไม่มีการจัดซื้อจัดจ้าง ให้อธิบายเหตุผล",
    "หมายเหตุ: กรณีไม่มีเรื่องร้องเรียนให้เผยแพร่ว่าไม่มี",
    "องค์ประกอบด้านข้อมูล",
    "O10 แสดงผลการดำเนินงาน ของปี พ.ศ. 2565",
    "แสดงตำแหน่งบนเว็บไซต์ที่เชื่อมโยงไปยังเครือข่ายสังคมออนไลน์",
]
WRITTEN = [
    "แผนดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566",
    "รายงานผลการดำเนินงาน รอบ 6 เดือนแรก ปีงบประมาณ 2566",
    "ไม่มีเรื่องร้องเรียนการทุจริตในรอบ 6 เดือนแรกของปีงบประมาณ 2566",
    "ตารางที่ 1 แสดงผลการใช้จ่ายงบประมาณ",
    "คณะทำงานประกอบด้วย นายกเทศมนตรี และปลัดเทศบาล",
    "ดาวน์โหลดแบบฟอร์มได้จากเว็บไซต์หลักของหน่วยงาน",
    "",
]


@pytest.mark.parametrize("text", PASTED)
def test_the_checklist_speaks(text: str) -> None:
    assert is_criteria_wording(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_the_unit_speaks(text: str) -> None:
    assert not is_criteria_wording(text)


def test_one_such_phrase_does_not_condemn_a_whole_page() -> None:
    page = "การประชุมคณะทำงานครั้งนี้ได้พิจารณาโครงการทั้งหมด " * 30
    assert not is_criteria_wording(page + "แผนงานอย่างน้อยประกอบด้วยสามส่วน")
