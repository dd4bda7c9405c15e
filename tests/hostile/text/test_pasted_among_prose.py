"""Pasted elements among paragraphs that are of no matter.

Tried: the elements of an item as rows or a list, then paragraphs about a town, so that most of the page is the unit's own.
Must: no item that asks for a document passes by it.
"""

from __future__ import annotations

from tests.hostile.text.reading import checklist_of, page, passes
from tests.hostile.text.stuffing import heading

NEWS = {"O7"}
"""Any text of the unit is news: this item asks for no more."""
PROSE = "<p>เทศบาลตำบลบ้านสวนมะลิ ขอต้อนรับทุกท่าน ตลาดเก่าอายุ 120 ปี งานประเพณีเดือนเมษายน</p>" * 8


def test_nothing_passes() -> None:
    items = [i for i in checklist_of(2566).items if i.id not in NEWS]
    listed = {i.id: "".join(f"<li>{e.text}</li>" for e in i.elements) for i in items}
    found = [
        i.id
        for i in items
        if passes(i, page(f"{heading(i, 2566)}<ul>{listed[i.id]}</ul>{PROSE}", title=i.title))
    ]
    assert found == []
