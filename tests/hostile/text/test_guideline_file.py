"""The checklist's own guideline as a file.

Tried: a file with the name and the elements of all 43 items, linked by the name of each.
Must: no item passes by it.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import checklist_of, passes, read

FILE = "https://www.bansuanmali.go.th/files/guide.txt"


@pytest.mark.parametrize("year", [2565, 2566])
def test_nothing_passes(year: int) -> None:
    items = checklist_of(year).items
    told = (f"{i.id} {i.title}\n" + "\n".join(e.text for e in i.elements) for i in items)
    text = f"รายการตรวจ OIT\nปีงบประมาณ พ.ศ. {year}\n\n" + "\n\n".join(told)
    found = [i.id for i in items if passes(i, read(text, url=FILE, link_text=i.title), year)]
    assert found == []
