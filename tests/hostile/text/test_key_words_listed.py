"""A page made of all the words that an item is looked for by.

Tried: the terms of every item's rules, built from the checklist itself, as a list, as rows of a table, as a line of heads.
Must: no item of either year passes by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.text.reading import checklist_of, page, passes
from tests.hostile.text.stuffing import heading, terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from checklist.schema import Item


def as_list(item: Item, year: int) -> str:
    return heading(item, year) + "<ul>" + "".join(f"<li>{t}</li>" for t in terms(item)) + "</ul>"


def as_rows(item: Item, year: int) -> str:
    rows = (f"<tr><td>{n}</td><td>{t}</td></tr>" for n, t in enumerate(terms(item), 1))
    return heading(item, year) + "<table>" + "".join(rows) + "</table>"


def as_heads(item: Item, year: int) -> str:
    heads = "".join(f"<th>{t}</th>" for t in terms(item))
    cells = "".join(f"<td>{t}</td>" for t in terms(item))
    return f"{heading(item, year)}<table><tr>{heads}</tr><tr>{cells}</tr></table>"


@pytest.mark.parametrize(("year", "body"), [(2566, as_rows), (2565, as_list), (2566, as_heads)])
def test_nothing_passes(year: int, body: Callable[[Item, int], str]) -> None:
    items = checklist_of(year).items
    found = [
        i.id
        for i in items
        if passes(i, page(body(i, year), title=i.title, link_text=i.title), year)
    ]
    assert len(items) == 43
    assert found == []
