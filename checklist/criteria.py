"""The checklist's own voice: wording that tells what to publish and is never the thing itself.

Units paste the official elements above their links. Such a passage holds every key word and
the right year, and proves nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checklist.thai import match_form

_PHRASES = tuple(
    match_form(phrase)
    for phrase in (
        "อย่างน้อยประกอบด้วย",
        "โดยมีรายละเอียดอย่างน้อย",
        "โดยมีข้อมูลรายละเอียด",
        "ที่มีข้อมูลรายละเอียด",
        "ที่มีรายละเอียดข้อมูล",
        "มีข้อมูลรายละเอียดความก้าวหน้า",
        "องค์ประกอบด้านข้อมูล",
        "เป็นข้อมูลในระยะเวลาอย่างน้อย",
        "ในระยะเวลาอย่างน้อย 6 เดือนแรก",
        "ที่มีระยะเวลาบังคับใช้ครอบคลุมปี",
        "มีระยะเวลาบังคับใช้ครอบคลุม",
        "เป็นแผนที่มีระยะเวลาบังคับใช้",
        "เป็นแผนฯ ที่มีระยะเวลาบังคับใช้",
        "ที่ใช้บังคับในปี",
        "เป็นการดำเนินการในปี พ.ศ.",
        "เป็นกิจกรรมหรือการดำเนินการในปี",
        "เป็นข้อมูลข่าวสารที่เกิดขึ้นในปี",
        "เป็นข่าวสารที่เกิดขึ้นในปี",
        "เป็นรายงานผลในปี พ.ศ.",
        "เป็นรายงานผลของปี พ.ศ.",
        "เป็นหลักเกณฑ์ที่ยังมีผลบังคับใช้",
        "*กรณี",
        "หมายเหตุ: กรณี",
        "หมายเหตุ กรณีหน่วยงาน",
        "กรณีไม่มีเรื่องร้องเรียนให้",
        "กรณีที่ไม่มีการจัดซื้อจัดจ้างให้",
        "สามารถจัดทำข้อมูลเป็นแบบรายเดือน",
        "รายเดือน หรือรายไตรมาส หรือราย 6 เดือน",
        "สามารถเข้าถึงหรือเชื่อมโยงไปยังช่องทางข้างต้น",
        "แสดงตำแหน่งบนเว็บไซต์",
        "ประกอบด้วยตำแหน่งที่สำคัญ และการแบ่งส่วนงาน",
        "ตามที่กฎหมายกำหนดให้ต้องดำเนินการ ตามพระราชบัญญัติการจัดซื้อจัดจ้าง",
        "สิ่งที่ต้องเผยแพร่",
        "เกณฑ์การให้คะแนน OIT",
    )
)
_SHOW = re.compile(r"^[^ก-ฮa-z]{0,8}(?:(?:o|oit|ข้อ)\s*\d+\W*)?แสดง")
_DEMAND = re.compile("อย่างน้อย|ของหน่วยงานที่|ในปีพ\\.?ศ|ปีพ\\.ศ\\.25|ตามข้อo?\\d|จากข้อo?\\d")
_LONG = 700
_SHORT = 450


@lru_cache(maxsize=8192)
def is_criteria_wording(text: str) -> bool:
    """True when a passage speaks as the checklist does ("แสดง… อย่างน้อยประกอบด้วย …").

    In a passage longer than 700 characters, such as a whole page, one phrase may be chance:
    two different ones are needed.
    """
    form = match_form(text)
    if not form:
        return False
    needed = 1 if len(form) <= _LONG else 2
    if sum(phrase in form for phrase in _PHRASES) >= needed:
        return True
    return len(form) <= _SHORT and bool(_SHOW.match(form)) and bool(_DEMAND.search(form))
