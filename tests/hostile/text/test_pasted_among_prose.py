"""Pasted elements among paragraphs that are of no matter.

Tried: an item's elements as rows, a list or paragraphs with a year, then news, laws, history or another agency's projects.
Must: no item of any checklist passes by it; what could stand is left to a person.
"""

from __future__ import annotations

import pytest

from checklist.judge import judge
from checklist.loader import load
from checklist.verdict import Verdict
from sweep.judging import context_for
from tests.hostile.text.reading import UNIT, page

PROSE = {
    "news": "เทศบาลตำบลบ้านสวนมะลิ ขอต้อนรับทุกท่าน ตลาดเก่าอายุ 120 ปี งานประเพณีเดือนเมษายน",
    "laws": "พระราชบัญญัติเทศบาล พ.ศ. 2496 มาตรา 50 เทศบาลตำบลมีหน้าที่ต้องทำในเขตเทศบาล ดังต่อไปนี้",
    "works": "โครงการก่อสร้างถนน หมู่ที่ 3 งบประมาณ 375,000 บาท ดำเนินการแล้วเสร็จ ร้อยละ 100",
    "others": "อบต.หนองบัว จัดโครงการอบรมเรื่องการป้องกันการทุจริต มีผู้เข้าร่วม 45 คน แล้วเสร็จ",
}
SHAPES = {
    "rows": ("<table>{}</table>", "<tr><td>{text}</td><td>ครบถ้วน</td><td>{year}</td></tr>"),
    "list": ("<ul>{}</ul>", "<li>{text}</li>"),
    "paragraphs": ("{}", "<p>{text} ประจำปี {year}</p>"),
}


@pytest.mark.parametrize("key", ["oit-2565", "oit-2566", "moi-2566"])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_passes(key: str, shape: str) -> None:
    checklist, (whole, each) = load(key), SHAPES[shape]
    context = context_for(checklist, checklist.calendar.closes, UNIT)
    found = []
    for item in checklist.items:
        texts = "".join(each.format(text=e.text, year=checklist.year) for e in item.elements)
        head = f"<h1>{item.title} {UNIT.name} ปีงบประมาณ พ.ศ. {checklist.year}</h1>"
        for name, text in PROSE.items():
            document = page(head + whole.format(texts) + f"<p>{text}</p>" * 8, title=item.title)
            if judge(item, [document], context).verdict is Verdict.PASS:
                found.append((item.id, name))
    assert found == []
