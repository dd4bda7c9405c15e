"""The results of a search for every item.

Tried: links with the right names and years, and beneath each a snippet of its texts.
Must: a page that points elsewhere is no evidence: no item passes by it.
"""

from __future__ import annotations

from tests.hostile.text.reading import checklist_of, page, passes


def test_nothing_passes() -> None:
    items = checklist_of(2566).items
    found = "".join(
        f"<div><h3><a href='/r{n}'>{i.title} ปีงบประมาณ พ.ศ. 2566</a></h3>"
        f"<p>… {' … '.join(e.text for e in i.elements)} …</p></div>"
        for n, i in enumerate(items)
    )
    document = page(f"<h1>ผลการค้นหา</h1>{found}", title="ผลการค้นหา")
    assert [i.id for i in items if passes(i, document)] == []
