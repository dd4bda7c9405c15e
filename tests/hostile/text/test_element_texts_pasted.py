"""The texts of the checklist's elements, pasted below the item's name.

Tried: element texts as a numbered table and as a list with the remedy, with the right title, year and link.
Must: no item of either year passes by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.text.reading import checklist_of, page, passes
from tests.hostile.text.stuffing import heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from checklist.schema import Item


def as_rows(item: Item, year: int) -> str:
    rows = (f"<tr><td>{n}</td><td>{e.text}</td></tr>" for n, e in enumerate(item.elements, 1))
    heads = "<tr><th>ที่</th><th>องค์ประกอบ</th></tr>"
    return f"{heading(item, year)}<table>{heads}{''.join(rows)}</table>"


def with_remedy(item: Item, year: int) -> str:
    listed = "".join(f"<li>{e.text}</li>" for e in item.elements)
    return f"{heading(item, year)}<p>{item.remedy}</p><ul>{listed}</ul>"


@pytest.mark.parametrize(("year", "body"), [(2566, with_remedy), (2565, as_rows)])
def test_nothing_passes(year: int, body: Callable[[Item, int], str]) -> None:
    items = checklist_of(year).items
    found = [
        i.id
        for i in items
        if passes(i, page(body(i, year), title=i.title, link_text=i.title), year)
    ]
    assert found == []
