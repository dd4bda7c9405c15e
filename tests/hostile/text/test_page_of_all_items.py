"""One page that lists the words of all 43 items below their names.

Tried: a page with a heading for each item, with year, and the item's words below; a tag cloud of all names.
Must: no item passes by it.
"""

from __future__ import annotations

from tests.hostile.text.reading import checklist_of, page, passes
from tests.hostile.text.stuffing import terms


def test_nothing_passes() -> None:
    items = checklist_of(2566).items
    body = "".join(
        f"<h2>{i.title} ปีงบประมาณ พ.ศ. 2566</h2><ul>"
        + "".join(f"<li>{t}</li>" for t in terms(i))
        + "</ul>"
        for i in items
    )
    document = page(f"<h1>OIT ปีงบประมาณ พ.ศ. 2566</h1>{body}", title="OIT 2566")
    assert [i.id for i in items if passes(i, document)] == []


def test_nor_by_a_cloud_of_tags() -> None:
    items = checklist_of(2566).items
    names = (name for i in items for name in (i.title, *i.aliases, *i.find))
    cloud = "".join(f"<span>{name}</span> " for name in names)
    document = page(f"<h1>แท็ก</h1><p>{cloud} ปีงบประมาณ พ.ศ. 2566</p>", title="แท็ก")
    assert [i.id for i in items if passes(i, document)] == []
